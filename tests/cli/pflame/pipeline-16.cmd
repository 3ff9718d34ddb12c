printf 'main;net/http.ServeHTTP;parse 5\nmain;gc 2\n' | pconvert -z -o cpu.pb.gz
ssh() { cat cpu.pb.gz; }
ssh prod 'cat /var/prof/cpu.pb.gz' | pconvert -t folded | grep ServeHTTP | pflame > serve.svg
grep -A 2 '<desc' serve.svg
