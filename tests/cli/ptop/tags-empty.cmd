# What names no key, value or pattern is a mistake, and not no match.
cd "$TESTDATA/pprof" || exit
for option in --tagfocus --tagignore; do
	for tags in '' : 'bytes=' '=x' 'bytes=:'; do
		ptop $option "$tags" tags.pb.gz
		echo "$option '$tags': $?"
	done
done
ptop --tagroot '' tags.pb.gz
echo $?
