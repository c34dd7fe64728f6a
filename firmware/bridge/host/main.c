/*
 * The whole core, run in lock step over a pipe. Each request: microseconds (4), INT level (1), room on the line (2), octets
 * received (2, then the octets, each with its error flags). Each answer: microseconds until it must run again (4), baud rate (4), octets
 * sent (2, then they). Low octet first.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bridge.h"
#include "edges.h"
#include "line.h"

static void need(void *place, size_t size)
{
  if (size > 0 && fread(place, 1, size, stdin) != size) exit(0);
}

static uint32_t get(const uint8_t *octets, int size)
{
  uint32_t value = 0;
  while (size-- > 0) value = value << 8 | octets[size];
  return value;
}

static void put(uint32_t value, int size)
{
  for (; size > 0; size--, value >>= 8) putchar((int)(value & 0xff));
}

int main(int argc, char **argv)
{
  uint8_t header[9], octet, sent[256];
  uint32_t wait;
  if (argc > 1) host_seed = (uint16_t)atoi(argv[1]);
  bridge_start();
  for (;;) {
    uint16_t room, count = 0, received, turn;
    need(header, sizeof header);
    host_micros = get(header, 4);
    if (header[4] != host_int) {
      host_int = header[4];
      edges_add(host_int, host_micros);
    }
    room = (uint16_t)get(header + 5, 2);
    received = (uint16_t)get(header + 7, 2);
    while (received-- > 0) {
      uint8_t pair[2];
      need(pair, 2);
      line_received(pair[0], pair[1]);
    }
    for (turn = 0, wait = 0; turn < 2000 && wait == 0; turn++) {
      wait = bridge_poll();
      while (count < room && count < sizeof sent && line_next(&octet)) sent[count++] = octet;
    }
    put(wait, 4);
    put(port_baud(), 4);
    put(count, 2);
    fwrite(sent, 1, count, stdout);
    fflush(stdout);
  }
}
