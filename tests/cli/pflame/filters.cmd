# Filters and granularity decide what is drawn.
printf 'main;lib;f 10\nmain;g 5\n' |
    pflame --hide lib --focus f --scale 3 -s 0 - | grep -c '>lib<'
printf 'main;lib;f 10\nmain;g 5\n' | pflame --ignore nothing - >/dev/null
