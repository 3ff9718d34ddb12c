# Twelve samples of 60 may be chance, forty are not; the head counts both.
facts() { sed -n '/<desc/,/<\/desc/p'; }
frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
for i in 1 2 3; do printf "main;one$i $i\n"; done > few
{ cat few; printf 'main;a 60\nmain;b 60\nmain;c 60\n'; } > a
{ cat few; printf 'main;a 72\nmain;b 140\nmain;c 60\n'; } > b
pflame --diff a b > d.svg
facts < d.svg
frames < d.svg | grep -o 'class="[^"]*".*title>[abc] .*'
echo "-- a larger false discovery rate"
pflame --diff --alpha 0.999 a b | facts | grep differ
for p in 0 1 2; do pflame --diff --alpha $p a b; done
# Times do not tell their samples.
printf 'main;a 6000\nmain;b 1234\n' > a
printf 'main;a 7200\nmain;b 1234\n' > b
pflame --diff a b | facts
