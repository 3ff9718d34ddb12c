echo 'm;f 1' > in.folded
pflame --no-js in.folded | grep -c '<script'
pflame --no-data in.folded | grep -c '<script'
pflame in.folded | grep -c '<script'
true
