/* Channel 0, requests and replies: docs/serial-link.md. */
#ifndef BRIDGE_MANAGEMENT_H
#define BRIDGE_MANAGEMENT_H

#include <stdbool.h>
#include <stdint.h>

/* A session is over: half a request is void, INT edges are not subscribed. */
void management_reset(void);
/* Counters of the session start here. */
void management_count_from_here(void);
/* The host is gone without a word: back to the rate that the board starts at. */
void management_lapse(void);
/* Takes an octet of channel 0. False when there is no room for the reply yet. */
bool management_take(uint8_t octet);
/* Sends INT edges that are due, changes the rate when the reply has gone. True when it did something. */
bool management_run(uint32_t now);
uint32_t management_deadline(uint32_t now, uint32_t wait);

#endif
