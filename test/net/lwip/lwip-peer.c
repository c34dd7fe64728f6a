/* lwIP (Debian's liblwip-dev) as a host at 10.77.0.2/24, by its raw API. Frames go over file descriptor 3.
 *
 *   lwip-peer OCTETS               serves: TCP echo on 7; sink on 9, which answers the end of the stream with the count
 *                                  and the sum of what came, and closes; source on 19, which sends OCTETS of the pattern and closes.
 *                                  UDP echo on 7.
 *   lwip-peer OCTETS PORT OCTETS   also connects to 10.77.0.1, sends the pattern, closes its direction, and expects it back.
 *
 * The octet at a place of the pattern is (place * 7 + (place >> 8) * 13 + 65) & 0xff; the sum is Fletcher's over 32 bits.
 * Standard output: "up", then a line for each stream that came to an end. */
#include "frames-on-fd3.h"
#include "lwip/netif.h"
#include "lwip/sys.h"
#include "lwip/tcp.h"
#include "lwip/tcpip.h"
#include "lwip/udp.h"
#include <stdio.h>

enum { SOURCE_OCTETS = 10 * 1000 * 1000 };

/* One connection. */
struct stream {
  struct pbuf *held;      /* echo: what has come and not gone back yet */
  unsigned long to_send;  /* source, client: octets of the pattern still to go */
  unsigned long sent_at;  /* the place of the next one */
  unsigned long received; /* octets that came */
  unsigned long wrong;    /* client: octets that differ from the pattern */
  unsigned long a, b;     /* Fletcher's sums */
  int port;               /* 0: client */
  int ended;              /* the peer closed its direction */
  int closing;
};

static struct netif wire;
static unsigned long source_octets = SOURCE_OCTETS, client_octets;
static int client_port;

static unsigned char pattern(unsigned long place) {
  return (unsigned char)(place * 7 + (place >> 8) * 13 + 65);
}

static void say(struct stream *s, const char *how) {
  printf("%d %s received %lu wrong %lu\n", s->port, how, s->received, s->wrong);
  fflush(stdout);
}

static void finish(struct tcp_pcb *pcb, struct stream *s) {
  if (tcp_close(pcb) != ERR_OK)
    return; /* out of memory: the poll tries again */
  tcp_arg(pcb, NULL);
  tcp_recv(pcb, NULL);
  tcp_sent(pcb, NULL);
  tcp_poll(pcb, NULL, 0);
  tcp_err(pcb, NULL);
  say(s, "closed");
  if (s->held != NULL)
    pbuf_free(s->held);
  free(s);
}

/* Sends what can be sent now, and closes when everything is said. */
static void push(struct tcp_pcb *pcb, struct stream *s) {
  static unsigned char octets[4096];
  while (s->to_send > 0) {
    u16_t n = tcp_sndbuf(pcb) < sizeof octets ? tcp_sndbuf(pcb) : sizeof octets;
    if (n > s->to_send)
      n = (u16_t)s->to_send;
    if (n == 0)
      break;
    for (u16_t i = 0; i < n; i++)
      octets[i] = pattern(s->sent_at + i);
    if (tcp_write(pcb, octets, n, TCP_WRITE_FLAG_COPY) != ERR_OK)
      break;
    s->sent_at += n;
    s->to_send -= n;
  }
  while (s->held != NULL) {
    struct pbuf *head = s->held;
    u16_t n = head->len < tcp_sndbuf(pcb) ? head->len : tcp_sndbuf(pcb);
    if (n == 0 || tcp_write(pcb, head->payload, n, TCP_WRITE_FLAG_COPY) != ERR_OK)
      break;
    tcp_recved(pcb, n);
    if (n < head->len) {
      pbuf_remove_header(head, n);
      continue;
    }
    s->held = head->next;
    if (s->held != NULL)
      pbuf_ref(s->held);
    pbuf_free(head);
  }
  tcp_output(pcb);
  if (s->port == 0 && s->to_send == 0 && !s->closing) {
    s->closing = 1;
    tcp_shutdown(pcb, 0, 1);
  }
  if (s->port == 19 && s->to_send == 0)
    finish(pcb, s);
  else if (s->port == 7 && s->ended && s->held == NULL)
    finish(pcb, s);
}

static err_t on_sent(void *argument, struct tcp_pcb *pcb, u16_t n) {
  (void)n;
  if (argument != NULL)
    push(pcb, argument);
  return ERR_OK;
}

static err_t on_poll(void *argument, struct tcp_pcb *pcb) {
  struct stream *s = argument;
  if (s != NULL && s->port == 9 && s->ended)
    finish(pcb, s);
  else if (s != NULL)
    push(pcb, s);
  return ERR_OK;
}

