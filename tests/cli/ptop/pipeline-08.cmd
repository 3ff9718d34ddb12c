# 8: source lines with what they cost, from a directory.
mkdir -p src/programs
cp "$TESTDATA/programs/tags.go" src
ptop --list 'main\.parse$' --source src "$TESTDATA/pprof/tags.pb.gz" |
    tail -n +2
ptop --list 'main\.parse$' --source src --tsv "$TESTDATA/pprof/tags.pb.gz"
