# One clone, one hash, one likely rename; what only looks alike stays apart.
cat > a <<'EOF'
main;run;parse_line;alloc 300
main;run;parse_line 500
main;run;emit;put 200
main;run;emit 100
main;run;foo.isra.0;alloc 80
main;run;core::h0123456789abcdef 90
main;run;quicksort 60
EOF
cat > b <<'EOF'
main;run;parse_record;alloc 310
main;run;parse_record 520
main;run;emit;put 200
main;run;emit 100
main;run;foo.constprop.1;alloc 80
main;run;core::hfedcba9876543210 70
main;run;checksum 60
EOF
for how in exact stable renamed; do
	echo "-- $how"
	pdiff --tsv --match $how a b | cut -f 1-6
done
echo '-- default'
pdiff --tsv a b | cut -f 5-6 | grep parse
pdiff --tsv a a | cut -f 5-6 | sort -u
