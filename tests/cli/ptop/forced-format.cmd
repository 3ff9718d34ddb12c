printf 'a b 12 5\na b 13 6\n' > n.folded
ptop -f folded:one n.folded
ptop -f folded:two -s new n.folded
ptop -f folded:lines n.folded
ptop -f pprof n.folded
