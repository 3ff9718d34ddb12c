# SPDX-License-Identifier: MIT
# Sourced by the scripts that test the programs: count, and name what failed.
# shellcheck shell=bash
passed=0
failed=0

# result STATUS WHAT
result()
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $2"
	fi
}
