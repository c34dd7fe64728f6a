/*
 * Pieces of the core against test vectors: a command a line, an answer a line. Octets are hexadecimal.
 *   cell KIND CHANNEL SEQUENCE ACKNOWLEDGE PAYLOAD|-   the cell's octets
 *   check OCTETS                                       cell, header or payload: what holds, or the first that does not
 *   session STEP OWN THEIRS                            the payload of a session cell; STEP 0 OPEN, 1 ACCEPT, 2 CONFIRM, 3 REPLY
 *   start                                              a new delineation
 *   push OCTETS                                        the state after them and a short silence, and the cells delivered
 *   rest                                               the same after a long silence
 *   counters                                           cells, header errors, payload errors, suspects, discarded octets
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define link_cell core_link_cell
#define link_damaged core_link_damaged
#include "../core/link.c"
#include "../core/session.c"
#undef link_cell
#undef link_damaged

uint8_t rx_ring[PORT_RX_OCTETS];
volatile uint16_t rx_head, rx_kept;
uint8_t tx_ring[TX_OCTETS];
volatile uint8_t tx_head, tx_tail;
volatile uint16_t line_framing_errors, line_parity_errors, line_overruns;
struct counters counters;

void bridge_session_over(void) {}
void bridge_session_began(void) {}

void link_cell(uint16_t position);
void link_damaged(uint16_t position);

static char delivered[8192];

void link_cell(uint16_t position)
{
  char *end = delivered + strlen(delivered);
  uint8_t first = rx_at(position);
  sprintf(end, " %d/%d/%d/%d", (first >> HEADER_KIND_SHIFT) & HEADER_KIND_MASK, first & HEADER_CHANNEL_MASK,
          rx_at(position + CELL_SEQUENCE_AT), rx_at(position + CELL_ACKNOWLEDGE_AT));
}

void link_damaged(uint16_t position)
{
  sprintf(delivered + strlen(delivered), " damaged/%d", rx_at(position + CELL_SEQUENCE_AT));
}

static size_t unhex(const char *text, uint8_t *octets, size_t limit)
{
  size_t count = 0;
  unsigned value;
  while (count < limit && sscanf(text + 2 * count, "%2x", &value) == 1) octets[count++] = (uint8_t)value;
  return count;
}

static void hex(const uint8_t *octets, size_t count)
{
  while (count-- > 0) printf("%02x", *octets++);
  printf("\n");
}

static void report(void)
{
  static const char *const names[] = {"HUNT", "PRESYNC", "SYNC"};
  printf("%s%s\n", names[delineation_state()], delivered);
  delivered[0] = 0;
}

static void sent(void)
{
  uint8_t octets[TX_OCTETS], octet;
  size_t count = 0;
  while (line_next(&octet)) octets[count++] = octet;
  hex(octets, count);
}

static void check(const char *text)
{
  uint8_t octets[CELL_OCTETS], i;
  rx_kept = rx_head = 0;
  if (unhex(text, octets, sizeof octets) != CELL_OCTETS) {
    printf("length\n");
    return;
  }
  for (i = 0; i < CELL_OCTETS; i++) line_received(octets[i], 0);
  if (delineation_is_cell(0)) {
    printf("cell\n");
    return;
  }
  /* Which of the two? A header that holds is followed by the wait for its payload. */
  delineation_reset();
  delineation_step();
  printf("%s\n", delineation_state() == HUNT || rx_kept != 0 ? "header" : "payload");
}

static void push(const char *text)
{
  static uint8_t octets[4096];
  size_t count = unhex(text, octets, sizeof octets), i;
  for (i = 0; i < count; i++) {
    line_received(octets[i], 0);
    if (i % 16 == 15)
      while (delineation_step()) {
      }
  }
  while (delineation_step()) {
  }
  delineation_silence();
  report();
}

int main(void)
{
  static char line[16384], text[16384];
  int a, b, c, d;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "cell %d %d %d %d %s", &a, &b, &c, &d, text) == 5) {
      uint8_t payload[CELL_PAYLOAD_OCTETS];
      uint8_t length = (uint8_t)unhex(text, payload, sizeof payload);
      expected = (uint8_t)d;
      emit((uint8_t)a, (uint8_t)b, (uint8_t)c, payload, length);
      sent();
    } else if (sscanf(line, "check %s", text) == 1) {
      check(text);
    } else if (sscanf(line, "session %d %d %d", &a, &b, &c) == 3) {
      uint8_t octet, i;
      to_say = a == 0 ? SAY_OPEN : a == 1 ? SAY_ACCEPT : a == 2 ? SAY_CONFIRM : SAY_REPLY;
      own = (uint16_t)b;
      theirs = (uint16_t)c;
      emit_session();
      for (i = 0; i < CELL_HEADER_OCTETS; i++) line_next(&octet);
      tx_head = (uint8_t)(tx_head - 2);
      sent();
    } else if (strncmp(line, "start", 5) == 0) {
      memset(&counters, 0, sizeof counters);
      rx_kept = rx_head = 0;
      delineation_reset();
      printf("ready\n");
    } else if (sscanf(line, "push %s", text) == 1) {
      push(text);
    } else if (strncmp(line, "rest", 4) == 0) {
      delineation_rest();
      report();
    } else if (strncmp(line, "counters", 8) == 0) {
      printf("%lu %lu %lu %lu %lu\n", (unsigned long)counters.cells_received, (unsigned long)counters.header_errors,
             (unsigned long)counters.payload_errors, (unsigned long)counters.suspects,
             (unsigned long)counters.discarded_octets);
    } else {
      printf("?\n");
    }
    fflush(stdout);
  }
  return 0;
}
