/* SPDX-License-Identifier: MIT */
/*
 * Zoom and search for a flame graph that is complete without them.  The
 * picture is the data: each frame is a child of a row (.r), root row first,
 * with its place in the attributes x and width (percent) and all that is
 * known about it in its <title>, the first line of which is its name.
 *
 * Names may hold anything: they are only ever read from and written to
 * textContent.  Nothing is fetched, evaluated or stored.
 *
 * The build drops comment lines and indentation: no statement may depend
 * on them, and each comment has lines of its own.
 */
(() => {
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const HTML = "http://www.w3.org/1999/xhtml";
const root = document.currentScript.parentNode;
const area = root.querySelector(".pf-frames");
if (!area)
	return;
const info = root.querySelector(".pf-info");
const alone = root === document.documentElement;

/*
 * Frames by number, in document order: rows from the root, each from left
 * to right.  Edges are whole hundred-thousandths of a percent, so that
 * "lies inside" is exact.
 */
const SCALE = 1e5;
const el = [], left = [], right = [], depth = [], rowStart = [];
const number = new Map();

Array.from(area.children).forEach((row, d) => {
	rowStart.push(el.length);
	Array.from(row.children).forEach(e => {
		const at = name => Math.round(SCALE *
			parseFloat(e.getAttribute(name) || 0));
		number.set(e, el.length);
		el.push(e);
		left.push(at("x"));
		right.push(at("x") + at("width"));
		depth.push(d);
	});
});
rowStart.push(el.length);

const hidden = new Uint8Array(el.length);
const rootOnTop = rowStart.length < 3 ||
	area.children[0].getAttribute("y") === "0";
let zoomed = 0, current = 0, search = "", status = "";

function make(space, name, attributes, parent) {
	const e = document.createElementNS(space, name);
	for (const key in attributes)
		e.setAttribute(key, attributes[key]);
	if (parent)
		parent.appendChild(e);
	return e;
}

const title = i => el[i].firstElementChild.textContent;
const nameOf = i => title(i).split("\n", 1)[0];

/* The frame an event happened on, or -1. */
function frameOf(target) {
	const i = target.closest ? number.get(target.closest(".r>*")) : -1;
	return i === undefined ? -1 : i;
}

const inside = (i, outer) => depth[i] >= depth[outer] &&
	left[i] >= left[outer] && right[i] <= right[outer];

/* Base and new total, or the one total where its sign matters. */
function values(i) {
	const v = el[i].getAttribute("data-v");
	return v ? v.split(" ").map(Number) : [];
}

function mark(i) {
	const v = values(i);
	if (v.length === 2 && v[0] !== v[1])
		return v[1] > v[0] ? "\u25b2 " : "\u25bc ";
	return v.length === 1 && v[0] < 0 ? "\u2212 " : "";
}

/* A narrow frame has no label; give it one once it is wide enough. */
function addLabel(i) {
	const old = el[i], e = make(SVG, "svg", {});
	const label = mark(i) + nameOf(i);
	for (const a of Array.from(old.attributes))
		if (a.name !== "height")
			e.setAttribute(a.name, a.value);
	e.appendChild(old.firstElementChild);
	make(SVG, "rect", { width: "100%", height: "15" }, e);
	make(SVG, "text", { x: "3", y: "11.5" }, e).textContent = label;
	old.replaceWith(e);
	number.delete(old);
	number.set(e, i);
	el[i] = e;
}

function place(i, x, w, above) {
	if (w >= 0.8 && el[i].localName === "rect")
		addLabel(i);
	el[i].setAttribute("x", x + "%");
	el[i].setAttribute("width", w + "%");
	el[i].classList.toggle("pf-above", above);
}

/* Frame z takes the whole width, and so do those it was called by. */
function showZoom(z) {
	const scale = 100 / (right[z] - left[z]);
	zoomed = z;
	for (let i = 0; i < el.length; i++) {
		const above = depth[i] < depth[z] && left[i] <= left[z] &&
			right[i] >= right[z];
		const show = above || inside(i, z);
		if (hidden[i] === Number(show)) {
			hidden[i] = Number(!show);
			el[i].style.display = show ? "" : "none";
		}
		if (above)
			place(i, 0, 100, true);
		else if (show)
			place(i, (left[i] - left[z]) * scale,
				(right[i] - left[i]) * scale, false);
	}
	reset.style.display = z === 0 ? "none" : "";
	root.classList.toggle("pf-zoomed", z !== 0);
	setCurrent(z);
}

function percent(part, whole) {
	const p = whole === 0 ? 0 : 100 * part / whole;
	return p.toFixed(Math.abs(p) < 1 && p !== 0 ? 3 : 1) + "%";
}

/* Frames in the order of their left edges, callers before callees. */
let sorted = [];

/*
 * What the frames of a list take of the whole and of the zoomed part.  A
 * frame below another one of the list is part of it already.
 */
function sumUp(isMatch) {
	const sum = { frames: 0, width: 0, view: 0, sides: [0, 0] };
	let end = -1;
	if (sorted.length === 0) {
		sorted = el.map((e, i) => i);
		sorted.sort((a, b) => left[a] - left[b] || depth[a] - depth[b]);
	}
	for (const i of sorted) {
		if (!isMatch[i])
			continue;
		sum.frames++;
		if (left[i] < end)
			continue;
		end = right[i];
		sum.width += right[i] - left[i];
		sum.view += Math.max(0, Math.min(right[i], right[zoomed]) -
			Math.max(left[i], left[zoomed]));
		values(i).forEach((v, s) => { sum.sides[s] += v; });
	}
	return sum;
}

function describe(sum) {
	const all = values(0);
	const share = all.length === 2 ? percent(sum.sides[0], all[0]) +
		" \u2192 " + percent(sum.sides[1], all[1]) :
		percent(sum.width, right[0]);
	return "Matched: " + sum.frames + (sum.frames === 1 ? " frame, " :
		" frames, ") + share + (all.length === 1 ? " of the width" :
		" of the total") + (zoomed === 0 ? "" : ", " + percent(sum.view,
		right[zoomed] - left[zoomed]) + " of what is shown");
}

/* Small letters match both cases, a capital makes all exact. */
function showSearch(text) {
	const isMatch = new Uint8Array(el.length);
	const flags = /[A-Z]/.test(text.replace(/\\./g, "")) ? "" : "i";
	let re = null;
	search = text;
	status = "";
	try {
		if (text !== "")
			re = new RegExp(text, flags);
	} catch (e) {
		status = e.message;
	}
	input.setCustomValidity(status);
	for (let i = 0; i < el.length; i++) {
		isMatch[i] = re && i > 0 && re.test(nameOf(i)) ? 1 : 0;
		if (isMatch[i] || el[i].classList.contains("m"))
			el[i].classList.toggle("m", isMatch[i] === 1);
	}
	root.classList.toggle("pf-searched", re !== null);
	if (re)
		status = describe(sumUp(isMatch));
	info.textContent = status;
}

/* What is shown is written to the address: #z=FRAME&s=PATTERN. */
function address() {
	const parts = zoomed !== 0 ? ["z=" + zoomed] : [];
	if (search !== "")
		parts.push("s=" + encodeURIComponent(search));
	return "#" + parts.join("&");
}

/* An address may have been cut. */
function decode(text) {
	try {
		return decodeURIComponent(text);
	} catch (e) {
		return "";
	}
}

function readAddress() {
	const state = { z: 0, s: "" };
	for (const part of location.hash.slice(1).split("&")) {
		if (part.startsWith("z="))
			state.z = Number(part.slice(2));
		if (part.startsWith("s="))
			state.s = decode(part.slice(2));
	}
	state.z = el[state.z] ? state.z : 0;
	return state;
}

/*
 * A zoom is a step for Back, a letter typed into the search is none.  A
 * picture that is part of a page leaves the page's address alone.
 */
function writeAddress(step) {
	if (!alone || address() === (location.hash || "#"))
		return;
	if (step)
		location.hash = address();
	else
		location.replace(address());
}

/* Also called for what writeAddress did: then there is nothing to do. */
function applyAddress() {
	const state = readAddress();
	if (state.z === zoomed && state.s === search)
		return;
	if (state.z !== zoomed)
		showZoom(state.z);
	input.value = state.s;
	if (state.s !== "")
		openSearch();
	showSearch(state.s);
}

function zoomTo(i) {
	if (i === zoomed)
		return;
	showZoom(i);
	showSearch(search);
	writeAddress(true);
}

function openSearch() {
	panel.style.display = "";
	open.style.display = "none";
	input.focus();
	input.select();
}

function closeSearch() {
	panel.style.display = "none";
	open.style.display = "";
	input.value = "";
	showSearch("");
	writeAddress(false);
	el[current].focus();
}

/* One frame at a time can be reached by Tab; arrows go on from there. */
function setCurrent(i) {
	el[current].removeAttribute("tabindex");
	current = i;
	el[i].setAttribute("tabindex", "0");
	el[i].setAttribute("role", "button");
	el[i].setAttribute("aria-label", title(i));
}

function inRow(d, wanted) {
	for (let i = rowStart[d]; i < rowStart[d + 1]; i++)
		if (!hidden[i] && wanted(i))
			return i;
	return current;
}

function neighbour(key) {
	const d = depth[current];
	if (key === "Home")
		return zoomed;
	if (key === (rootOnTop ? "ArrowUp" : "ArrowDown"))
		return inRow(d - 1, i => inside(current, i));
	if (key === (rootOnTop ? "ArrowDown" : "ArrowUp"))
		return inRow(d + 1, i => inside(i, current));
	const step = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
	for (let i = current + step; step !== 0 && depth[i] === d; i += step)
		if (!hidden[i])
			return i;
	return current;
}

function onKey(e) {
	const typing = e.target === input;
	if (e.key === "f" && (e.ctrlKey || e.metaKey) && !typing ||
	    e.key === "/" && !typing) {
		openSearch();
	} else if (e.key === "Escape") {
		if (panel.style.display === "" && (typing || zoomed === 0))
			closeSearch();
		else
			zoomTo(0);
	} else if (!typing && frameOf(e.target) >= 0) {
		const next = neighbour(e.key);
		if (e.key === "Enter" || e.key === " ")
			zoomTo(current);
		else if (next === current)
			return;
		else
			setCurrent(next);
		el[current].focus();
	} else {
		return;
	}
	e.preventDefault();
}

/* The controls are HTML: text fields and buttons come with their habits. */
const corner = make(SVG, "svg", { x: "100%", y: "0", overflow: "visible" });
const ui = make(HTML, "div", { "class": "pf-ui" }, make(SVG,
	"foreignObject", { x: -308, y: 6, width: 300, height: 30 }, corner));
const reset = make(HTML, "button", { type: "button" }, ui);
const open = make(HTML, "button", { type: "button" }, ui);
const panel = make(HTML, "span", {}, ui);
const input = make(HTML, "input", { type: "search", spellcheck: "false",
	"aria-label": "Search", placeholder: "regular expression" }, panel);
const close = make(HTML, "button", { type: "button",
	"aria-label": "End search" }, panel);
let timer = 0;

reset.textContent = "Reset zoom";
open.textContent = "Search";
close.textContent = "\u00d7";
panel.style.display = "none";
root.appendChild(corner);
root.classList.add("pf-live");
info.setAttribute("aria-live", "polite");
/* Chromium takes it for something to scroll and stops there. */
area.setAttribute("tabindex", "-1");

/*
 * Without a script the picture scales as a whole; with it the window's
 * width goes to the frames and letters keep their size.
 */
if (root.getAttribute("width") === "100%") {
	root.setAttribute("height", root.viewBox.baseVal.height);
	root.removeAttribute("viewBox");
}

reset.addEventListener("click", () => zoomTo(0));
open.addEventListener("click", openSearch);
close.addEventListener("click", closeSearch);
input.addEventListener("input", () => {
	clearTimeout(timer);
	timer = setTimeout(() => {
		showSearch(input.value);
		writeAddress(false);
	}, 120);
});
area.addEventListener("click", e => {
	if (frameOf(e.target) >= 0)
		zoomTo(frameOf(e.target));
});
for (const type of ["mouseover", "focusin", "mouseleave"])
	area.addEventListener(type, e => {
		const i = frameOf(e.target);
		info.textContent = i < 0 ? status :
			title(i).replace(/\n/g, " \u00b7 ");
	});
(alone ? window : root).addEventListener("keydown", onKey);
if (alone)
	window.addEventListener("hashchange", applyAddress);
setCurrent(0);
showZoom(0);
if (alone)
	applyAddress();
})();
