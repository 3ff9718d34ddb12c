# What colours compare, measure and outline.
frames() { tr "\\n" " " | grep -o 'class="[^"]*"[^>]*><title>[^ <]*' | sed 's/ [a-z]*=.*title>/ /'; }
legend() { grep -o 'pf-key [^<]*<rect[^>]*><text[^>]*>[^<]*' | sed 's/ y=.*>/: /'; }
scale() { legend | head -11; grep -o "Colour: [^<]*\|The scale [^<]*"; }
printf 'main;f;g 10\nmain;f 40\nmain;h 5000\nmain;i 20\n' > a
printf 'main;f;g 90\nmain;f 40\nmain;h 5000\nmain;j 10\n' > b
echo "-- points of total"
pflame --diff a b > d.svg; frames < d.svg; legend < d.svg
grep -o "Colour: [^<]*" d.svg
echo "-- self"
pflame --diff --metric self a b > d.svg; frames < d.svg
grep -o "Colour: [^<]*" d.svg
echo "-- ratio"
pflame --diff --diff-scale ratio a b > d.svg; frames < d.svg; legend < d.svg
grep -o "Colour: [^<]*" d.svg
echo "-- value"
pflame --diff --diff-scale abs a b > d.svg; frames < d.svg; legend < d.svg
grep -o "Colour: [^<]*" d.svg
echo "-- swapped"
pflame --diff --negate a b > d.svg; frames < d.svg; legend < d.svg
grep -o "Colour: [^<]*" d.svg
echo "-- another ratio"
pflame --diff -x 10 a b | frames
pflame --diff --metric calls a b
