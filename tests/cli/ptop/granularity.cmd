# Two functions "f" in two files: rows apart, and one row by name.
cat > two.folded <<'END'
main (m.py:1);f (a.py:3) 2
main (m.py:1);f (b.py:9) 3
END
ptop two.folded
ptop -g name two.folded
