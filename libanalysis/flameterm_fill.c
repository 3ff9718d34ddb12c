/* SPDX-License-Identifier: MIT */
#include "libanalysis/flameterm_fill.h"

#include <limits.h>

#define CUBE 16		/* where the cube of colours begins, and the greys */
#define GREYS 232
#define INK_BLACK 16
#define INK_WHITE 231

uint32_t
prof_flameterm_tone(uint32_t rgb, unsigned tone, bool darker)
{
	unsigned part = tone * 6, shift, c;
	uint32_t out = 0;

	for (shift = 0; shift < 24; shift += 8) {
		c = rgb >> shift & 0xff;
		c = darker ? c * (100 - part) / 100 :
		    c + (255 - c) * part / 100;
		out |= (uint32_t)c << shift;
	}
	return out;
}

/* The levels of the cube are 0, 95, 135, ... 255. */
static unsigned
level(unsigned i)
{
	return i == 0 ? 0 : 55 + 40 * i;
}

static unsigned
level_below(unsigned c)
{
	return c < 95 ? 0 : (c - 55) / 40;
}

uint32_t
prof_flameterm_rgb(unsigned index)
{
	unsigned grey;

	if (index >= GREYS) {
		grey = 8 + 10 * (index - GREYS);
		return (uint32_t)grey << 16 | grey << 8 | grey;
	}
	index -= CUBE;
	return (uint32_t)level(index / 36) << 16 |
	    level(index / 6 % 6) << 8 | level(index % 6);
}

/*
 * A wrong lightness is better than a wrong hue: light red that turns yellow
 * says something else.
 */
static int
distance(uint32_t a, uint32_t b)
{
	int red = (int)(a >> 16 & 0xff) - (int)(b >> 16 & 0xff);
	int green = (int)(a >> 8 & 0xff) - (int)(b >> 8 & 0xff);
	int blue = (int)(a & 0xff) - (int)(b & 0xff);
	int light = (2 * red + 5 * green + blue) / 8;

	red -= light;
	blue -= light;
	return light * light + 4 * (red * red + blue * blue);
}

/* The best of the eight corners around a colour. */
static unsigned
nearest_in_cube(uint32_t rgb)
{
	unsigned corner, shift, i, index, best = 0;
	int d, least = INT_MAX;

	for (corner = 0; corner < 8; corner++) {
		index = 0;
		for (shift = 24; shift > 0;) {
			shift -= 8;
			i = level_below(rgb >> shift & 0xff) +
			    (corner >> shift / 8 & 1);
			index = 6 * index + (i < 5 ? i : 5);
		}
		d = distance(rgb, prof_flameterm_rgb(CUBE + index));
		if (d < least) {
			least = d;
			best = CUBE + index;
		}
	}
	return best;
}

/* A grey in place of a pale colour would look like another hue. */
static bool
is_grey(unsigned r, unsigned g, unsigned b)
{
	unsigned most = r > g ? r : g, least = r < g ? r : g;

	most = b > most ? b : most;
	least = b < least ? b : least;
	return most - least < 16;
}

unsigned
prof_flameterm_index(uint32_t rgb)
{
	unsigned r = rgb >> 16 & 0xff, g = rgb >> 8 & 0xff, b = rgb & 0xff;
	unsigned mean = (r + g + b) / 3, grey, cube;

	cube = nearest_in_cube(rgb);
	grey = mean < 8 ? GREYS : mean > 238 ? 255 :
	    GREYS + (mean - 3) / 10;
	return is_grey(r, g, b) && distance(rgb, prof_flameterm_rgb(grey)) <
	    distance(rgb, prof_flameterm_rgb(cube)) ? grey : cube;
}

/* WCAG's luminance of a channel by a cubic, right to half a percent. */
static double
linear(unsigned channel)
{
	double c = channel / 255.0;

	return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

bool
prof_flameterm_black(uint32_t rgb)
{
	double l = 0.2126 * linear(rgb >> 16 & 0xff) +
	    0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);

	/* Where (l + 0.05) / 0.05 is 1.05 / (l + 0.05). */
	return l > 0.1791;
}

void
prof_flameterm_paint(struct prof_buf *b, uint32_t fill, bool rgb)
{
	unsigned index = prof_flameterm_index(fill);
	unsigned ink;

	if (!rgb)
		fill = prof_flameterm_rgb(index);
	ink = prof_flameterm_black(fill) ? INK_BLACK : INK_WHITE;
	if (rgb)
		prof_buf_addf(b, "\033[0;38;5;%u;48;2;%u;%u;%um", ink,
		    (unsigned)(fill >> 16 & 0xff),
		    (unsigned)(fill >> 8 & 0xff), (unsigned)(fill & 0xff));
	else
		prof_buf_addf(b, "\033[0;38;5;%u;48;5;%um", ink, index);
}
