/* Edges of INT, from the interrupt that sees them to the code that sends them to the host. */
#ifndef BRIDGE_EDGES_H
#define BRIDGE_EDGES_H

#include <stdbool.h>
#include <stdint.h>

struct edge {
  uint32_t at;
  uint8_t level;
};
/* In an interrupt: INT changed. */
void edges_add(uint8_t level, uint32_t at);
bool edges_wait(void);
/* The one that waits longest. False when none does. */
bool edges_peek(struct edge *edge);
void edges_drop(void);
/* How many found no room since this was last asked. */
uint8_t edges_take_lost(void);

#endif
