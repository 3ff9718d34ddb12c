# flamegraph.pl's palettes: classes by name, or one tone for each name.
cat >in.folded <<'EOF'
java;start_thread;JavaThread::run;Lorg/a/B:::f_[j];Lorg/a/C:::g_[i] 5
java;start_thread;JavaThread::run;Lorg/a/B:::f_[j];sys_write_[k] 3
java;--;write 2
EOF
for palette in java js python rust chain wakeup hot orange; do
	echo "$palette:"
	pflame --colors $palette in.folded >out.svg
	sed -n 's/.*class="pf-key \([^"]*\)".*<text[^>]*>\(.*\)<\/text>.*/\1 \2/p' \
	    out.svg
	tr '\n' ' ' <out.svg |
	    grep -o '<[a-z]* class="[pq][0-9][^<]*<title>[^ ]*' |
	    sed 's/.*class="\([^"]*\)".*>/\1 /' | sort -u
done
