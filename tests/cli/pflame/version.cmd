pflame -V
