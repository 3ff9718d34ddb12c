/* SPDX-License-Identifier: MIT */
/*
 * The script of a flame graph, in two halves: the model, which knows no
 * document, and the view, which knows no arithmetic.
 *
 * Names may hold anything: they only ever go to textContent.  Nothing is
 * fetched, evaluated or stored.
 *
 * The build drops comment lines and indentation: no statement may depend
 * on them, and each comment has lines of its own.
 */
(() => {
"use strict";

/*
 * The model of a flame graph: what its script knows without a document.
 * It reads the data block, lays frames out, filters and turns the tree,
 * searches and compares.  Nothing here has side effects.
 *
 * A tree is a set of typed arrays by node, in level order: the root is node
 * 0, a node comes after its parent, the children of a node are consecutive
 * from first[i] on.
 *
 *	n, parent (-1 for the root), row, depth, first, kids
 *	left		how many children are not in the data
 *	total, self, rest	by side; rest is what the children left out
 *			hold, so that total = self + rest + totals of children
 *	reversed	whether children are callers
 *
 * Trees may be deep: nothing recurs.
 */
const { decode, layout, transform, sandwich, changes, commandLine, addedRows,
	pathIds, search, format, percent } = (() => {

/* Whole numbers above are not exact in double precision. */
const EXACT = Math.pow(2, 53);

/* --- the data block ------------------------------------------------------ */

function demand(condition, what, where) {
	if (!condition)
		throw new Error(what + (where === undefined ? "" :
			" " + where));
}

const VALUE = new Int8Array(128).fill(-1);
Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
	.forEach((c, i) => { VALUE[c.charCodeAt(0)] = i; });

/* Reads numbers of five bits a character, the low ones first. */
function reader(text) {
	demand(typeof text === "string", "numbers are no text");
	let at = 0;

	function digit() {
		const d = VALUE[text.charCodeAt(at++)];
		demand(d >= 0, "wrong character before", at);
		return d;
	}

	/* The number whose low bits are in d, the first digit. */
	function more(d, low, unit) {
		let v = low;
		for (; d & 32; unit *= 32) {
			d = digit();
			v += (d & 31) * unit;
		}
		demand(v < Infinity, "number too large before", at);
		return v;
	}

	return {
		unsigned() {
			const d = digit();
			return more(d, d & 31, 32);
		},
		/* The sign is read apart: doubles forget the lowest bit. */
		signed() {
			const d = digit(), v = more(d, (d & 31) >> 1, 16);
			return d & 1 ? -v - 1 : v;
		},
		more: () => at < text.length,
	};
}

const isTexts = list => Array.isArray(list) &&
	list.every(s => typeof s === "string");
const isNumbers = (list, n) => Array.isArray(list) && list.length === n &&
	list.every(v => typeof v === "number");

/* Each text says how much of the one before it begins with. */
function unfold(list, what) {
	demand(isTexts(list), what + " are no texts");
	let before = "";
	return list.map((s, i) => {
		const colon = s.indexOf(":"), shared = s.slice(0, colon);
		demand(/^\d+$/.test(shared) && Number(shared) <= before.length,
			what + ": wrong entry", i);
		before = before.slice(0, Number(shared)) + s.slice(colon + 1);
		return before;
	});
}

const INLINED = 16, NAMELESS = 32;

function decodeRows(block) {
	const text = reader(block.rows);
	const names = unfold(block.names, "names");
	const modules = [""].concat(unfold(block.modules, "modules"));
	const files = [""].concat(unfold(block.files, "files"));
	const classes = block.classes;
	demand(isTexts(classes), "classes are no texts");
	const columns = [[0], [0], [0], [0], [0], [0]];
	const limits = [names.length, Math.max(classes.length, 1),
		modules.length, files.length, EXACT, 64];
	let name = 0;
	while (text.more())
		columns.forEach((column, k) => {
			let v = text.unsigned();
			if (k === 0)
				v = name += v;
			demand(v < limits[k], "out of range: row",
				column.length);
			column.push(v);
		});
	const [nameOf, cls, moduleOf, fileOf, line, bits] = columns;
	return {
		n: nameOf.length,
		name: i => i > 0 ? names[nameOf[i]] : "all",
		module: i => modules[moduleOf[i]],
		file: i => files[fileOf[i]],
		line: i => line[i],
		kind: i => bits[i] & 15,
		inlined: i => (bits[i] & INLINED) !== 0,
		nameless: i => (bits[i] & NAMELESS) !== 0,
		cls: i => i > 0 ? classes[cls[i]] || "" : "a",
	};
}

function newTree(n, sides) {
	const ints = () => new Int32Array(n);
	const perSide = () => Array.from({ length: sides },
		() => new Float64Array(n));
	return {
		n, parent: ints(), row: ints(), depth: ints(), first: ints(),
		kids: ints(), left: ints(), total: perSide(), self: perSide(),
		rest: perSide(), reversed: false,
	};
}

function cutTree(tree, n) {
	const cut = a => a.slice(0, n);
	for (const key of ["parent", "row", "depth", "first", "kids", "left"])
		tree[key] = cut(tree[key]);
	for (const key of ["total", "self", "rest"])
		tree[key] = tree[key].map(cut);
	tree.n = n;
	return tree;
}

/*
 * Totals are told by what is left of the parent's, so that nothing remains
 * where nothing should, even of numbers that are not exact.
 */
function decodeValues(text, tree, i) {
	const p = tree.parent[i], sides = tree.total.length;
	for (let s = 0; s < sides; s++) {
		const up = i > 0 ? tree.rest[s][p] : 0;
		tree.total[s][i] = up - text.signed();
		if (i > 0)
			tree.rest[s][p] -= tree.total[s][i];
	}
	for (let s = 0; s < sides; s++) {
		const v = text.signed(), total = tree.total[s][i];
		const kids = tree.kids[i] > 0;
		tree.self[s][i] = kids ? v : total - v;
		tree.rest[s][i] = kids ? total - v : v;
		demand(Math.abs(total) + Math.abs(v) < Infinity,
			"number too large in node", i);
	}
}

function decodeTree(block, rows) {
	const text = reader(block.nodes), sides = block.sides;
	/* No node takes fewer characters than these. */
	const room = Math.floor(block.nodes.length / (2 + 2 * sides)) + 2;
	const tree = newTree(room, sides), { parent, row, depth } = tree;
	let n = 1;
	parent[0] = -1;
	for (let i = 0; i < n; i++) {
		const p = parent[i];
		let r = 0;
		if (i > 0) {
			r = i === tree.first[p] ? text.unsigned() :
				row[i - 1] + text.signed();
			demand(r > 0 && r < rows.n, "wrong row in node", i);
			depth[i] = depth[p] + 1;
		}
		row[i] = r;
		let k = text.unsigned();
		tree.left[i] = k % 2 === 1 ? Math.min(text.unsigned(),
			0x7fffffff) : 0;
		tree.kids[i] = k = Math.floor(k / 2);
		demand(n + k <= room, "too many children of node", i);
		tree.first[i] = n;
		parent.fill(i, n, n += k);
		decodeValues(text, tree, i);
	}
	demand(!text.more(), "data behind the last node");
	return cutTree(tree, n);
}

const isObject = v => v !== null && typeof v === "object" &&
	!Array.isArray(v);

/* In a chart frames are where they were: what lies before each. */
function decodeGaps(block, n) {
	if (block.gaps === undefined)
		return null;
	const text = reader(block.gaps), gap = new Float64Array(n);
	for (let i = 0; i < n; i++)
		gap[i] = text.unsigned();
	return gap;
}

function checkDiff(block) {
	const d = block.diff;
	demand(isObject(d) && isNumbers(d.steps, 5) &&
		isNumbers(d.ratio, 2) && isNumbers(d.share, 2) &&
		isNumbers(d.impact, 2) && isNumbers(d.error, 2), "no rule to compare by");
	demand(d.counts === null || isNumbers(d.counts, 2),
		"counts are no numbers");
}

function decodeBlock(block) {
	demand(isObject(block) && block.v === 1, "of another version");
	demand(block.sides === 1 || block.sides === 2, "of no sides");
	demand(isNumbers(block.whole, block.sides), "no whole");
	const { mul, div, decimals } = Object(block.scale);
	demand(isNumbers([mul, div, decimals], 3) && decimals >= 0 &&
		decimals <= 20, "no scale");
	demand(isObject(block.view) && isTexts([block.view.layout,
		block.view.sort]), "no view");
	demand(isTexts(block.command) && block.command.length === 2,
		"no command");
	if (block.sides === 2)
		checkDiff(block);
	const rows = decodeRows(block), tree = decodeTree(block, rows);
	tree.reversed = Boolean(block.view.reverse);
	tree.gap = decodeGaps(block, tree.n);
	const data = Object.assign({}, block, { rows, tree });
	delete data.names;
	delete data.nodes;
	return data;
}

/* The data block, from its text.  One that is damaged is an Error. */
function decode(text) {
	try {
		return decodeBlock(JSON.parse(text));
	} catch (e) {
		throw new Error("damaged data: " + e.message);
	}
}

/* --- layout -------------------------------------------------------------- */

const OWN = {
	union: (a, b) => Math.max(Math.abs(a), Math.abs(b)),
	before: (a, b) => Math.abs(a),
	after: (a, b) => Math.abs(b),
	abs: (a, b) => Math.abs(b - a),
};

/* What the values of a part take; with one side, nothing is before. */
function ownOf(part, mode) {
	const b = part[part.length - 1];
	const own = part.length > 1 ? OWN[mode] || OWN.union : OWN.after;
	return part[0].map((a, i) => own(a, b[i]));
}

/* What each node takes, with all above it. */
function weigh(tree, mode) {
	const rest = ownOf(tree.rest, mode), weight = ownOf(tree.self, mode);
	for (let i = 0; i < tree.n; i++)
		weight[i] += rest[i];
	for (let i = tree.n - 1; i > 0; i--)
		weight[tree.parent[i]] += weight[i];
	return weight;
}

/* The children of each node from left to right, from first[i] on. */
function arrange(tree, weight, sort) {
	const { row, first, kids } = tree;
	const order = new Uint32Array(tree.n).map((v, i) => i);
	const less = sort === "size" ?
		(a, b) => weight[b] - weight[a] || row[a] - row[b] :
		(a, b) => row[a] - row[b];
	for (let p = 0; p < tree.n && (sort === "name" || sort === "size"); p++)
		for (let k = 1; k < kids[p]; k++)
			if (less(first[p] + k - 1, first[p] + k) > 0) {
				order.subarray(first[p], first[p] + kids[p])
					.sort(less);
				break;
			}
	return order;
}

/*
 * Places as parts of the picture, 0 to 1.  Sums are made before they are
 * divided: of whole numbers they are exact, and no child sticks out.
 */
function layout(data, tree, mode, sort) {
	const n = tree.n, weight = weigh(tree, mode), whole = weight[0];
	const order = arrange(tree, weight, sort);
	const start = new Float64Array(n), left = new Float64Array(n);
	const width = new Float64Array(n), ghost = new Float64Array(n);
	const gaps = sort === data.view.sort && tree.gap;
	for (let p = 0; p < n; p++) {
		let at = start[p];
		for (let k = 0; k < tree.kids[p]; k++) {
			const i = order[tree.first[p] + k];
			start[i] = at += gaps ? gaps[i] : 0;
			at += weight[i];
		}
		left[p] = whole > 0 ? start[p] / whole : 0;
		width[p] = whole > 0 ? weight[p] / whole : Number(p === 0);
	}
	if (mode === "union" && data.sides === 2)
		weigh(tree, "after").forEach((w, i) => {
			ghost[i] = weight[i] > 0 ? 1 - w / weight[i] : 0;
		});
	/* What the children left out take, behind the last one. */
	const part = v => whole > 0 ? v / whole : 0;
	const rest = ownOf(tree.rest, mode).map(part);
	return { left, width, ghost, rest, order,
		gap: gaps ? gaps.map(part) : null };
}

/* --- addresses ----------------------------------------------------------- */

/* FNV-1a; functions of one name are told apart by their order. */
function hashRows(rows) {
	const hash = new Uint32Array(rows.n);
	for (let r = 0; r < rows.n; r++) {
		const name = rows.name(r);
		if (r > 1 && name === rows.name(r - 1)) {
			hash[r] = Math.imul(hash[r - 1] ^ 1, 0x01000193);
			continue;
		}
		let h = 0x811c9dc5;
		for (let i = 0; i < name.length; i++)
			h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
		hash[r] = h;
	}
	return hash;
}

/* A number by node for the names on its path, the same in every picture. */
function pathIds(data, tree) {
	const hash = hashRows(data.rows), ids = new Uint32Array(tree.n);
	for (let i = 0; i < tree.n; i++) {
		const up = i > 0 ? ids[tree.parent[i]] : 0;
		let h = Math.imul((up << 5 | up >>> 27) ^ hash[tree.row[i]],
			0x9e3779b1);
		h = Math.imul(h ^ h >>> 15, 0x85ebca6b);
		ids[i] = h ^ h >>> 13;
	}
	return ids;
}

/* --- search -------------------------------------------------------------- */

/* A capital letter makes case count; one in an escape is none. */
function compile(term) {
	const not = term[0] === "!", text = not ? term.slice(1) : term;
	const flags = /\p{Lu}/u.test(text.replace(/\\./g, "")) ? "" : "i";
	try {
		return { not, error: "",
			re: text === "" ? null : new RegExp(text, flags) };
	} catch (e) {
		return { not, error: e.message, re: null };
	}
}

/* By row: a bit for each term that it matches, 0 if a term excludes it. */
function matchRows(rows, terms) {
	const bits = new Uint8Array(rows.n);
	const wanted = terms.some(t => t.re && !t.not);
	const exclude = terms.findIndex(t => t.re && t.not);
	/* Terms that only exclude stand for all others. */
	const other = wanted || exclude < 0 ? 0 : 1 << exclude;
	for (let r = 1; r < rows.n; r++) {
		const name = rows.name(r);
		let b = other, out = false;
		terms.forEach((t, k) => {
			if (t.re && !out && t.re.test(name)) {
				out = t.not;
				b |= 1 << k;
			}
		});
		bits[r] = out ? 0 : b;
	}
	return bits;
}

/*
 * What the frames that match hold: a match above another one counts once.
 * Of the terms, up to eight, the first letter "!" excludes.  width and view
 * are parts of the picture and of the frame node.
 */
function search(data, tree, places, terms, node) {
	const found = terms.slice(0, 8).map(compile);
	const bits = matchRows(data.rows, found), { parent, row } = tree;
	const match = new Uint8Array(tree.n), inside = new Uint8Array(tree.n);
	const below = new Uint8Array(tree.n), zero = tree.self.map(() => 0);
	const sum = { match, frames: 0, width: 0, view: 0, total: zero,
		self: zero.slice(), errors: found.map(t => t.error) };
	for (let i = 0; i < tree.n; i++) {
		const p = parent[i], again = p >= 0 && inside[p] !== 0;
		match[i] = bits[row[i]];
		inside[i] = Number(again || match[i] !== 0);
		below[i] = Number(i === node || (p >= 0 && below[p] !== 0));
		if (match[i] === 0)
			continue;
		sum.frames++;
		tree.self.forEach((v, s) => { sum.self[s] += v[i]; });
		if (again)
			continue;
		sum.width += places.width[i];
		sum.view += below[i] * places.width[i];
		tree.total.forEach((v, s) => { sum.total[s] += v[i]; });
	}
	if (inside[node] !== 0)
		sum.view = 1;
	else
		sum.view = places.width[node] > 0 ?
			Math.min(sum.view / places.width[node], 1) : 0;
	return sum;
}

/* --- texts --------------------------------------------------------------- */

const MINUS = "\u2212";

function signed(v, text) {
	return v < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

function format(data, value) {
	const { mul, div, decimals, unit } = data.scale;
	return signed(value, (Math.abs(value) * mul / div).toFixed(decimals)) +
		unit;
}

/* One decimal from 1 % on, else two or three. */
function percent(part, whole) {
	const p = Math.abs(100 * part / whole);
	if (whole === 0)
		return "-";
	return signed(part / whole, p.toFixed(p >= 1 || p === 0 ? 1 :
		p >= 0.1 ? 2 : 3)) + "%";
}

/* --- building trees ------------------------------------------------------ */

/* Numbers children: (parent, row) to the id it was first asked with. */
function childIndex(room) {
	let size = 16;
	while (size < 2 * room)
		size *= 2;
	const slot = new Int32Array(size).fill(-1);
	const parents = new Int32Array(size), rows = new Int32Array(size);
	return (parent, row, fresh) => {
		let h = Math.imul(parent, 0x9e3779b1) ^
			Math.imul(row, 0x85ebca6b);
		h = (h ^ h >>> 15) & size - 1;
		while (slot[h] >= 0 &&
			(parents[h] !== parent || rows[h] !== row))
			h = h + 1 & size - 1;
		if (slot[h] < 0) {
			slot[h] = fresh;
			parents[h] = parent;
			rows[h] = row;
		}
		return slot[h];
	};
}

/*
 * A tree to be filled: nodes in any order, each after its parent, of which
 * those count that are in use or have a child that is.
 */
function newDraft(room, tree, row) {
	const draft = newTree(room, tree.self.length);
	draft.n = 1;
	draft.row[0] = row;
	draft.used = new Uint8Array(room);
	return draft;
}

function addNode(draft, parent, row) {
	draft.parent[draft.n] = parent;
	draft.row[draft.n] = row;
	return draft.n++;
}

/* Add stack i of part (self, rest or total of a tree) to a node's part. */
function addTo(draft, part, node, from, i) {
	draft.used[node] = 1;
	for (let s = 0; s < from.length; s++)
		draft[part][s][node] += from[s][i];
}

/* Nodes in use by their parents, children by row if rows are given. */
function listChildren(draft, rows) {
	const n = draft.n, { parent, row } = draft;
	const end = new Int32Array(n + 1), list = new Int32Array(n);
	const ids = new Int32Array(n).map((v, i) => i);
	if (rows > 0) {
		const at = new Int32Array(rows + 1);
		for (let i = 0; i < n; i++)
			at[row[i] + 1]++;
		for (let r = 0; r < rows; r++)
			at[r + 1] += at[r];
		for (let i = 0; i < n; i++)
			ids[at[row[i]]++] = i;
	}
	for (let i = 1; i < n; i++)
		end[parent[i] + 1] += draft.used[i];
	for (let i = 0; i < n; i++)
		end[i + 1] += end[i];
	const begin = end.slice();
	for (const i of ids)
		if (i > 0 && draft.used[i] !== 0)
			list[begin[parent[i]]++] = i;
	return { list, end };
}

/* The tree of a draft: totals summed up, nodes in level order. */
function finish(data, draft, reversed) {
	const n = draft.n, { used, parent } = draft, old = new Int32Array(n);
	for (let i = n - 1; i > 0; i--)
		used[parent[i]] |= used[i];
	const sort = data.view.sort;
	const { list, end } = listChildren(draft,
		sort === "input" || sort === "time" ? 0 : data.rows.n);
	const tree = newTree(n, data.sides);
	let m = 1;
	tree.parent[0] = -1;
	for (let i = 0; i < m; i++) {
		const o = old[i];
		tree.first[i] = m;
		tree.kids[i] = end[o + 1] - end[o];
		tree.row[i] = draft.row[o];
		tree.left[i] = draft.left[o];
		tree.depth[i] = i > 0 ? tree.depth[tree.parent[i]] + 1 : 0;
		tree.parent.fill(i, m, m + tree.kids[i]);
		for (let k = end[o]; k < end[o + 1]; k++)
			old[m++] = list[k];
	}
	for (let s = 0; s < data.sides; s++) {
		const self = draft.self[s], rest = draft.rest[s];
		const total = tree.total[s];
		for (let i = m - 1; i >= 0; i--) {
			tree.self[s][i] = self[old[i]];
			tree.rest[s][i] = rest[old[i]];
			total[i] += self[old[i]] + rest[old[i]];
			if (i > 0)
				total[tree.parent[i]] += total[i];
		}
	}
	tree.reversed = reversed;
	return cutTree(tree, m);
}

/* --- filters ------------------------------------------------------------- */

const isAny = (values, i) => values[0][i] !== 0 ||
	values[values.length - 1][i] !== 0;

/* Whether the stack that ends in node i, or its rest, holds anything. */
const holds = (tree, i) => tree.kids[i] === 0 || tree.left[i] > 0 ||
	isAny(tree.self, i) || isAny(tree.rest, i);

/* By row: bits, one for each of the names; no name is none. */
function namedRows(rows, names) {
	const bits = new Int32Array(rows.n), at = new Map();
	(names || []).forEach((name, k) =>
		at.set(name, at.get(name) | 1 << k % 32));
	for (let r = 1; r < rows.n && at.size > 0; r++)
		bits[r] = rows.nameless(r) ? 0 : at.get(rows.name(r));
	return bits;
}

/*
 * Stacks that are kept, and where each of them ends in the new tree: as
 * pflame does, judged by all frames first, then without the hidden ones,
 * from one of the frames on, recursion joined.
 */
function filterStacks(data, tree, ops) {
	const rows = data.rows, n = tree.n, { parent, row } = tree;
	const focus = namedRows(rows, ops.focus);
	const ignore = namedRows(rows, ops.ignore);
	const hide = namedRows(rows, ops.hide);
	const cut = typeof ops.showFrom === "string";
	const begin = namedRows(rows, cut ? [ops.showFrom] : []);
	const wanted = (ops.focus || []).length;
	const all = wanted < 32 ? (1 << wanted) - 1 : -1;
	const draft = newDraft(n, tree, 0), child = childIndex(n);
	const to = new Int32Array(n), seen = new Int32Array(n);
	const bad = new Uint8Array(n), shown = new Uint8Array(n);
	/* The frame that --root adds comes after the filters. */
	const first = data.view.rooted ? 1 : 0;
	const isFirst = k => k === 0 || (first > 0 && draft.parent[k] === 0);
	shown[0] = Number(!cut);
	for (let i = 0; i < n; i++) {
		const p = parent[i], r = row[i];
		if (i > 0 && tree.depth[i] <= first) {
			shown[i] = shown[0];
			to[i] = draft.n;
			addNode(draft, 0, r);
		} else if (i > 0) {
			seen[i] = seen[p] | focus[r];
			bad[i] = Number(bad[p] !== 0 || ignore[r] !== 0);
			shown[i] = Number(shown[p] !== 0 ||
				(begin[r] !== 0 && hide[r] === 0));
			to[i] = to[p];
			if (hide[r] === 0 && shown[i] !== 0 &&
				!(ops.fold && draft.row[to[p]] === r &&
				!rows.nameless(r) && !isFirst(to[p]))) {
				to[i] = child(to[p], r, draft.n);
				if (to[i] === draft.n)
					addNode(draft, to[p], r);
			}
		}
		if (seen[i] !== all || bad[i] !== 0 || shown[i] === 0 ||
			!holds(tree, i))
			continue;
		/* A stack that has lost all its frames goes. */
		if (tree.depth[i] <= first || !isFirst(to[i]))
			addTo(draft, "self", to[i], tree.self, i);
		addTo(draft, "rest", to[i], tree.rest, i);
		draft.left[to[i]] += tree.left[i];
	}
	return finish(data, draft, tree.reversed);
}

/* --- callers ------------------------------------------------------------- */

const size = (values, i) => values.length > 1 ?
	Math.max(Math.abs(values[0][i]), Math.abs(values[1][i])) :
	Math.abs(values[0][i]);

/*
 * Stacks turned round may make a tree as large as all of them together.
 * Above this many nodes, those below pflame's own least width, 0.005 %, are
 * left out, and what is too deep.
 */
const MANY = 400000, LEAST = 0.00005;

/*
 * Leave out nodes from lo on that are too small; where those that stay have
 * gone, -1 for nowhere.
 */
function thin(draft, lo, weight, least) {
	const to = new Int32Array(draft.n - lo), n = draft.n;
	draft.n = lo;
	for (let i = lo; i < n; i++) {
		const p = draft.parent[i];
		to[i - lo] = weight[i - lo] < least ? -1 :
			addNode(draft, p, draft.row[i]);
		draft.left[p] += Number(weight[i - lo] < least);
	}
	return to;
}

/*
 * Add the stacks that go from the nodes of next up to the root, stack k of
 * value[s][k], to draft, callee first: all of them a frame at a time.
 */
function climb(tree, draft, next, value, least) {
	const at = new Int32Array(next.length), { parent, row } = tree;
	const id = at.map((v, k) => k);
	let count = next.length;
	for (;;) {
		let m = 0;
		for (let k = 0; k < count; k++) {
			if (next[k] <= 0) {
				addTo(draft, "self", at[k], value, id[k]);
				continue;
			}
			next[m] = next[k];
			at[m] = at[k];
			id[m++] = id[k];
		}
		count = m;
		const lo = draft.n, child = childIndex(count);
		const full = least > 0 && lo > MANY / 2;
		const weight = new Float64Array(count);
		for (let k = 0; k < count; k++) {
			const r = row[next[k]], p = at[k];
			const c = child(p, r, draft.n);
			at[k] = c === draft.n ? addNode(draft, p, r) : c;
			weight[at[k] - lo] += size(value, id[k]);
		}
		if (count === 0)
			return;
		const up = draft.parent.slice(lo, draft.n);
		const to = thin(draft, lo, weight, full ? Infinity : least);
		m = 0;
		for (let k = 0; k < count; k++) {
			const c = at[k] - lo;
			if (to[c] < 0) {
				addTo(draft, "rest", up[c], value, id[k]);
				continue;
			}
			next[m] = parent[next[k]];
			at[m] = to[c];
			id[m++] = id[k];
		}
		count = m;
	}
}

/*
 * The tree of the stacks from the nodes next, turned round, below a root of
 * its own; base fills the root.
 */
function turn(data, tree, next, value, row, base) {
	let frames = 0, whole = 0;
	next.forEach((i, k) => {
		frames += i > 0 ? tree.depth[i] : 0;
		whole += size(value, k);
	});
	const many = frames > MANY, least = many ? LEAST * whole : 0;
	const room = Math.min(frames, MANY / 2 + 2 * next.length) + 2;
	const draft = newDraft(room, tree, row);
	base(draft);
	climb(tree, draft, next, value, least);
	return finish(data, draft, !tree.reversed);
}

const pick = (values, nodes) => values.map(v =>
	Float64Array.from(nodes, i => v[i]));

/* What ends in frames left out is called by nobody knows whom. */
function reverse(data, tree) {
	const nodes = [];
	for (let i = 1; i < tree.n; i++)
		if (isAny(tree.self, i) || (tree.kids[i] === 0 &&
			tree.left[i] === 0 && !isAny(tree.rest, i)))
			nodes.push(i);
	return turn(data, tree, Int32Array.from(nodes),
		pick(tree.self, nodes), 0, draft => {
			addTo(draft, "self", 0, tree.self, 0);
			for (let i = 0; i < tree.n; i++) {
				addTo(draft, "rest", 0, tree.rest, i);
				draft.left[0] += tree.left[i];
			}
		});
}

/*
 * The tree as pflame would make it with these filters, names being whole
 * names: { focus: [], ignore: [], hide: [], showFrom, fold, reverse }, each
 * of which may be missing.  reverse says how the result stands, whatever
 * the data do; without it, as they do.
 */
function transform(data, ops) {
	const want = ops.reverse === undefined ? data.tree.reversed :
		Boolean(ops.reverse);
	const cut = typeof ops.showFrom === "string";
	let tree = data.tree;
	if (tree.reversed && (cut || !want || data.view.rooted))
		tree = reverse(data, tree);
	if (cut || ops.fold || [ops.focus, ops.ignore, ops.hide].some(
		list => list && list.length > 0))
		tree = filterStacks(data, tree, ops);
	return tree.reversed === want ? tree : reverse(data, tree);
}

/*
 * Whom a function calls, and who calls it, of all places together; of a
 * recursion, the outermost call counts.  The function is the root of both.
 */
function sandwich(data, tree, name) {
	const t = tree.reversed ? reverse(data, tree) : tree;
	const named = namedRows(data.rows, [name]), tops = [];
	const root = Math.max(named.indexOf(1), 0), child = childIndex(t.n);
	const draft = newDraft(t.n, t, root), to = new Int32Array(t.n).fill(-1);
	for (let i = 1; i < t.n; i++) {
		const up = to[t.parent[i]], r = t.row[i];
		if (up >= 0) {
			to[i] = child(up, r, draft.n);
			if (to[i] === draft.n)
				addNode(draft, up, r);
		} else if (named[r] !== 0) {
			to[i] = 0;
			tops.push(i);
		}
		if (to[i] < 0 || !holds(t, i))
			continue;
		addTo(draft, "self", to[i], t.self, i);
		addTo(draft, "rest", to[i], t.rest, i);
		draft.left[to[i]] += t.left[i];
	}
	return {
		callees: finish(data, draft, false),
		callers: turn(data, t, Int32Array.from(tops,
			i => t.parent[i]), pick(t.total, tops), root,
			() => {}),
	};
}

/* --- comparing ----------------------------------------------------------- */

/* 1 - erf(x) for x >= 0: a series near 0, beyond it a continued fraction. */
function erfc(x) {
	const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
	if (x < 2.5) {
		let term = 2 * x, sum = term;
		for (let k = 1; k < 60; k++) {
			term *= 2 * x * x / (2 * k + 1);
			sum += term;
		}
		return 1 - scale * sum;
	}
	let f = x;
	for (let k = 80; k > 0; k--)
		f = x + k / 2 / f;
	return scale / f;
}

const twoSided = z => erfc(Math.abs(z) / Math.SQRT2);

/* Probabilities of 0 to n of n, each having the probability q. */
function binomial(n, q) {
	const p = new Float64Array(n + 1);
	let log = n * Math.log1p(-q);
	for (let k = 0; k <= n; k++) {
		p[k] = Math.exp(log);
		log += Math.log((n - k) / (k + 1)) + Math.log(q / (1 - q));
	}
	return p;
}

/*
 * How probable it is that x and y events fall like this, or less evenly,
 * if each is one of y with the probability q.  Up to 200 events exactly;
 * what is as probable as y but for rounding counts.
 */
function splitTest(q) {
	const known = new Map();
	return (x, y) => {
		const n = x + y;
		if (n === 0)
			return 1;
		if (n > 200)
			return twoSided((y - n * q) /
				Math.sqrt(n * q * (1 - q)));
		const key = n * 256 + y;
		if (!known.has(key)) {
			const all = binomial(n, q), most = all[y] * (1 + 1e-9);
			known.set(key, Math.min(1, all.reduce((sum, p) =>
				p <= most ? sum + p : sum, 0)));
		}
		return known.get(key);
	};
}

/* x of N against y of M. */
function shareTest(N, M) {
	return (x, y) => {
		const p = (x + y) / (N + M);
		const deviation = Math.sqrt(p * (1 - p) * (1 / N + 1 / M));
		return deviation > 0 ? twoSided((x / N - y / M) / deviation) :
			1;
	};
}

/*
 * The largest p that counts, if at most the part alpha of what counts may
 * be chance (Benjamini and Hochberg); below 0 for none.
 */
function threshold(ps, alpha) {
	const sorted = Float64Array.from(ps).sort();
	for (let k = sorted.length; k > 0; k--)
		if (sorted[k - 1] <= alpha * k / sorted.length)
			return sorted[k - 1];
	return -1;
}

/* By node: whether its change may be chance. */
function withinNoise(data, tree, base, now) {
	const even = new Uint8Array(tree.n), d = data.diff, [W, V] = data.whole;
	if (!d.counts || !(W > 0 && V > 0))
		return even;
	const [g, h] = d.counts, N = Math.round(W / g), M = Math.round(V / h);
	if (!(N > 0 && M > 0))
		return even;
	const test = d.fixed ? shareTest(N, M) :
		splitTest(d.rate ? d.rate / (1 + d.rate) : M / (N + M));
	const p = new Float64Array(tree.n).fill(-1), tested = [];
	for (let i = 1; i < tree.n; i++) {
		const x = Math.round(base[i] / g), y = Math.round(now[i] / h);
		/* What is no part of the whole was not counted. */
		if (!(x >= 0 && y >= 0 && x <= N && y <= M))
			continue;
		p[i] = test(x, y);
		tested.push(p[i]);
	}
	const limit = threshold(tested, d.alpha);
	return even.map((v, i) => Number(p[i] > limit && p[i] >= 0));
}

/* A change in the measure of the legend. */
function measure(data, a, b) {
	if (data.diff.measure === "abs")
		return Math.abs(b - a);
	if (data.diff.measure === "pp")
		return 100 * Math.abs(b - a) / Math.max(...data.whole.map(
			Math.abs));
	const ratio = Math.abs(Math.log2(b / a));
	return ratio < Infinity ? ratio : Infinity;
}

/* By the means; slack is twice what rounding may have changed. */
function isOver(data, a, b, slack) {
	const [W, V] = data.whole, { ratio, share, impact } = data.diff;
	const reaches = (v, whole, f) => v * f[1] >= whole * f[0];
	if (!(W > 0 && a >= 0 && b - a > slack) || !((a > 0 && reaches(a, W, share)) ||
		reaches(b, V, share)))
		return false;
	return a > 0 ? reaches(b, a, ratio) : reaches(b, W, impact);
}

/*
 * Classes and marks by node.  A fill says how the metric changed; new and
 * gone are what was not there at all.
 */
function changes(data, tree) {
	const part = data.metric === "self" ? tree.self : tree.total;
	const [base, now] = part, [before, after] = tree.total;
	const even = withinNoise(data, tree, base, now);
	const { steps, negate, error } = data.diff, cls = [], mark = [];
	const slack = 2 * (error[0] + error[1]);
	for (let i = 0; i < tree.n; i++) {
		const a = base[i], b = now[i], m = measure(data, a, b);
		const gone = before[i] !== 0 && after[i] === 0;
		let fill = "e", sign = "";
		if (a !== b) {
			const step = steps.filter(s => m >= s).length;
			fill = ((b > a) !== Boolean(negate) ? "u" : "d") +
				(Math.min(step, 4) + 1);
			sign = b > a ? "\u25b2" : "\u25bc";
		}
		if (a !== b && even[i] !== 0) {
			fill = "e even";
			sign = "\u2248";
		}
		cls.push((gone ? "h" : "") + fill + (gone ? " gone" : "") +
			(before[i] === 0 && after[i] !== 0 ? " new" : "") +
			(isOver(data, a, b, i > 0 ? slack : 0) ? " over" : ""));
		mark.push(sign);
	}
	return { cls, mark };
}

/* --- the command line ---------------------------------------------------- */

/* Longer patterns are refused, and no name needs more to be told apart. */
const NAME_MAX = 4096;

const quote = s => "'" + s.replace(/'/g, "'\\''") + "'";

/* Control characters, separators of lines, halves of characters. */
const UNWRITABLE =
	/[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd-\uffff]/gu;

/* How C shows a character that would do harm, in a pattern. */
const ESCAPE = /\\\\(?:x([0-9a-f]{2})|u([0-9a-f]{1,2}fff[ef]|[0-9a-f]{4}))/g;

/*
 * The pattern of one whole name.  What cannot be typed is any character,
 * but that is never the end of a line.  What reads like an escape of C's may
 * be one, or stand in the name.  Nothing can be said of a byte that is no
 * character, nor of what follows, but that it is no character.
 */
function exactly(name) {
	const cut = name.length > NAME_MAX, end = cut ? "" : "$";
	const text = (cut ? name.slice(0, NAME_MAX) : name)
		.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")
		.replace(/\n/g, "\\n")
		.replace(UNWRITABLE, ".")
		.replace(/\\\\x[89a-f][0-9a-f][^]*|$/, rest => rest === "" ?
			end : "(?:(?!.|$)|" + rest + end + ")")
		.replace(ESCAPE, "(?:\\x{$1$2}|$&)");
	return quote("^" + text);
}

/* A name as --prune-from sees it: without parameters. */
function simple(name) {
	const s = name.replace(/^\./, "");
	const end = /\(/.exec(s.replace(/\(anonymous namespace\)|operator\(\)/g,
		kept => "x".repeat(kept.length)));
	const cut = end ? s.slice(0, end.index) : s;
	return cut === "" || cut.endsWith(".") ? name : cut;
}

/* Drop an option from words that were typed: of two, the last would win. */
function without(words, name, argument) {
	const word = /(?:'[^']*'|"[^"]*"|\\[^]|[^\s'"\\])+/g;
	const parts = words.match(word) || [], rest = [];
	for (let k = 0; k < parts.length; k++) {
		if (parts[k] === "--")
			return rest.concat(parts.slice(k)).join(" ");
		const [, option, value] =
			/^--([^=]*)(=?)/.exec(parts[k]) || ["", ""];
		if (option.replace(/[-_]/g, "") !== name)
			rest.push(parts[k]);
		else if (argument && value === "")
			k++;
	}
	return rest.join(" ");
}

const CHOICES = ["layout", "sort", "theme"], FLAGS = ["inverted", "reverse"];

/* One command: filters, what differs from the data, what was typed. */
function compose(data, ops, now) {
	const add = [], [tool, words] = data.command, was = data.view;
	const filter = (option, list) => (list || []).forEach(name =>
		add.push(option + " " + exactly(name)));
	let typed = words;
	filter("--focus", ops.focus);
	filter("--ignore", ops.ignore);
	filter("--hide", ops.hide);
	filter("--show-from", ops.from);
	filter("--prune-from", ops.prune);
	if (ops.bare) {
		typed = without(typed, "root", true);
		add.push("--root none");
	}
	if (ops.fold)
		add.push("--fold-recursion");
	for (const key of FLAGS)
		if (Boolean(now[key]) !== Boolean(was[key])) {
			typed = without(typed, key, false);
			add.push(now[key] ? "--" + key : []);
		}
	for (const key of CHOICES)
		if (now[key] !== was[key]) {
			typed = without(typed, key, true);
			add.push("--" + key + " " + now[key]);
		}
	return [tool].concat(...add, typed || []).join(" ");
}

/* Rows of frames that --root has added: no pattern is compared with them. */
function addedRows(data) {
	const { tree, rows, view } = data, added = new Uint8Array(rows.n);
	for (let i = 1; i < tree.n && view.rooted; i++)
		if (tree.reversed ? isAny(tree.self, i) : tree.depth[i] === 1)
			added[tree.row[i]] = 1;
	return added;
}

/* --prune-from begins with the innermost call, a sandwich the outermost. */
function recurs(data, name) {
	const { tree } = data, named = namedRows(data.rows, [name]);
	const seen = new Uint8Array(tree.n);
	for (let i = 1; i < tree.n; i++) {
		const is = named[tree.row[i]] !== 0;
		if (is && seen[tree.parent[i]] !== 0)
			return true;
		seen[i] = Number(is || seen[tree.parent[i]] !== 0);
	}
	return false;
}

/*
 * What to type for the picture shown, "" where nothing does: patterns are
 * of functions, whatever rows are.  view: { inverted, layout, sort, theme,
 * sandwich }, as they are now, each of which may be missing; with sandwich,
 * the name of a function, two lines: callees and, where one says it, callers.
 */
function commandLine(data, ops, view) {
	const from = typeof ops.showFrom === "string" ? [ops.showFrom] : [];
	const name = view.sandwich, line = (more, reverse) => compose(data,
		Object.assign({}, ops, { from }, more),
		Object.assign({}, data.view, view, { reverse }));
	const isFiltered = [].concat(ops.focus || [], ops.ignore || [],
		ops.hide || [], from, name || []).length > 0 || ops.fold;
	if (data.view.functions === false && isFiltered)
		return "";
	if (typeof name !== "string")
		return line({}, ops.reverse === undefined ? data.view.reverse :
			ops.reverse);
	const callees = line({ from: from.concat(name),
		bare: data.view.rooted }, false);
	return recurs(data, name) ? callees : callees + "\n" +
		line({ focus: (ops.focus || []).concat(name),
			prune: [simple(name)] }, true);
}

return { decode, layout, transform, sandwich, changes, commandLine, addedRows,
	pathIds, search, format, percent };
})();

const SVG = "http://www.w3.org/2000/svg";
const HTML = "http://www.w3.org/1999/xhtml";
const ARROW = " \u2192 ";
const MAX_FRAMES = 3000, MIN_PIXELS = 0.5, LABEL_PIXELS = 10, MAX_TERMS = 4;
const MAX_NAME = 1000;
const LAYOUTS = ["union", "after", "before", "abs"];
const THEMES = ["auto", "light", "dark"];
const root = document.currentScript.parentNode;
const area = root.querySelector(".pf-frames");
const block = root.querySelector(".pf-data");
if (!area || !block)
	return;
const oldInfo = root.querySelector(".pf-info");
const alone = root === document.documentElement;
let data;
try {
	data = decode(block.textContent);
} catch (e) {
	oldInfo.textContent = "No zoom: the picture's data are damaged.";
	return;
}

/* ---- Elements ---- */

function make(space, name, attributes, ...kids) {
	const e = document.createElementNS(space, name);
	for (const key in attributes)
		e.setAttribute(key, attributes[key]);
	e.append(...kids);
	return e;
}

const svg = (name, attributes, ...kids) =>
	make(SVG, name, attributes, ...kids);
const html = (name, attributes, ...kids) =>
	make(HTML, name, attributes, ...kids);

/* Attributes that are not there read as 0, and so do broken ones. */
const numberOf = (name, otherwise) =>
	Number(area.getAttribute(name)) || otherwise;

/*
 * Fingers need higher rows than C could know of, and small screens lay a
 * picture out for a desk and shrink it: unit undoes that.
 */
const isCoarse = matchMedia("(pointer: coarse)").matches;
const rowStep = Math.max(isCoarse ? 24 : 0, numberOf("data-row", 16));
const unit = alone && isCoarse ? Math.max(1, innerWidth / screen.width) : 1;
const grown = rowStep - numberOf("data-row", 16);
const boxHeight = numberOf("data-box", 15) + grown;
const baseline = numberOf("data-base", 11.5) + grown / 2;

/* ---- What is shown: state, and its place in the address ---- */

/* All that decides the picture.  Its fields are those of the model's ops. */
const initial = () => ({
	focus: [], ignore: [], hide: [], showFrom: null, fold: false,
	reverse: Boolean(data.view.reverse), sandwich: null,
	inverted: Boolean(data.view.inverted),
	layout: data.view.layout, sort: data.view.sort,
	theme: data.view.theme, z: "", terms: [],
});
const KEYS = {
	z: "z", s: "terms", f: "focus", x: "ignore", h: "hide",
	from: "showFrom", w: "sandwich", k: "fold", r: "reverse",
	i: "inverted", d: "layout", o: "sort", t: "theme",
};
/* A chart is of time: what lies apart in it must not be joined. */
const isChart = data.view.sort === "time";
const FIELDS = isChart ? ["z", "terms", "inverted", "theme"] :
	Object.values(KEYS);
let state = initial();

const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/* Only what differs from the picture as it was written. */
function address(s) {
	const plain = initial(), parts = [];
	for (const key in KEYS) {
		const value = s[KEYS[key]];
		if (isSame(value, plain[KEYS[key]]))
			continue;
		for (const v of [].concat(value))
			parts.push(key + "=" + (typeof v === "boolean" ?
				Number(v) : encodeURIComponent(v)));
	}
	return "#" + parts.join("&");
}

/* An address may have been cut in the middle of a character. */
function unescapePart(text) {
	try {
		return decodeURIComponent(text);
	} catch (e) {
		return "";
	}
}

function readAddress() {
	const s = initial();
	for (const part of location.hash.slice(1).split("&")) {
		const at = part.indexOf("="), field = KEYS[part.slice(0, at)];
		const value = unescapePart(part.slice(at + 1));
		if (at < 1 || value === "" || !FIELDS.includes(field))
			continue;
		if (Array.isArray(s[field]))
			s[field].push(value);
		else
			s[field] = typeof s[field] === "boolean" ?
				value === "1" : value;
	}
	s.terms.splice(MAX_TERMS);
	if (data.sides < 2 || !LAYOUTS.includes(s.layout))
		s.layout = data.view.layout;
	if (!THEMES.includes(s.theme))
		s.theme = data.view.theme;
	return s;
}

/*
 * A zoom is a step for Back, a letter typed into the search is none.  A
 * picture that is part of a page leaves the page's address alone.
 */
function go(change, isStep = true) {
	state = { ...state, ...change };
	if (alone && address(state) !== (location.hash || "#")) {
		if (isStep)
			location.hash = address(state);
		else
			location.replace(address(state));
	}
	show();
}

/* Also called for what go() did: then there is nothing to do. */
function applyAddress() {
	const wanted = readAddress();
	if (address(wanted) === address(state))
		return;
	state = wanted;
	showTerms();
	show();
}

/* ---- Trees: one, or callees and callers of a function ---- */

/*
 * A panel is a tree with its layout and the elements that show it.  A
 * frame is named by {p, i}: the panel's number and the node.
 */
let panels = [], built = "", laidOut = "";
const same = (a, b) => a && b && a.p === b.p && a.i === b.i;
const rowOf = t => panels[t.p].tree.row[t.i];
const nameOf = t => data.rows.name(rowOf(t));
/* To be read: of a name as long as a book, the beginning. */
function shownName(t) {
	const name = nameOf(t) || "(no name)";
	return name.length > MAX_NAME ? name.slice(0, MAX_NAME) + "\u2026" :
		name;
}

const isRoot = t => t.p === 0 && t.i === 0;
const isChanged = () => state.focus.length + state.ignore.length +
	state.hide.length > 0 || state.showFrom !== null || state.fold ||
	state.sandwich !== null || state.reverse !== initial().reverse;

function makePanel(tree) {
	return { tree, ids: pathIds(data, tree), zoom: 0, elements: new Map(),
		look: data.sides === 2 ? changes(data, tree) : null };
}

/* The line of the head is about the layout that was asked for. */
const widthsLine = Array.from(root.querySelectorAll("text.s")).find(e =>
	data.sides === 2 && e.textContent.startsWith("widths: "));
const widthsAsked = widthsLine && widthsLine.textContent;
const WIDTHS = {
	union: "the larger side; hatched: only in base", after: "new side",
	before: "base", abs: "increases plus decreases"
};

function sayWidths() {
	if (widthsLine)
		widthsLine.textContent = state.layout === data.view.layout ?
			widthsAsked : "widths: " + WIDTHS[state.layout];
}

function build() {
	const key = JSON.stringify([state.focus, state.ignore, state.hide,
		state.showFrom, state.fold, state.reverse, state.sandwich]);
	sayWidths();
	const order = state.layout + " " + state.sort;
	if (key !== built) {
		hovered = null;
		pinned = false;
		bar.classList.remove("pf-pinned");
		const tree = isChanged() ? transform(data, state) : data.tree;
		const both = state.sandwich !== null &&
			sandwich(data, tree, state.sandwich);
		const trees = both ? [both.callees, both.callers] : [tree];
		panels = trees.map(makePanel);
	}
	if (key !== built || order !== laidOut)
		for (const p of panels)
			p.lay = layout(data, p.tree, state.layout, state.sort);
	built = key;
	laidOut = order;
}

/*
 * A hash of the names on the frame's path, after "u" if it is among the
 * callers of a sandwich, before how many others have the same one.
 */
function zoomName(t) {
	const ids = panels[t.p].ids, id = ids[t.i];
	let others = 0;
	if (isRoot(t))
		return "";
	for (let i = ids.indexOf(id); i < t.i; i = ids.indexOf(id, i + 1))
		others++;
	return (t.p === 1 ? "u" : "") + id.toString(16) +
		(others > 0 ? "." + others : "");
}

function nodeOf(ids, name) {
	const [hash, others] = name.split(".");
	let i = ids.indexOf(parseInt(hash, 16));
	for (let k = Number(others) || 0; k > 0 && i >= 0; k--)
		i = ids.indexOf(parseInt(hash, 16), i + 1);
	return Math.max(0, i);
}

/* An address may be of another picture: then the root it is. */
function readZoom() {
	const p = state.z[0] === "u" && panels.length > 1 ? 1 : 0;
	panels.forEach((panel, k) => {
		panel.zoom = k === p ? nodeOf(panel.ids, state.z.slice(p)) : 0;
	});
	return { p: panels[p].zoom ? p : 0, i: panels[p].zoom };
}

const zoomTo = (t, isStep) => go({ z: zoomName(t) }, isStep);
const parentOf = t => t.i === 0 ? { p: 0, i: 0 } :
	fix({ p: t.p, i: panels[t.p].tree.parent[t.i] });

/* Both panels of a sandwich have the function as root; one shows it. */
const fix = t => t.i === 0 ? { p: 0, i: 0 } : t;

function isInside(t, outer) {
	const tree = panels[t.p].tree;
	let i = t.i;
	if (t.p !== outer.p)
		return outer.i === 0;
	while (i > outer.i)
		i = tree.parent[i];
	return i === outer.i;
}

/* ---- Which frames can be seen ---- */

/* Children from f's left edge on; a run of narrow ones is one bar. */
function addKids(panel, f, scale, min, out) {
	const { tree, lay } = panel, end = tree.first[f.i] + tree.kids[f.i];
	let x = f.x, run = { i: f.i, x, w: 0, rest: 0 };
	const flush = () => {
		if (run.rest > 0 && run.w >= min)
			out.push(run);
		run = { i: f.i, x, w: 0, rest: 0 };
	};
	for (let k = tree.first[f.i]; k < end; k++) {
		const i = lay.order[k], w = lay.width[i] * scale;
		if (lay.gap && lay.gap[i] > 0) {
			flush();
			run.x = x += lay.gap[i] * scale;
		}
		if (w >= min) {
			flush();
			out.push({ i, x, w, rest: 0 });
			run.x = x + w;
		} else {
			run.rest++;
			run.w += w;
		}
		x += w;
	}
	if (tree.left[f.i] > 0 && !lay.gap) {
		run.rest += tree.left[f.i];
		run.w += lay.rest[f.i] * scale;
	}
	flush();
}

/*
 * Rows of what is wide enough, from the root's: the callers of the zoomed
 * frame take the whole width.  x and w are parts of the picture's.
 */
function collect(panel, min) {
	const { tree, lay, zoom } = panel, rows = [];
	const scale = lay.width[zoom] > 0 ? 1 / lay.width[zoom] : 0;
	for (let i = zoom; i > 0;) {
		i = tree.parent[i];
		rows.unshift([{ i, x: 0, w: 1, rest: 0, above: true }]);
	}
	let row = [{ i: zoom, x: 0, w: 1, rest: 0 }];
	while (row.length > 0) {
		const next = [];
		rows.push(row);
		for (const f of row)
			if (f.rest === 0)
				addKids(panel, f, scale, min, next);
		row = next;
	}
	return rows;
}

/* With too many frames and bars, the widest. */
function collectWidest(panel, min) {
	const rows = collect(panel, min), widths = [];
	for (const row of rows)
		for (const f of row)
			widths.push(f.w);
	if (widths.length <= MAX_FRAMES)
		return rows;
	widths.sort((a, b) => b - a);
	return collect(panel, widths[MAX_FRAMES] * (1 + 1e-9));
}

/* ---- Drawing ---- */

let frames = new Map(), grid = [], current = { p: 0, i: 0 };
let hovered = null, pinned = false, topRows = [], topKey = "", drawnWidth = 0;
const foot = svg("g", { "class": "pf-foot" });
const bottomUp = () => !state.inverted;

function fillOf(t) {
	const panel = panels[t.p], tree = panel.tree;
	if (panel.look)
		return panel.look.cls[t.i];
	if (tree.total[0][t.i] < 0)
		return "hg";
	if (t.i > 0 && data.view.colors === "self" && tree.total[0][t.i] !== 0)
		return "s" + Math.min(9, Math.floor(10 * tree.self[0][t.i] /
			tree.total[0][t.i]));
	return rowOf(t) === 0 ? "a" : data.rows.cls(rowOf(t));
}

/* One decimal below ten percent: labels are short. */
function signedPercent(base, now) {
	const size = Math.abs(now - base), part = Math.abs(base);
	if (size === 0 || part === 0 || now === 0)
		return size === 0 ? "" : part === 0 ? " new" : " gone";
	return (now > base ? " +" : " \u2212") +
		(100 * size / part).toFixed(size * 10 < part ? 1 : 0) + "%";
}

/* Marks and signs say what the colours say. */
function labelOf(t) {
	const panel = panels[t.p];
	const v = data.metric === "self" ? panel.tree.self : panel.tree.total;
	if (data.sides < 2)
		return (v[0][t.i] < 0 ? "\u2212 " : "") + shownName(t);
	const mark = panel.look.mark[t.i];
	return (mark ? mark + " " : "") + shownName(t) +
		(mark === "\u2248" ? "" : signedPercent(v[0][t.i], v[1][t.i]));
}

function classOf(t, f) {
	const found = panels[t.p].found, bits = found ? found.match[t.i] : 0;
	const term = bits ? " m m" + (32 - Math.clz32(bits & -bits)) : "";
	return fillOf(t) + term + (f.above ? " pf-above" : "");
}

/* Copies cost less than making: there are many of them. */
const narrow = svg("rect", { height: boxHeight });
const labelled = svg("svg", {}, svg("rect", { width: "100%",
	height: boxHeight }), svg("text", { x: 3, y: baseline }));

function addGhost(e, ghost) {
	if (ghost > 0 && ghost < 1)
		e.lastChild.before(svg("rect", { "class": "pf-ghost",
			height: boxHeight, x: 100 - 100 * ghost + "%",
			width: 100 * ghost + "%" }));
}

function drawFrame(t, f, width) {
	const isWide = f.rest === 0 && f.w * width >= LABEL_PIXELS;
	const e = (isWide ? labelled : narrow).cloneNode(true);
	e.setAttribute("x", +(100 * f.x).toFixed(5) + "%");
	e.setAttribute("width", +(100 * f.w).toFixed(5) + "%");
	e.setAttribute("class", f.rest > 0 ? "rest" : classOf(t, f));
	if (isWide) {
		const text = e.lastChild, href = sourceOf(t);
		text.textContent = labelOf(t);
		addGhost(e, panels[t.p].lay.ghost[t.i]);
		/* Of keys, "e" leads there. */
		if (href)
			e.append(svg("a", { href, tabindex: -1 }, text));
	}
	return e;
}

function drawRow(p, items, y, width) {
	const row = svg("svg", { "class": "r", role: "none", y: y * rowStep,
		height: boxHeight });
	grid[y] = [];
	for (const f of items) {
		const t = { p, i: f.i, rest: f.rest, w: f.w };
		const e = drawFrame(t, f, width);
		frames.set(e, t);
		if (f.rest === 0) {
			panels[p].elements.set(f.i, e);
			t.y = y;
			grid[y].push(t);
		}
		row.append(e);
	}
	return row;
}

/*
 * Rows do not move when a zoom needs fewer of them: there is room for what
 * the whole picture takes, or more.
 */
function roomFor(rows, min) {
	const key = built + laidOut + min;
	if (key !== topKey) {
		topRows = panels.map((p, k) => p.zoom === 0 ? rows[k].length :
			collectWidest({ ...p, zoom: 0 }, min).length);
		topKey = key;
	}
	return rows.map((r, k) => Math.max(r.length, topRows[k]));
}

function draw() {
	/* Measure before anything changes: it costs a layout. */
	const width = (drawnWidth = widthOf()) || 1;
	const barHeight = bar.offsetHeight;
	const min = MIN_PIXELS / width;
	const rows = panels.map(p => collectWidest(p, min));
	const room = roomFor(rows, min);
	/* Callers stand below the function, its callees above. */
	const below = panels.length > 1 ? room[1] - 1 : 0;
	const count = room[0] + below, drawn = [];
	frames = new Map();
	grid = [];
	panels.forEach((panel, p) => {
		panel.elements = new Map();
		for (let d = p; d < rows[p].length; d++) {
			const level = p === 0 ? below + d : below - d;
			drawn.push(drawRow(p, rows[p][d], bottomUp() ?
				count - 1 - level : level, width));
		}
	});
	area.replaceChildren(...drawn);
	placeAll(count, barHeight);
}

/* What labels that stick out do not add to. */
const widthOf = () => area.width.baseVal.value;

/* ---- Where things stand ---- */

const viewHeight = root.viewBox.baseVal.height ||
	root.getBoundingClientRect().height;
const infoLine = 18;
const infoOnTop = oldInfo.compareDocumentPosition(area) &
	Node.DOCUMENT_POSITION_FOLLOWING;
const areaTop = numberOf("y", 0) - (infoOnTop ? infoLine : 0);
const oldBottom = areaTop + numberOf("height", 0) + infoLine;
let areaHeight = 0;

function placeAll(rows, barHeight) {
	const old = areaHeight;
	areaHeight = rows * rowStep;
	const shift = areaTop + areaHeight + barHeight - oldBottom;
	area.setAttribute("y", areaTop + (bottomUp() ? 0 : barHeight));
	area.setAttribute("height", areaHeight);
	foot.setAttribute("transform", "translate(0," + shift + ")");
	root.style.height = viewHeight + shift + "px";
	if (alone && old > 0 && bottomUp() && scrollY > 0)
		scrollBy(0, areaHeight - old);
	placeOverlay();
}

/*
 * The controls keep to the part of the picture that is in the window; the
 * details stand where the root is, or at the window's edge.
 */
function placeOverlay() {
	const box = root.getBoundingClientRect();
	const top = Math.max(0, -box.top / unit);
	const bottom = Math.max(top,
		Math.min(box.height, innerHeight - box.top) / unit);
	const y = areaTop + (bottomUp() ? areaHeight : 0);
	const left = Math.max(0, -box.left / unit);
	const right = Math.min(box.width, innerWidth - box.left) / unit;
	overlay.setAttribute("x", left);
	overlay.setAttribute("width", Math.max(0, right - left));
	overlay.setAttribute("y", top);
	overlay.setAttribute("height", bottom - top);
	bar.style.top = Math.max(0,
		Math.min(y, bottom - bar.offsetHeight) - top) + "px";
}

/* ---- What is told about a frame ---- */

const values = (v, i) => v.map(side => side[i]);
const shares = (v, w) => v.map((x, s) => percent(x, w[s])).join(ARROW);

function changeText(v) {
	const c = v[1] - v[0], sign = c > 0 ? "+" : "";
	if (c === 0)
		return " (unchanged)";
	return " (" + sign + format(data, c) + ", " + (v[0] === 0 ? "new" :
		v[1] === 0 ? "gone" : sign + percent(c, Math.abs(v[0]))) + ")";
}

function amount(what, v) {
	return what + " " + v.map(x => format(data, x)).join(ARROW) +
		(v.length === 2 ? changeText(v) : "") + ", " +
		shares(v, data.whole) + " of all";
}

/* What is larger than the whole, or of another sign, is no part of it. */
const isPart = (v, w) => v.every((x, s) => w[s] !== 0 && x * w[s] >= 0 &&
	Math.abs(x) <= Math.abs(w[s]));
const partOf = (v, w, what) => isPart(v, w) ? ", " + shares(v, w) + what : "";

/* Samples behind a change, and whether it is one that counts. */
function judgement(t) {
	const { tree, look } = panels[t.p], { counts, ratio } = data.diff;
	const isSelf = data.metric === "self", mark = look.mark[t.i];
	const v = values(isSelf ? tree.self : tree.total, t.i), lines = [];
	if (counts)
		lines.push(v.map((x, s) => Math.round(x / counts[s])).
			join(ARROW) + (isSelf ? " samples of self" :
			" samples") + (mark === "\u2248" ? ": within noise" :
			mark && t.i > 0 ? ": more than noise" : ""));
	if (/ over/.test(look.cls[t.i]))
		lines.push("over " + +(ratio[0] / ratio[1]).toFixed(6) + "x");
	return lines;
}

function numbers(t) {
	const panel = panels[t.p], tree = panel.tree;
	const total = values(tree.total, t.i);
	let text = amount("total", total);
	if (t.i > 0)
		text += partOf(total, values(tree.total, tree.parent[t.i]),
			" of parent");
	if (panel.zoom > 0 && isInside(t, { p: t.p, i: panel.zoom }))
		text += partOf(total, values(tree.total, panel.zoom),
			" of view");
	return [text, amount("self", values(tree.self, t.i))].concat(
		panel.look ? judgement(t) : []);
}

const KINDS = ["", "", "kernel", "JIT", "vdso", "interpreted", "builtin"];

function origin(t) {
	const r = data.rows, row = rowOf(t), file = r.file(row);
	if (row <= 0)
		return [];
	return [file && file + (r.line(row) > 0 ? ":" + r.line(row) : ""),
		r.module(row) && "in " + r.module(row), KINDS[r.kind(row)],
		r.inlined(row) && "inlined"].filter(Boolean);
}

/* Whether the picture's width is what percentages are of. */
const isAll = data.sides === 1 &&
	Math.abs(data.tree.total[0][0]) === data.whole[0];

function restText(t) {
	const share = t.w * panels[t.p].lay.width[panels[t.p].zoom];
	return t.rest + (t.rest === 1 ? " frame, " : " frames, ") +
		percent(share, 1) + (isAll ? "" : " of the picture");
}

const tooltip = t => t.rest ? restText(t) :
	[shownName(t)].concat(origin(t), numbers(t)).join("\n");

/* Nothing to tell: the frame with the focus, or what the search found. */
function tell() {
	const t = hovered || current;
	info.replaceChildren();
	if (t.rest)
		info.append(html("b", {}, restText(t)),
			" below " + shownName(t));
	else
		info.append(html("b", {}, data.nametype + ": " + shownName(t)),
			" ", html("span", {},
			origin(t).join(" \u00b7 ")), ...numbers(t).map(line =>
			html("div", {}, line)));
	placeOverlay();
}

function showDetails() {
	if (!pinned)
		tell();
}

/*
 * Pinned details come back.  What is to be copied by hand, where pages must
 * not, is selected and stays.
 */
function say(text, isToCopy) {
	const note = html("b", {}, text);
	info.replaceChildren(note);
	placeOverlay();
	if (isToCopy)
		getSelection().selectAllChildren(info);
	else
		setTimeout(() => {
			if (pinned && info.firstChild === note)
				tell();
		}, 1500);
}

async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		say("Copied: " + text.slice(0, MAX_NAME));
	} catch (e) {
		setPinned(true);
		say(text, true);
	}
}

function setPinned(isOn) {
	pinned = isOn;
	bar.classList.toggle("pf-pinned", isOn);
	showDetails();
}

/* From the outermost caller, whichever way the tree has been merged. */
function stackOf(t) {
	const tree = panels[t.p].tree, names = [];
	let i = t.i;
	for (; i > 0; i = tree.parent[i])
		names.push(nameOf({ p: t.p, i }));
	if (state.sandwich !== null)
		names.push(state.sandwich);
	return (tree.reversed ? names : names.reverse()).join(";");
}

/* ---- Focus ---- */

function setCurrent(t, isFocused) {
	const old = panels[current.p]?.elements.get(current.i);
	for (const name of old ? ["tabindex", "role", "aria-label",
	    "aria-level", "aria-expanded"] : [])
		old.removeAttribute(name);
	current = t;
	const e = panels[t.p].elements.get(t.i), tree = panels[t.p].tree;
	if (!e)
		return;
	e.setAttribute("tabindex", "0");
	e.setAttribute("role", "treeitem");
	e.setAttribute("aria-level", tree.depth[t.i] + 1);
	e.setAttribute("aria-label", labelOf(t) + ", " + numbers(t).join("; "));
	if (tree.kids[t.i] > 0)
		e.setAttribute("aria-expanded", panels[t.p].elements.has(
			tree.first[t.i]) || tree.kids[t.i] > 1);
	if (isFocused) {
		e.focus({ preventScroll: true });
		e.scrollIntoView({ block: "nearest", inline: "nearest" });
		if (!pinned)
			hovered = null;
		showDetails();
	}
}

const drawnOf = t => {
	const e = panels[t.p].elements.get(t.i);
	return e ? frames.get(e) : null;
};

/* The widest child, the parent, or whatever stands beside. */
function neighbour(key) {
	const here = drawnOf(current), dy = key === "ArrowUp" ? -1 : 1;
	if (!here)
		return drawnOf(readZoom());
	const row = grid[here.y];
	if (key === "ArrowLeft")
		return row[row.indexOf(here) - 1];
	if (key === "ArrowRight")
		return row[row.indexOf(here) + 1];
	const inner = (grid[here.y + dy] || []).filter(t =>
		same(parentOf(t), here));
	if (inner.length > 0)
		return inner.reduce((a, b) => b.w > a.w ? b : a);
	const outer = drawnOf(parentOf(here));
	return outer && outer.y === here.y + dy ? outer : null;
}

function move(key) {
	const next = neighbour(key);
	if (next)
		setCurrent({ p: next.p, i: next.i }, true);
}

function up() {
	const z = readZoom();
	if (!isRoot(z))
		zoomTo(parentOf(z));
	else if (state.terms.length > 0)
		closeSearch();
}

function zoomWidest() {
	const z = readZoom(), { tree, lay } = panels[z.p];
	let best = -1;
	for (let k = tree.first[z.i]; k < tree.first[z.i] + tree.kids[z.i]; k++)
		if (best < 0 || lay.width[k] > lay.width[best])
			best = k;
	if (best > 0)
		zoomTo({ p: z.p, i: best });
}

/* ---- Search ---- */

let fixed = 0, matches = null;

function describe(found, what) {
	const one = found.frames === 1 ? " frame" : " frames";
	return what + found.frames + one + ", " + shares(found.total,
		data.whole) + " of total" + (state.z === "" ? "" : ", " +
		percent(found.view, 1) + " of view") + ", self " +
		shares(found.self, data.whole);
}

function find() {
	const isOn = state.terms.length > 0;
	matches = null;
	for (const p of panels)
		p.found = isOn ? search(data, p.tree, p.lay, state.terms,
			p.zoom) : null;
	const errors = isOn ? panels[0].found.errors : [];
	const isRight = errors.includes("");
	root.classList.toggle("pf-searched", isRight);
	input.setCustomValidity(errors[fixed] || "");
	result.textContent = errors.filter(Boolean).concat(!isRight ? [] :
		panels.length === 1 ? describe(panels[0].found, "Matched: ") :
		[describe(panels[0].found, "Callees: "),
			describe(panels[1].found, "callers: ")]).join("; ");
}

function listMatches() {
	const list = [];
	panels.forEach((panel, p) => {
		for (let i = p; i < panel.tree.n; i++)
			if (panel.found && panel.found.match[i])
				list.push({ p, i, x: panel.lay.left[i] });
	});
	return list.sort((a, b) => a.p - b.p || a.x - b.x || a.i - b.i);
}

/* Zoom out as far as needed; a frame too narrow there is zoomed in to. */
function reveal(t) {
	let z = readZoom();
	while (!isInside(t, z))
		z = parentOf(z);
	zoomTo(z, false);
	if (!drawnOf(t))
		zoomTo(parentOf(t), false);
	if (!drawnOf(t))
		zoomTo(t, false);
	setCurrent(t, true);
}

function nextMatch(step) {
	matches = matches || listMatches();
	if (matches.length === 0)
		return;
	const x = panels[current.p].lay.left[current.i];
	let at = matches.findIndex(m => m.p > current.p || m.p === current.p &&
		(m.x > x || m.x === x && m.i >= current.i));
	if (at < 0)
		at = matches.length;
	if (step < 0 || matches[at] && same(matches[at], current))
		at += step;
	at = (at + matches.length) % matches.length;
	reveal({ p: matches[at].p, i: matches[at].i });
}

/* The last term is in the field, those before have been fixed. */
function showTerms() {
	fixed = Math.max(0, state.terms.length - 1);
	input.value = state.terms[fixed] || "";
	showChips();
	if (state.terms.length > 0 || document.activeElement !== input)
		setSearchOpen(state.terms.length > 0);
}

function showChips() {
	chips.replaceChildren(...state.terms.slice(0, fixed).map((term, k) => {
		const b = html("button", { type: "button", title: "Remove",
			"class": "pf-chip m" + (k + 1) }, term + " \u00d7");
		b.addEventListener("click", () => {
			fixed--;
			go({ terms: state.terms.filter((x, j) => j !== k) },
				false);
			showChips();
			input.focus();
		});
		return b;
	}));
}

function readInput() {
	const terms = state.terms.slice(0, fixed);
	if (input.value !== "")
		terms.push(input.value);
	if (!isSame(terms, state.terms))
		go({ terms }, false);
}

/* Keep the term and start another one. */
function fixTerm() {
	readInput();
	if (input.value === "")
		return;
	if (fixed >= MAX_TERMS - 1) {
		result.textContent = "At most " + MAX_TERMS + " terms";
		return;
	}
	fixed = state.terms.length;
	input.value = "";
	showChips();
}

function setSearchOpen(isOn) {
	searchBox.hidden = !isOn;
	searchButton.setAttribute("aria-expanded", isOn);
}

function openSearch() {
	setSearchOpen(true);
	input.focus();
	input.select();
}

function closeSearch() {
	setSearchOpen(false);
	fixed = 0;
	input.value = "";
	showChips();
	go({ terms: [] }, false);
	setCurrent(current, true);
}

/* ---- Commands: the one table of keys, menus and help ---- */

const added = (field, t) => ({ z: "",
	[field]: state[field].concat(nameOf(t)) });
const next = (list, value) => list[(list.indexOf(value) + 1) % list.length];

function commandOf(change) {
	const s = { ...state, ...change };
	return commandLine(data, s, s);
}

/* What names and files hold must not reach the address as it is. */
function sourceOf(t) {
	const r = data.rows, row = rowOf(t), file = r.file(row);
	const isFile = /%f/.test(data.href.replace(/%%/g, ""));
	if (!data.href || row <= 0 || !file && isFile)
		return null;
	const part = { f: file, l: String(Math.max(r.line(row), 1)),
		n: r.name(row) };
	return data.href.replace(/%([fln%])/g, (all, c) => c === "%" ? c :
		encodeURIComponent(part[c]).replace(/%2F/g, "/").
		replace(/[!'()*]/g, x => "%" +
			x.charCodeAt(0).toString(16).toUpperCase()));
}

function openSource(t) {
	const href = sourceOf(t);
	if (href)
		html("a", { href, target: "_blank", rel: "noopener" }).click();
}

/*
 * change: what the command does to the state, if that is all it does; menu:
 * "frame" or "view"; has: whether it is one of this picture; if: whether it
 * makes sense; on: whether it is on.
 */
const isAdded = addedRows(data);
const named = t => rowOf(t) > 0 && !data.rows.nameless(rowOf(t)) &&
	!isAdded[rowOf(t)] && nameOf(t) !== "(no name)";
const COMMANDS = [
	{ key: "Enter", text: "Zoom to this frame", menu: "frame",
		run: t => zoomTo(t) },
	{ key: "f", text: "Only stacks with this function", menu: "frame",
		has: !isChart, if: named,
		change: t => added("focus", t) },
	{ key: "w", text: "Sandwich: its callers and callees", menu: "frame",
		has: !isChart, if: named,
		change: t => ({ sandwich: nameOf(t), z: "" }) },
	{ key: "s", text: "Show from here: no callers", menu: "frame",
		has: !isChart, if: named,
		change: t => ({ showFrom: nameOf(t), z: "" }) },
	{ key: "h", text: "Hide: callees go to its callers", menu: "frame",
		has: !isChart, if: named,
		change: t => added("hide", t) },
	{ key: "x", text: "Ignore stacks with it", menu: "frame",
		has: !isChart, if: named,
		change: t => added("ignore", t) },
	{ key: "y", text: "Copy the name", menu: "frame",
		run: t => copy(nameOf(t)) },
	{ key: "c", text: "Copy the stack", menu: "frame",
		run: t => copy(stackOf(t)) },
	{ key: "e", text: "Open the source", menu: "frame",
		has: data.href !== "", if: sourceOf,
		run: openSource },
	{ key: "p", text: "Pin these details", menu: "frame",
		on: () => pinned, run: pin },
	{ key: "k", text: "Collapse recursion", menu: "both",
		has: !isChart, if: (t, which) => which !== "frame" ||
			!isAdded[rowOf(t)],
		on: () => state.fold,
		change: () => ({ fold: !state.fold, z: "" }) },
	{ key: "i", text: "Root on top", menu: "view",
		on: () => state.inverted,
		change: () => ({ inverted: !state.inverted }) },
	{ key: "r", text: "Merge from the leaves: callers", menu: "view",
		has: !isChart, on: () => state.reverse,
		change: () => ({ reverse: !state.reverse, z: "" }) },
	{ key: "d", text: "Widths: ", menu: "view", has: data.sides > 1,
		value: () => state.layout,
		change: () => ({ layout: next(LAYOUTS, state.layout) }) },
	{ key: "o", text: "Order: ", menu: "view", has: !isChart,
		value: () => state.sort,
		change: () => ({
			sort: state.sort === "size" ? "name" : "size" }) },
	{ key: "t", text: "Theme: ", menu: "view", value: () => state.theme,
		run: () => go({ theme: next(THEMES, state.theme) }, false) },
	{ key: "+", text: "Zoom in on the widest", menu: "view",
		run: zoomWidest },
	{ key: "-", text: "Zoom out by one", menu: "view",
		run: () => zoomTo(parentOf(readZoom())) },
	{ key: "Home", text: "Zoom out to the top", menu: "view", run: goTop },
	{ key: "0", text: "Reset: the picture as it was", menu: "view",
		run: reset },
	{ key: "l", text: "Copy the command line", menu: "view",
		if: () => commandOf({}) !== "",
		run: () => copy(commandOf({})) },
	{ key: "/", text: "Search (also Ctrl-F)", run: openSearch },
	{ key: "n", text: "Next match", run: () => nextMatch(1) },
	{ key: "N", text: "Previous match", run: () => nextMatch(-1) },
	{ key: "m", text: "Menu of this frame (also right click, long press)",
		run: t => openMenu("frame", t) },
	{ key: "v", text: "Menu of the view", run: t => openMenu("view", t) },
	{ key: "?", text: "This help", run: () => toggleHelp() },
].filter(c => c.has !== false);
const MORE_HELP = [
	["\u2190 \u2191 \u2193 \u2192", "To the parent, a child, a sibling"],
	["Esc", "Zoom out by one; again: to the top. Ends search, menu, help"],
	["Backspace", "Zoom out by one"],
	["Alt-click", "Pin the details"],
	["Back", "Undo, the browser's own"],
	["In search", "Enter keeps the term and starts another, \u2193 goes " +
		"to the first match, !x leaves x out, capitals match exactly"],
];

function pin(t) {
	if (!pinned) {
		hovered = t;
		showDetails();
	}
	setPinned(!pinned);
}

function goTop() {
	go({ z: "" });
	setCurrent({ p: 0, i: 0 }, true);
}

/* The theme is the viewer's, not the picture's. */
function reset() {
	fixed = 0;
	input.value = "";
	showChips();
	setPinned(false);
	go({ ...initial(), theme: state.theme });
}

function runCommand(c, t) {
	if (c.if && !c.if(t))
		return;
	if (c.run)
		c.run(t);
	else
		go(c.change(t));
}

/* ---- Menus and help ---- */

let menuReturn = null;

function menuItem(c, t) {
	const label = c.text + (c.value ? c.value() : "");
	const e = html("button", { type: "button", tabindex: "-1",
		role: c.on ? "menuitemcheckbox" : "menuitem" },
		html("span", {}, label), html("kbd", {}, c.key));
	if (c.on)
		e.setAttribute("aria-checked", Boolean(c.on()));
	/* The end of a long press is none; keys have no detail. */
	e.addEventListener("click", event => {
		if (isLongPress && event.detail > 0)
			return;
		closeMenu();
		runCommand(c, t);
	});
	for (const type of ["focus", "mouseenter"])
		e.addEventListener(type, () => {
			menuCommand.textContent = c.change ?
				commandOf(c.change(t)) : "";
		});
	return e;
}

function openMenu(which, t, x, y) {
	const items = COMMANDS.filter(c => (c.menu === which ||
		c.menu === "both") && (!c.if || c.if(t, which)));
	const title = which === "frame" ? shownName(t) : "View";
	menuReturn = t;
	menu.hidden = false;
	menu.setAttribute("aria-label", title);
	menu.replaceChildren(html("b", {}, title),
		...items.map(c => menuItem(c, t)), menuCommand);
	/* There is room for the longest command before one is shown. */
	menuCommand.style.minHeight = "";
	menuCommand.textContent = items.map(c => c.change ?
		commandOf(c.change(t)) : "").reduce((a, b) =>
		b.length > a.length ? b : a);
	placeMenu(which, t, x, y);
	menuCommand.style.minHeight = menuCommand.offsetHeight + "px";
	menuCommand.textContent = "";
	menu.querySelector("button").focus();
}

/* At the pointer, else at the frame or the button; always in sight. */
function placeMenu(which, t, x, y) {
	const box = overlay.getBoundingClientRect();
	if (x === undefined) {
		const e = which === "view" ? viewButton :
			panels[t.p].elements.get(t.i) || viewButton;
		const r = e.getBoundingClientRect();
		x = Math.max(r.left, 0) + 4;
		y = r.bottom;
	}
	menu.style.left = Math.max(0, Math.min((x - box.left) / unit,
		box.width / unit - menu.offsetWidth - 4)) + "px";
	menu.style.top = Math.max(0, Math.min((y - box.top) / unit,
		box.height / unit - menu.offsetHeight - 4)) + "px";
}

function closeMenu() {
	if (menu.hidden)
		return;
	menu.hidden = true;
	if (menuReturn)
		setCurrent(menuReturn, true);
	menuReturn = null;
}

function menuKey(e) {
	const items = Array.from(menu.querySelectorAll("button"));
	const at = items.indexOf(document.activeElement);
	const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
	const named = items.find(b => b.lastChild.textContent === e.key);
	if (step)
		items[(at + step + items.length) % items.length].focus();
	else if (e.key === "Home" || e.key === "End")
		items[e.key === "Home" ? 0 : items.length - 1].focus();
	else if (e.key === "Escape" || e.key === "Tab")
		closeMenu();
	else if (e.key === "Enter" || e.key === " ")
		return false;
	else if (named)
		named.click();
	return true;
}

function toggleHelp(isOn = help.hidden) {
	help.hidden = !isOn;
	helpButton.setAttribute("aria-expanded", isOn);
	if (isOn)
		help.focus();
	else
		setCurrent(current, true);
}

function fillHelp() {
	const rows = COMMANDS.map(c => [c.key, c.text.replace(/: $/, "")]).
		concat(MORE_HELP);
	help.append(html("h2", {}, "Keys"), html("table", {}, ...rows.map(r =>
		html("tr", {}, html("th", { scope: "row" }, r[0]),
			html("td", {}, r[1])))));
}

/* ---- Keys ---- */

let lastKey = "";

function escape() {
	if (!help.hidden)
		toggleHelp(false);
	else if (pinned)
		setPinned(false);
	else if (root.contains(document.activeElement) &&
	    searchBox.contains(document.activeElement))
		closeSearch();
	else if (lastKey === "Escape" && state.z !== "")
		go({ z: "" });
	else
		up();
}

function inputKey(e) {
	if (e.key === "Enter")
		fixTerm();
	else if (e.key === "ArrowDown") {
		readInput();
		nextMatch(1);
	} else if (e.key === "Backspace" && input.value === "" && fixed > 0) {
		input.value = state.terms[--fixed];
		showChips();
	} else
		return false;
	return true;
}

/* Keys of frames are for buttons, too, when these have the focus. */
function frameKey(e) {
	const inControls = ui.contains(e.target);
	if (e.key.startsWith("Arrow") && !inControls)
		move(e.key);
	else if (e.key === "Backspace")
		zoomTo(parentOf(readZoom()));
	else if (e.key === " " && !inControls)
		zoomTo(current);
	else if (e.key === "F10" && e.shiftKey || e.key === "ContextMenu")
		openMenu("frame", current);
	else {
		const key = e.key === "=" ? "+" : e.key;
		const c = COMMANDS.find(x => x.key === key);
		if (!c || c.key === "Enter" && inControls)
			return false;
		runCommand(c, c.key === "p" || c.key === "c" || c.key === "y" ?
			pinned && hovered || current : current);
	}
	return true;
}

function handleKey(e) {
	const typing = e.target === input;
	if ((e.ctrlKey || e.metaKey) && e.key === "f" && !e.altKey && !typing)
		openSearch();
	else if (e.ctrlKey || e.metaKey || e.altKey)
		return false;
	else if (!menu.hidden)
		return menuKey(e);
	else if (e.key === "Escape")
		escape();
	else
		return typing ? inputKey(e) : frameKey(e);
	return true;
}

function onKey(e) {
	if (handleKey(e))
		e.preventDefault();
	lastKey = e.key;
}

/* ---- Pointers ---- */

let press = 0, pressedAt = null, isLongPress = false, isTouch = false;

/* The frame or bar an event happened on, or null. */
const frameAt = e => e.target.closest &&
	frames.get(e.target.closest(".pf-frames>.r>*")) || null;

function onClick(e) {
	const t = frameAt(e);
	if (!t || isLongPress || e.target.closest("a"))
		return;
	if (e.altKey) {
		pinned = false;
		pin(t);
	} else if (isTouch && !same(t, current) && !t.rest)
		setCurrent(t, true);
	else
		zoomTo(t);
}

function onContext(e) {
	const t = frameAt(e);
	if (!t)
		return;
	e.preventDefault();
	if (t.rest === 0 && menu.hidden)
		openMenu("frame", t, e.clientX, e.clientY);
}

/* Not every browser makes a context menu of a long press. */
function onDown(e) {
	const t = frameAt(e);
	isLongPress = false;
	isTouch = e.pointerType === "touch";
	if (!ui.contains(e.target))
		closeMenu();
	if (!isTouch || !t || t.rest)
		return;
	pressedAt = e;
	press = setTimeout(() => {
		isLongPress = true;
		openMenu("frame", t, e.clientX, e.clientY);
	}, 500);
}

function onPointerMove(e) {
	if (pressedAt && Math.hypot(e.clientX - pressedAt.clientX,
	    e.clientY - pressedAt.clientY) > 10)
		onUp();
}

function onUp() {
	clearTimeout(press);
	pressedAt = null;
}

let overAt = "";

/* A tooltip is made when it may be wanted. */
function onOver(e) {
	const t = frameAt(e), where = t && e.target.closest(".r>*");
	if (where && where.firstElementChild?.localName !== "title")
		where.prepend(svg("title", {}, tooltip(t)));
	if (isTouch || overAt === e.screenX + "," + e.screenY)
		return;
	overAt = e.screenX + "," + e.screenY;
	if (!pinned)
		hovered = t;
	showDetails();
}

/* ---- The controls ---- */

/* They are HTML: fields and buttons come with their habits. */
function button(text, title, run) {
	const b = html("button", { type: "button", title }, text);
	b.addEventListener("click", () => run(current));
	return b;
}

const searchButton = button("Search", "Search (/)", () =>
	searchBox.hidden ? openSearch() : closeSearch());
const resetButton = button("Reset", "The picture as it was (0)", reset);
const viewButton = button("View \u25be", "Menu of the view (v)", t =>
	openMenu("view", t));
viewButton.setAttribute("aria-haspopup", "menu");
const helpButton = button("?", "Help (?)", () => toggleHelp());
const input = html("input", { type: "search", spellcheck: "false",
	autocomplete: "off", "aria-label": "Search",
	placeholder: "regular expression" });
const chips = html("span", { "class": "pf-chips" });
const result = html("div", { role: "status", "class": "pf-result" });
const searchBox = html("div", { "class": "pf-search", role: "search" },
	chips, input, button("+", "Keep this term, add another (Enter)", () => {
		fixTerm();
		input.focus();
	}), button("\u25c2", "Previous match (N)", () => nextMatch(-1)),
	button("\u25b8", "Next match (n)", () => nextMatch(1)),
	button("\u00d7", "End the search (Esc)", closeSearch), result);
const menuCommand = html("code", { "aria-live": "polite" });
const menu = html("div", { "class": "pf-menu", role: "menu" });
const help = html("div", { "class": "pf-help", role: "dialog",
	"aria-label": "Help", tabindex: "-1" });
const command = html("code", {});
const copyButton = button("Copy", "Copy the command line (l)", () =>
	copy(commandOf({})));
const changed = html("div", { "class": "pf-changed" }, command, copyButton,
	button("Reset", "The picture as it was (0)", reset));
const info = html("div", { "class": "pf-info", "aria-live": "polite" });
const unpin = button("Unpin", "Details of other frames again (p)", () =>
	setPinned(false));
const bar = html("div", { "class": "pf-bar" }, changed, unpin, info);
const tools = html("div", { role: "toolbar", "class": "pf-tools",
	"aria-label": "Flame graph" }, searchButton, resetButton, viewButton,
	helpButton);
const ui = html("div", { "class": "pf-ui" }, bar, tools, searchBox, menu,
	help);
const overlay = svg("foreignObject", { "class": "pf-overlay" }, ui);

function showModes() {
	changed.hidden = !isChanged();
	const line = isChanged() ? commandOf({}) : "";
	const isEmpty = data.tree.n > 1 && panels.every(p => p.tree.n < 2 &&
		!p.tree.total.some(v => v[0] !== 0));
	command.textContent = isEmpty ?
		"Nothing matches the filters of this address." : line;
	copyButton.hidden = isEmpty || line === "";
	resetButton.disabled = address({ ...state,
		theme: data.view.theme }) === "#";
	if (state.theme === "auto")
		root.removeAttribute("data-theme");
	else
		root.setAttribute("data-theme", state.theme);
	root.classList.toggle("pf-zoomed", state.z !== "");
}

/* All that depends on the state, in an order that draws once. */
function show() {
	const keep = panels[current.p]?.ids[current.i];
	const hadFocus = area.contains(document.activeElement);
	build();
	const z = readZoom();
	if (!pinned)
		hovered = null;
	showModes();
	find();
	draw();
	const i = panels[current.p] ? panels[current.p].ids.indexOf(keep) : -1;
	const t = fix({ p: current.p, i });
	setCurrent(i >= 0 && isInside(t, z) && drawnOf(t) ? t : z, hadFocus);
	if (!hadFocus)
		showDetails();
}

/* What C wrote behind the frames moves as one; the script tells instead. */
function takeOver() {
	for (const e of Array.from(root.children))
		if (e.localName !== "script" && e !== oldInfo &&
		    area.compareDocumentPosition(e) &
		    Node.DOCUMENT_POSITION_FOLLOWING)
			foot.append(e);
	oldInfo.remove();
	root.append(foot, overlay);
	root.classList.add("pf-live");
	/* With it the picture scales as a whole, letters and all. */
	root.removeAttribute("viewBox");
	if (alone)
		root.style.minHeight = 100 / unit + "vh";
	if (unit > 1)
		root.style.zoom = unit;
	area.setAttribute("role", "tree");
	area.setAttribute("aria-label", "Frames");
	/* Chromium takes it for something to scroll and stops there. */
	area.setAttribute("tabindex", "-1");
	searchBox.hidden = menu.hidden = help.hidden = true;
	fillHelp();
}

function listen() {
	let timer = 0;
	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(readInput, 120);
	});
	area.addEventListener("click", onClick);
	area.addEventListener("contextmenu", onContext);
	root.addEventListener("pointerdown", onDown);
	area.addEventListener("pointermove", onPointerMove);
	for (const type of ["pointerup", "pointercancel"])
		area.addEventListener(type, onUp);
	for (const type of ["mouseover", "mouseleave"])
		area.addEventListener(type, onOver);
	(alone ? window : root).addEventListener("keydown", onKey);
	addEventListener("scroll", placeOverlay, { passive: true,
		capture: true });
	addEventListener("resize", placeOverlay);
	new ResizeObserver(() => {
		if (widthOf() !== drawnWidth)
			show();
		else
			placeOverlay();
	}).observe(root);
	if (alone)
		addEventListener("hashchange", applyAddress);
}

takeOver();
listen();
if (alone)
	state = readAddress();
showTerms();
show();
})();
