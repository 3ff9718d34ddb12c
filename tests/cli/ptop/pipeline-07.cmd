printf 'main;parse;strdup;malloc 5\nmain;read;malloc 2\nmain;read 1\n' |
	pconvert -z -o cpu.pb.gz
ptop --callers 'malloc$' cpu.pb.gz
