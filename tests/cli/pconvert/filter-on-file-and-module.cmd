cd "$TESTDATA/pprof"
pconvert --focus 'compress/flate/deflatefast\.go' a.pb | ptop -n 3
pconvert --ignore '/demo/app_v1' a.pb | ptop
