cat > g.folded <<'END'
main (m.py:1);f (a.py:3);x (x.py:1) 2
main (m.py:2);f (a.py:9);x (x.py:1) 3
main (m.py:2);f (b.py:9);x (x.py:1) 4
END
pconvert -t dump g.folded | grep -c '^sample'
pconvert -g function -t dump g.folded
pconvert -g name -t dump g.folded
