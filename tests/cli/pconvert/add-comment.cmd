pconvert --add-comment 'release 1.2' --add-comment second - <<'END' |
main;f 1
END
    pconvert -i - | grep comment
