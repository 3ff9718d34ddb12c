# A function of Python begins at one line: by line it has the same numbers.
cd "$TESTDATA/cprofile"
numbers()
{
	ptop -a --tsv "$@" tasks.prof | cut -f 1-3,5,6,10 | sort
}
numbers -g function >"$OLDPWD/function"
numbers -g line | cmp - "$OLDPWD/function"
numbers -g address | cmp - "$OLDPWD/function"
ptop -n 2 -g line --tsv tasks.prof
ptop --callers gather -g line --tsv tasks.prof
ptop -n 2 --normalize total --tsv tasks.prof
