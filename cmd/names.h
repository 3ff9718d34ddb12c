#ifndef CMD_NAMES_H
#define CMD_NAMES_H
#include "cmd/options.h"
#include "libanalysis/profile.h"
static inline void cli_names_demangle(const struct options *o, struct prof_profile *p) { (void)o; (void)p; }
static inline void cli_names_rewrite(const struct options *o, struct prof_profile *p) { (void)o; (void)p; }
static inline void cli_trim_paths(const struct options *o, struct prof_profile *p) { (void)o; (void)p; }
#endif
