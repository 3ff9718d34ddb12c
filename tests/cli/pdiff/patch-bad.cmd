printf 'f (m.c:5) 10\n' > a
printf -- '--- a/x.c\n+++ b/x.c\n@@ -1 +1,2 @@\n+n\n a\n' > other
pdiff --tsv -g line --patch other a a
head -n 4 other > cut
pdiff --tsv -g line --patch cut a a
pdiff --tsv -g line --patch a a a
pdiff --tsv -g line --patch none a a
pdiff --tsv --patch other a a
