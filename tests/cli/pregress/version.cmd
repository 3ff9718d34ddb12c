pregress -V
