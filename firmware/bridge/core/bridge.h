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

/* What port_reset_flags says: the bits of an AVR's MCUSR (DS40002061B 11.9.1). */
#define RESET_CAUSE_POWER_ON 0x01u
#define RESET_CAUSE_PIN 0x02u
#define RESET_CAUSE_BROWN_OUT 0x04u
#define RESET_CAUSE_WATCHDOG 0x08u

struct bridge_edge {
  uint32_t at;
  uint8_t level;
};
/* In an interrupt: INT changed. */
void bridge_edge(uint8_t level, uint32_t at);
bool bridge_edge_peek(struct bridge_edge *edge);
void bridge_edge_drop(void);

#endif
