# Two lines more above and one removed: the rest is what it was.
cat > p.diff <<'EOF'
diff --git a/src/m.c b/src/m.c
--- a/src/m.c
+++ b/src/m.c
@@ -1,3 +1,5 @@
 one
+new
+new
 two
 three
@@ -10,3 +12,2 @@
 ten
-eleven
 twelve
EOF
printf 'f (/w/src/m.c:5) 10\nf (/w/src/m.c:11) 4\ng (/w/src/m.c:30) 1\n' > a
printf 'f (/v/src/m.c:7) 10\nh (/v/src/m.c:11) 4\ng (/v/src/m.c:31) 1\n' > b
pdiff --tsv -a -v -g line --patch p.diff a b
