/* SPDX-License-Identifier: MIT */
#ifndef PROF_FLAMETERM_FILL_H
#define PROF_FLAMETERM_FILL_H

#include <stdbool.h>
#include <stdint.h>

#include "libanalysis/buf.h"

/* Colours as terminals have them; 0xrrggbb. */

#define PROF_FLAMETERM_TONES 12

/* One of several tones of a colour, tone 0 being the colour itself. */
uint32_t prof_flameterm_tone(uint32_t rgb, unsigned tone, bool darker);

/* The colour of the 256 (its cube and greys, from 16) that is nearest. */
unsigned prof_flameterm_index(uint32_t rgb);
uint32_t prof_flameterm_rgb(unsigned index);

/* Whether black is easier to read on it than white; either is at 4.5 : 1. */
bool prof_flameterm_black(uint32_t rgb);

/* Append the sequence for cells of this background, and ink that fits. */
void prof_flameterm_paint(struct prof_buf *b, uint32_t fill, bool rgb);

#endif
