/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STAT_DRAW_H
#define TESTS_STAT_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Random numbers and random runs of a program, the same for a seed on every
 * machine, as far as its libm agrees in the last digit.
 */
struct draw {
	uint64_t state[4];
	double spare;		/* the normal number not handed out yet */
	bool has_spare;
};

/* Streams of one seed do not depend on each other. */
void draw_seed(struct draw *d, uint64_t seed, uint64_t stream);

uint64_t draw_bits(struct draw *d);
double draw_unit(struct draw *d);		/* 0 < u < 1 */
uint32_t draw_below(struct draw *d, uint32_t n);	/* 0 to n - 1 */
double draw_normal(struct draw *d);
double draw_gamma(struct draw *d, double shape);	/* of mean shape */
double draw_poisson(struct draw *d, double mean);	/* a whole number */

/* How the rate of a function varies from run to run; its mean is 1. */
enum draw_family {
	DRAW_STEADY,
	DRAW_GAMMA,
	DRAW_LOGNORMAL
};

struct draw_noise {
	enum draw_family family;
	double cv;	/* coefficient of variation of the typical function */
	double het;	/* sd of ln cv^2 over functions */
	double spike;	/* probability of a function to double in a run */
};

/* cv 5 %, cv 5 % het, cv 15 % het, lognormal het 1.5 with 0.2 % spikes. */
extern const struct draw_noise draw_quiet, draw_het, draw_loud, draw_spiky;

/* One factor of mean 1 (without spikes), of variance phi. */
double draw_rate(struct draw *d, const struct draw_noise *noise, double phi);

/* phi[0..n): squared coefficients of variation of a program's functions. */
void draw_phi(struct draw *d, const struct draw_noise *noise, double *phi,
    size_t n);

/* share[i] falls with (i + 1)^-power; their sum is 1. */
void draw_zipf(double *share, size_t n, double power);

/* A program, and how it is run. */
struct draw_program {
	size_t n;		/* functions */
	const double *share;	/* [n] of the time where nothing changed */
	const double *phi;	/* [n] of draw_phi */
	const double *change;	/* [n] factors planted; NULL: none */
	double samples;		/* of a run, in the mean */
	bool fixed;		/* so many whatever the changes: duration is */
				/* fixed, else work is */
	double gsd;		/* sd of ln of a run's samples */
};

/*
 * One run: count[0..n) samples by function; rate[0..n), unless NULL, what
 * was expected of them: the time that an exact clock would have seen.
 */
void draw_run(struct draw *d, const struct draw_noise *noise,
    const struct draw_program *p, double *count, double *rate);

#endif
