/* SPDX-License-Identifier: MIT */
#include "libanalysis/noise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define LIKE (1 + 1e-9)		/* rounding must not part equal outcomes */

static double
two_sided(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

/*
 * Weights of all outcomes, relative to the likeliest: no factorials, and
 * what is too small for a double is too small to matter.
 */
static double
exact(unsigned n, unsigned y, double share)
{
	double w[PROF_NOISE_EXACT + 1], odds = share / (1 - share);
	double all = 0, far = 0;
	unsigned k, mode = (unsigned)((n + 1) * share);

	if (mode > n)
		mode = n;
	w[mode] = 1;
	for (k = mode; k < n; k++)
		w[k + 1] = w[k] * odds * (n - k) / (k + 1);
	for (k = mode; k > 0; k--)
		w[k - 1] = w[k] / odds * k / (n - k + 1);
	for (k = 0; k <= n; k++) {
		all += w[k];
		if (w[k] <= w[y] * LIKE)
			far += w[k];
	}
	return far / all;
}

double
prof_noise_events(double x, double y, double share)
{
	double n = x + y, spread;

	if (!(n > 0) || !(share > 0 && share < 1))
		return 1;
	if (n <= PROF_NOISE_EXACT)
		return exact((unsigned)n, (unsigned)y, share);
	spread = sqrt(n * share * (1 - share));
	return two_sided((y - n * share) / spread);
}

double
prof_noise_shares(double x, double n, double y, double m)
{
	double pooled, spread;

	if (!(n > 0 && m > 0))
		return 1;
	pooled = (x + y) / (n + m);
	if (!(pooled > 0 && pooled < 1))
		return 1;
	spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
	return two_sided((y / m - x / n) / spread);
}

double
prof_noise_limit(const double *p, size_t n, double alpha)
{
	double *sorted, limit = -1;
	size_t i;

	if (n == 0)
		return limit;
	sorted = prof_alloc(n, sizeof *sorted);
	memcpy(sorted, p, n * sizeof *sorted);
	prof_sort_doubles(sorted, n);
	for (i = n; i > 0 && limit < 0; i--)
		if (sorted[i - 1] <= alpha * (double)i / (double)n)
			limit = sorted[i - 1];
	free(sorted);
	return limit;
}
