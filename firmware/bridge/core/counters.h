/* Line counters: the struct that link-table.h has, and everybody counts in. */
#ifndef BRIDGE_COUNTERS_H
#define BRIDGE_COUNTERS_H

#include "link-table.h"

extern struct counters counters;

#endif
