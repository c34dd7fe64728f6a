/* Serprog version 1 on the SPI bus, in cells or raw: flashrom's serprog-protocol.txt and docs/serial-link.md. */
#ifndef BRIDGE_SERPROG_H
#define BRIDGE_SERPROG_H

#include <stdbool.h>
#include <stdint.h>

/* Forgets a command received in part, deselects the chip. Replies go raw onto the line, or into cells. */
void serprog_reset(bool raw);
/* Whether replies go raw. */
bool serprog_is_raw(void);
/* Between commands. */
bool serprog_idle(void);
/* Takes octets of a command. Returns how many: 0 when none can be taken yet, because there is no room for a reply. */
uint8_t serprog_take(const uint8_t *octets, uint8_t count);
/* Carries on with a command that takes its time. True when it moved. */
bool serprog_run(void);

#endif
