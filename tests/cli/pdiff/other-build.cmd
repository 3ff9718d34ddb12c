# Paths and the name of the program differ, functions are the same.
printf 'main (/old/src/m.py:1);f (/old/src/f.py:2) 5\n' > a
printf 'main (/new/m.py:4);f (/new/f.py:9) 6\n' > b
pdiff a b
