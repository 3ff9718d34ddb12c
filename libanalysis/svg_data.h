/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_DATA_H
#define PROF_SVG_DATA_H

#include "libanalysis/svg_picture.h"

/*
 * Write what the script of a flame graph works from: one JSON object that
 * holds neither '<', '>' nor '&', so that it is the same to readers of XML
 * and of HTML.  Numbers are exact; names are as prof_name_print writes them.
 *
 *   v          1
 *   sides      1, or 2: base and new
 *   whole      by side, what 100 % is
 *   scale      a value v is shown as v * mul / div, rounded to so many
 *              decimals, with the unit behind it
 *   names, modules, files
 *              texts in order, from number 1 (names: 0) on: how many UTF-16
 *              units are shared with the one before, a colon, the others
 *   classes    of fills, by number
 *   rows       for row 1, 2, ... in the order of names, see below: name (as
 *              step from that of the row before), class, module, file, line,
 *              kind + 16 if inlined + 32 if nameless.  Row 0 is the root
 *   nodes      the frames in order of level, the root first, children of a
 *              frame consecutive.  For each: row (the root: nothing; behind
 *              a sibling: signed step from its row); number of children * 2,
 *              plus 1 if more were left out, whose number follows; by side
 *              the signed difference between what remained of the parent and
 *              its total (the root: 0 less its total); by side, with
 *              children: signed self; without: signed total less self
 *   gaps       charts only: by frame, what lies before it, from the sibling
 *              before it or from the edge of its parent on
 *   view, countname, nametype, href, command
 *              the options that the script changes or shows; functions, in
 *              view, says whether a filter of a row's name means the row
 *   diff       two sides: how they are compared; see prof_svg_compare
 *
 * "rows", "nodes" and "gaps" are numbers of base 32, low digits first, in the
 * alphabet of base64; 32 is added to all digits of a number but its last.
 * A signed v is 2 v, or -2 v - 1 if negative.  Values are divided by their
 * common divisor, which scale and diff know.
 *
 * Cost: O(frames held + bytes of their names).
 */
void prof_svg_data_write(struct prof_svg_picture *pic);

/*
 * Write what programs may want to know of a picture, as <metadata>: tool,
 * version, type, unit, scale (two integers: total times the first by the
 * second is in unit), total by side, what 100 % is by side, frames in the
 * file, frames drawn, the width below which frames are not in the file, in
 * millionths of the picture, and how many that are, callees not counted.
 */
void prof_svg_metadata_write(struct prof_svg_picture *pic);

#endif
