printf 'm;same 500\nm;up 200\nm;down 300\nm;gone 100\n' > a
printf 'm;same 500\nm;up 400\nm;down 100\nm;new 700\n' > b
pregress --json a b
