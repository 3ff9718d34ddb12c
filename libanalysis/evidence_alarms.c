/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence_state.h"

#include <math.h>

#define SIZES 4
#define NOISES 2

/*
 * Percent of pairs of runs of unchanged code in which the gate for single
 * runs (q = .05, 1.5x, 0.5 % of a side) names a function: measured on 200
 * functions of Zipf's shares whose rate varies from run to run by 5 % and
 * 15 %, which itself varies from function to function.  A one-off doubling
 * in one run looks like a regression and is not among them.
 */
static const double sizes[SIZES] = { 3e3, 1e4, 1e5, 1e6 };
static const double noises[NOISES] = { .05, .15 };
static const double percent[NOISES][SIZES] = {
	{ 8.0, 10.0, 6.7, 7.0 },
	{ 21.7, 17.7, 3.3, 2.0 }
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
prof_evidence_alarms(double samples, double phi)
{
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
