printf 'main;same 50\nmain;up 20\nmain;down 30\nmain;gone 20\n' > a
printf 'main;same 50\nmain;up 40\nmain;down 10\nmain;new 70\n' > b
pflame --diff --term a b
pflame --diff --term --ascii --reverse --sort size --inverted a b
