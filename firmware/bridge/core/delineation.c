#include "delineation.h"

#include "counters.h"
#include "crc.h"
#include "line.h"
#include "link-table.h"

static enum delineation_state state;
/* PRESYNC: correct headers in a row. SYNC: wrong ones. */
static uint8_t count;
/* Where the next header is due; the octets from rx_kept to here are kept for another look. */
static uint16_t due;
static bool header_seen;
/* The cell before `due` is whole and waits for the header at `due`. */
static bool held;
static bool good_since_hunt;
static uint8_t damaged_in_row;

enum delineation_state delineation_state(void)
{
  return state;
}

bool delineation_waiting(void)
{
  return held;
}

static bool header_holds(uint16_t at)
{
  uint8_t first = rx_at(at), crc;
  if ((first & HEADER_VERSION_MASK) != HEADER_VERSION) return false;
  if (rx_at(at + CELL_LENGTH_AT) > CELL_PAYLOAD_OCTETS) return false;
  crc = crc8(crc8(crc8(crc8(0, first), rx_at(at + CELL_SEQUENCE_AT)), rx_at(at + CELL_ACKNOWLEDGE_AT)),
             rx_at(at + CELL_LENGTH_AT));
  return (uint8_t)(crc ^ HEADER_COSET) == rx_at(at + CELL_HEADER_CHECK_AT);
}

/* The cell whose header was seen is summed up while it comes in, when there is time to do it. */
#define SUM_PIECE 16u
static uint8_t summed;
static uint16_t sum;
static uint8_t padding;

static void sum_up(uint16_t at, uint8_t there)
{
  uint8_t used = (uint8_t)(CELL_HEADER_OCTETS + rx_at(at + CELL_LENGTH_AT)), i = summed;
  uint16_t crc = sum;
  const uint8_t *octet = rx_ring + ((at + i) & RX_MASK), *const end = rx_ring + PORT_RX_OCTETS;
  for (; i < there; i++) {
    uint8_t value = *octet;
    if (++octet == end) octet = rx_ring;
    crc = crc16_xmodem(crc, value);
    if (i >= used && i < CELL_CHECK_AT) padding |= value;
  }
  sum = crc;
  summed = there;
}

static void begin_sum(void)
{
  summed = 0;
  sum = 0;
  padding = 0;
}

static bool payload_holds(uint16_t at)
{
  if (summed < CELL_OCTETS) sum_up(at, CELL_OCTETS);
  return sum == 0 && padding == 0;
}

bool delineation_is_cell(uint16_t position)
{
  if (!header_holds(position)) return false;
  begin_sum();
  return payload_holds(position);
}

static void hunt(void)
{
  state = HUNT;
  count = 0;
  header_seen = false;
  held = false;
}

void delineation_reset(void)
{
  due = rx_kept;
  hunt();
}

/* Octets before `position` became part of no cell. */
static void discard(uint16_t position)
{
  counters.discarded_octets += (uint16_t)(position - rx_kept);
  rx_release(position);
}

/* Alignment is lost: looks again, from behind the place that proved wrong. */
static void again(void)
{
  discard((uint16_t)(rx_kept + 1));
  due = rx_kept;
  hunt();
}

static bool search(uint16_t end)
{
  uint16_t at = due;
  while ((uint16_t)(end - at) >= CELL_HEADER_OCTETS && !header_holds(at)) at++;
  discard(at);
  due = at;
  if ((uint16_t)(end - at) < CELL_HEADER_OCTETS) return false;
  state = PRESYNC;
  count = 0;
  header_seen = true;
  begin_sum();
  good_since_hunt = false;
  damaged_in_row = 0;
  return true;
}

static void deliver(void)
{
  uint16_t at = (uint16_t)(due - CELL_OCTETS);
  held = false;
  good_since_hunt = true;
  damaged_in_row = 0;
  counters.cells_received++;
  discard(at);
  link_cell(at);
  rx_release(due);
}

static void damaged(uint16_t at)
{
  if (state == SYNC) link_damaged(at);
}

static void correct(void)
{
  if (held) deliver();
  if (state == PRESYNC) {
    if (++count >= DELINEATION_DELTA) {
      state = SYNC;
      count = 0;
    }
  } else {
    count = 0;
  }
  header_seen = true;
  begin_sum();
  /* In SYNC a header where one is due proves the alignment: what came before will not be read any other way. */
  if (state == SYNC) discard(due);
}

static void wrong(void)
{
  counters.header_errors++;
  if (held) {
    held = false;
    counters.suspects++;
    damaged((uint16_t)(due - CELL_OCTETS));
  }
  if (state == PRESYNC || ++count >= DELINEATION_ALPHA) again();
  else due += CELL_OCTETS;
}

static void complete(void)
{
  uint16_t at = due;
  header_seen = false;
  if (payload_holds(at)) {
    held = true;
    due += CELL_OCTETS;
    return;
  }
  counters.payload_errors++;
  damaged_in_row++;
  if (!good_since_hunt && damaged_in_row >= DELINEATION_ASTRAY) {
    again();
    return;
  }
  due += CELL_OCTETS;
  damaged(at);
}

bool delineation_step(void)
{
  uint16_t end = rx_end();
  uint16_t ahead;
  if (state == HUNT) return search(end);
  ahead = (uint16_t)(end - due);
  if (ahead > 0x7fff) return false; /* a wrong header's cell is being skipped: due is ahead of what came */
  if (!header_seen) {
    if (ahead < CELL_HEADER_OCTETS) return false;
    if (header_holds(due)) correct();
    else wrong();
  } else {
    if (ahead < CELL_OCTETS) {
      if ((uint8_t)(ahead - summed) >= SUM_PIECE) sum_up(due, (uint8_t)ahead);
      return false;
    }
    complete();
  }
  return true;
}

void delineation_silence(void)
{
  if (held && rx_end() == due) deliver();
}

void delineation_rest(void)
{
  uint16_t end = rx_end(), at = rx_kept;
  if ((uint16_t)(end - at) < CELL_OCTETS) return;
  while (!delineation_is_cell(at)) {
    at++;
    if ((uint16_t)(end - at) < CELL_OCTETS) {
      begin_sum(); /* what was summed of the cell at `due` has been overwritten */
      return;
    }
  }
  begin_sum();
  if (held && at == (uint16_t)(due - CELL_OCTETS)) return;
  hunt();
  due = at;
  while (delineation_step()) {
  }
  delineation_silence();
}
