ptop -q --list 'checksum|<lambda>|sorted' --source "$TESTDATA/programs" \
	"$TESTDATA/cprofile/py313.prof"
ptop -q --tsv --list 'checksum|<lambda>|sorted' \
	--source "$TESTDATA/programs" "$TESTDATA/cprofile/py313.prof"
