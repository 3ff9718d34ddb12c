# What is slow by itself stands before what merely calls it.
printf 'main;serve;parse 100\nmain;serve;send 100\nmain;idle 100\n' > a
printf 'main;serve;parse 300\nmain;serve;send 100\nmain;idle 100\n' > b
pregress a b
