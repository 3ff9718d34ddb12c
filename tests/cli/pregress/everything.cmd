# Twice as slow as a whole, though no function stands out.
printf 'm;f 500\nm;g 500\n' > a
printf 'm;f 1000\nm;g 1000\n' > b
pregress a b
