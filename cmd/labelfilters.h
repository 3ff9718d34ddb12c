#ifndef CMD_LABELFILTERS_H
#define CMD_LABELFILTERS_H
#include "cmd/options.h"
#include "libanalysis/profile.h"
static inline void cli_tag_frames(const struct options *o, struct prof_profile *p) { (void)o; (void)p; }
static inline void cli_select(const struct options *o, struct prof_profile *p) { (void)o; (void)p; }
static inline void cli_tagfocus(const struct options *o, struct prof_profile *p) { (void)o; (void)p; }
static inline void cli_tagshow(const struct options *o, struct prof_profile *p) { (void)o; (void)p; }
#endif
