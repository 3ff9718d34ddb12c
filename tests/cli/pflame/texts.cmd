# Words of the user's own; everything is escaped.
echo 'm;f 4' > in.folded
pflame --title '<a>' --subtitle '"b" & c' --countname 'cups of <tea>' \
    --nametype 'Module]]>' --fonttype 'DejaVu Sans, serif' --fontsize 18 \
    in.folded | grep -v '^\.' | sed '/<script>/,/<\/script>/d'
pflame --fonttype 'a}b' in.folded
pflame --fontsize 1000 in.folded
