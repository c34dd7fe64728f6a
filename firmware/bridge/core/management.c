#include "management.h"

#include "counters.h"
#include "edges.h"
#include "line.h"
#include "link.h"
#include "reset-cause.h"
#include "session.h"

#define EDGE_OCTETS (MESSAGE_LENGTH_OCTETS + MESSAGE_INT_EDGE_OCTETS)
#define BAUD_FALLBACK MILLISECONDS(TIME_MS_BAUD_FALLBACK)
#define ARGUMENT_LIMIT 4
/* Length, operation, identifier, status, and the longest result: the counters. */
#define REPLY_OCTETS (MESSAGE_LENGTH_OCTETS + 3 + 1 + 4 * COUNTERS)

static enum { LENGTH_HIGH, LENGTH_LOW, OPERATION, IDENTIFIER, ARGUMENT } phase;
static uint16_t left;
static uint8_t operation, identifier;
static uint8_t argument[ARGUMENT_LIMIT];
static uint16_t argument_count;

static bool edges_wanted;

static uint32_t wanted_baud, former_baud;
static bool fallback_armed;
static uint32_t fallback_at;
static bool restart_wanted;

struct counters counters;
/* What they were when the session began. */
static struct counters before;

void management_reset(void)
{
  port_pins_end(); /* of steps of which the rest will not come */
  phase = LENGTH_HIGH;
  edges_wanted = false;
  wanted_baud = 0; /* of a host that is gone */
}

void management_count_from_here(void)
{
  before = counters;
}

static void put(uint8_t octet)
{
  link_put(CHANNEL_MANAGEMENT, octet);
}

static void put32(uint32_t value)
{
  put((uint8_t)(value >> 24));
  put((uint8_t)(value >> 16));
  put((uint8_t)(value >> 8));
  put((uint8_t)value);
}

static void reply(uint8_t status, uint16_t results)
{
  uint16_t length = (uint16_t)(results + 3);
  put((uint8_t)(length >> 8));
  put((uint8_t)length);
  put(operation | MANAGEMENT_REPLY_BIT);
  put(identifier);
  put(status);
}

static void reply_octet(uint8_t octet)
{
  reply(STATUS_OK, 1);
  put(octet);
}

static void reply_rate(uint8_t status, uint32_t rate)
{
  reply(status, 4);
  put32(rate);
}

static uint32_t rate(void)
{
  return (uint32_t)argument[0] << 24 | (uint32_t)argument[1] << 16 | (uint32_t)argument[2] << 8 | argument[3];
}

static void read_counters(void)
{
  const uint32_t *counter = (const uint32_t *)&counters, *began = (const uint32_t *)&before;
  bool in_session = argument_count == 1 && argument[0] == COUNTERS_SINCE_SESSION;
  uint8_t i;
  if (argument_count > 1 || (argument_count == 1 && argument[0] > COUNTERS_SINCE_SESSION)) {
    reply(STATUS_BAD_ARGUMENT, 0);
    return;
  }
  reply(STATUS_OK, 1 + 4 * COUNTERS);
  put(COUNTERS);
  for (i = 0; i < COUNTERS; i++) put32(in_session ? counter[i] - began[i] : counter[i]);
}

/* Texts are in flash: there is more of that. */
static uint8_t length_of(const char *text)
{
  uint8_t length = 0;
  while (port_flash_octet(text + length)) length++;
  return length;
}

static void put_text(const char *text)
{
  uint8_t octet;
  while ((octet = port_flash_octet(text++)) != 0) put(octet);
}

/* What reset us, by the names of the controller's chart. Empty when a boot loader has taken that from us. */
static const char *cause(void)
{
  static const char watchdog[] PORT_FLASH = "watchdog", power_on[] PORT_FLASH = "power-on";
  static const char brown_out[] PORT_FLASH = "brown-out", pin[] PORT_FLASH = "pin", unknown[] PORT_FLASH = "";
  uint8_t flags = port_reset_flags();
  /* At power-on the supply rises through the brown-out level: both are set. */
  if (flags & RESET_CAUSE_WATCHDOG) return watchdog;
  if (flags & RESET_CAUSE_POWER_ON) return power_on;
  if (flags & RESET_CAUSE_BROWN_OUT) return brown_out;
  return flags & RESET_CAUSE_PIN ? pin : unknown;
}

static void read_state(void)
{
  static const char mode[] PORT_FLASH = "{\"mode\":\"bridge\"", states[] PORT_FLASH = ",\"states\":{\"reset\":\"";
  static const char end[] PORT_FLASH = "\"}";
  const char *why = cause();
  uint8_t why_length = length_of(why);
  uint8_t length = sizeof mode - 1 + 1;
  if (why_length) length = (uint8_t)(length + sizeof states - 1 + why_length + sizeof end - 1);
  reply(STATUS_OK, length);
  put_text(mode);
  if (why_length) {
    put_text(states);
    put_text(why);
    put_text(end);
  }
  put('}');
}

static void baud(void)
{
  if (argument_count != 4) {
    reply(STATUS_BAD_ARGUMENT, 0);
  } else if (!port_baud_accepts(rate())) {
    reply_rate(STATUS_REFUSED, port_baud());
  } else {
    reply_rate(STATUS_OK, rate());
    wanted_baud = rate();
    /* An acknowledgement of anything that follows the reply could be on its way when the host changes: nothing follows. */
    link_hold();
  }
}

static void baud_confirm(void)
{
  if (argument_count != 4) {
    reply(STATUS_BAD_ARGUMENT, 0);
  } else if (rate() != port_baud()) {
    reply_rate(STATUS_FAILED, port_baud());
  } else {
    fallback_armed = false;
    reply_rate(STATUS_OK, port_baud());
  }
}

