# Asked for twice, through a pipe, -g makes the same rows; only modules and
# addresses of lines may be fewer behind it.
cd "$TESTDATA" || exit
for f in perf/real_*.txt folded/*.folded pprof/*.pb.gz cprofile/tasks.prof \
    cprofile/py27.prof pstats/*.txt; do
	for g in file line address module package label:thread; do
		ptop -q --tsv -a -g $g $f | cut -f 1,2,4 | sort >"$OLDPWD/once"
		pconvert -q -g $g $f 2>/dev/null |
		    ptop -q --tsv -a -g $g - | cut -f 1,2,4 | sort >"$OLDPWD/twice"
		cmp -s "$OLDPWD/once" "$OLDPWD/twice" || echo "$f -g $g"
	done
done
wc -l <"$OLDPWD/once"
for g in package file; do
	ptop -q --tsv -a -g $g perf/real_fp.txt perf/real_threads.txt
done
