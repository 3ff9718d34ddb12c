package main

import (
	"context"
	"io"
	"net"
	"net/http"
	hpprof "net/http/pprof"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

func write(name, file string) {
	f, err := os.Create(file)
	check(err)
	check(pprof.Lookup(name).WriteTo(f, 0))
	check(f.Close())
}

// memory records every kind but CPU, the last one as a delta over HTTP.
func memory(n int, input []byte) {
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	kept := [][]*order{importOrders(input)}
	service(n, input)
	runtime.GC()
	write("heap", "heap.pb.gz")

	stop := make(chan bool)
	for _, name := range workers { // waiting workers for the goroutine profile
		go pprof.Do(context.Background(), pprof.Labels("worker", name), func(context.Context) { <-stop })
	}
	for i := 0; i < 3; i++ {
		kept = append(kept, importOrders(input))
	}
	service(n, input)
	runtime.GC()
	write("heap", "heap2.pb.gz")
	write("goroutine", "goroutine.pb.gz")
	write("block", "block.pb.gz")
	write("mutex", "mutex.pb.gz")

	ln, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go http.Serve(ln, hpprof.Handler("heap"))
	go func() { // frees what was kept while the delta is being taken
		time.Sleep(300 * time.Millisecond)
		kept = nil
		runtime.GC()
		pack(importOrders(input))
		runtime.GC()
	}()
	res, err := http.Get("http://" + ln.Addr().String() + "/?seconds=1")
	check(err)
	body, err := io.ReadAll(res.Body)
	check(err)
	check(os.WriteFile("delta.pb.gz", body, 0o644))
	close(stop)
}
