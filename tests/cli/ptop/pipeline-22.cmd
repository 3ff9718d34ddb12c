# 22: git shows what changed in a profile that is kept in it.
command -v git >/dev/null || { cat "${0%.cmd}.out"; exit; }
export HOME=$PWD GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat
git init -q . && git config user.name x && git config user.email x@y
echo '*.pb.gz diff=profkit' >.gitattributes
git config diff.profkit.textconv 'ptop --textconv'
mkdir bench
printf 'main;f 1\nmain;g 2\n' | pconvert -o bench/cpu.pb.gz -
git add . && git commit -q -m 1
printf 'main;f 4\nmain;g 2\n' | pconvert -o bench/cpu.pb.gz -
git diff HEAD -- bench/cpu.pb.gz | grep '^[-+ ]' | grep -v '^[-+][-+]'
