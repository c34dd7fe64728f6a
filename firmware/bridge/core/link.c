#include "link.h"

#include <string.h>

#include "counters.h"
#include "crc.h"
#include "delineation.h"
#include "line.h"
#include "session.h"
#include "timer.h"

#define TIMEOUT_CEILING MILLISECONDS(TIME_MS_TIMEOUT_CEILING)
#define FIRST_TIMEOUT MILLISECONDS(TIME_MS_FIRST_TIMEOUT)
#define GRANULARITY MILLISECONDS(TIME_MS_GRANULARITY)

/* One more than the window: the last is being filled while the others are under way. */
#define SLOTS (PORT_WINDOW + 1)

struct slot {
  uint8_t channel;
  uint8_t length;
  uint8_t transmissions;
  uint32_t sent_at;
  uint8_t payload[CELL_PAYLOAD_OCTETS];
};

static struct timer retransmit_timer, acknowledge_timer;

/* Sending: slots in a ring from `base`; `sealed` of them have a sequence, one more may be filling. */
static struct slot slots[SLOTS];
static uint8_t base, sealed, next;
static bool filling;
/* The timer ran out and nothing was heard since: one cell asks, not the window (Sender in retransmission.ts says why). */
static bool asking;
static uint8_t base_sequence;
static uint8_t window;
static enum { FREE, HELD, UNTIL_HEARD } hold;

/* Receiving. */
static uint8_t expected;
/* Twice the distance of the last sequence seen ahead of `expected`; odd when it came damaged; 0 while there is no gap. */
static uint16_t gap;
static bool reject_due;
static uint8_t acknowledge_due;
static struct link_input inputs[PORT_WINDOW];
static uint8_t input_first, input_count;

/* Round trip (RFC 6298 2), in microseconds: smoothed times 8, variation times 4. */
static bool measured;
static uint32_t smoothed8, variation4;
static uint8_t back_off;

uint32_t link_heard_at;

/* How long a cell and two octets take: kept, because a division takes an 8-bit machine 40 microseconds. */
uint32_t link_cell_time;
uint16_t link_two_octets_time;

static uint32_t cell_time(void)
{
  return link_cell_time;
}

static void measure_line(void)
{
  /* Ten bits an octet. 64 octets at 9,600 baud are 640,000,000 / 9,600: it fits 32 bits. */
  link_cell_time = CELL_OCTETS * 10000000u / port_baud();
  link_two_octets_time = (uint16_t)(link_cell_time / (CELL_OCTETS / 2) + 1);
}

bool link_drained(void)
{
  return sealed == 0 && !filling;
}

void link_hold(void)
{
  hold = HELD;
}

void link_release(void)
{
  hold = FREE;
}

void link_release_when_heard(void)
{
  if (hold == HELD) hold = UNTIL_HEARD;
}

void link_anew(void)
{
  hold = FREE;
  base = sealed = next = 0;
  filling = false;
  asking = false;
  base_sequence = 0;
  expected = 0;
  gap = 0;
  reject_due = false;
  acknowledge_due = 0;
  acknowledge_timer.active = false;
  retransmit_timer.active = false;
  input_count = 0;
  measured = false;
  back_off = 0;
}

void link_start(void)
{
  measure_line();
  session_ask();
}

void link_rate_changed(void)
{
  measure_line();
  if (retransmit_timer.active) retransmit_timer.at = port_micros() + 8 * cell_time();
}

void link_opened(uint8_t theirs)
{
  link_anew();
  window = theirs < PORT_WINDOW ? theirs : PORT_WINDOW;
}

/* Receiving */

