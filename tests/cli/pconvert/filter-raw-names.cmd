# What filters look at is what all programs show, whatever is written; the
# linker's names stay beside it.
in=$(printf 'main;_ZN3foo3barEi 5\nmain;_ZN3foo3bazEi 3\n')
echo "$in" | pconvert --hide foo::bar - | ptop --tsv - | cut -f 1,2,4
echo "$in" | pconvert -t folded --hide foo::bar -
echo "$in" | pconvert --hide foo::bar - | ptop --demangle none --tsv - |
    cut -f 1,2,4
echo "$in" | pconvert - | pconvert -t dump - | grep -c _ZN3foo3barEi
