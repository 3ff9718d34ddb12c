for root in none comm process thread; do
	pconvert -t folded --root $root "$TESTDATA/perf/real_threads_ids.txt" |
	    cut -d";" -f1 | sort -u
done
