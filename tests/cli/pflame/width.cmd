echo 'm 1' > a
pflame --width 800 a | grep -o '<svg xmlns[^>]*>'
pflame a | grep -o '<svg xmlns[^>]*>'
pflame --width 200000 a
