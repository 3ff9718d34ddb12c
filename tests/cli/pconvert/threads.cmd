# Threads and processes by name and number.
cd "$TESTDATA/perf" || exit
for i in '--thread ^io:' '--thread ^21463$' '--thread 2146[67]' \
    '--process lead' '--thread . --process worker'; do
	echo "$i"
	# shellcheck disable=SC2086
	pconvert $i --tagshow 'comm|thread' -t dump real_threads.txt |
	    grep -E '^(sample|  label|  num)'
done
