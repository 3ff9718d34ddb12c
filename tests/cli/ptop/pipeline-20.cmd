cp "$TESTDATA/pprof/a.pb" .
# Rows are lines of their own, so a machine without jq does with awk.
command -v jq >/dev/null || jq()
{
	awk '/^    \{/ && match($0, /"total_pct": [0-9.]+/) &&
	    substr($0, RSTART + 13, RLENGTH - 13) + 0 > 5 &&
	    match($0, /"name": "[^"]*"/) {
		print substr($0, RSTART + 8, RLENGTH - 8) }'
}
ptop --json a.pb | jq '.rows[] | select(.total_pct > 5) | .name'
