# Scales are exact; what a format cannot hold is rounded, and sums stay.
cat >a.folded <<'END'
main;f 1
main;g 2
END
cat >b.folded <<'END'
main;f 3
END
pconvert -t folded --scale 100 a.folded
pconvert -t folded --average a.folded b.folded
pconvert -t folded --normalize total a.folded b.folded
pconvert -t folded --normalize per-op:0.1 a.folded
pconvert --scale 1/3 a.folded | ptop --scale 3 --tsv - | cut -f 1,2,4
pconvert -t folded --normalize duration a.folded
pconvert -t folded --normalize other a.folded
pconvert -t folded --scale 0 a.folded
