# The binary recording is answered with what to do.
printf "PERFILE2\\150\\0\\0\\0" >perf.data
pconvert perf.data
