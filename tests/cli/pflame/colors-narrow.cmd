# The legend has fewer columns where there is less room, a row more for each,
# and names in it are escaped and cut; all is inside the picture.
legend() { sed -n 's/^<svg \(x="[^"]*" width="[^"]*" y="[^"]*"\).*pf-key.*/\1/p'; }
long=$(printf '%0300d' 7)
printf '%s\n' 'a;b;c 5' 'a;d;<script>&"x" 3' "a;$long 2" >in
for width in 400 600 1200; do
	echo "$width:"
	pflame --no-js --width $width in >out.svg
	legend <out.svg
	grep -o 'viewBox="[^"]*"' out.svg
done
grep -o '<title>.[^<]*lt;script.*' out.svg | tail -n 1
grep 'pf-key.*0000' out.svg | grep -o '>20.0% 0*[^<]*<' | awk '{ print length }'
# Values below 0.
printf '%s\n' 'a;b 5' 'a;c -2' | pflame --no-js |
    sed -n 's/.*pf-key \([^"]*\)".*<text[^>]*>\(.*\)<.text>.*/\1 \2/p'