static void acknowledged(uint8_t acknowledge, uint32_t now)
{
  uint8_t count = (uint8_t)(acknowledge - base_sequence);
  struct slot *last;
  if (count == 0 || count > sealed) return;
  last = &slots[(uint8_t)(base + count - 1) % SLOTS];
  if (last->transmissions == 0) return;
  if (last->transmissions == 1) { /* Karn: never a cell that was sent twice */
    uint32_t trip = now - last->sent_at;
    back_off = 0; /* only a measurement ends it */
    if (!measured) {
      measured = true;
      smoothed8 = trip * 8;
      variation4 = trip * 2;
    } else {
      uint32_t smoothed = smoothed8 / 8, off = smoothed > trip ? smoothed - trip : trip - smoothed;
      variation4 = variation4 - variation4 / 4 + off;
      smoothed8 = smoothed8 - smoothed8 / 8 + trip;
    }
  }
  base = (uint8_t)(base + count) % SLOTS;
  base_sequence = acknowledge;
  sealed = (uint8_t)(sealed - count);
  next = next > count ? (uint8_t)(next - count) : 0;
  asking = false;
  retransmit_timer.active = false;
}

static void missing(uint16_t distance2)
{
  /* A sequence that does not rise means the sender has gone back and the cell was lost again: a new gap. */
  if (gap == 0 || distance2 <= gap) reject_due = true;
  gap = distance2;
}

static uint8_t kind_of(uint16_t position)
{
  return (rx_at(position) >> HEADER_KIND_SHIFT) & HEADER_KIND_MASK;
}

void link_damaged(uint16_t position)
{
  uint8_t distance;
  if (session_state() != OPEN || kind_of(position) != KIND_DATA) return;
  distance = (uint8_t)(rx_at(position + CELL_SEQUENCE_AT) - expected);
  if (distance < 0x80) missing((uint16_t)(2 * distance + 1));
}

static void acknowledge_soon(uint32_t at)
{
  if (!acknowledge_timer.active || (int32_t)(at - acknowledge_timer.at) < 0) timer_arm(&acknowledge_timer, at);
  if (acknowledge_due < 255) acknowledge_due++;
}

/* Keeps octets of a channel until they are used: behind those of the last cell, if they fit and it was of that channel. */
static bool take(uint8_t channel, uint16_t position, uint8_t length)
{
  struct link_input *input = &inputs[(uint8_t)(input_first + input_count + PORT_WINDOW - 1) % PORT_WINDOW];
  if (input_count == 0 || input->channel != channel || input->length + length > CELL_PAYLOAD_OCTETS) {
    if (input_count == PORT_WINDOW) return false;
    input = &inputs[(uint8_t)(input_first + input_count) % PORT_WINDOW];
    input->channel = channel;
    input->length = 0;
    input->used = 0;
    input_count++;
  }
  rx_copy(position, input->payload + input->length, length);
  input->length = (uint8_t)(input->length + length);
  return true;
}

static void data(uint16_t position, uint32_t now)
{
  uint8_t channel = rx_at(position) & HEADER_CHANNEL_MASK;
  uint8_t distance = (uint8_t)(rx_at(position + CELL_SEQUENCE_AT) - expected);
  if (hold == UNTIL_HEARD) hold = FREE; /* room or not: what fills it may be waiting for its replies to go out */
  if (distance >= 0x80) {
    counters.duplicates++;
    acknowledge_soon(now); /* our acknowledgement was lost */
    return;
  }
  if (distance != 0) {
    counters.out_of_sequence++;
    missing((uint16_t)(2 * distance));
    return;
  }
  if (channel > CHANNEL_SPI) {
    counters.reserved_channel++; /* nobody is there */
  } else if (!take(channel, (uint16_t)(position + CELL_PAYLOAD_AT), rx_at(position + CELL_LENGTH_AT))) {
    counters.busy++; /* not acknowledged: it comes again */
    return;
  }
  expected++;
  gap = 0;
  reject_due = false;
  acknowledge_soon(acknowledge_due > 0 ? now : now + (window < 4 ? 1 : 3) * cell_time() / 2);
}

