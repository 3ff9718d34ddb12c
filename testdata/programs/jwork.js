// jwork: a small job whose JIT-compiled functions perf can name.
// node --perf-basic-prof writes the perf-PID.map that perf script reads.
'use strict';

function makeRows(n) {
  const rows = [];
  for (let i = 0, seed = 42; i < n; i++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    rows.push({ id: i, name: 'row ' + (seed % 977), value: seed % 10007 });
  }
  return rows;
}

const parse = (text) => text.split('\n').map((line) => JSON.parse(line));

function checksum(rows) {
  let sum = 0;
  for (let round = 0; round < 40; round++) {
    for (const row of rows) sum = (sum * 31 + row.value + round) | 0;
  }
  return sum;
}

class Index {
  constructor(rows) {
    this.byName = new Map();
    for (const row of rows) this.add(row);
  }

  add(row) {
    const list = this.byName.get(row.name);
    if (list) list.push(row);
    else this.byName.set(row.name, [row]);
  }
}

let total = 0;
const text = makeRows(3000).map((row) => JSON.stringify(row)).join('\n');
for (let i = 0; i < Number(process.argv[2] || 100); i++) {
  const rows = parse(text).sort((a, b) => a.value - b.value || a.id - b.id);
  total += checksum(rows) + new Index(rows).byName.size;
}
console.log(total);
