# All but style and script.
printf 'main;parse;read 5\nmain;parse 3\nmain;<b>&"x" 2\n' > in.folded
pflame in.folded | sed '/<style>/,/<\/style>/d; /<script>/,/<\/script>/d'
