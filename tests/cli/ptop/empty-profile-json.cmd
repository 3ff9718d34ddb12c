ptop --json /dev/null
ptop --markdown /dev/null
