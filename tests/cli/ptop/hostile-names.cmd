# Nothing of a name may act: neither on a terminal nor in a document.
printf '%b' 'a\033[31mred;b\a\r;tab\there;\xff\xfe;|pipe`tick`;<b>&"x";' \
	'=cmd|x;@at;x\xe2\x80\xaey;z\xc2\x9b2J;\xef\xbb\xbf;back\\\\slash 3\n' \
	>names.folded
ptop -a names.folded
ptop -a --tsv names.folded
ptop -a --csv names.folded
ptop -a --markdown names.folded
ptop -a --json names.folded
