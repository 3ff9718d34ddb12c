# A function that is called more often at the same cost is a finding, too.
run()
{
	printf '# callgrind format\nevents: Ir\nfn=main\n1 10\ncfn=leaf\ncalls=%d 1\n1 1000\n' $1
	printf 'cfn=same\ncalls=7 1\n1 70\nfn=leaf\n1 1000\nfn=same\n1 70\n'
}
run 100 >a.callgrind
run 200 >b.callgrind
pdiff --metric calls a.callgrind b.callgrind
pdiff --metric calls --tsv -a a.callgrind b.callgrind
pdiff --metric calls --json a.callgrind b.callgrind |
    sed -n '/"verdict": "[A-Z]*",$/p;/"findings"/,$p'
