/* SPDX-License-Identifier: MIT */
/*
 * The model of the flame graph's script, tested by itself:
 *
 *	node check_model.js [SCRIPT]
 *
 * or in a page, behind the model.  SCRIPT is flame_model.js, or the whole
 * script, of which the model is the part up to the first end of a function
 * at the left margin.  In a page, the lines printed are
 * globalThis.modelReport, of which the last one is the sum.
 *
 * Filters are compared with what a list of stacks says, one stack at a time.
 */
"use strict";

if (typeof window === "undefined") {
	const fs = require("fs"), path = require("path");
	const script = process.argv[2] || ["flame_model.js", "flame.js"]
		.map(f => path.join(__dirname, "../../libanalysis", f))
		.find(f => fs.existsSync(f));
	const text = fs.readFileSync(script, "utf8"), end = "\n})();\n";
	const from = text.indexOf("const { decode");
	require("vm").runInThisContext(text.slice(from,
		text.indexOf(end, from) + end.length));
}

(() => {

const report = [];
let passed = 0, failed = 0, where = "";

function say(line) {
	report.push(line);
	console.log(line);
}

function test(name, f) {
	where = "";
	try {
		f();
		passed++;
		say("ok " + name);
	} catch (e) {
		failed++;
		say("FAIL " + name + ": " + where + e.message);
	}
}

const show = v => JSON.stringify(v, (k, x) => ArrayBuffer.isView(x) ?
	Array.from(x) : x === undefined ? "undefined" : x);

function is(got, wanted, what = "") {
	if (!Object.is(got, wanted) && show(got) !== show(wanted))
		throw new Error(`${what}: ${show(got)} is not ${show(wanted)}`
			.slice(0, 1000));
}

function yes(v, what) {
	if (!v)
		throw new Error(what);
}

/* --- numbers by chance, the same in every run ----------------------------- */

let state = 1;

function random(n) {
	state = state + 0x6d2b79f5 | 0;
	let t = Math.imul(state ^ state >>> 15, state | 1);
	t ^= t + Math.imul(t ^ t >>> 7, t | 61);
	return ((t ^ t >>> 14) >>> 0) % n;
}

const choose = list => list[random(list.length)];

/* --- an encoder ----------------------------------------------------------- */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" +
	"0123456789+/";

function vlq(n) {
	let v = BigInt(n), text = "";
	do {
		const low = Number(v % 32n);
		v /= 32n;
		text += LETTERS[low + (v > 0n ? 32 : 0)];
	} while (v > 0n);
	return text;
}

const zigzag = n => vlq(BigInt(n) < 0n ? -2n * BigInt(n) - 1n :
	2n * BigInt(n));

function fold(texts) {
	return texts.map((s, i) => {
		const before = i > 0 ? texts[i - 1] : "";
		let k = 0;
		while (k < s.length && s[k] === before[k])
			k++;
		return k + ":" + s.slice(k);
	});
}

/* A node: { row, self: [], rest: [], left, kids: [] }, values as BigInt. */
function sums(node, sides) {
	for (const kid of node.kids)
		sums(kid, sides);
	node.total = Array.from({ length: sides }, (v, s) => node.kids.reduce(
		(sum, kid) => sum + kid.total[s], node.self[s] + node.rest[s]));
}

function encodeNodes(root, sides) {
	const queue = [root];
	let text = "";
	sums(root, sides);
	root.row = 0;
	for (const node of queue) {
		const up = node.up, before = up && up.kids[node.place - 1];
		if (up)
			text += before ? zigzag(node.row - before.row) :
				vlq(node.row);
		text += vlq(2 * node.kids.length + (node.left > 0 ? 1 : 0));
		if (node.left > 0)
			text += vlq(node.left);
		for (let s = 0; s < sides; s++) {
			const was = up ? up.remain[s] : 0n;
			text += zigzag(was - node.total[s]);
			if (up)
				up.remain[s] -= node.total[s];
		}
		node.remain = node.total.map((v, s) => v - node.self[s]);
		for (let s = 0; s < sides; s++)
			text += zigzag(node.kids.length > 0 ? node.self[s] :
				node.rest[s]);
		node.kids.forEach((kid, place) => {
			Object.assign(kid, { up: node, place });
			queue.push(kid);
		});
	}
	return text;
}

/* Rows: [name, module, file, line, bits, class] with ids, sorted by name. */
function encodeRows(names, rows) {
	let before = 0;
	return rows.map(r => {
		const name = names.indexOf(r[0]), step = name - before;
		before = name;
		return vlq(step) + vlq(r[5]) + vlq(r[1]) + vlq(r[2]) +
			vlq(r[3]) + vlq(r[4]);
	}).join("");
}

function blockOf(root, rows, sides, more) {
	const names = Array.from(new Set(rows.map(r => r[0])));
	const nodes = encodeNodes(root, sides);
	return Object.assign({
		v: 1, sides, whole: root.total.map(Number),
		scale: { mul: 1, div: 1000, decimals: 1, unit: " ms" },
		names: fold(names), modules: fold(["libc.so", "libm.so"]),
		files: fold(["a.c", "a/b.c"]), classes: ["c0", "c1"],
		rows: encodeRows(names, rows), nodes,
		view: { inverted: false, reverse: false, layout: "union",
			sort: "name", theme: "auto", colors: "by" },
		metric: "total", diff: { measure: "pp",
			steps: [1, 2, 3, 4, 5], negate: false, ratio: [3, 2],
			share: [1, 200], impact: [1, 100], error: [0, 0],
			counts: [1, 1],
			alpha: 0.05, rate: 1, fixed: false },
		countname: "samples", nametype: "Function", href: "",
		command: ["pflame", "in.folded"],
	}, more);
}

const dataOf = (root, rows, sides, more) =>
	decode(JSON.stringify(blockOf(root, rows, sides, more)));

const leaf = (row, self, kids = []) => ({ row, self: self.map(BigInt),
	rest: self.map(() => 0n), left: 0, kids });

/* --- trees by chance ------------------------------------------------------ */

const NAMES = ["a", "ab", "abc", "b", "b()", "c", "d\u{1f600}", "d\u{1f601}",
	"e", "f<(int)1>"];

/* Two functions are called "b": one in each library. */
const ROWS = NAMES.map((s, i) => [s, 0, 0, i, 1, i % 2]);
ROWS.splice(4, 0, ["b", 1, 2, 300, 16 + 2, 0]);

function grow(depth, sides, negative) {
	const value = () => BigInt(random(3) === 0 ? 0 :
		random(50) - (negative ? 20 : 0));
	const values = () => Array.from({ length: sides }, value);
	const node = { row: 0, self: values(), rest: Array(sides).fill(0n),
		left: 0, kids: [] };
	if (random(6) === 0) {
		node.left = 1 + random(3);
		node.rest = values();
	}
	for (let row = 1; row <= ROWS.length && depth > 0; row++)
		if (random(5) < 2 - (depth < 3)) {
			const kid = grow(depth - 1, sides, negative);
			kid.row = row;
			node.kids.push(kid);
		}
	return node;
}

function each(times, f, negative = true, more = {}) {
	for (let k = 0; k < times; k++) {
		state = 7919 * (k + 1);
		const sides = 1 + k % 2;
		const root = grow(1 + random(4), sides, negative);
		where = `tree ${k}: `;
		f(dataOf(root, ROWS, sides, more), root);
	}
	where = "";
}

/* --- stacks, one by one --------------------------------------------------- */

const LEFT_OUT = -1;

/* All stacks of a tree: rows from the root, and values. */
function stacksOf(tree) {
	const list = [], path = [];
	for (let i = 0; i < tree.n; i++) {
		path[i] = i > 0 ? path[tree.parent[i]].concat(tree.row[i]) : [];
		list.push({ rows: path[i], value: tree.self.map(v => v[i]) });
		list.push({ rows: path[i].concat(LEFT_OUT),
			value: tree.rest.map(v => v[i]) });
	}
	return list;
}

/* Stacks summed up by path, without those of nothing, as text. */
function summary(stacks) {
	const sum = new Map();
	for (const { rows, value } of stacks) {
		const key = rows.join(" "), old = sum.get(key);
		sum.set(key, old ? old.map((v, s) => v + value[s]) : value);
	}
	return Array.from(sum).filter(e => e[1].some(v => v !== 0))
		.map(e => e[0] + ": " + e[1].map(v => v + 0).join(" ")).sort();
}

/* What is unknown at the far end of a stack is at its other end then. */
function turned(rows) {
	return rows.slice().reverse();
}

/* Where the known part of a stack is cut, no more than that is known. */
function known(rows) {
	const k = rows.indexOf(LEFT_OUT);
	return k < 0 ? rows : rows.slice(0, k + 1);
}

function filtered(data, stack, ops) {
	const is = (list, r) => r !== LEFT_OUT &&
		(list || []).includes(data.rows.name(r));
	/* The frame that --root adds is added behind all of them. */
	const root = data.view.rooted ? stack.rows.slice(0, 1)
		.filter(r => r !== LEFT_OUT) : [];
	let rows = stack.rows.slice(root.length);
	for (const name of ops.focus || [])
		if (!rows.some(r => is([name], r)))
			return [];
	if (rows.some(r => is(ops.ignore, r)))
		return [];
	const full = rows.length > 0;
	rows = rows.filter(r => !is(ops.hide, r));
	if (full && rows.length === 0)
		return [];
	if (ops.showFrom !== undefined) {
		const k = rows.findIndex(r => is([ops.showFrom], r));
		if (k < 0)
			return [];
		rows = rows.slice(k);
	}
	if (ops.fold)
		rows = rows.filter((r, k) => k === 0 || r !== rows[k - 1]);
	rows = root.concat(rows);
	if (ops.reverse)
		rows = known(turned(rows));
	return [{ rows, value: stack.value }];
}

const expected = (data, ops) => summary([].concat(...stacksOf(data.tree).map(
	stack => filtered(data, stack, ops))));

function sane(data, tree) {
	const { n, parent, row, depth, first, kids } = tree;
	let next = 1;
	is(parent[0], -1, "parent of the root");
	for (let i = 0; i < n; i++) {
		is(first[i], next, "first child of " + i);
		for (let k = 0; k < kids[i]; k++, next++) {
			is(parent[next], i, "parent of " + next);
			is(depth[next], depth[i] + 1, "depth of " + next);
			yes(row[next] > 0 && row[next] < data.rows.n, "row");
			yes(k === 0 || row[next] > row[next - 1],
				"children not by row, or twice");
		}
	}
	is(next, n, "number of nodes");
	for (let s = 0; s < data.sides; s++) {
		const left = tree.total[s].slice();
		let all = 0;
		for (let i = 0; i < n; i++) {
			all += tree.self[s][i] + tree.rest[s][i];
			left[i] -= tree.self[s][i] + tree.rest[s][i];
			if (i > 0)
				left[parent[i]] -= tree.total[s][i];
		}
		is(all, tree.total[s][0], "sum of self and rest");
		yes(left.every(v => v === 0), "total is not self, rest, kids");
	}
}

/* --- tests: the data block ------------------------------------------------ */

test("what was encoded is decoded", () => each(60, (data, root) => {
	const queue = [root], tree = data.tree;
	sane(data, tree);
	for (let i = 0; i < queue.length; i++) {
		const node = queue[i];
		queue.push(...node.kids);
		is(tree.row[i], node.row);
		is(tree.left[i], node.left);
		for (let s = 0; s < data.sides; s++)
			is([tree.total[s][i], tree.self[s][i],
				tree.rest[s][i]], [node.total[s],
				node.self[s], node.rest[s]].map(Number));
	}
	is(tree.n, queue.length);
}));

test("rows tell name, module, file, line, kind and class", () => {
	const { rows } = dataOf(leaf(0, [1]), ROWS, 1);
	is(rows.n, 12);
	is(rows.name(0), "all");
	is(Array.from({ length: 11 }, (v, i) => rows.name(i + 1)),
		ROWS.map(r => r[0]));
	is([rows.module(5), rows.file(5), rows.line(5), rows.kind(5),
		rows.inlined(5), rows.nameless(5), rows.cls(5)],
		["libc.so", "a/b.c", 300, 2, true, false, "c0"]);
	is([rows.module(1), rows.file(1), rows.cls(2)], ["", "", "c1"]);
});

test("shared beginnings may end inside a character", () => {
	const names = ["x\u{1f600}", "x\u{1f601}y", "x\u{1f601}y\u{10ffff}"];
	is(fold(names)[1], "2:\ude01y");
	const { rows } = dataOf(leaf(0, [1]),
		names.map(s => [s, 0, 0, 0, 0, 0]), 1);
	is([1, 2, 3].map(rows.name), names);
});

test("numbers of every length keep their value and sign", () => {
	for (let bit = 0; bit < 53; bit++)
		for (const d of [-1, 0, 1]) {
			const v = Math.pow(2, bit) + d;
			for (const w of [v, -v]) {
				const { tree } = dataOf(leaf(0, [0],
					[leaf(1, [w])]), ROWS, 1);
				is(tree.total[0][1], w + 0);
				is(tree.self[0][1], w + 0);
			}
		}
});

test("beyond 2^53 there is double precision and no false rest", () => {
	const big = 123456789012345678901n;
	const kids = [1n, -3n, 7n].map((k, i) => leaf(i + 1, [k * big + k]));
	const { tree } = dataOf(leaf(0, [big], kids), ROWS, 1);
	[6n, 1n, -3n, 7n].forEach((k, i) => yes(Math.abs(tree.total[0][i] /
		Number(k * big) - 1) < 1e-15, "total " + i));
	is(tree.rest[0], [0, 0, 0, 0]);
	const many = [];
	for (let k = 1; k <= 300; k++)
		many.push(leaf(k % 2 + 1, [big * BigInt(k) / 7n]));
	is(dataOf(leaf(0, [big / 3n], many), ROWS, 1).tree.rest[0][0], 0);
});

test("below 2^53 the smallest rest stays", () => {
	const root = leaf(0, [0], [leaf(1, [2n ** 53n - 2n])]);
	root.rest = [1n];
	root.left = 1;
	is(dataOf(root, ROWS, 1).tree.rest[0], [1, 0]);
});

test("an empty profile is a root", () => {
	const { tree, rows } = dataOf(leaf(0, [0]), [], 1);
	is([tree.n, tree.total[0][0], rows.n], [1, 0, 1]);
});

function refused(text) {
	try {
		decode(text);
	} catch (e) {
		yes(e instanceof Error && /^damaged data: ./.test(e.message),
			"another error: " + e);
		return true;
	}
	return false;
}

test("damaged data are refused with one message", () => {
	const good = blockOf(grow(3, 2, true), ROWS, 2);
	const bad = (key, value) => yes(refused(JSON.stringify(
		Object.assign({}, good, { [key]: value }))),
		key + " " + show(value) + " was taken");
	for (const key of Object.keys(good))
		if (!["countname", "nametype", "href", "metric"].includes(key))
			[null, 7, "\u00e9", [null], {}].forEach(v =>
				bad(key, v));
	bad("sides", 1);
	bad("nodes", good.nodes + "A");
	bad("nodes", good.nodes.slice(0, -1));
	bad("nodes", "");
	bad("nodes", "+" + "/".repeat(3000) + "A");
	bad("nodes", "////////D" + good.nodes);
	bad("rows", good.rows + "A");
	bad("rows", good.rows.replace(/^./, "Z"));
	bad("names", ["1:a"].concat(good.names.slice(1)));
	bad("names", ["-1:a"].concat(good.names.slice(1)));
	bad("names", ["a"].concat(good.names.slice(1)));
	["", "{", "null", "[]", "7", "\"\""].forEach(s => yes(refused(s), s));
});

test("data damaged anywhere make a tree or an error", () => {
	let taken = 0;
	each(150, (data, root) => {
		const text = JSON.stringify(blockOf(root, ROWS, data.sides));
		const at = random(text.length), len = 1 + random(3);
		const bad = text.slice(0, at) + choose(["", "A", "/", "9",
			"\"", "gA"]) + text.slice(at + len);
		if (refused(bad))
			return;
		const other = decode(bad);
		taken++;
		is(other.tree.parent.length, other.tree.n);
		layout(other, other.tree, "union", "size");
		transform(other, { hide: ["a"], reverse: true });
	});
	yes(taken > 0 && taken < 150, taken + " of 150 were taken");
});

/* --- tests: layout and numbers -------------------------------------------- */

const MODES = ["union", "after", "before", "abs"];

test("children lie inside their parents and do not overlap", () =>
	each(60, data => MODES.concat(MODES).forEach((mode, m) => {
		const sort = m < 4 ? "name" : "size";
		const tree = data.tree, p = layout(data, tree, mode, sort);
		const eps = 1e-12;
		is(p.left[0], 0);
		is(p.width[0], 1);
		for (let i = 0; i < tree.n; i++) {
			let end = p.left[i], before = Infinity;
			for (let k = 0; k < tree.kids[i]; k++) {
				const c = p.order[tree.first[i] + k];
				is(tree.parent[c], i, "parent in order");
				yes(Math.abs(p.left[c] - end) < eps, "a gap");
				end = p.left[c] + p.width[c];
				yes(sort === "name" ||
					p.width[c] <= before + eps, "size");
				before = p.width[c];
			}
			yes(end + p.rest[i] <= p.left[i] + p.width[i] + eps,
				"sticks out");
		}
	})));

test("the union is at least as wide as either side", () =>
	each(60, data => {
		const at = mode => layout(data, data.tree, mode, "name");
		const [union, after, before] = MODES.map(at);
		const whole = mode => data.tree.self[0].reduce((sum, v, i) =>
			sum + ["self", "rest"].reduce((t, part) => {
				const [a, b] = [data.tree[part][0][i],
					data.tree[part][data.sides - 1][i]];
				return t + (mode === "before" ? Math.abs(a) :
					mode === "after" ? Math.abs(b) :
					Math.max(Math.abs(a), Math.abs(b)));
			}, 0), 0);
		const [u, a, b] = ["union", "after", "before"].map(whole);
		for (let i = 0; u > 0 && i < data.tree.n; i++) {
			const most = Math.max(after.width[i] * a,
				before.width[i] * b);
			yes(union.width[i] * u >= most - 1e-9 ||
				data.sides === 1, "narrower");
			const solid = union.width[i] * (1 - union.ghost[i]) * u;
			yes(Math.abs(solid - after.width[i] * a) < 1e-9 ||
				data.sides === 1, "solid part is not after");
		}
	}));

test("a width is what is on the side it stands for", () => {
	const data = dataOf(leaf(0, [0, 0], [leaf(1, [6, 2]), leaf(2, [0, 4]),
		leaf(3, [3, 0])]), ROWS, 2);
	const widths = mode => Array.from(layout(data, data.tree, mode, "name")
		.width, v => Math.round(v * 5200));
	is(widths("union"), [5200, 2400, 1600, 1200]);
	is(widths("after"), [5200, 1733, 3467, 0]);
	is(widths("before"), [5200, 3467, 0, 1733]);
	is(widths("abs"), [5200, 1891, 1891, 1418]);
	const size = layout(data, data.tree, "after", "size");
	is(size.order, [0, 2, 1, 3]);
	is(Array.from(layout(data, data.tree, "union", "name").ghost,
		v => Math.round(v * 1e4)), [5385, 6667, 0, 10000]);
});

test("a picture of nothing is as wide as any", () => {
	const data = dataOf(leaf(0, [0], [leaf(1, [0])]), ROWS, 1);
	const p = layout(data, data.tree, "union", "name");
	is([p.left, p.width], [[0, 0], [1, 0]]);
});

test("values and shares are written as in the picture", () => {
	const data = dataOf(leaf(0, [1]), ROWS, 1);
	is([0, 1, 1234, -1234, -1, 1e9].map(v => format(data, v)),
		["0.0 ms", "0.0 ms", "1.2 ms", "\u22121.2 ms", "0.0 ms",
			"1000000.0 ms"]);
	is([[1, 1], [1, 3], [1, 200], [1, 5000], [-1, 2], [0, 5], [1, 0]]
		.map(v => percent(...v)), ["100.0%", "33.3%", "0.50%",
		"0.020%", "\u221250.0%", "0.0%", "-"]);
});

test("addresses depend on the names of a path only", () => each(40, data => {
	const ids = pathIds(data, data.tree), of = new Map();
	const tree = transform(data, { ignore: ["c"] });
	const key = (t, i) => i > 0 ? key(t, t.parent[i]) + " " + t.row[i] :
		"";
	ids.forEach((id, i) => of.set(key(data.tree, i), id));
	pathIds(data, tree).forEach((id, i) =>
		is(id, of.get(key(tree, i)), "address"));
	is(new Set(ids).size, data.tree.n, "different addresses");
}));

/* --- tests: search -------------------------------------------------------- */

const find = (data, terms, node = 0, tree = data.tree) => search(data, tree,
	layout(data, tree, "union", "name"), terms, node);

test("a search sums up what its stacks hold", () => each(60, data =>
	[["b"], ["^a", "c$"], ["!a"], ["a|b", "!^ab"], ["D"], ["\\W"], ["\\D"]]
		.forEach(terms => {
			const no = terms.filter(t => t[0] === "!");
			const some = terms.filter(t => t[0] !== "!");
			const re = t => new RegExp(t.replace("!", ""),
				t === "D" ? "" : "i");
			const hit = r => r > 0 && !no.some(t =>
				re(t).test(data.rows.name(r))) &&
				(some.length === 0 || some.some(t =>
				re(t).test(data.rows.name(r))));
			const all = stacksOf(data.tree);
			const got = find(data, terms);
			const sum = keep => data.tree.self.map((v, s) =>
				all.filter(keep).reduce((t, x) =>
					t + x.value[s], 0));
			is(got.total, sum(x => x.rows.some(hit)), "total");
			is(got.self, sum(x => hit(x.rows[x.rows.length - 1])),
				"self");
			is(got.frames, data.tree.row.filter(hit).length);
			is(Array.from(got.match, v => v > 0),
				Array.from(data.tree.row, hit));
			is(got.errors, terms.map(() => ""));
		})));

test("each term has its bit, and excluding beats them", () => {
	const data = dataOf(leaf(0, [0], [1, 2, 3, 4].map(r => leaf(r, [10]))),
		ROWS, 1);
	is(find(data, ["a", "", "c", "!^ab$"]).match, [0, 1, 0, 5, 0]);
	is(find(data, ["!a", "!x"]).match, [0, 0, 0, 0, 1]);
	is(find(data, []).frames, 0);
	is(find(data, ["all"]).frames, 0, "the root is no frame");
});

test("case counts if there is a capital, escapes are none", () => {
	const rows = ["Get", "get"].map(s => [s, 0, 0, 0, 0, 0]);
	const data = dataOf(leaf(0, [0], [leaf(1, [1]), leaf(2, [1])]), rows,
		1);
	is(["get", "Get", "GET", "g\\Dt"].map(t => find(data, [t]).frames),
		[2, 1, 0, 2]);
});

test("a pattern that is wrong is told, the others hold", () => {
	const data = dataOf(leaf(0, [0], [leaf(1, [1]), leaf(4, [1])]), ROWS,
		1);
	const got = find(data, ["(", "b", "!["]);
	is(got.frames, 1);
	yes(got.errors[0] !== "" && got.errors[1] === "" &&
		got.errors[2] !== "", show(got.errors));
});

test("the share of a view is that of the frame zoomed", () => {
	const data = dataOf(leaf(0, [0], [leaf(1, [10], [leaf(2, [20]),
		leaf(3, [10])]), leaf(2, [60])]), ROWS, 1);
	is(Array.from(data.tree.row), [0, 1, 2, 2, 3]);
	is([0, 1, 2, 3, 4].map(i => find(data, ["^ab$"], i).view),
		[0.8, 0.5, 1, 1, 0]);
	is(find(data, ["^ab$"], 1).width, 0.8);
	is(find(data, ["^a$"], 3).view, 1, "below a match");
});

/* --- tests: filters ------------------------------------------------------- */

const OPS = [{ focus: ["b"] }, { focus: ["a", "c"] }, { focus: ["nowhere"] },
	{ focus: ["a", "nowhere"] }, { ignore: ["ab", "d\u{1f600}"] },
	{ hide: ["a", "b", "c"] }, { hide: NAMES }, { showFrom: "b" },
	{ fold: true }, { hide: ["a"], fold: true },
	{ focus: ["a"], ignore: ["e"], hide: ["a", "ab"], showFrom: "c",
		fold: true },
	{ focus: ["b()"], hide: ["c"], showFrom: "c" }];

test("filters do to a tree what they do to each stack", () =>
	each(60, data => OPS.forEach(ops => {
		const tree = transform(data, ops);
		sane(data, tree);
		is(summary(stacksOf(tree)), expected(data, ops), show(ops));
	})));

test("a frame that --root adds is no matter of filters", () =>
	each(60, data => OPS.forEach(ops => {
		const view = Object.assign({}, data.view, { rooted: true });
		const rooted = Object.assign({}, data, { view });
		const tree = transform(rooted, ops);
		sane(data, tree);
		is(summary(stacksOf(tree)), expected(rooted, ops), show(ops));
	})));

test("turned round, the last frame is the first", () =>
	each(60, data => OPS.concat({}).forEach(ops => {
		const all = Object.assign({ reverse: true }, ops);
		const tree = transform(data, all);
		sane(data, tree);
		is(tree.reversed, true);
		is(summary(stacksOf(tree)), expected(data, all), show(ops));
	})));

test("data turned round already are filtered as they were", () =>
	each(40, data => {
		const flat = Object.assign({}, data, { tree: transform(data,
			{ reverse: true }) });
		const known = Object.assign({}, data, { tree: transform(flat,
			{ reverse: false }) });
		is(summary(stacksOf(known.tree)), summary(stacksOf(data.tree)
			.map(x => x.rows.includes(LEFT_OUT) ?
				{ rows: [LEFT_OUT], value: x.value } : x)));
		OPS.forEach(ops => [true, false].forEach(reverse => {
			const all = Object.assign({}, ops, { reverse });
			is(summary(stacksOf(transform(flat, all))),
				expected(known, all), show(all));
		}));
		is(transform(flat, {}), flat.tree);
	}));

test("nothing to do leaves the tree as it is", () => each(5, data => {
	yes(transform(data, {}) === data.tree, "another tree");
	yes(transform(data, { focus: [], reverse: false }) === data.tree,
		"another tree");
}));

test("filters done twice are done once", () => each(40, data =>
	OPS.forEach(ops => {
		const once = transform(data, ops);
		const twice = transform(Object.assign({}, data,
			{ tree: once }), ops);
		if (!(ops.focus && ops.hide))
			is(summary(stacksOf(twice)), summary(stacksOf(once)),
				show(ops));
	})));

test("filters leave no frame without a stack", () => {
	const data = dataOf(leaf(0, [0], [leaf(1, [0], [leaf(2, [5]),
		leaf(3, [7])])]), ROWS, 1);
	is(transform(data, { ignore: ["ab"] }).row, [0, 1, 3]);
	is(transform(data, { ignore: ["a"] }).n, 1);
});

test("what was left out is counted where it goes", () => {
	const kid = leaf(2, [5]), root = leaf(0, [0], [leaf(1, [0], [kid])]);
	Object.assign(kid, { rest: [9n], left: 3 });
	const data = dataOf(root, ROWS, 1);
	is(transform(data, { hide: ["ab"] }).left, [0, 3]);
	is(transform(data, { hide: ["a", "ab"] }).left, [3]);
	is(transform(data, { reverse: true }).left[0], 3);
	is(transform(data, { ignore: ["ab"] }).left, [0]);
});

test("children come by row, or as they were in the input", () => {
	const root = leaf(0, [0], [leaf(3, [0], [leaf(9, [1])]),
		leaf(1, [0], [leaf(8, [1])])]);
	const hide = { hide: ["a", "abc"] };
	is(transform(dataOf(root, ROWS, 1), hide).row, [0, 8, 9]);
	const view = { sort: "input", layout: "after" };
	is(transform(dataOf(root, ROWS, 1, { view }), hide).row, [0, 9, 8]);
});

test("a deep tree is filtered and turned", () => {
	let root = leaf(1, [1]);
	for (let k = 0; k < 2000; k++)
		root = leaf(1 + k % 11, [1], [root]);
	const data = dataOf(leaf(0, [0], [root]), ROWS, 1);
	is(data.tree.depth[2001], 2001);
	for (const ops of [{ hide: ["b"] }, { reverse: true }]) {
		const tree = transform(data, ops);
		sane(data, tree);
		is(tree.total[0][0], 2001);
	}
});

/* Stacks without a branch, each with a function of its own at both ends. */
function comb(teeth, depth, self) {
	const rows = Array.from({ length: teeth + 1 }, (v, i) =>
		["f" + (10000 + i), 0, 0, 0, 0, 0]);
	const data = dataOf(leaf(0, [0]), rows, 1), n = teeth * depth + 1;
	const tree = Object.assign({}, data.tree, { n });
	for (const key of ["parent", "row", "depth", "first", "kids", "left"])
		tree[key] = new Int32Array(n);
	for (const key of ["total", "self", "rest"])
		tree[key] = [new Float64Array(n)];
	tree.parent[0] = -1;
	tree.kids[0] = teeth;
	for (let i = n - 1; i > 0; i--) {
		const d = Math.floor((i - 1) / teeth), k = (i - 1) % teeth;
		const up = tree.parent[i] = Math.max(0, i - teeth);
		const end = d === 0 || d === depth - 1;
		tree.depth[i] = d + 1;
		tree.row[i] = end ? k + 1 : teeth + 1;
		tree.first[up] = i;
		tree.first[i] = tree.first[i] || n;
		tree.kids[i] = Number(d < depth - 1);
		tree.self[0][i] = self(d);
		tree.total[0][i] += self(d);
		tree.total[0][up] += tree.total[0][i];
	}
	return Object.assign({}, data, { tree });
}

test("turned round, a tree that is too large is cut", () => {
	const data = comb(600, 800, d => Number(d === 799));
	sane(data, data.tree);
	const tree = transform(data, { reverse: true });
	sane(data, tree);
	is(tree.total[0][0], 600);
	is(tree.kids[0], 600);
	yes(tree.n > 200000 && tree.n < 202000, tree.n + " nodes");
	const end = tree.n - 1;
	is([tree.left[end], tree.rest[0][end], tree.self[0][end]], [1, 1, 0]);
});

test("turned round, what is too narrow is a rest", () => {
	const data = comb(600, 300, d => d % 299 === 0 ? 1e6 : 1);
	const tree = transform(data, { reverse: true });
	sane(data, tree);
	is(tree.total[0][0], data.tree.total[0][0]);
	yes(tree.n < 250000, tree.n + " nodes");
	yes(tree.left.some(v => v > 0), "nothing was left out");
	/* No first frame is too narrow: totals are those of self. */
	is(Array.from(tree.row.slice(1, 602)),
		Array.from({ length: 601 }, (v, i) => i + 1));
	is([tree.total[0][1], tree.total[0][601]], [2e6, 600 * 298]);
	is(tree.total[0].slice(1).every(v => v >= 0.00005 *
		tree.total[0][0]), true, "a narrow frame");
});

/* --- tests: sandwich ------------------------------------------------------ */

test("both halves of a sandwich hold what a search finds", () =>
	each(60, data => NAMES.forEach(name => {
		const { callers, callees } = sandwich(data, data.tree, name);
		const re = "^" + name.replace(/[()<>]/g, "\\$&") + "$";
		const { total } = find(data, [re]);
		sane(data, callers);
		sane(data, callees);
		for (let s = 0; s < data.sides; s++) {
			is(callers.total[s][0], total[s], "callers");
			is(callees.total[s][0], total[s], "callees");
		}
		if (callees.n > 1)
			is(data.rows.name(callees.row[0]), name);
		is([callers.reversed, callees.reversed], [true, false]);
	})));

test("callees are below the outermost call, callers above", () =>
	each(60, data => {
		const got = sandwich(data, data.tree, "b"), up = [], down = [];
		for (const { rows, value } of stacksOf(data.tree)) {
			const k = rows.findIndex(r => r > 0 &&
				data.rows.name(r) === "b");
			if (k < 0)
				continue;
			up.push({ rows: turned(rows.slice(0, k)), value });
			down.push({ rows: rows.slice(k + 1), value });
		}
		is(summary(stacksOf(got.callers)), summary(up), "callers");
		is(summary(stacksOf(got.callees)), summary(down), "callees");
	}));

test("a sandwich is the same whichever way the tree stands", () =>
	each(20, data => {
		const some = Object.assign({}, data, { tree: transform(data,
			{ ignore: [], hide: ["x"] }) });
		const there = transform(some, { reverse: true });
		const back = transform(Object.assign({}, data,
			{ tree: there }), { reverse: false });
		for (const key of ["callers", "callees"])
			is(summary(stacksOf(sandwich(data, there, "b")[key])),
				summary(stacksOf(sandwich(data, back,
					"b")[key])), key);
	}));

/* --- tests: comparing ----------------------------------------------------- */

function compare(pairs, diff = {}, more = {}, rest = [100000, 100000]) {
	const kids = pairs.map((p, i) => leaf(i + 1, p));
	const block = blockOf(leaf(0, rest, kids), ROWS, 2, more);
	Object.assign(block.diff, { counts: null }, diff);
	const data = decode(JSON.stringify(block));
	return changes(data, data.tree);
}

const kidsOf = got => got.cls.slice(1);

test("a change has the class of its step, a side and a mark", () => {
	const pairs = [[100, 100], [100, 101], [100, 99], [100, 3103],
		[3103, 100], [90000, 100], [0, 5000], [5000, 0], [0, 0]];
	const whole = [100000, 100000];
	const got = compare(pairs, { ratio: [1000, 1] }, { whole });
	is(kidsOf(got), ["e", "u1", "d1", "u4", "d4", "d5", "u5 new over",
		"hd5 gone", "e"]);
	is(got.mark.slice(1), ["", "\u25b2", "\u25bc", "\u25b2", "\u25bc",
		"\u25bc", "\u25b2", "\u25bc", ""]);
	is(kidsOf(compare([[100, 101], [3000, 0]], { negate: true },
		{ whole })), ["d1", "hu4 gone"]);
});

test("by ratio new and gone are the largest step", () => {
	is(kidsOf(compare([[1, 2], [4, 1], [0, 1], [1, 0], [10, 11], [-4, 4]],
		{ measure: "ratio", share: [1, 2] })),
		["u2", "d3", "u5 new", "hd5 gone", "u1", "u5"]);
	is(kidsOf(compare([[1, 4], [9, 1]], { measure: "abs",
		share: [1, 2] })), ["u4", "d5"]);
});

test("over is what reaches the ratio, and matters", () => {
	const over = (pairs, whole) => kidsOf(compare(pairs, {}, { whole }))
		.map(s => / over$/.test(s));
	const whole = [1000, 1000];
	is(over([[4, 6], [2, 4], [100, 149], [100, 150], [150, 100], [7, 7]],
		whole), [true, false, false, true, false, false]);
	is(over([[0, 9], [0, 10], [10, 0], [-9, 90]], whole),
		[false, true, false, false]);
	is(over([[0, 20], [4, 8]], [1000, 10000]), [false, false],
		"a share that does not matter");
	is(over([[4, 8], [5, 8]], [1000, 100000]), [false, true],
		"a share of the base that does");
	is(over([[0, 20]], [0, 1000]), [false], "a base of nothing");
	is(kidsOf(compare([[4, 8], [4, 9]], { error: [1, 1] }, { whole })),
		["u1", "u1 over"], "what rounding explains");
});

test("self is compared where it is the metric", () => {
	const root = leaf(0, [0, 0], [leaf(1, [5, 5], [leaf(2, [0, 9])])]);
	const block = blockOf(root, ROWS, 2, { metric: "self" });
	block.diff.counts = null;
	const data = decode(JSON.stringify(block));
	is(changes(data, data.tree).cls, ["e", "e", "u5 new over"]);
});

/* Whether x against y is noise at alpha, if it is tested alone. */
const isNoise = (x, y, diff, whole) => /even/.test(compare([[x, y]],
	Object.assign({ counts: [1, 1] }, diff), { whole }).cls[1]);

function hasP(x, y, p, diff, whole = [1e6, 1e6]) {
	const low = Object.assign({ alpha: p * (1 - 1e-9) }, diff);
	const high = Object.assign({ alpha: p * (1 + 1e-9) }, diff);
	yes(isNoise(x, y, low, whole) && !isNoise(x, y, high, whole),
		`p of ${x}, ${y} is not ${p}`);
}

/*
 * x, y, q = a / b, and the sum of all probabilities that are no larger than
 * that of y of x + y, computed with fractions.
 */
const BINOMIAL = [
	[0, 5, 1, 2, 0.0625],
	[3, 5, 1, 2, 0.7265625],
	[5, 15, 1, 2, 0.04138946533203125],
	[3, 9, 2, 5, 0.017444048896],
	[80, 120, 1, 2, 0.0056851559967503055],
	[140, 60, 1, 4, 0.10297644047580294],
	[7, 0, 1, 3, 0.10379515317786922],
	[196, 3, 1, 20, 0.020921858880572575],
];

test("a few events are judged exactly", () => BINOMIAL.forEach(
	([x, y, a, b, p]) => {
		hasP(x, y, p, { rate: a / (b - a) });
		hasP(x, y, p, { rate: 0 }, [(b - a) * 1e5, a * 1e5]);
	}));

test("what is as probable as the most probable is noise at any level", () =>
	[[4, 2, 0.5], [7, 3, 0.5], [2, 1, 0.5], [1, 2, 1]].forEach(
		([x, y, rate]) => yes(isNoise(x, y, { rate, alpha: 0.999 },
			[1e6, 1e6]), x + " " + y)));

test("many events are judged by the normal distribution", () =>
	[[100, 150, 1, 0.0015654022580025488],
		[300, 200, 1, 7.744216431044096e-06],
		[1000, 1100, 1, 0.02909633174125221],
		[50, 200, 3, 0.06788915486182907],
		[20, 400, 9, 0.00034583600590518533]].forEach(
		([x, y, rate, p]) => hasP(x, y, p, { rate })));

test("shares of equal totals are judged as shares", () =>
	[[30, 50, 1000, 1000, 0.02247887336612527],
		[3, 5, 100, 200, 0.7999579555869372],
		[0, 9, 50, 40, 0.0004069520174449599],
		[500, 400, 5000, 5000, 0.0004753372315376286],
		[1, 0, 10, 10, 0.30490178817878844]].forEach(
		([x, y, N, M, p]) => hasP(x, y, p, { fixed: true }, [N, M])));

test("values are turned into samples first", () => {
	hasP(50, 1500, 0.04138946533203125, { counts: [10, 100], rate: 1 });
	is(compare([[3, 5]], { counts: null }).mark[1], "\u25b2");
	is(compare([[3, 5]], { counts: [1, 1] }).mark[1], "\u2248");
	is(compare([[3, 5]], { counts: [1, 1] }).cls[1], "e even");
	is(compare([[3, 0]], { counts: [1, 1] }).cls[1], "he even gone");
	is(compare([[3, 5]], { counts: [1e9, 1] }).cls[1], "u1",
		"a side without a sample");
});

test("what is no part of the whole is not tested", () => is(compare([[11, 10]],
	{ counts: [1, 1], fixed: true }, { whole: [10, 10] }).cls[1], "d5"));

test("of many tests, the false ones are bounded together", () => {
	const noise = (pairs, alpha) => kidsOf(compare(pairs,
		{ counts: [1, 1], rate: 1, alpha })).map(s => /even/.test(s));
	const pairs = [[0, 5], [5, 15], [0, 8], [9, 10], [0, 12]];
	is(noise(pairs, 0.05), [true, true, false, true, false]);
	is(noise(pairs, 0.078), [true, false, false, true, false]);
	is(noise(pairs, 0.0782), [false, false, false, true, false]);
	/* The second alone would not do, the third carries it. */
	is(noise([[0, 12], [0, 5], [5, 0], [9, 10]], 0.0834),
		[false, false, false, true]);
	is(noise([[0, 12], [0, 5], [5, 0], [9, 10]], 0.0833),
		[false, true, true, true]);
});

/* --- tests: the command line ---------------------------------------------- */

function typed(ops, view = {}, command = ["pflame", "in.folded"], was = {}) {
	const root = leaf(0, [1]), block = blockOf(root, ROWS, 1, { command });
	Object.assign(block.view, was);
	return commandLine(decode(JSON.stringify(block)), ops, view);
}

test("a command line says what was done, in pflame's words", () => {
	is(typed({}), "pflame in.folded");
	is(typed({ focus: ["a", "b"], ignore: ["c"], hide: ["d"], showFrom: "e",
		fold: true, reverse: true }, { inverted: true, layout: "abs",
		sort: "size", theme: "dark" }), "pflame --focus '^a$' " +
		"--focus '^b$' --ignore '^c$' --hide '^d$' --show-from '^e$' " +
		"--fold-recursion --inverted --reverse --layout abs " +
		"--sort size --theme dark in.folded");
	is(typed({}, { inverted: false, layout: "union", sort: "name" }),
		"pflame in.folded");
});

test("names are patterns of themselves, safe in a shell", () => {
	const of = name => typed({ hide: [name] }).slice(14, -10);
	is(of("a.b*(int)[2]{3}^$|?+\\"),
		"'^a\\.b\\*\\(int\\)\\[2\\]\\{3\\}\\^\\$\\|\\?\\+\\\\$'");
	is(of("it's $(x) `y`"), "'^it'\\''s \\$\\(x\\) `y`$'");
	is(of("a\tb\x1bc\x7f\x85\u2028"), "'^a.b.c...$'");
	is(of("a\nb"), "'^a\\nb$'");
	is(of("\ud800x\udc00\udc00\u{1f600}\ufffe"), "'^.x..\u{1f600}.$'");
	is(of("a\\x01\\ufffeb"), "'^a(?:\\x{01}|\\\\x01)" +
		"(?:\\x{fffe}|\\\\ufffe)b$'");
	is(of("a\\xe2b"), "'^a(?:(?!.|$)|(?:\\x{e2}|\\\\xe2)b$)'");
	is(of("-e"), "'^-e$'");
	is(of(""), "'^$'");
	is(of("x".repeat(5000)), "'^" + "x".repeat(4096) + "'");
});

test("options typed before give way", () => {
	const command = ["pflame", "--lay-out=after --sort name --title " +
		"'--sort x' -- --inverted"];
	is(typed({}, { layout: "before", sort: "size" }, command),
		"pflame --layout before --sort size --title '--sort x' -- " +
		"--inverted");
	is(typed({ reverse: false }, { inverted: false },
		["pflame", "--reverse --inverted in.pb"],
		{ reverse: true, inverted: true }), "pflame in.pb");
	is(typed({}, { inverted: false }, ["pflame",
		"--inverted -- --inverted"], { inverted: true }),
		"pflame -- --inverted");
	is(typed({}, {}, ["pflame", "--reverse in.pb"], { reverse: true }),
		"pflame --reverse in.pb");
});

test("a frame at the root goes where a sandwich begins below it", () => {
	const of = (rooted, ops, view) => typed(ops, view,
		["pflame", "--root=comm x"], { rooted });
	is(of(true, { showFrom: "b" }, {}),
		"pflame --show-from '^b$' --root=comm x");
	is(of(true, {}, { sandwich: "b" }).split("\n")[0],
		"pflame --show-from '^b$' --root none x");
	is(of(false, {}, { sandwich: "b" }).includes("none"), false);
});

test("a sandwich takes two commands", () => {
	is(typed({ hide: ["a"] }, { sandwich: "b" }), "pflame --hide '^a$' " +
		"--show-from '^b$' in.folded\npflame --focus '^b$' " +
		"--hide '^a$' --prune-from '^b$' --reverse in.folded");
	const from = name => /--prune-from (.*) --rev/.exec(typed({},
		{ sandwich: name }))[1];
	is(from("f<(int)1>(char)"), "'^f<$'");
	is(from("(anonymous namespace)::g(int)"),
		"'^\\(anonymous namespace\\)::g$'");
	is(from("A::operator()(int)"), "'^A::operator\\(\\)$'");
	is(from("main.(*T).run"), "'^main\\.\\(\\*T\\)\\.run$'");
	is(from(".plt"), "'^plt$'");
	is(typed({}, { sandwich: "b" }, ["pflame", "--reverse x"],
		{ reverse: true }).split("\n")[0],
		"pflame --show-from '^b$' x");
});

say(`model: ${passed} passed, ${failed} failed`);
globalThis.modelReport = report;
if (typeof window === "undefined" && failed > 0)
	process.exitCode = 1;

})();
