/* Cells or raw serprog, and the order in which things are done. */
#include "bridge.h"

#include "counters.h"
#include "delineation.h"
#include "edges.h"
#include "line.h"
#include "link.h"
#include "management.h"
#include "serprog.h"
#include "session.h"

#define DECISION_SILENCE MILLISECONDS(TIME_MS_DECISION_SILENCE)
#define ISOLATION_SILENCE MILLISECONDS(TIME_MS_ISOLATION_SILENCE)
#define ABANDON_SILENCE MILLISECONDS(TIME_MS_ABANDON_SILENCE)
#define LEASE MILLISECONDS(TIME_MS_LEASE)
/* The longest sleep: a watchdog and the 16-bit timers of small machines must not run out in it. */
#define LONGEST_WAIT 25000u
/* While there is work, the rest is done this often. */
#define CHORES_INTERVAL 500u
/* Raw octets and input octets handled before the line is looked at again. */
#define OCTETS_A_TURN 64
/* A header, its payload, the header behind it: no more, or accepted cells would find no room. */
#define STEPS_A_TURN 3

#ifndef PORT_OWN_RECEIVE
uint8_t rx_ring[PORT_RX_OCTETS];
#endif
volatile uint16_t rx_head, rx_kept;
PORT_LINE_DATA uint8_t tx_ring[TX_OCTETS];
PORT_LINE_DATA volatile uint8_t tx_head;
PORT_LINE_DATA volatile uint8_t tx_tail;
volatile uint16_t line_framing_errors, line_parity_errors, line_overruns;

static enum { UNDECIDED, CELLS, RAW } mode;
/* Everything received before here has been seen; when it came. */
static uint16_t seen;
static uint32_t seen_at;
/* The silence since then has reached 100 ms, 500 ms; two octets, a cell. */
static bool isolated, decided, quiet_octets, quiet_cell;
static uint32_t chores_at;
/* In raw serprog: octets since a silence, while they may still be one cell. */
static bool watching;
static uint16_t watched_from;

static uint16_t take16(volatile uint16_t *value)
{
  uint16_t taken;
  PORT_LOCK();
  taken = *value;
  *value = 0;
  PORT_UNLOCK();
  return taken;
}

/* What a host asked for ends with its session. */
void bridge_session_over(void)
{
  serprog_reset(false);
  management_reset();
}

void bridge_session_began(void)
{
  bridge_session_over();
  management_count_from_here();
}

/* The host is gone without a word: the board is again as it was before it came. */
static void lapse(void)
{
  counters.lapses++;
  session_shut();
  port_reset_set(1);
  port_spi_clock(PORT_SPI_CLOCK);
  management_lapse();
}

void bridge_start(void)
{
  mode = UNDECIDED;
  decided = true; /* nothing was said yet: that decides as well as a silence */
  isolated = quiet_octets = quiet_cell = true;
  seen_at = port_micros();
  link_start();
}

static void become_cells(void)
{
  mode = CELLS;
  watching = false;
  serprog_reset(false);
  delineation_reset();
}

static void become_raw(void)
{
  mode = RAW;
  serprog_reset(true);
  /* An announcement in the middle of a reply would spoil it. An open session stays: it may have been noise. */
  if (session_state() != OPEN) session_shut();
}

static void drop_to(uint16_t position)
{
  counters.discarded_octets += (uint16_t)(position - rx_kept);
  rx_release(position);
  delineation_reset();
}

/* Whether the next octet may decide anew. A command that is half in on channel 1 will be finished by later cells. */
static bool between_commands(uint32_t silence)
{
  if (mode == CELLS) return serprog_idle() && link_input() == 0;
  return serprog_idle() || silence >= ABANDON_SILENCE;
}

/* New octets came, or time passed without any. */
static void listen(uint32_t now)
{
  uint16_t end = rx_end();
  uint32_t silence;
  if (end != seen) {
    counters.octets_received += (uint16_t)(end - seen);
    if (mode == RAW && isolated) {
      watching = true;
      watched_from = seen;
    }
    seen = end;
    seen_at = now;
    isolated = decided = quiet_octets = quiet_cell = false;
    return;
  }
  silence = now - seen_at;
  if (!quiet_octets && silence >= link_two_octets_time) {
    quiet_octets = true;
    if (mode == CELLS) delineation_silence();
  }
  if (!quiet_cell && silence >= link_cell_time) {
    quiet_cell = true;
    if (mode == CELLS) delineation_rest();
  }
  if (silence >= ISOLATION_SILENCE) isolated = true;
  if (!decided && silence >= DECISION_SILENCE && between_commands(silence)) {
    decided = true;
    drop_to(end);
    if (mode == RAW) serprog_reset(true);
    mode = UNDECIDED;
  }
}

