# find found nothing: no reason to write an empty profile.
pconvert --files0-from - -o all.pb.gz < /dev/null
echo $?
ls
