# The hash is that of the script as it stands in a picture.
echo 'm;f 1' | pflame > a.svg
sed -n '/<script><!\[CDATA\[/,/\]\]><\/script>/p' a.svg |
    sed 's/^<script><!\[CDATA\[//; s/\]\]><\/script>$//' > text
# Nothing but the end of the last line stands behind the script.
head -c -1 text | sha256sum | cut -c 1-64 | tr a-f A-F |
    basenc --base16 -d | base64 | sed 's/^/sha256-/' > want
pflame --csp-hash | cmp - want && echo same
