/*
 * The bridge: what the port calls. The port calls bridge_start once, then bridge_poll again and again; its interrupts call
 * line_received, line_next (line.h) and edges_add (edges.h).
 */
#ifndef BRIDGE_BRIDGE_H
#define BRIDGE_BRIDGE_H

#include <stdbool.h>
#include <stdint.h>

void bridge_start(void);
/* Does what there is to do. Returns the microseconds after which it must be called again if no interrupt comes before. */
uint32_t bridge_poll(void);
/* Whether an interrupt brought something since the last bridge_poll. Call with interrupts off, before going to sleep. */
bool bridge_stirred(void);

#endif
