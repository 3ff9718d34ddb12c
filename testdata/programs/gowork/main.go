// gowork is a small order service made to be profiled: it imports orders
// (JSON lines), then hashes, sorts, groups and compresses them.
//
// Build it twice; only the linker flag differs:
//
//	go build -trimpath -o app_v1 .
//	go build -trimpath -ldflags '-X main.version=v2' -o app_v2 .
//
// Planted truth: in v2 hashOrders does all its work twice, and reconcile is
// new. Everything else is the same code on the same data.
package main

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"sort"
	"sync"
)

var version = "v1"

type order struct {
	ID       int      `json:"id"`
	Customer string   `json:"customer"`
	Cents    int64    `json:"cents"`
	Tags     []string `json:"tags"`
	hash     uint64
}

type ledger struct {
	mu      sync.Mutex
	totals  map[string]int64
	shipped int
}

// workers are the values of the label "worker".
var workers = []string{"w0", "w1", `"Zürich" night`}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// makeInput writes n orders as JSON lines, always the same ones.
func makeInput(n int) []byte {
	var b bytes.Buffer
	for i, seed := 0, uint64(42); i < n; i++ {
		seed = mix(seed, byte(i))
		fmt.Fprintf(&b, `{"id":%d,"customer":"c%03d","cents":%d,"tags":["t%d","x%d"]}`+"\n",
			i, seed>>20%300, seed>>30%100000, seed>>40%7, seed>>50%11)
	}
	return b.Bytes()
}

func importOrders(text []byte) []*order {
	var list []*order
	for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		o := new(order)
		check(json.Unmarshal(line, o))
		list = append(list, o)
	}
	return list
}

// mix is small enough to be inlined.
func mix(h uint64, c byte) uint64 { return (h ^ uint64(c)) * 0x100000001b3 }

func hashOrders(list []*order) {
	times := map[string]int{"v1": 1, "v2": 2}[version]
	for n := 0; n < times*len(list); n++ {
		o, h := list[n%len(list)], uint64(0xcbf29ce484222325)
		for r := 0; r < 150; r++ {
			for i := 0; i < len(o.Customer); i++ {
				h = mix(h, o.Customer[i])
			}
			h = mix(h, byte(o.Cents))
		}
		o.hash = h
	}
}

func (o *order) less(p *order) bool {
	return o.hash < p.hash || o.hash == p.hash && o.ID < p.ID
}

func sortOrders(list []*order) {
	sort.Slice(list, func(i, j int) bool { return list[i].less(list[j]) })
}

func groupBy[K comparable, V any](list []V, key func(V) K) map[K][]V {
	groups := make(map[K][]V)
	for _, v := range list {
		groups[key(v)] = append(groups[key(v)], v)
	}
	return groups
}

func (l *ledger) postAll(list []*order) {
	for c, group := range groupBy(list, func(o *order) string { return o.Customer }) {
		l.mu.Lock()
		for _, o := range group {
			l.totals[c] += o.Cents
		}
		l.mu.Unlock()
	}
}

// ship packs under the lock, so the workers wait for each other.
func (l *ledger) ship(list []*order) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shipped += pack(list)
}

func pack(list []*order) int {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestSpeed) // fails for bad levels only
	check(json.NewEncoder(w).Encode(list))
	check(w.Close())
	return out.Len()
}

// reconcile exists in v2 only (v1 never calls it).
func reconcile(list []*order) (sum uint64) {
	for r := byte(0); r < 60; r++ {
		for _, o := range list {
			for i := 0; i < len(o.Customer); i++ {
				sum = mix(sum, o.Customer[i]+r)
			}
		}
	}
	return sum
}

func phase(ctx context.Context, name string, f func()) {
	pprof.Do(ctx, pprof.Labels("phase", name), func(context.Context) { f() })
}

// batch takes one worker through all phases once.
func batch(ctx context.Context, input []byte, l *ledger) (sum uint64) {
	var list []*order
	phase(ctx, "import", func() { list = importOrders(input) })
	phase(ctx, "hash", func() { hashOrders(list) })
	phase(ctx, "sort", func() { sortOrders(list) })
	phase(ctx, "post", func() { l.postAll(list) })
	phase(ctx, "pack", func() { l.ship(list) })
	if version == "v2" {
		phase(ctx, "reconcile", func() { sum = reconcile(list) })
	}
	return sum
}

// service runs n batches on every worker.
func service(n int, input []byte) *ledger {
	l := &ledger{totals: map[string]int64{}}
	var wg sync.WaitGroup
	for _, name := range workers {
		wg.Add(1)
		go pprof.Do(context.Background(), pprof.Labels("worker", name), func(ctx context.Context) {
			defer wg.Done()
			for i := 0; i < n; i++ {
				batch(ctx, input, l)
			}
		})
	}
	wg.Wait()
	return l
}

func main() {
	runtime.MemProfileRate = 0
	n := flag.Int("n", 20, "batches per worker")
	cpu := flag.String("cpu", "", "write a CPU profile to `FILE`")
	mem := flag.Bool("mem", false, "write heap, goroutine, block, mutex and delta profiles here")
	flag.Parse()
	input := makeInput(4000)
	if *mem {
		runtime.MemProfileRate = 4096
		memory(*n, input)
		return
	}
	if *cpu != "" {
		f, err := os.Create(*cpu)
		check(err)
		check(pprof.StartCPUProfile(f))
		defer pprof.StopCPUProfile()
	}
	l := service(*n, input)
	fmt.Println(version, len(l.totals), "customers", l.shipped, "bytes shipped")
}
