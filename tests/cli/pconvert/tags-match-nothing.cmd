# A filter without a match is named, and the answer is incomplete.
cd "$TESTDATA/perf" || exit
pconvert --tagfocus nix --tagignore nix=3 --tagshow nix --taghide nix \
    --thread nix --process nix --tagroot nix --tagleaf nix -t folded \
    real_threads.txt
