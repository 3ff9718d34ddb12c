# Columns line up behind wide, combining and escaped characters.
printf '\xe4\xbd\xa0\xe5\xa5\xbd;e\xcc\x81t\xc3\xa9;\x01 4\nplain 2\n' |
	ptop --width 100