static void reset_pin(void)
{
  if (!PORT_HAS_RESET) {
    reply(STATUS_UNSUPPORTED, 0);
  } else if (argument_count != 1 || argument[0] > RESET_PIN_READ) {
    reply(STATUS_BAD_ARGUMENT, 0);
  } else {
    if (argument[0] != RESET_PIN_READ) port_reset_set(argument[0]);
    reply_octet(port_reset_level());
  }
}

static void perform(void)
{
  switch (operation) {
  case OPERATION_ECHO:
    reply(STATUS_OK, 0); /* one without an argument: the others are answered as they come */
    break;
  case OPERATION_BAUD:
    baud();
    break;
  case OPERATION_BAUD_CONFIRM:
    baud_confirm();
    break;
  case OPERATION_COUNTERS:
    read_counters();
    break;
  case OPERATION_RESET_PIN:
    reset_pin();
    break;
  case OPERATION_INT_PIN:
    reply_octet(port_int_level());
    break;
  case OPERATION_INT_SUBSCRIBE:
    if (argument_count != 1 || argument[0] > 1) {
      reply(STATUS_BAD_ARGUMENT, 0);
    } else {
      edges_wanted = argument[0];
      reply_octet(port_int_level());
    }
    break;
  case OPERATION_PINS: /* without a step: the others are answered as they come */
    reply(STATUS_OK, 0);
    break;
  case OPERATION_BRIDGE: /* the chip is the host's already */
  case OPERATION_RELEASE:
    reply(STATUS_OK, 0);
    break;
  case OPERATION_STATE:
    read_state();
    break;
  case OPERATION_RESTART:
    reply(STATUS_OK, 0);
    restart_wanted = true;
    break;
  default:
    reply(STATUS_UNSUPPORTED, 0);
  }
}

static void finish(void)
{
  perform();
  phase = LENGTH_HIGH;
}

bool management_take(uint8_t octet)
{
  /* A reply goes out whole or is waited for: half of one would leave no room for what it needs to be finished. */
  if (link_room(CHANNEL_MANAGEMENT) < REPLY_OCTETS) return false;
  switch (phase) {
  case LENGTH_HIGH:
    left = (uint16_t)octet << 8;
    phase = LENGTH_LOW;
    break;
  case LENGTH_LOW:
    left |= octet;
    argument_count = 0;
    phase = left == 0 ? LENGTH_HIGH : OPERATION;
    break;
  case OPERATION:
    operation = octet;
    phase = --left == 0 ? LENGTH_HIGH : IDENTIFIER; /* too short to be answered */
    break;
  case IDENTIFIER:
    identifier = octet;
    left--;
    phase = ARGUMENT;
    if (left == 0 && !(operation & MANAGEMENT_REPLY_BIT)) finish();
    else if (left == 0) phase = LENGTH_HIGH;
    else if (operation == OPERATION_ECHO || operation == OPERATION_PINS) reply(STATUS_OK, left);
    break;
  case ARGUMENT:
    if (operation == OPERATION_ECHO) put(octet);
    else if (operation == OPERATION_PINS) put(port_pins_step(octet));
    else if (argument_count < ARGUMENT_LIMIT) argument[argument_count] = octet;
    argument_count++;
    if (--left > 0) break;
    port_pins_end();
    if (operation == OPERATION_ECHO || operation == OPERATION_PINS || (operation & MANAGEMENT_REPLY_BIT)) phase = LENGTH_HIGH;
    else finish();
    break;
  }
  return true;
}

static bool send_edge(void)
{
  struct edge edge;
  uint8_t i;
  if (!edges_peek(&edge)) return false;
  if (edges_wanted && session_state() == OPEN) {
    if (link_room(CHANNEL_EVENTS) < EDGE_OCTETS) return false;
    link_put(CHANNEL_EVENTS, 0);
    link_put(CHANNEL_EVENTS, MESSAGE_INT_EDGE_OCTETS);
    link_put(CHANNEL_EVENTS, EVENT_INT_EDGE);
    link_put(CHANNEL_EVENTS, edge.level);
    for (i = 0; i < 4; i++) link_put(CHANNEL_EVENTS, (uint8_t)(edge.at >> (24 - 8 * i)));
  }
  edges_drop();
  return true;
}

static void set_baud(uint32_t wanted)
{
  port_baud_set(wanted);
  link_rate_changed();
}

void management_lapse(void)
{
  fallback_armed = false;
  if (port_baud() != PORT_BAUD) set_baud(PORT_BAUD);
}

bool management_run(uint32_t now)
{
  bool moved = send_edge();
  if ((wanted_baud || restart_wanted) && link_drained() && tx_head == tx_tail && port_tx_idle()) {
    if (restart_wanted) port_restart();
    if (wanted_baud) {
      if (!fallback_armed) former_baud = port_baud();
      set_baud(wanted_baud);
      wanted_baud = 0;
      link_release_when_heard();
      fallback_armed = true;
      fallback_at = now + BAUD_FALLBACK;
      moved = true;
    }
  }
  if (fallback_armed && (int32_t)(now - fallback_at) >= 0) {
    fallback_armed = false;
    set_baud(former_baud);
    link_release();
    moved = true;
  }
  return moved;
}

uint32_t management_deadline(uint32_t now, uint32_t wait)
{
  int32_t remaining;
  if (!fallback_armed) return wait;
  remaining = (int32_t)(fallback_at - now);
  if (remaining <= 0) return 0;
  return (uint32_t)remaining < wait ? (uint32_t)remaining : wait;
}
