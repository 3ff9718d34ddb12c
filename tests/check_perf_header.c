/* SPDX-License-Identifier: MIT */
#include "tests/perf_text.h"

#define NONE INT64_MIN

/* Every form of a header line, and what it says. */
static const struct form {
	const char *line;
	enum prof_perf_sure sure;
	const char *comm;
	int64_t pid, tid, cpu, time, period;
	const char *event, *rest;
} forms[] = {
	/* What perf prints by default. */
	{ "server  5817  1339.011751:    1001001 cpu-clock: ",
	    PROF_PERF_SURE, "server", NONE, 5817, NONE, 1339011751000,
	    1001001, "cpu-clock", " " },
	{ "server  5817 [003]  1339.011751:    1001001 cycles:u: ",
	    PROF_PERF_SURE, "server", NONE, 5817, 3, 1339011751000,
	    1001001, "cycles:u", " " },
	/* Comms of any kind. */
	{ "my server  5817  1339.011751:          1 cycles: ",
	    PROF_PERF_SURE, "my server", NONE, 5817, NONE, 1339011751000, 1,
	    "cycles", " " },
	{ "worker 12  4711/4712 [003] 10.5:     7 cycles: ",
	    PROF_PERF_SURE, "worker 12", 4711, 4712, 3, 10500000000, 7,
	    "cycles", " " },
	{ "kworker/0:1-events    33 [000]    10.600000:    5 cycles: ",
	    PROF_PERF_SURE, "kworker/0:1-events", NONE, 33, 0, 10600000000,
	    5, "cycles", " " },
	{ "nginx: worker   88  1.000001: cycles: ", PROF_PERF_SURE,
	    "nginx: worker", NONE, 88, NONE, 1000001000, NONE, "cycles",
	    " " },
	{ "(sd-pam)   88  1.000001: cycles: ", PROF_PERF_SURE, "(sd-pam)",
	    NONE, 88, NONE, 1000001000, NONE, "cycles", " " },
	{ "[migration/1]   19 [001]  1.0: cycles: ", PROF_PERF_SURE,
	    "[migration/1]", NONE, 19, 1, 1000000000, NONE, "cycles", " " },
	{ "12345   88  1.0: cycles: ", PROF_PERF_SURE, "12345", NONE, 88,
	    NONE, 1000000000, NONE, "cycles", " " },
	{ "-   88  1.0: cycles: ", PROF_PERF_SURE, "-", NONE, 88, NONE,
	    1000000000, NONE, "cycles", " " },
	{ "a  1 1.0: cycles: ", PROF_PERF_SURE, "a", NONE, 1, NONE,
	    1000000000, NONE, "cycles", " " },
	{ ":-1    -1 [000]    10.7:          5 cycles: ", PROF_PERF_SURE,
	    ":-1", NONE, -1, 0, 10700000000, 5, "cycles", " " },
	{ "   88  1.0: cycles: ", PROF_PERF_SURE, "", NONE, 88, NONE,
	    1000000000, NONE, "cycles", " " },
	{ "[001] 1.5: 21465 [001] 12080.841363:    2004008 cpu-clock: ",
	    PROF_PERF_SURE, "[001] 1.5:", NONE, 21465, 1, 12080841363000,
	    2004008, "cpu-clock", " " },
	{ "7 7/7 busy: x 21466 [001] 12080.841363:    2004008 cpu-clock: ",
	    PROF_PERF_SURE, "7 7/7 busy: x", NONE, 21466, 1, 12080841363000,
	    2004008, "cpu-clock", " " },
	{ "7 7/7 busy: x 21466    2004008 cpu-clock: ", PROF_PERF_SURE,
	    "7 7/7 busy: x", NONE, 21466, NONE, NONE, 2004008, "cpu-clock",
	    " " },
	{ "5 1.5: a: 7 21466 12080.841363: cpu-clock: ", PROF_PERF_SURE,
	    "5 1.5: a: 7", NONE, 21466, NONE, 12080841363000, NONE,
	    "cpu-clock", " " },
	{ "gr\xc3\xb6\xc3\x9f" "er w\xc3   88  1.0: cycles: ",
	    PROF_PERF_SURE, "gr\xc3\xb6\xc3\x9f" "er w\xc3", NONE, 88, NONE,
	    1000000000, NONE, "cycles", " " },
	/* Right-justified, and with --Latency. */
	{ "         zonesvr 162731 [004] 42055630.368972: kmem:kmalloc: ptr",
	    PROF_PERF_SURE, "zonesvr", NONE, 162731, 4, 42055630368972000,
	    NONE, "kmem:kmalloc", " ptr" },
	{ " my prog  5817   3  1339.026878:    1001001 cpu-clock: ",
	    PROF_PERF_SURE, "my prog", NONE, 5817, 3, 1339026878000, 1001001,
	    "cpu-clock", " " },
	/* Ids and other fields. */
	{ "a 5817/5817    1339.01:  cycles: ", PROF_PERF_SURE, "a", 5817,
	    5817, NONE, 1339010000000, NONE, "cycles", " " },
	{ "a 5817/-1    1339.01:  cycles: ", PROF_PERF_SURE, "a", 5817, -1,
	    NONE, 1339010000000, NONE, "cycles", " " },
	{ "a  1 [-01]  1.0: cycles: ", PROF_PERF_SURE, "a", NONE, 1, -1,
	    1000000000, NONE, "cycles", " " },
	{ "a  1 [1023]  1.0: cycles: ", PROF_PERF_SURE, "a", NONE, 1, 1023,
	    1000000000, NONE, "cycles", " " },
	{ "a  1 U      1.0:    1001001 cpu-clock: ", PROF_PERF_SURE, "a",
	    NONE, 1, NONE, 1000000000, 1001001, "cpu-clock", " " },
	{ "a  1 [002] K      1.0:    1001001 cpu-clock: ", PROF_PERF_SURE,
	    "a", NONE, 1, 2, 1000000000, 1001001, "cpu-clock", " " },
	{ "a [002]  1.0: cycles: ", PROF_PERF_SURE, "a", NONE, NONE, 2,
	    1000000000, NONE, "cycles", " " },
	{ "a  1 [002] cycles: ", PROF_PERF_SURE, "a", NONE, 1, 2, NONE, NONE,
	    "cycles", " " },
	/* Times. */
	{ "a  1 1339.026878123: cycles: ", PROF_PERF_SURE, "a", NONE, 1,
	    NONE, 1339026878123, NONE, "cycles", " " },
	{ "a  1     0.000000: cycles: ", PROF_PERF_SURE, "a", NONE, 1, NONE,
	    0, NONE, "cycles", " " },
	{ "a  1    -0.000001: cycles: ", PROF_PERF_SURE, "a", NONE, 1, NONE,
	    -1000, NONE, "cycles", " " },
	{ "   1339.011751: cpu-clock: ", PROF_PERF_SURE, "", NONE, NONE,
	    NONE, 1339011751000, NONE, "cpu-clock", " " },
	/* Without a time. */
	{ "java 19983 cycles:", PROF_PERF_SURE, "java", NONE, 19983, NONE,
	    NONE, NONE, "cycles", "" },
	{ "worker 12  4711 cycles:u: ", PROF_PERF_SURE, "worker 12", NONE,
	    4711, NONE, NONE, NONE, "cycles:u", " " },
	{ "nginx: worker  4711 cycles: ", PROF_PERF_SURE, "nginx: worker",
	    NONE, 4711, NONE, NONE, NONE, "cycles", " " },
	{ "server  5817    1001001 cpu-clock: ", PROF_PERF_SURE, "server",
	    NONE, 5817, NONE, NONE, 1001001, "cpu-clock", " " },
	{ "   1001001 cpu-clock: ", PROF_PERF_SURE, "", NONE, NONE, NONE,
	    NONE, 1001001, "cpu-clock", " " },
	/* Events. */
	{ "a  1 1.0: sched:sched_switch: prev_comm=x 3.5: ==> next",
	    PROF_PERF_SURE, "a", NONE, 1, NONE, 1000000000, NONE,
	    "sched:sched_switch", " prev_comm=x 3.5: ==> next" },
	{ "a  1 1.0: syscalls:sys_enter_brk: brk: 0x0", PROF_PERF_SURE, "a",
	    NONE, 1, NONE, 1000000000, NONE, "syscalls:sys_enter_brk",
	    " brk: 0x0" },
	{ "a  1 sched:foo: waited 5 1.5: long", PROF_PERF_SURE, "a", NONE, 1,
	    NONE, NONE, NONE, "sched:foo", " waited 5 1.5: long" },
	{ "a  1 1.0:  7 cpu/event=0x3c,umask=0x0/u: ", PROF_PERF_SURE, "a",
	    NONE, 1, NONE, 1000000000, 7, "cpu/event=0x3c,umask=0x0/u",
	    " " },
	{ "a  1 1.0:  7 cpu/name=my event/: ", PROF_PERF_SURE, "a", NONE, 1,
	    NONE, 1000000000, 7, "cpu/name=my event/", " " },
	{ "a  1 1.0:          7      page-faults: ", PROF_PERF_SURE, "a",
	    NONE, 1, NONE, 1000000000, 7, "page-faults", " " },
	{ "a  1 1.0: 7 cycles:  /user.slice/app.scope", PROF_PERF_SURE, "a",
	    NONE, 1, NONE, 1000000000, 7, "cycles",
	    "  /user.slice/app.scope" },
	/* No event: what follows may be an address. */
	{ "a  1  1.0: ", PROF_PERF_SURE, "a", NONE, 1, NONE, 1000000000,
	    NONE, "", "" },
	{ "a  1  1.0:     1001001 ", PROF_PERF_SURE, "a", NONE, 1, NONE,
	    1000000000, 1001001, "", "" },
	{ "a  1  1.0:     55f2e2b0d233 f (/a)", PROF_PERF_SURE, "a", NONE, 1,
	    NONE, 1000000000, NONE, "", "55f2e2b0d233 f (/a)" },
	{ "a  1  1.0:         81030000 f (/a)", PROF_PERF_SURE, "a", NONE, 1,
	    NONE, 1000000000, NONE, "", "81030000 f (/a)" },
	/* Less than that counts with frames only, or as perf ends it. */
	{ "my prog  5817 ", PROF_PERF_WEAK, "my prog", NONE, 5817, NONE,
	    NONE, NONE, "", "" },
	{ "my prog  5817", PROF_PERF_MAYBE, "my prog", NONE, 5817, NONE,
	    NONE, NONE, "", "" },
	{ "[003] ", PROF_PERF_WEAK, "", NONE, NONE, 3, NONE, NONE, "", "" },
	{ "   1001001 ", PROF_PERF_WEAK, "", NONE, NONE, NONE, NONE, 1001001,
	    "", "" },
	{ "my prog ", PROF_PERF_MAYBE, "my prog", NONE, NONE, NONE, NONE,
	    NONE, "", "" },
	{ "cpu-clock: ", PROF_PERF_MAYBE, "", NONE, NONE, NONE, NONE, NONE,
	    "cpu-clock", " " },
	{ "my prog cpu-clock:u: ", PROF_PERF_WEAK, "my prog", NONE, NONE,
	    NONE, NONE, NONE, "cpu-clock:u", " " },
	{ "a long line about nothing", PROF_PERF_NO, "a long line about "
	    "nothing", NONE, NONE, NONE, NONE, NONE, "", "" },
	{ "   ", PROF_PERF_NO, "", NONE, NONE, NONE, NONE, NONE, "", "" },
	/* The recording's own events. */
	{ "a  1 1.0: PERF_RECORD_MMAP2 1/1: [0x400000(0x1000) @ 0]: r-xp /a",
	    PROF_PERF_RECORD, "", NONE, NONE, NONE, NONE, NONE, "",
	    "PERF_RECORD_MMAP2 1/1: [0x400000(0x1000) @ 0]: r-xp /a" },
	{ "PERF_RECORD_LOST lost 5", PROF_PERF_RECORD, "", NONE, NONE, NONE,
	    NONE, NONE, "", "PERF_RECORD_LOST lost 5" },
	{ "a  1 1.0: x:PERF_RECORD: ", PROF_PERF_SURE, "a", NONE, 1, NONE,
	    1000000000, NONE, "x:PERF_RECORD", " " }
};

