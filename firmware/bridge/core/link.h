/* Go-back-N and channels: docs/serial-link.md. */
#ifndef BRIDGE_LINK_H
#define BRIDGE_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "link-table.h"
#include "port.h"

/* The clock counts microseconds. */
#define MILLISECONDS(n) ((uint32_t)(n) * 1000u)

/* A data cell that was accepted and is not used up. */
struct link_input {
  uint8_t channel;
  uint8_t length;
  uint8_t used;
  uint8_t payload[CELL_PAYLOAD_OCTETS];
};

/* At boot: announces the board. */
void link_start(void);
/* When the last good cell came. */
extern uint32_t link_heard_at;
/* The oldest cell accepted, or null. */
struct link_input *link_input(void);
/* The oldest cell is used up. */
void link_consume(void);
/* Octets that can be queued on a channel at once. */
uint16_t link_room(uint8_t channel);
/* Queues an octet; only within link_room. */
void link_put(uint8_t channel, uint8_t octet);
/* Where octets of a channel may be written in place; `length` of them, 0 when there is no room. Then commit. */
uint8_t *link_span(uint8_t channel, uint8_t *length);
void link_commit(uint8_t length);
/* Begins a silence: what is queued goes out, and nothing more can be queued until `link_release`, or a new session. */
void link_hold(void);
/* Ends it: at once, or with the next data cell that arrives. */
void link_release(void);
void link_release_when_heard(void);
/* Nothing queued, nothing unacknowledged. */
bool link_drained(void);
/* The rate of the line changed. */
void link_rate_changed(void);
/* Puts a cell on the line if there is one to send and room for it; one that is not full only when `flush` says that
   nothing will be added soon. True when it did. */
bool link_transmit(uint32_t now, bool flush);
/* Expired timers. */
void link_timers(uint32_t now);
/* Shortens `wait` (microseconds) to the next timer. */
uint32_t link_deadline(uint32_t now, uint32_t wait);
/* Microseconds that a cell takes on the line, and two octets. */
extern uint32_t link_cell_time;
extern uint16_t link_two_octets_time;

#endif
