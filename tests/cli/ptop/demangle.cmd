# Linker names: whole, short, as they are; kept as linker names in pprof.
cat > raw.folded <<'END'
main;_ZN3foo3barEi;_ZNSt6vectorIiSaIiEE9push_backERKi 5
main;_ZN2rs4main17h0123456789abcdefE;_RINvNtC3std3mem8align_ofjE 3
main;_Zap;_Z3fooi@plt 2
END
ptop --tree raw.folded
ptop --tsv --demangle simple raw.folded
ptop --tsv --demangle none raw.folded
pconvert raw.folded | ptop --tsv --demangle none -
pconvert --demangle full raw.folded | ptop --tsv --demangle none -
