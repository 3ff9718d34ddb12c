# A fixed theme is told by the root; all fills come for both.
echo 'main;f 1' >in
for theme in auto light dark; do
	pflame --theme $theme in >$theme.svg
	grep -o '<svg xmlns[^>]* width' $theme.svg
	sed -n '/<style>/,/<\/style>/p' $theme.svg | grep '\.c4{' | cksum
done
sed -n '/<style>/,/<\/style>/p' dark.svg | grep '\.c4{'
