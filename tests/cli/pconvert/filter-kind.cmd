# Kinds come out of the marks that perf's collapsers make.
cat >in.folded <<'END'
app;main;read;sys_read_[k] 3
app;main;Foo.bar_[j] 2
END
pconvert -t folded --kind user,jit in.folded
pconvert -t folded --kind kernel in.folded
pconvert -t folded --kind users in.folded