static void take(struct stream *s, const struct pbuf *data) {
  for (const struct pbuf *part = data; part != NULL; part = part->next) {
    const unsigned char *octets = part->payload;
    for (u16_t i = 0; i < part->len; i++) {
      if (octets[i] != pattern(s->received + i))
        s->wrong++;
      s->a = (s->a + octets[i]) % 65521;
      s->b = (s->b + s->a) % 65521;
    }
    s->received += part->len;
  }
}

static err_t on_received(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error) {
  struct stream *s = argument;
  (void)error;
  if (data == NULL) {
    s->ended = 1;
    if (s->port == 9) {
      char line[64];
      int n = snprintf(line, sizeof line, "%lu %lu\n", s->received, s->b << 16 | s->a);
      tcp_write(pcb, line, (u16_t)n, TCP_WRITE_FLAG_COPY);
      tcp_output(pcb);
      finish(pcb, s);
    } else if (s->port == 0) {
      finish(pcb, s);
    } else {
      push(pcb, s);
    }
    return ERR_OK;
  }
  take(s, data);
  if (s->port == 7) {
    if (s->held == NULL)
      s->held = data;
    else
      pbuf_cat(s->held, data);
    push(pcb, s);
    return ERR_OK;
  }
  tcp_recved(pcb, data->tot_len);
  pbuf_free(data);
  return ERR_OK;
}

static void on_error(void *argument, err_t error) {
  struct stream *s = argument;
  if (s == NULL)
    return;
  printf("%d failed %d received %lu wrong %lu\n", s->port, error, s->received, s->wrong);
  fflush(stdout);
  if (s->held != NULL)
    pbuf_free(s->held);
  free(s);
}

static struct stream *begin(struct tcp_pcb *pcb, int port) {
  struct stream *s = calloc(1, sizeof *s);
  s->port = port;
  s->a = 1;
  tcp_arg(pcb, s);
  tcp_recv(pcb, on_received);
  tcp_sent(pcb, on_sent);
  tcp_poll(pcb, on_poll, 1);
  tcp_err(pcb, on_error);
  return s;
}

static err_t on_accept(void *argument, struct tcp_pcb *pcb, err_t error) {
  if (error != ERR_OK || pcb == NULL)
    return ERR_VAL;
  struct stream *s = begin(pcb, (int)(long)argument);
  if (s->port == 19) {
    s->to_send = source_octets;
    push(pcb, s);
  }
  return ERR_OK;
}

static err_t on_connected(void *argument, struct tcp_pcb *pcb, err_t error) {
  struct stream *s = argument;
  (void)error;
  s->to_send = client_octets;
  push(pcb, s);
  return ERR_OK;
}

static void on_datagram(void *argument, struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *from, u16_t port) {
  (void)argument;
  udp_sendto(pcb, data, from, port);
  pbuf_free(data);
}

static void listen_on(long port) {
  struct tcp_pcb *pcb = tcp_new();
  tcp_bind(pcb, IP_ADDR_ANY, (u16_t)port);
  pcb = tcp_listen(pcb);
  tcp_arg(pcb, (void *)port);
  tcp_accept(pcb, on_accept);
}

static void ready(void *semaphore) {
  ip4_addr_t own, mask, gateway;
  IP4_ADDR(&own, 10, 77, 0, 2);
  IP4_ADDR(&mask, 255, 255, 255, 0);
  IP4_ADDR(&gateway, 10, 77, 0, 1);
  netif_add(&wire, &own, &mask, &gateway, NULL, wire_init, tcpip_input);
  netif_set_default(&wire);
  netif_set_link_up(&wire);
  netif_set_up(&wire);
  listen_on(7);
  listen_on(9);
  listen_on(19);
  struct udp_pcb *echo = udp_new();
  udp_bind(echo, IP_ADDR_ANY, 7);
  udp_recv(echo, on_datagram, NULL);
  if (client_port != 0) {
    ip_addr_t host;
    IP_ADDR4(&host, 10, 77, 0, 1);
    struct tcp_pcb *pcb = tcp_new();
    begin(pcb, 0);
    tcp_connect(pcb, &host, (u16_t)client_port, on_connected);
  }
  sys_sem_signal(semaphore);
}

int main(int count, char **words) {
  if (count > 1)
    source_octets = strtoul(words[1], NULL, 10);
  if (count > 3) {
    client_port = atoi(words[2]);
    client_octets = strtoul(words[3], NULL, 10);
  }
  sys_sem_t semaphore;
  sys_sem_new(&semaphore, 0);
  tcpip_init(ready, &semaphore);
  sys_arch_sem_wait(&semaphore, 0);
  printf("up\n");
  fflush(stdout);
  for (;;)
    pause(); /* the end of the wire ends the process */
}
