pflame /dev/null | sed '/<style>/,/<\/style>/d; /<script>/,/<\/script>/d'
echo "status $?"
pflame < /dev/null
