# A gate that sees nothing must not open.
printf 'm;a 100\n' >a
printf 'm;a 900\n' >b
pregress --ignore m a b
