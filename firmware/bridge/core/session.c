#include "session.h"

#include <string.h>

#include "counters.h"
#include "line.h"
#include "link.h"
#include "timer.h"

#define FIRST_RETRY MILLISECONDS(TIME_MS_FIRST_RETRY)
#define LAST_RETRY MILLISECONDS(TIME_MS_LAST_RETRY)

static enum session_state state;
/* Our identifier, and the host's. */
static uint16_t own, theirs;
/* We asked for the session that there is or may be. */
static bool asking;
/* Our last OPEN came back. */
static bool echoed;
static bool version_1;
static enum { NOTHING, SAY_OPEN, SAY_ACCEPT, SAY_CONFIRM, SAY_REPLY } to_say;
static uint32_t retry;
static struct timer retry_timer;

enum session_state session_state(void)
{
  return state;
}

bool session_leased(void)
{
  return state == OPEN && !version_1;
}

bool session_due(void)
{
  return to_say != NOTHING;
}

/* Says it now, and again until it is answered. */
static void say(void)
{
  uint32_t wait = retry, least = 8 * link_cell_time;
  to_say = state == ACCEPTING ? SAY_ACCEPT : SAY_OPEN;
  retry = retry * 2 > LAST_RETRY ? LAST_RETRY : retry * 2;
  timer_arm(&retry_timer, port_micros() + (wait < least ? least : wait));
}

/* Leaves whatever session there was, for a state in which there is none. */
static void leave(enum session_state target)
{
  bool was_open = state == OPEN;
  state = target;
  retry_timer.active = false;
  to_say = NOTHING;
  link_anew();
  if (was_open) bridge_session_over();
}

/* Another identifier: neither our former one nor the host's. */
static void renew(void)
{
  uint16_t former = own;
  do own = port_random();
  while (own == former || own == theirs);
}

void session_ask(void)
{
  leave(OPENING);
  renew();
  asking = true;
  retry = FIRST_RETRY;
  say();
}

void session_shut(void)
{
  leave(CLOSED);
}

void session_remind(void)
{
  if (state == ACCEPTING) to_say = SAY_ACCEPT;
  /* A host that was away for longer than its lease does not know that its session is over. */
  else if (state == CLOSED) session_ask();
}

static void opened(uint8_t offered)
{
  retry_timer.active = false;
  state = OPEN;
  link_opened(offered);
  bridge_session_began();
}

static void accept(uint16_t identifier)
{
  leave(ACCEPTING);
  theirs = identifier;
  version_1 = false;
  asking = false;
  renew();
  retry = FIRST_RETRY;
  say();
}

static void asked(uint16_t identifier, bool by_version_1, uint8_t offered)
{
  bool standing = (state == OPEN || state == ACCEPTING) && !asking && identifier == theirs && version_1 == by_version_1;
  if (by_version_1) {
    if (!standing) {
      leave(CLOSED);
      theirs = identifier;
      asking = false;
      version_1 = true;
      opened(offered);
    } /* else our answer was lost: answer again, reset nothing */
    to_say = SAY_REPLY;
  } else if (standing) {
    to_say = SAY_ACCEPT;
  } else {
    accept(identifier);
  }
}

/*
 * A step of a session that is over. A host that accepted what we no longer ask for would accept it for ever: we are silent since what
 * we heard first was the rest of a cell, which looks like raw serprog.
 */
static void old(void)
{
  counters.old_session++;
  if (state == CLOSED) session_ask();
}

/* Whether an answer to our OPEN may be followed. */
static bool takes(uint16_t position)
{
  if (echoed) {
    counters.old_session++; /* on such a line every data cell would come back, too */
    return false;
  }
  if (rx_at(position + CELL_SEQUENCE_AT) == 0 && rx_at(position + CELL_ACKNOWLEDGE_AT) == 0) return true;
  session_ask(); /* the host has used this session already: our identifier is by chance that of an older one */
  return false;
}

static void accepted(uint16_t position, uint16_t identifier, uint16_t peer, uint8_t offered)
{
  if (!asking || peer != own || (state != OPENING && state != OPEN)) {
    old();
  } else if (state == OPENING) {
    if (!takes(position)) return;
    theirs = identifier;
    version_1 = false;
    opened(offered);
    to_say = SAY_CONFIRM;
  } else if (identifier == theirs) {
    to_say = SAY_CONFIRM; /* ours was lost */
  } else {
    session_ask(); /* the host began anew, and accepted again what was still on its way */
  }
}

static void confirmed(uint16_t identifier, uint16_t peer, uint8_t offered)
{
  bool awaited = identifier == theirs && peer == own;
  if (state == OPEN && !asking && awaited) return; /* it answers an ACCEPT that was said twice */
  if (state != ACCEPTING || !awaited) {
    old();
    return;
  }
  to_say = NOTHING; /* an ACCEPT that was to be said again */
  opened(offered);
}

