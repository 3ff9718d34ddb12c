# Options that change nothing where they stand are named.
echo 'a;b 1' > in.folded
pflame --term --title t --href %f --fonttype serif --fontsize 9 --minwidth 1 \
    --max-frames 5 --no-data --no-js --theme dark in.folded | head -n 1
pflame --color always --ascii in.folded | grep -c '</desc>'
pflame --diff --colors hot --color-by kind in.folded in.folded |
    grep -c '</desc>'
pflame --layout abs in.folded | grep -c '</desc>'
