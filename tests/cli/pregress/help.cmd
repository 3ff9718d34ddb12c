pregress -h
