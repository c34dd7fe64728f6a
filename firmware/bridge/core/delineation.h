/* Cell delineation (ITU-T I.432.1 4.5) over the receive ring: docs/serial-link.md, Delineation. */
#ifndef BRIDGE_DELINEATION_H
#define BRIDGE_DELINEATION_H

#include <stdbool.h>
#include <stdint.h>

enum delineation_state { HUNT, PRESYNC, SYNC };

enum delineation_state delineation_state(void);
/* Begins anew at the oldest octet kept. */
void delineation_reset(void);
/* Does a piece of work: up to one cell delivered. False when it needs more octets. */
bool delineation_step(void);
/* A whole cell waits to see whether octets follow. */
bool delineation_waiting(void);
/* The line was quiet for two octets. */
void delineation_silence(void);
/* The line was quiet for a cell. */
void delineation_rest(void);
/* Whether the 64 octets at `position` of the ring are a cell. */
bool delineation_is_cell(uint16_t position);

/* Provided by the link: a cell at `position` of the ring, whole; and the header of one that came damaged. */
void link_cell(uint16_t position);
void link_damaged(uint16_t position);

#endif
