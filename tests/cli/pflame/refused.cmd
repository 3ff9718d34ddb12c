# What a picture cannot have is told with the option that asks for it.
for o in '--fonttype=a;b' --fontsize=101 --fontsize=99999999999 \
    '--href=javascript:x'
do
	echo 'a 1' | pflame "$o"
	echo $?
done
# No title is the default one.
echo 'a 1' > in.folded
pflame --title '' in.folded | grep '<title id'
