pflame --term /dev/null
printf 'a 0\n' | pflame --term
printf 'a 5\nb -3\n' | pflame --term --width 40
echo 'a 1' | pflame --term --width 20
