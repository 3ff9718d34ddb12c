for i in $(seq 100 160); do echo "main;n$i;x 1"; done > in.folded
echo 'main;wide;a;b;c;d 61' >> in.folded
pflame --term --width 40 --max-rows 4 in.folded