static void replied(uint16_t position, uint16_t identifier, uint8_t offered)
{
  if (state != OPENING || identifier != own) {
    counters.old_session++;
  } else if (takes(position)) {
    to_say = NOTHING;
    version_1 = true;
    opened(offered);
  }
}

static uint16_t number_at(uint16_t position)
{
  return (uint16_t)((uint16_t)rx_at(position) << 8 | rx_at((uint16_t)(position + 1)));
}

void session_hear(uint16_t position)
{
  uint16_t payload = (uint16_t)(position + CELL_HEADER_OCTETS);
  uint16_t identifier = number_at(payload + SESSION_IDENTIFIER_AT), peer = number_at(payload + SESSION_PEER_AT);
  uint8_t version = rx_at(payload + SESSION_VERSION_AT), flags = rx_at(payload + SESSION_FLAGS_AT);
  uint8_t offered = rx_at(payload + SESSION_WINDOW_AT);
  uint8_t step = (flags >> SESSION_STEP_SHIFT) & SESSION_STEP_MASK;
  bool late = version == SESSION_VERSION, reply = !late && (flags & SESSION_FLAG_REPLY);
  bool by_version_1 = !late && flags >> SESSION_SPOKEN_SHIFT < SESSION_VERSION, from_host;
  if (rx_at(position + CELL_LENGTH_AT) < CELL_PAYLOAD_OCTETS || offered < 1 || offered > SESSION_WINDOW_LIMIT ||
      !(late || version == SESSION_VERSION_1) ||
      (late && ((step != SESSION_STEP_ACCEPT && step != SESSION_STEP_CONFIRM) || peer == identifier))) {
    counters.bad_session++;
    return;
  }
  /* Version 1 does not say it: there, only a host has no name. */
  if (reply || by_version_1) from_host = rx_at(payload + SESSION_BOARD_AT) == 0;
  else from_host = flags & SESSION_FLAG_HOST;
  if (!from_host) {
    if (!late && !reply && identifier == own) echoed = true;
    counters.same_role++;
  } else if (!late) {
    if (reply) replied(position, identifier, offered);
    else asked(identifier, by_version_1, offered);
  } else if (step == SESSION_STEP_ACCEPT) {
    accepted(position, identifier, peer, offered);
  } else {
    confirmed(identifier, peer, offered);
  }
}

static void put16(uint8_t *place, uint16_t value)
{
  place[0] = (uint8_t)(value >> 8);
  place[1] = (uint8_t)value;
}

static void put32(uint8_t *place, uint32_t value)
{
  put16(place, (uint16_t)(value >> 16));
  put16(place + 2, (uint16_t)value);
}

void session_take(uint8_t payload[CELL_PAYLOAD_OCTETS])
{
  bool reply = to_say == SAY_REPLY, late = to_say == SAY_ACCEPT || to_say == SAY_CONFIRM;
  uint8_t step = to_say == SAY_OPEN ? SESSION_STEP_OPEN : to_say == SAY_ACCEPT ? SESSION_STEP_ACCEPT : SESSION_STEP_CONFIRM;
  if (to_say == SAY_OPEN) echoed = false;
  to_say = NOTHING;
  memset(payload, 0, CELL_PAYLOAD_OCTETS);
  put16(payload + SESSION_IDENTIFIER_AT, reply ? theirs : own);
  payload[SESSION_VERSION_AT] = late ? SESSION_VERSION : SESSION_VERSION_1;
  payload[SESSION_FLAGS_AT] = reply ? SESSION_FLAG_REPLY
                                    : (uint8_t)(step << SESSION_STEP_SHIFT | SESSION_VERSION << SESSION_SPOKEN_SHIFT);
  payload[SESSION_WINDOW_AT] = PORT_WINDOW;
  payload[SESSION_CELLS_AT + 1] = PORT_WINDOW; /* replies for as many cells as there are slots */
  put32(payload + SESSION_SPI_CLOCK_AT, PORT_SPI_CLOCK);
  put32(payload + SESSION_CAPABILITIES_AT, PORT_CAPABILITIES);
  memcpy(payload + SESSION_BOARD_AT, PORT_BOARD, sizeof PORT_BOARD - 1);
  if (late) put16(payload + SESSION_PEER_AT, theirs);
  memcpy(payload + SESSION_FIRMWARE_AT, PORT_FIRMWARE, sizeof PORT_FIRMWARE - 1);
}

void session_timers(uint32_t now)
{
  if (!timer_due(&retry_timer, now)) return;
  if (state == ACCEPTING) counters.unconfirmed++;
  say();
}

uint32_t session_deadline(uint32_t now, uint32_t wait)
{
  return timer_sooner(&retry_timer, now, wait);
}
