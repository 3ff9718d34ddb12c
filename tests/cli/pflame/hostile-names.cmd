frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
printf '%b' '</title><script>alert(1);]]>;a\033[31m\x01;\xff\xfe;&#0;"x" ' \
	'5\n' > in.folded
pflame in.folded | frames
pflame in.folded | grep -c '<script'
