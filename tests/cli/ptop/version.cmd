ptop -V
