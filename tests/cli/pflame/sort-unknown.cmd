echo 'a 1' | pflame --sort width
