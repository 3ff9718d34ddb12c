# Two functions "f": their files tell them apart.
printf 'm (m.py:1);f (a.py:3) 5\nm (m.py:1);f (b.py:3) 2\n' > a
printf 'm (m.py:1);f (a.py:3) 5\nm (m.py:1);f (b.py:3) 9\n' > b
pdiff a b
pdiff -g name a b
