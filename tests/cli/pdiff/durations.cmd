# Recordings of different lengths.
cd "$TESTDATA/pprof"
pdiff -n 1 runs/v1.1.cpu.pb.gz a.pb | head -1
pdiff -n 1 --normalize duration runs/v1.1.cpu.pb.gz a.pb
