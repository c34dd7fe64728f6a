/* lwIP (Debian's liblwip-dev) sends to itself, for the bench: one stack, one TCP connection to its own address by the
 * netif's loopback queue, raw API, whatever window, MSS and options the library was built with (64 KiB and 1460 in 2.1.3).
 *
 *   self-loop OCTETS
 *
 * Prints one line of JSON: octets received, seconds of the clock and of the processor, and what lwIP's own state of a
 * connection takes. */
#include "lwip/etharp.h"
#include "lwip/netif.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/sys.h"
#include "lwip/tcp.h"
#include "lwip/tcpip.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PORT = 9, WRITE_OCTETS = 16384 };

static struct netif interface;
static char text[WRITE_OCTETS];
static unsigned long long wanted, received;
static struct timespec began, ended;
static clock_t processor_began, processor_ended;
static volatile int done;

static err_t drop(struct netif *netif, struct pbuf *frame) {
  (void)netif, (void)frame;
  return ERR_OK;
}

static err_t set_up(struct netif *netif) {
  static const unsigned char address[6] = {2, 0, 0, 0, 0, 1};
  netif->output = etharp_output;
  netif->linkoutput = drop;
  netif->mtu = 1500;
  netif->hwaddr_len = sizeof address;
  memcpy(netif->hwaddr, address, sizeof address);
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET;
  return ERR_OK;
}

static err_t take(void *argument, struct tcp_pcb *connection, struct pbuf *data, err_t error) {
  (void)argument, (void)error;
  if (data == NULL) return ERR_OK;
  received += data->tot_len;
  tcp_recved(connection, data->tot_len);
  pbuf_free(data);
  if (received >= wanted && !done) {
    clock_gettime(CLOCK_MONOTONIC, &ended);
    processor_ended = clock();
    done = 1;
  }
  return ERR_OK;
}

static err_t accepted(void *argument, struct tcp_pcb *connection, err_t error) {
  (void)argument, (void)error;
  tcp_recv(connection, take);
  return ERR_OK;
}

static err_t send_more(void *argument, struct tcp_pcb *connection, u16_t acknowledged) {
  (void)argument, (void)acknowledged;
  while (!done) {
    u32_t room = tcp_sndbuf(connection);
    if (room > sizeof text) room = sizeof text;
    if (room < TCP_MSS || tcp_write(connection, text, (u16_t)room, TCP_WRITE_FLAG_COPY) != ERR_OK) break;
  }
  return tcp_output(connection);
}

static err_t connected(void *argument, struct tcp_pcb *connection, err_t error) {
  (void)error;
  clock_gettime(CLOCK_MONOTONIC, &began);
  processor_began = clock();
  tcp_sent(connection, send_more);
  return send_more(argument, connection, 0);
}

static void start(void *semaphore) {
  ip4_addr_t address, mask, gateway;
  ip_addr_t own;
  IP4_ADDR(&address, 10, 77, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 0, 0, 0, 0);
  IP_ADDR4(&own, 10, 77, 0, 2);
  netif_add(&interface, &address, &mask, &gateway, NULL, set_up, tcpip_input);
  netif_set_default(&interface);
  netif_set_link_up(&interface);
  netif_set_up(&interface);

  struct tcp_pcb *listener = tcp_new();
  tcp_bind(listener, IP_ADDR_ANY, PORT);
  listener = tcp_listen(listener);
  tcp_accept(listener, accepted);
  tcp_connect(tcp_new(), &own, PORT, connected);
  sys_sem_signal(semaphore);
}

int main(int count, char **words) {
  sys_sem_t started;
  wanted = count > 1 ? strtoull(words[1], NULL, 10) : 128ULL << 20;
  sys_sem_new(&started, 0);
  tcpip_init(start, &started);
  sys_arch_sem_wait(&started, 0);
  for (int i = 0; i < 60000 && !done; i++) usleep(1000);
  if (!done) return 1;
  printf("{\"octets\":%llu,\"seconds\":%.6f,\"processor\":%.6f,\"connectionOctets\":%zu}\n", received,
         (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9,
         (double)(processor_ended - processor_began) / CLOCKS_PER_SEC, sizeof(struct tcp_pcb));
  return 0;
}
