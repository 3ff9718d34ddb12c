#ifndef PROF_LABEL_H
#define PROF_LABEL_H
#include "libanalysis/buf.h"
#include "libanalysis/profile.h"
static inline void prof_label_print(struct prof_buf *b, const struct prof_profile *p, const struct prof_label *l) { if (l->str) prof_buf_add(b, prof_profile_str(p, l->str), prof_strs_len(&p->strs, l->str)); else prof_buf_addi(b, l->num); }
#endif
