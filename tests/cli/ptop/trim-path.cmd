# The longest of the prefixes goes, at a folder only.
cat > p.folded <<'END'
main (/srv/app/main.py:1);f (/srv/app/lib/f.py:3) 2
main (/srv/app/main.py:1);g (/srv/application/g.py:3) 2
main (/srv/app/main.py:1);h (./h.py:3) 1
END
ptop --tsv --trim-path /srv/app --trim-path /srv/app/lib p.folded