/* The first octet of a session says what follows. */
static bool decide(void)
{
  uint8_t octet;
  if (rx_kept == seen) return false;
  octet = rx_at(rx_kept);
  if (octet >= SERPROG_CELL_LIMIT) become_cells();
  else if (octet < SERPROG_COMMAND_LIMIT) become_raw();
  else drop_to((uint16_t)(rx_kept + 1));
  return true;
}

static bool raw_octets(void)
{
  bool moved = serprog_run();
  uint8_t turn;
  for (turn = 0; turn < OCTETS_A_TURN && rx_kept != seen; turn++) {
    uint16_t at = rx_kept;
    if (serprog_idle() && rx_at(at) >= SERPROG_CELL_LIMIT) {
      become_cells();
      return true;
    }
    uint8_t octet = rx_at(at);
    if (serprog_take(&octet, 1) == 0) break;
    moved = true;
    rx_release((uint16_t)(at + 1));
    if (watching && (uint16_t)(at + 1 - watched_from) >= CELL_OCTETS) {
      watching = false;
      /* Alone, whole, behind a silence: a cell, wherever serprog stood. Its octets are still in the ring. */
      if (rx_end() == (uint16_t)(at + 1) && delineation_is_cell(watched_from)) {
        rx_release(watched_from);
        become_cells();
        return true;
      }
    }
    serprog_run();
  }
  return moved;
}

/* Octets of cells that were accepted, for channels 0 and 1: there are no others from the host. */
static bool channels(void)
{
  struct link_input *input = link_input();
  bool moved = serprog_run();
  uint8_t turn;
  if (input == 0) return moved;
  for (turn = 0; turn < OCTETS_A_TURN && input->used < input->length; turn++) {
    uint8_t left = (uint8_t)(input->length - input->used), taken = 1;
    const uint8_t *octets = input->payload + input->used;
    if (input->channel == CHANNEL_SPI) {
      taken = serprog_take(octets, left);
      if (taken == 0) {
        if (!serprog_run()) return moved;
        moved = true;
        continue;
      }
    } else if (!management_take(*octets)) {
      return moved;
    }
    input->used = (uint8_t)(input->used + taken);
    moved = true;
  }
  if (input->used == input->length) {
    link_consume();
    moved = true;
  }
  return moved;
}

/* What need not be done for every octet: counters, pins, rates, timers. */
static bool chores(uint32_t now)
{
  counters.framing_errors += take16(&line_framing_errors);
  counters.parity_errors += take16(&line_parity_errors);
  counters.overruns += take16(&line_overruns);
  counters.busy += edges_take_lost();
  link_timers(now);
  /* Signed: a cell may have been heard since `now`. While raw serprog is spoken, its octets show that somebody is there. */
  if (session_leased() && (int32_t)(now - link_heard_at) >= (int32_t)LEASE &&
      !(serprog_is_raw() && now - seen_at < LEASE))
    lapse();
  return management_run(now);
}

static uint32_t sooner(uint32_t due, uint32_t silence, uint32_t wait)
{
  if (due <= silence) return 0;
  return due - silence < wait ? due - silence : wait;
}

uint32_t bridge_poll(void)
{
  uint32_t now = port_micros(), wait;
  bool moved = false, working = false;
  listen(now);
  if (mode == CELLS) {
    uint8_t step;
    for (step = 0; step < STEPS_A_TURN && delineation_step(); step++) moved = true;
    working = channels();
    moved |= working;
  } else if (mode == RAW) {
    moved = raw_octets();
  } else {
    moved = decide();
  }
  if (mode != RAW) moved |= link_transmit(now, !working);
  if (moved && now - chores_at < CHORES_INTERVAL) return 0;
  chores_at = now;
  if (chores(now) || moved) return 0;

  wait = link_deadline(now, LONGEST_WAIT);
  wait = management_deadline(now, wait);
  if (!quiet_octets) wait = sooner(link_two_octets_time, now - seen_at, wait);
  else if (!quiet_cell) wait = sooner(link_cell_time, now - seen_at, wait);
  return wait;
}

bool bridge_stirred(void)
{
  return rx_end() != seen || edges_wait();
}
