/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_color.h"

/*
 * Made in OKLCH, where equal lightness looks equally light: a hue says
 * something, a light one must not look more important than another.
 */
static const struct prof_svg_shade shades[PROF_SVG_SHADES] = {
	{ "c0", 0xfdbdca, 0x723d4a },
	{ "c1", 0xf7acbc, 0x663240 },
	{ "c2", 0xee9caf, 0x5a2835 },
	{ "c3", 0xfec0b0, 0x734033 },
	{ "c4", 0xf8b09d, 0x673528 },
	{ "c5", 0xf0a08c, 0x5b2a1e },
	{ "c6", 0xe8ce99, 0x634c17 },
	{ "c7", 0xdfc07f, 0x574109 },
	{ "c8", 0xd5b36a, 0x4c3700 },
	{ "c9", 0xd3d69d, 0x52531d },
	{ "c10", 0xc7ca85, 0x484810 },
	{ "c11", 0xbbbd70, 0x3d3d02 },
	{ "c12", 0xa3e1c5, 0x1e5d45 },
	{ "c13", 0x8ad7b6, 0x0f513b },
	{ "c14", 0x75cca7, 0x004631 },
	{ "c15", 0x9bdcf6, 0x11586f },
	{ "c16", 0x81d1f0, 0x004d63 },
	{ "c17", 0x6ac5e8, 0x004258 },
	{ "c18", 0xacd5ff, 0x2d5277 },
	{ "c19", 0x97c9fd, 0x23476c },
	{ "c20", 0x85bcf5, 0x173c60 },
	{ "c21", 0xc2ceff, 0x444c79 },
	{ "c22", 0xb3c0ff, 0x39416d },
	{ "c23", 0xa4b3f8, 0x2f3661 },
	{ "c24", 0xd8c6fc, 0x564673 },
	{ "c25", 0xcdb7f6, 0x4b3b67 },
	{ "c26", 0xc1a9ee, 0x41305c },
	{ "c27", 0xf1bfe5, 0x693f60 },
	{ "c28", 0xe9aedb, 0x5d3555 },
	{ "c29", 0xe09fd1, 0x522a4a },
	{ "k", 0xfba95b, 0x7f490c },
	{ "j", 0x8ddb85, 0x2b5a27 },
	{ "i", 0x85e4e3, 0x055959 },
	{ "n", 0xcacaca, 0x484848 },
	{ "a", 0xe1e1e1, 0x353535 },
	{ "g", 0xa1c1e4, 0x2d445c },
	{ "e", 0xe8e8e8, 0x383838 },
	{ "u1", 0xf8dad2, 0x54332b },
	{ "u2", 0xf8c3b5, 0x6c3629 },
	{ "u3", 0xf7a792, 0x863622 },
	{ "u4", 0xf5886c, 0xa03317 },
	{ "u5", 0xf06847, 0xb8330d },
	{ "d1", 0xd0e4f8, 0x2b3f54 },
	{ "d2", 0xb4d5f8, 0x284a6c },
	{ "d3", 0x94c2f3, 0x235585 },
	{ "d4", 0x73b0ee, 0x1a609e },
	{ "d5", 0x509de8, 0x116bb5 },
	{ "m", 0xe790fa, 0x922ba8 },
	{ "s0", 0xefecd9, 0x302e23 },
	{ "s1", 0xebe1c3, 0x3a331d },
	{ "s2", 0xead6ad, 0x463715 },
	{ "s3", 0xebc998, 0x53390a },
	{ "s4", 0xedbb84, 0x613b00 },
	{ "s5", 0xefac72, 0x6f3c00 },
	{ "s6", 0xf19c64, 0x7d3c03 },
	{ "s7", 0xf28b59, 0x8e3901 },
	{ "s8", 0xf27954, 0xa03206 },
	{ "s9", 0xf16653, 0xaf2c1f },
	{ "p0", 0xfebfb9, 0x631b1a },
	{ "p1", 0xffaba3, 0x6f2725 },
	{ "p2", 0xff958e, 0x7c322f },
	{ "p3", 0xf28881, 0x893d39 },
	{ "p4", 0xfec394, 0x542c02 },
	{ "p5", 0xffb06e, 0x633502 },
	{ "p6", 0xf4a25c, 0x733e01 },
	{ "p7", 0xe6964f, 0x814808 },
	{ "p8", 0xe7d26c, 0x423800 },
	{ "p9", 0xdac55e, 0x4e4201 },
	{ "p10", 0xcdb851, 0x5a4d02 },
	{ "p11", 0xc0ab43, 0x665803 },
	{ "p12", 0x9fe797, 0x0e4409 },
	{ "p13", 0x92d98a, 0x1b4f16 },
	{ "p14", 0x85cc7e, 0x275b22 },
	{ "p15", 0x79bf72, 0x32662d },
	{ "p16", 0x6de8e7, 0x004141 },
	{ "p17", 0x5edada, 0x024d4d },
	{ "p18", 0x4fcdcd, 0x055959 },
	{ "p19", 0x3fc0c0, 0x026565 },
	{ "p20", 0xb6d3fe, 0x183765 },
	{ "p21", 0xa0c6ff, 0x234270 },
	{ "p22", 0x8bb9fd, 0x2d4d7c },
	{ "p23", 0x7facf0, 0x385889 },
	{ "p24", 0xeebbfe, 0x4a2755 },
	{ "p25", 0xe2adf3, 0x553260 },
	{ "p26", 0xd5a1e5, 0x613c6c },
	{ "p27", 0xc894d8, 0x6c4778 },
	{ "p28", 0xf47c6e, 0x85362e },
	{ "p29", 0xfa8663, 0x833820 },
	{ "p30", 0xff9259, 0x803a0f },
	{ "p31", 0xffa056, 0x7a3e01 },
	{ "p32", 0xffad52, 0x714302 },
	{ "p33", 0xffba4c, 0x6a4703 },
	{ "p34", 0xfcc84a, 0x634901 },
	{ "p35", 0xf6d653, 0x5c4c00 },
	{ "p36", 0x9cdf8d, 0x34582c },
	{ "p37", 0x89e29d, 0x295935 },
	{ "p38", 0x76e5ad, 0x1b5a3e },
	{ "p39", 0x63e6be, 0x095b46 },
	{ "p40", 0x51e6ce, 0x015a4f },
	{ "p41", 0x44e5dd, 0x025956 },
	{ "p42", 0xb5c1f9, 0x2c3361 },
	{ "p43", 0xa8b4eb, 0x363e6c },
	{ "p44", 0x9ca7de, 0x414978 },
	{ "p45", 0x909bd1, 0x4b5485 },
	{ "q0", 0xb4b4b4, 0x5a5a5a },
	{ "q1", 0xd6d6d6, 0x404040 }
};

