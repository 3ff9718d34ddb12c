pdiff -V
