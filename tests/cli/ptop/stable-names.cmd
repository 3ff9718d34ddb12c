# Two builds of one program, which differ in what tools number.
cat > one.folded <<'END'
Main.main;Main$$Lambda$14/0x0000000800066840.run;Main.lambda$main$0 5
main;work.constprop.0;rs::step::h0123456789abcdef 4
main.main;example.com/lib@v1.2.3/x.F;main.main.func1 3
END
cat > two.folded <<'END'
Main.main;Main$$Lambda$15/0x0000000800066c50.run;Main.lambda$main$1 5
main;work;rs::step::hfedcba9876543210 4
main.main;example.com/lib@v1.2.4/x.F;main.main.func1 3
END
ptop --stable-names --tree one.folded two.folded
pdiff --stable-names one.folded two.folded
pconvert --stable-names -t folded one.folded > one
pconvert --stable-names -t folded two.folded > two
cmp one two && cat one