const struct prof_svg_shade *
prof_svg_shade(unsigned id)
{
	return &shades[id];
}

unsigned
prof_svg_shade_of_self(int64_t self, int64_t total)
{
	prof_i128 part = prof_num_abs(self), whole = prof_num_abs(total);

	if (whole == 0 || part >= whole)
		return PROF_SVG_HEAT + (whole == 0 ? 0 : 9);
	return PROF_SVG_HEAT + (unsigned)(part * 10 / whole);
}

/*
 * What a search found comes last, so that its fill wins over the frame's
 * own.
 */
static void
add_fills(struct prof_buf *b, const bool *used, const char *root, bool dark)
{
	unsigned i, id;

	for (i = 0; i < PROF_SVG_SHADES; i++) {
		id = i + 1 == PROF_SVG_SHADES ? PROF_SVG_MATCH :
		    i + (i >= PROF_SVG_MATCH);
		if (used[id])
			prof_buf_addf(b, "%s .%s{fill:#%06x}", root,
			    shades[id].class, (unsigned)(dark ?
			    shades[id].dark : shades[id].light));
	}
	prof_buf_addc(b, '\n');
}

void
prof_svg_shades_css(struct prof_buf *b, const bool *used)
{
	add_fills(b, used, ".pf", false);
	prof_buf_adds(b, "@media (prefers-color-scheme:dark){\n");
	add_fills(b, used, ".pf:not([data-theme=light])", true);
	prof_buf_adds(b, "}\n");
	add_fills(b, used, ".pf[data-theme=dark]", true);
}
