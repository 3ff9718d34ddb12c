echo 'main;a 1' | pflame --term --width 20 -o out.txt
cat out.txt
echo 'main;a 1' | COLUMNS=30 pflame --term | tail -n 1
echo 'main;a 1' | pflame --term --width 19
