printf '\xef\xbb\xbfmain;f 1\r\nmain;g 2\r\n' | pconvert -t folded
printf '\xff\xfem\0a\0i\0n\0;\0f\0 \0001\0\n\0' | pconvert -t folded
printf 'main;f 1\nmain;g 2' | pconvert -t folded
