pdiff -h