static void
check_text(const char *line, const char *what, const char *s, size_t len,
    const char *want)
{
	ck_assert_msg(len == strlen(want) && (len == 0 ||
	    memcmp(s, want, len) == 0), "%s: %s is '%.*s', not '%s'", line,
	    what, (int)len, len > 0 ? s : "", want);
}

static void
check_number(const char *line, const char *what, bool has, int64_t v,
    int64_t want)
{
	if (want == NONE)
		ck_assert_msg(!has, "%s: has %s %lld", line, what,
		    (long long)v);
	else
		ck_assert_msg(has && v == want, "%s: %s is %lld", line, what,
		    has ? (long long)v : -9999);
}

START_TEST(each_form_is_taken_apart)
{
	const struct form *f = &forms[_i];
	struct prof_perf_header h;
	enum prof_perf_sure sure = prof_perf_header_read(f->line,
	    strlen(f->line), &h);

	ck_assert_msg(sure == f->sure, "%s: sure %d", f->line, (int)sure);
	check_text(f->line, "comm", h.comm, h.comm_len, f->comm);
	check_text(f->line, "event", h.event, h.event_len, f->event);
	check_text(f->line, "rest", h.rest, h.rest_len, f->rest);
	check_number(f->line, "pid", h.has & PROF_PERF_PID, h.pid, f->pid);
	check_number(f->line, "tid", h.has & PROF_PERF_TID, h.tid, f->tid);
	check_number(f->line, "cpu", h.has & PROF_PERF_CPU, h.cpu, f->cpu);
	check_number(f->line, "time", h.has & PROF_PERF_TIME, h.time,
	    f->time);
	check_number(f->line, "period", h.has & PROF_PERF_PERIOD, h.period,
	    f->period);
}
END_TEST

