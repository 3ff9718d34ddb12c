printf 'main;rt.a;f;rt.b 5\nrt.a;rt.c 2\nmain 1\n' > h
pconvert --hide '^rt\.' -t folded h