void link_cell(uint16_t position)
{
  uint8_t kind = kind_of(position);
  uint32_t now = port_micros();
  link_heard_at = now;
  if (kind == KIND_SESSION) {
    session_hear(position);
    return;
  }
  if (session_state() != OPEN) {
    counters.no_session++;
    session_remind();
    return;
  }
  acknowledged(rx_at(position + CELL_ACKNOWLEDGE_AT), now);
  if (kind == KIND_REJECT) {
    counters.rejects_received++;
    /* Under two cell times after the first outstanding one began to leave, a reject cannot be the answer to it. */
    if (sealed > 0 && next > 0 && now - slots[base].sent_at >= 2 * cell_time() - cell_time() / 8) {
      next = 0;
      asking = false;
    }
  } else if (kind == KIND_DATA) {
    data(position, now);
  }
}

struct link_input *link_input(void)
{
  return input_count == 0 ? 0 : &inputs[input_first];
}

void link_consume(void)
{
  input_first = (uint8_t)(input_first + 1) % PORT_WINDOW;
  input_count--;
}

/* Sending */

static struct slot *filled(void)
{
  return &slots[(uint8_t)(base + sealed) % SLOTS];
}

static void seal(void)
{
  filling = false;
  sealed++;
}

uint16_t link_room(uint8_t channel)
{
  uint8_t free = (uint8_t)(SLOTS - sealed - (filling ? 1 : 0));
  uint16_t room = (uint16_t)(free * CELL_PAYLOAD_OCTETS);
  if (session_state() != OPEN || hold != FREE) return 0;
  if (filling && filled()->channel == channel) room += (uint16_t)(CELL_PAYLOAD_OCTETS - filled()->length);
  return room;
}

uint8_t *link_span(uint8_t channel, uint8_t *length)
{
  struct slot *slot;
  *length = 0;
  if (session_state() != OPEN || hold != FREE) return 0;
  if (filling && (filled()->channel != channel || filled()->length == CELL_PAYLOAD_OCTETS)) seal();
  if (!filling) {
    if (sealed == SLOTS) return 0;
    filling = true;
    slot = filled();
    slot->channel = channel;
    slot->length = 0;
    slot->transmissions = 0;
  }
  slot = filled();
  *length = (uint8_t)(CELL_PAYLOAD_OCTETS - slot->length);
  return slot->payload + slot->length;
}

void link_commit(uint8_t length)
{
  struct slot *slot = filled();
  slot->length = (uint8_t)(slot->length + length);
  if (slot->length == CELL_PAYLOAD_OCTETS) seal();
}

void link_put(uint8_t channel, uint8_t octet)
{
  uint8_t length;
  uint8_t *place = link_span(channel, &length);
  if (length == 0) return;
  *place = octet;
  link_commit(1);
}

/* The next octet of a cell that is being put on the line. */
#define EMIT(octet)                                                                                                    \
  do {                                                                                                                 \
    uint8_t emitted = (octet);                                                                                         \
    crc = crc16_xmodem(crc, emitted);                                                                                  \
    tx_ring[head++ & TX_MASK] = emitted;                                                                               \
  } while (0)

static void emit(uint8_t kind, uint8_t channel, uint8_t sequence, const uint8_t *payload, uint8_t length)
{
  uint8_t header[CELL_HEADER_OCTETS], i, head = tx_head;
  uint16_t crc = 0;
  header[CELL_FIRST_AT] = (uint8_t)(HEADER_VERSION | (kind << HEADER_KIND_SHIFT) | channel);
  header[CELL_SEQUENCE_AT] = sequence;
  header[CELL_ACKNOWLEDGE_AT] = expected;
  header[CELL_LENGTH_AT] = length;
  header[CELL_HEADER_CHECK_AT] =
      (uint8_t)(crc8(crc8(crc8(crc8(0, header[0]), header[1]), header[2]), header[3]) ^ HEADER_COSET);
  for (i = 0; i < CELL_HEADER_OCTETS; i++) EMIT(header[i]);
  /* What is in the ring may leave: a line at rest begins with the header while the payload is still being summed. */
  tx_head = head;
  port_tx_kick();
  for (i = 0; i < length; i++) {
    EMIT(payload[i]);
    tx_head = head;
  }
  for (; i < CELL_PAYLOAD_OCTETS; i++) {
    EMIT(0);
    tx_head = head;
  }
  tx_ring[head++ & TX_MASK] = (uint8_t)(crc >> 8);
  tx_ring[head++ & TX_MASK] = (uint8_t)crc;
  tx_head = head;
  port_tx_kick();
  counters.cells_sent++;
  counters.octets_sent += CELL_OCTETS;
  acknowledge_due = 0;
  acknowledge_timer.active = false;
}

