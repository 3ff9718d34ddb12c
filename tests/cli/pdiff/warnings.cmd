# What makes two sides hard to compare is said, and counted in JSON.
mkdir -p base new
printf 'm;f 90\nm;_lsprof 1\nm;[unknown] 9\n' > a
printf 'm;f 60\nm;_lsprof 10\nm;[unknown] 30\n' > b
pconvert -q --add-comment 'hostname: web1' --add-comment arch=arm64 \
	--add-comment 'build-mode=debug' --add-comment ticket=1 \
	-o base/1.pb a
pconvert -q --add-comment 'hostname : web2' --add-comment ARCH=arm64 \
	--add-comment 'Build mode: release' --add-comment ticket=2 \
	-o new/1.pb b
pconvert -q --add-comment 'host=web1' -o new/2.pb b
pdiff --json base new | sed -n '/"warnings"/,$p'
pdiff -q base new > quiet
# Same machine, same build: nothing to say.
pdiff base base > same
# Stacks that were cut off: as long as each other, of different roots.
cut()
{
	for i in $(seq 1 40); do
		seq -s ';' "$i" $((i + 31)) | sed 's/$/ 5/'
	done
	echo 'main;x 100'
}
cut > cut
sed 's/^\([0-9]\)/main;\1/' cut > whole
pdiff -q cut whole > /dev/null; pdiff cut whole > report
pdiff whole whole > report
