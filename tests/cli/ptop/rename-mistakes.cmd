# Each mistake has its message.
echo 'a;b 1' > a.folded
for rule in x /a/b //b/ /a/b/g '/a/$1/' '/a/$/' '/(?<x>a)/${y}/' '/a/\1/' \
    '/(a/b/' '/a/${x/'; do
	ptop --rename "$rule" a.folded
	echo "exit $?" >&2
done
