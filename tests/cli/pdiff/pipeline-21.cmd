# A summary on the page of a GitHub action.
cp "$TESTDATA"/pprof/runs/v?.[123].cpu.pb.gz .
GITHUB_STEP_SUMMARY=summary.md
echo '# Benchmarks' > summary.md
pdiff --base v1.*.pb.gz --new v2.*.pb.gz --markdown -n 4 >> "$GITHUB_STEP_SUMMARY"
head -n 22 summary.md
test "$(wc -c < summary.md)" -le 60100 && echo short