static void emit_session(void)
{
  uint8_t payload[CELL_PAYLOAD_OCTETS];
  session_take(payload);
  emit(KIND_SESSION, 0, (uint8_t)(base_sequence + sealed), payload, CELL_PAYLOAD_OCTETS);
}

static uint32_t timeout(void)
{
  uint32_t least = 4 * cell_time(), most = 32 * cell_time(), wait = 2 * least;
  uint8_t i;
  if (most < TIMEOUT_CEILING) most = TIMEOUT_CEILING;
  if (measured) {
    uint32_t late = variation4 > smoothed8 / 16 ? variation4 : smoothed8 / 16;
    wait = smoothed8 / 8 + (late > GRANULARITY ? late : GRANULARITY);
  }
  if (!measured && wait < FIRST_TIMEOUT) wait = FIRST_TIMEOUT;
  if (wait < least) wait = least;
  for (i = 0; i < back_off && wait < most; i++) wait *= 2;
  return wait < most ? wait : most;
}

static void arm_retransmission(uint32_t now)
{
  if (retransmit_timer.active || next == 0) return;
  timer_arm(&retransmit_timer, now + link_two_octets_time * ((TX_OCTETS - tx_room()) / 2) + timeout());
}

bool link_transmit(uint32_t now, bool flush)
{
  if (tx_room() < CELL_OCTETS) return false;
  if (session_due()) {
    emit_session();
    return true;
  }
  if (session_state() != OPEN) return false;
  if (reject_due) {
    reject_due = false;
    counters.rejects_sent++;
    emit(KIND_REJECT, 0, 0, 0, 0);
    return true;
  }
  if (flush && next == sealed && filling && filled()->length > 0 && sealed < window) seal();
  if (next < sealed && next < window && !(asking && next > 0)) {
    struct slot *slot = &slots[(uint8_t)(base + next) % SLOTS];
    if (slot->transmissions > 0) counters.retransmissions++;
    if (slot->transmissions < 2) slot->transmissions++;
    slot->sent_at = now;
    emit(KIND_DATA, slot->channel, (uint8_t)(base_sequence + next), slot->payload, slot->length);
    next++;
    arm_retransmission(now);
    return true;
  }
  if (acknowledge_due > 0 && timer_due(&acknowledge_timer, now)) {
    emit(KIND_ACKNOWLEDGEMENT, 0, 0, 0, 0);
    return true;
  }
  return false;
}

void link_timers(uint32_t now)
{
  session_timers(now);
  if (timer_due(&retransmit_timer, now)) {
    retransmit_timer.active = false;
    if (sealed > 0) {
      counters.timeouts++;
      if (back_off < 16) back_off++;
      next = 0;
      asking = true;
    }
  }
  arm_retransmission(now); /* after an acknowledgement there may be more outstanding */
}

uint32_t link_deadline(uint32_t now, uint32_t wait)
{
  wait = session_deadline(now, wait);
  wait = timer_sooner(&retransmit_timer, now, wait);
  if (tx_room() >= CELL_OCTETS) wait = timer_sooner(&acknowledge_timer, now, wait);
  return wait;
}
