# One hue for each package; the legend names them, heaviest first.
legend()
{
	tr '\n' ' ' | sed 's/<svg /\n/g' |
	    sed -n 's/.*"pf-key \([^"]*\)".*<title>\(.*\)<.title>.*<text[^>]*>\(.*\)<.text>.*/\1: \3 (\2)/p'
}
pflame "$TESTDATA/pprof/a.pb" | legend
pflame --colors default --color-by module "$TESTDATA/pprof/a.pb" | legend |
    cksum
pflame "$TESTDATA/pprof/a.pb" | legend | cksum
