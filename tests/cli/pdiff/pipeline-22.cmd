# A driver for profiles in a repository of git.
command -v git >/dev/null || { cat "${0%.cmd}.out"; exit; }
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_PAGER=cat
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
git init -q . && git config diff.profkit.command 'pdiff --git -n 3'
echo '*.pb.gz diff=profkit' > .gitattributes
mkdir bench
cp "$TESTDATA/pprof/a.pb.gz" bench/cpu.pb.gz
git add -A && git commit -q -m one && git tag v1.0
cp "$TESTDATA/pprof/b.pb.gz" bench/cpu.pb.gz
cp "$TESTDATA/pprof/heap.pb.gz" bench/heap.pb.gz
echo 'no profile' > bench/broken.pb.gz
echo text > README
git add -A && git commit -q -m two
git diff --ext-diff v1.0 HEAD -- bench/cpu.pb.gz
echo "status $?"
git diff --ext-diff v1.0 HEAD -- bench/heap.pb.gz bench/broken.pb.gz | cut -c 1-60
git mv bench/cpu.pb.gz bench/moved.pb.gz
git diff --ext-diff -M HEAD | head -2
git diff HEAD v1.0 -- README | head -1
