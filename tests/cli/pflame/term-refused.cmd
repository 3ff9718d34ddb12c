# A terminal gets no SVG, and is told what else there is.
echo 'main;a 1' > in.folded
script -qec 'pflame in.folded 2>&1' /dev/null </dev/null | tr -d '\r'
script -qec 'stty cols 30; LC_ALL=C.UTF-8 TERM=xterm pflame --term in.folded' \
	/dev/null </dev/null | tr -d '\r' | tr '\033' '^'
