pflame -h
