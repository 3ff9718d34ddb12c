ptop -h
