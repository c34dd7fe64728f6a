/* How a session opens, at the board's end: OPEN, ACCEPT, CONFIRM. docs/serial-link.md, Session; session-exchange.ts says why. */
#ifndef BRIDGE_SESSION_H
#define BRIDGE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "link-table.h"

enum session_state { CLOSED, OPENING, ACCEPTING, OPEN };

enum session_state session_state(void);
/* Whether the host says that it is there when it has nothing to say: one of version 1 does not. */
bool session_leased(void);
/* Asks for a session under a new identifier, again and again until it is accepted. */
void session_ask(void);
/* Says nothing more until the host asks. */
void session_shut(void);
/* A cell came that belongs to no session: says which step is missing. */
void session_remind(void);
/* Takes the session cell at `position` of the receive ring. */
void session_hear(uint16_t position);
/* Whether a session cell is to be said, and its payload. */
bool session_due(void);
void session_take(uint8_t payload[CELL_PAYLOAD_OCTETS]);
void session_timers(uint32_t now);
uint32_t session_deadline(uint32_t now, uint32_t wait);

/* Provided by the link: sequences begin anew; and a session is open with a host that offers this window. */
void link_anew(void);
void link_opened(uint8_t theirs);

/* Provided by the bridge: a session is over, or one began. */
void bridge_session_over(void);
void bridge_session_began(void);

#endif
