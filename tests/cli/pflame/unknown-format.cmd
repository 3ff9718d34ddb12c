echo hello > h
pflame h > h.svg
echo "status $? $(wc -c < h.svg)"
