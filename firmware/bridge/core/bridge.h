/*
 * The bridge: what the port calls. The port calls bridge_start once, then bridge_poll again and again; its interrupts call
 * line_received, line_next (line.h) and bridge_edge.
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

struct bridge_edge {
  uint32_t at;
  uint8_t level;
};
/* In an interrupt: INT changed. */
void bridge_edge(uint8_t level, uint32_t at);
bool bridge_edge_peek(struct bridge_edge *edge);
void bridge_edge_drop(void);

#endif
