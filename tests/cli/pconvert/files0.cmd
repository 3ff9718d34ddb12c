cp "$TESTDATA/pprof/runs/v1.1.cpu.pb.gz" 'with blank.gz'
cp "$TESTDATA/pprof/runs/v1.2.cpu.pb.gz" $'line\nfeed.gz'
printf '%s\0' ./*.gz > names
pconvert --files0-from names | ptop -n 1
printf '%s\0' ./*.gz | pconvert --files0-from - "$TESTDATA/pprof/a.pb" -i
printf 'a\0\0b\0' | pconvert --files0-from -
echo "status $?"
pconvert --files0-from no-such-file
