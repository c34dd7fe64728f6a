/* An lwIP netif whose Ethernet frames go over file descriptor 3, each behind its length in 16 bits, high octet first: a
 * child process needs neither root nor a TAP device. */
#ifndef FRAMES_ON_FD3_H
#define FRAMES_ON_FD3_H

#include "lwip/etharp.h"
#include "netif/ethernet.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIRE = 3, LARGEST_FRAME = 2048 };

/* Moves exactly n octets; 0 when the other end went away. */
static int move_all(int writing, unsigned char *octets, size_t n) {
  while (n > 0) {
    ssize_t moved = writing ? write(WIRE, octets, n) : read(WIRE, octets, n);
    if (moved <= 0)
      return 0;
    octets += moved;
    n -= (size_t)moved;
  }
  return 1;
}

/* Runs in lwIP's own thread only. */
static err_t wire_output(struct netif *netif, struct pbuf *frame) {
  static unsigned char octets[2 + LARGEST_FRAME];
  (void)netif;
  u16_t length = pbuf_copy_partial(frame, octets + 2, LARGEST_FRAME, 0);
  octets[0] = (unsigned char)(length >> 8);
  octets[1] = (unsigned char)length;
  return move_all(1, octets, 2u + length) ? ERR_OK : ERR_IF;
}

static void *wire_reader(void *argument) {
  struct netif *netif = argument;
  static unsigned char head[2], octets[LARGEST_FRAME];
  for (;;) {
    if (!move_all(0, head, 2))
      exit(0);
    u16_t length = (u16_t)(head[0] << 8 | head[1]);
    if (length > LARGEST_FRAME || !move_all(0, octets, length))
      exit(0);
    struct pbuf *frame = pbuf_alloc(PBUF_RAW, length, PBUF_RAM);
    if (frame == NULL)
      continue;
    pbuf_take(frame, octets, length);
    if (netif->input(frame, netif) != ERR_OK)
      pbuf_free(frame);
  }
  return NULL;
}

static err_t wire_init(struct netif *netif) {
  static const unsigned char station[6] = {0x02, 0x12, 0x34, 0x56, 0x78, 0xab};
  netif->name[0] = 'f';
  netif->name[1] = 'd';
  netif->output = etharp_output;
  netif->linkoutput = wire_output;
  netif->mtu = 1500;
  netif->hwaddr_len = sizeof station;
  memcpy(netif->hwaddr, station, sizeof station);
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET;
  pthread_t reader;
  return pthread_create(&reader, NULL, wire_reader, netif) == 0 ? ERR_OK : ERR_IF;
}

#endif
