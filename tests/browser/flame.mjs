/* SPDX-License-Identifier: MIT */
/*
 * The script of a flame graph in a browser: zoom, history, search, keys.
 *
 *	node flame.mjs PICTURE.svg [PATTERN]
 *
 * PICTURE has its root at the bottom, at least four rows, and frames with a
 * name that PATTERN (default: the name of the last frame) matches.  Needs
 * playwright-core; CHROMIUM names the browser.
 */
import assert from "node:assert/strict";
import path from "node:path";
import { chromium } from "playwright-core";

const url = "file://" + path.resolve(process.argv[2]);
const troubles = [];
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu"],
});

/* Nothing may go wrong, ask, or leave the file, whatever a test does. */
async function open(hash = "", options = {}) {
	const page = await browser.newPage(options);
	page.on("pageerror", e => troubles.push(String(e)));
	page.on("dialog", d => { troubles.push("dialog"); d.dismiss(); });
	page.on("request", r => {
		if (!r.url().startsWith(url))
			troubles.push(r.url());
	});
	await page.goto(url + hash);
	return page;
}

const shown = page => page.$$eval(".r>*", all =>
	all.filter(e => e.style.display !== "none").length);
const places = page => page.$$eval(".r>*", all => all.map(e =>
	parseFloat(e.getAttribute("x") ?? 0).toFixed(4) + " " +
	parseFloat(e.getAttribute("width")).toFixed(4)));
const has = (page, name) => page.evaluate(n =>
	document.documentElement.classList.contains(n), name);
const zoomed = (page, wanted) => page.waitForFunction(w =>
	document.documentElement.classList.contains("pf-zoomed") === w, wanted);
const hash = page => page.evaluate(() => location.hash);
const told = page => page.$eval(".pf-info", e => e.textContent);
const focused = page => page.evaluate(() =>
	document.activeElement.getAttribute("aria-label"));

/* A frame in the middle that is narrower than the picture. */
async function pick(page) {
	const frame = await page.evaluateHandle(() => {
		const all = [...document.querySelectorAll(".r>*")].filter(e =>
			parseFloat(e.getAttribute("width")) < 99);
		return all.sort((a, b) => parseFloat(b.getAttribute("width")) -
			parseFloat(a.getAttribute("width")))[0];
	});
	await frame.evaluate(e => e.scrollIntoView({ block: "center" }));
	return frame.asElement();
}

const tests = {
	async click_zooms_and_history_goes_back(page) {
		const all = await shown(page), before = await places(page);

		await (await pick(page)).click();
		const some = await shown(page);
		assert(some < all);
		assert.match(await hash(page), /^#z=\d+$/);
		await page.goBack();
		await zoomed(page, false);
		assert.equal(await shown(page), all);
		assert.deepEqual(await places(page), before);
		await page.goForward();
		await zoomed(page, true);
		assert.equal(await shown(page), some);
		await page.keyboard.press("Escape");
		assert.equal(await shown(page), all);
	},

	async the_button_resets_the_zoom(page) {
		const all = await shown(page);

		await (await pick(page)).click();
		await page.click("text=Reset zoom");
		assert.equal(await shown(page), all);
	},

	async a_zoomed_narrow_frame_gets_its_label(page) {
		const last = await page.$$(".r>rect");

		if (last.length === 0)
			return;
		const name = await last[0].evaluate(e => {
			e.dispatchEvent(new MouseEvent("click", { bubbles: true }));
			return e.isConnected ? "" : document.querySelector(
				".r>[tabindex='0']>text").textContent;
		});
		assert.notEqual(name, "");
	},

	async search_marks_and_sums_up(page) {
		const name = await page.$$eval(".r>*", all => all[all.length - 1].
			firstElementChild.textContent.split("\n")[0]);
		const text = process.argv[3] ??
			name.replace(/[^A-Za-z0-9_ ]/g, "\\$&");

		await page.keyboard.press("Control+f");
		await page.keyboard.type(text);
		await page.waitForSelector(".pf-searched");
		assert.match(await told(page), /^Matched: [1-9]\d* frames?, .*%/);
		assert((await page.$$(".r>.m")).length > 0);
		assert.match(await hash(page), /^#s=/);
		await page.keyboard.type("(");
		await page.waitForFunction(() =>
			document.querySelector(".pf-searched") === null);
		assert.match(await told(page), /[Ii]nvalid/);
		await page.keyboard.press("Escape");
		assert.equal((await page.$$(".r>.m")).length, 0);
		assert.equal(await hash(page), "");
	},

	async keys_walk_from_frame_to_frame(page) {
		await page.keyboard.press("Tab");
		assert.match(await focused(page), /(^|\s)all\n/);
		await page.keyboard.press("ArrowUp");
		const child = await focused(page);
		assert.doesNotMatch(child, /^all\n/);
		await page.keyboard.press("ArrowDown");
		assert.match(await focused(page), /(^|\s)all\n/);
		await page.keyboard.press("ArrowUp");
		await page.keyboard.press("Enter");
		assert.equal(await focused(page), child);
	},

	async the_address_brings_back_what_was_shown() {
		const page = await open("#z=2&s=.");

		assert(await has(page, "pf-zoomed"));
		assert(await has(page, "pf-searched"));
		await page.close();
	},

	async a_broken_address_does_no_harm() {
		const page = await open("#z=999999999&s=%E0%A4%A&&=&z");

		assert(!await has(page, "pf-zoomed"));
		await page.close();
	},

	async without_a_script_all_frames_are_there(page) {
		const plain = await open("", { javaScriptEnabled: false });

		assert.equal(await plain.locator(".r>*").count(),
			await shown(page));
		await plain.close();
	},
};

for (const [name, test] of Object.entries(tests)) {
	const page = await open();
	await test(page);
	await page.close();
	console.log("ok " + name);
}
assert.deepEqual(troubles, []);
await browser.close();
