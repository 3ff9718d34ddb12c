# SPDX-License-Identifier: MIT
# What a picture carries of its script and style sheet: neither comment lines
# nor indentation, and no blanks beside marks, in lines where these cannot be
# part of a text or a pattern.  The ends of the script's lines go, too, where
# marks stand before or behind them; some stay, for programs that read lines.
{ sub(/^[ \t]+/, "") }
/^\/\*/ { skip = 1 }
!skip && !/^\/\// && !/^$/ { put(narrow ? squeeze($0) : $0) }
/\*\/$/ { skip = 0 }
END { print kept }

function put(line)
{
	if (narrow && length(kept) < 500 && (kept ~ /[=*<>{}()[;,:?&|!\]]$/ ||
	    line ~ /^[=*<>{}()[;,:?&|!\].]/)) {
		kept = kept line
		return
	}
	if (kept != "")
		print kept
	kept = line
}

function squeeze(line,    part, n, i, out)
{
	if (line ~ /[\/`'\\]/)
		return line
	n = split(line, part, "\"")
	for (i = 1; i <= n; i++) {
		if (i % 2 == 1)
			part[i] = squeeze_part(part[i])
		out = out (i > 1 ? "\"" : "") part[i]
	}
	return out
}

function squeeze_part(text,    out, at)
{
	while (match(text, / *[=*<>{}()[;,:?&|!\]]+ */)) {
		at = substr(text, RSTART, RLENGTH)
		gsub(/ /, "", at)
		out = out substr(text, 1, RSTART - 1) at
		text = substr(text, RSTART + RLENGTH)
	}
	return squeeze_sign(squeeze_sign(out text, "+"), "-")
}

# Two signs in a row are another sign.
function squeeze_sign(text, sign,    n, i, part, out)
{
	n = split(text, part, " [" sign "] ")
	for (i = 1; i <= n; i++)
		out = out (i == 1 ? "" : part[i] ~ "^[" sign "]" ? \
		    sign " " : sign) part[i]
	return out
}
