# SPDX-License-Identifier: MIT
# Sizes of functions and files; exit 1 over a hard limit: 80 lines of a
# function, 600 of a file, 250 in cmd/, 150 of a header, 80 columns.

function complain(text)
{
	print "metrics: " text > "/dev/stderr"
	bad = 1
}

function end_file()
{
	if (file == "")
		return
	limit = file ~ /\.h$/ ? 150 : 600
	if (file ~ /^cmd\/p[a-z]*\.c$/)
		limit = 250
	if (file ~ /^tests\//)
		limit = 1200
	if (lines > limit)
		complain(file ": " lines " lines, limit " limit)
	files++
	all += lines
}

FNR == 1 { end_file(); file = FILENAME; lines = 0; from = 0 }
{ lines = FNR }

{
	wide = $0
	gsub(/\t/, "        ", wide)
	expanded = ""
	col = 0
	for (i = 1; i <= length($0); i++) {
		c = substr($0, i, 1)
		col += c == "\t" ? 8 - col % 8 : 1
	}
	if (col > 80 && $0 !~ /"/)
		complain(FILENAME ":" FNR ": " col " columns")
}

/^{/ { from = FNR - 1 }
/^}/ && from > 0 {
	n = FNR - from + 1
	size[count++] = n
	if (n > 80)
		complain(FILENAME ":" from ": function of " n " lines")
	from = 0
}

END {
	end_file()
	# Insertion sort is enough for some thousand numbers.
	for (i = 1; i < count; i++) {
		v = size[i]
		for (j = i - 1; j >= 0 && size[j] > v; j--)
			size[j + 1] = size[j]
		size[j + 1] = v
	}
	printf "%d files, %d lines; %d functions, lines median %d, " \
	    "p90 %d, largest %d\n", files, all, count,
	    size[int(count / 2)], size[int(count * 0.9)], size[count - 1]
	exit bad
}
