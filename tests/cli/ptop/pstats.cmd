cp "$TESTDATA/pstats/edge_guide.pstats.txt" report.txt
ptop report.txt
