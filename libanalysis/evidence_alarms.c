/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence_state.h"

#include <math.h>

#define SIZES 5
#define NOISES 2

/*
 * Percent of pairs of runs of unchanged code in which single runs name a
 * function: a gate that tests for more (q = .05, 1.5x or an impact of 1 %,
 * from 0.5 % of a side on), and a list of all that changed (q = .05).
 * Measured on 400 pairs of 200 functions of Zipf's shares whose rate varies
 * from run to run by 5 % and 15 %, which itself varies from function to
 * function; small profiles are set so that what is printed fits, as one run
 * tells its noise badly.  Where all functions vary alike it is less; a one-off
 * doubling in one run looks like a regression and is not among them.
 */
static const double sizes[SIZES] = { 1e3, 3e3, 1e4, 1e5, 1e6 };
static const double noises[NOISES] = { .05, .15 };
static const double gate[NOISES][SIZES] = {
	{ 0.5, 5.5, 17.5, 9.0, 11.5 },
	{ 10.7, 26.0, 22.3, 4.5, 5.0 }
};
static const double list[NOISES][SIZES] = {
	{ 0.7, 2.0, 7.8, 6.8, 3.6 },
	{ 10.0, 14.0, 15.7, 0.8, 2.5 }
};

/* Where x lies among n places: which, and how far to the next one. */
static unsigned
locate(const double *at, unsigned n, double x, double *part)
{
	unsigned i = 0;

	while (i + 2 < n && x > at[i + 1])
		i++;
	*part = (log(x) - log(at[i])) / (log(at[i + 1]) - log(at[i]));
	*part = fmin(1, fmax(0, *part));
	return i;
}

double
prof_evidence_alarms(double samples, double phi, bool both)
{
	const double (*percent)[SIZES] = both ? list : gate;
	double size, noise, a, b;
	unsigned i, k;

	if (!(samples > 0) || !(phi >= 0))
		return NAN;
	i = locate(sizes, SIZES, samples, &size);
	k = locate(noises, NOISES, fmax(sqrt(phi), noises[0]), &noise);
	a = percent[k][i] + (percent[k][i + 1] - percent[k][i]) * size;
	b = percent[k + 1][i] + (percent[k + 1][i + 1] -
	    percent[k + 1][i]) * size;
	return (a + (b - a) * noise) / 100;
}
