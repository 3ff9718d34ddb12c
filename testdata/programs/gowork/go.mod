module example.org/gowork

go 1.19