START_TEST(numbers_beyond_64_bits_are_no_ids_and_huge_periods)
{
	static const char id[] = "a 99999999999999999999 1.0: cycles: ";
	static const char period[] = "a 1 1.0: 18446744073709551615 cycles: ";
	static const char time[] = "a 1 99999999999999.0: cycles: ";
	struct prof_perf_header h;

	prof_perf_header_read(id, sizeof id - 1, &h);
	ck_assert_uint_eq(h.has & PROF_PERF_TID, 0);
	prof_perf_header_read(period, sizeof period - 1, &h);
	ck_assert_uint_ne(h.has & PROF_PERF_HUGE, 0);
	prof_perf_header_read(time, sizeof time - 1, &h);
	ck_assert_uint_eq(h.has & PROF_PERF_TIME, 0);
}
END_TEST

/* Bytes beyond the line must not matter: the sanitizers watch. */
START_TEST(every_prefix_can_be_asked)
{
	struct prof_perf_header h;
	size_t len = strlen(forms[_i].line), n;
	char *copy;

	for (n = 0; n <= len; n++) {
		copy = malloc(n + !n);
		ck_assert_ptr_nonnull(copy);
		memcpy(copy, forms[_i].line, n);
		prof_perf_header_read(copy, n, &h);
		ck_assert_uint_le(h.comm_len, n);
		free(copy);
	}
}
END_TEST

/* Each would take hours if a word were looked at for every other one. */
START_TEST(long_lines_cost_linear_time)
{
	static const char *const piece[] = { "a: ", "1.5: ", " ", "1 ", ":",
	    "PERF_RECORD ", "[1] ", "1/1 " };
	size_t len = strlen(piece[_i]), n = (size_t)8 << 20, i;
	struct prof_perf_header h;
	char *line = malloc(n);

	ck_assert_ptr_nonnull(line);
	for (i = 0; i < n; i++)
		line[i] = piece[_i][i % len];
	prof_perf_header_read(line, n, &h);
	memset(line, ' ', n / 2);
	prof_perf_header_read(line, n, &h);
	free(line);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("perf_header");
	int n = sizeof forms / sizeof forms[0];

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, each_form_is_taken_apart, 0, n);
	tcase_add_test(tc, numbers_beyond_64_bits_are_no_ids_and_huge_periods);
	tcase_add_loop_test(tc, every_prefix_can_be_asked, 0, n);
	tcase_add_loop_test(tc, long_lines_cost_linear_time, 0, 8);
	return test_main("perf_header", tc);
}
