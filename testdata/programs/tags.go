// SPDX-License-Identifier: MIT

// A service with two tenants, whose work carries their name as a label.
package main

import (
	"context"
	"crypto/sha256"
	"os"
	"runtime/pprof"
	"sort"
	"time"
)

var sink byte

func parse(n int) {
	words := make([]int, 0, n)
	for i := 0; i < n; i++ {
		words = append(words, (i*7919)%n)
	}
	sort.Ints(words)
	sink += byte(words[0])
}

func hash(n int) {
	sum := sha256.Sum256(nil)
	for i := 0; i < n; i++ {
		sum = sha256.Sum256(sum[:])
	}
	sink += sum[0]
}

func serve(tenant string, parses, hashes int) {
	labels := pprof.Labels("tenant", tenant, "route", "/import")
	pprof.Do(context.Background(), labels, func(context.Context) {
		parse(parses)
		hash(hashes)
	})
}

func main() {
	if err := pprof.StartCPUProfile(os.Stdout); err != nil {
		panic(err)
	}
	defer pprof.StopCPUProfile()
	for end := time.Now().Add(time.Second); time.Now().Before(end); {
		serve("acme", 20000, 4000)
		serve("globex", 5000, 20000)
	}
}
