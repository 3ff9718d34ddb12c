# An unknown palette is named with those there are, before anything is read.
pflame --colors plaid no-such-file
