echo 'm 1' > 'a <b>.folded'
pflame 'a <b>.folded' | grep 'id="pf-title"'
pflame --title 'x & <y> "z"' 'a <b>.folded' | grep 'id="pf-title"'
pflame --title $'esc \033[31m' 'a <b>.folded' | grep 'id="pf-title"'
echo 'm 1' | pflame | grep 'id="pf-title"'
cp 'a <b>.folded' b; cp b c; cp b d; cp b e
pflame b c d e | grep 'id="pf-title"'
pflame --diff b c | grep 'id="pf-title"'
