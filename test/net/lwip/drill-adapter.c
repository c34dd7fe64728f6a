/* lwIP (Debian's liblwip-dev) under `linkpulse drill --against exec:`: the line protocol of docs/drill.md on standard input and output, by lwIP's
 * raw API, in one thread and in virtual time: sys_now() here is what the library itself asks for the time. */
#include "lwip/etharp.h"
#include "lwip/ethip6.h"
#include "lwip/init.h"
#include "lwip/inet_chksum.h"
#include "lwip/priv/nd6_priv.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/sys.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOCKETS = 64, LINE = 1 << 18, BUFFER = 1 << 17, WAITING = 16, MILLISECOND = 1000000 };

static uint64_t now; /* nanoseconds */
static int happened; /* a frame went out, or a connection changed, while time passed */

u32_t sys_now(void) { return (u32_t)(now / MILLISECOND); }

struct stream {
  int used, wide, datagram, listening, connected, ended, dead;
  err_t error;
  struct tcp_pcb *tcp;
  struct udp_pcb *udp;
  unsigned char *in; /* octets that wait to be read */
  size_t have;
  struct tcp_pcb *waiting[WAITING];
  int accepted[WAITING]; /* the stream that each of them has already */
  int count;
  ip_addr_t from; /* of the datagram that waits */
  u16_t from_port;
  int has_datagram;
};

static struct stream streams[SOCKETS];
static struct netif wire;

static void print_hex(const unsigned char *octets, size_t n) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < n; i++) {
    putchar(digits[octets[i] >> 4]);
    putchar(digits[octets[i] & 15]);
  }
}

static size_t read_hex(const char *text, unsigned char *into, size_t room) {
  size_t n = 0;
  unsigned value;
  while (n < room && sscanf(text + 2 * n, "%2x", &value) == 1)
    into[n++] = (unsigned char)value;
  return n;
}

static const char *error_name(err_t error) {
  switch (error) {
  case ERR_OK: return "0";
  case ERR_MEM: case ERR_BUF: return "ENOBUFS";
  case ERR_TIMEOUT: return "ETIMEDOUT";
  case ERR_RTE: return "EHOSTUNREACH";
  case ERR_USE: return "EADDRINUSE";
  case ERR_ISCONN: return "EISCONN";
  case ERR_CONN: case ERR_CLSD: return "ENOTCONN";
  case ERR_ABRT: return "ECONNABORTED";
  case ERR_RST: return "ECONNRESET";
  default: return "EINVAL";
  }
}

/* The wire */

static err_t wire_output(struct netif *netif, struct pbuf *frame) {
  static unsigned char octets[2048];
  (void)netif;
  u16_t length = pbuf_copy_partial(frame, octets, sizeof octets, 0);
  printf("frame ");
  print_hex(octets, length);
  putchar('\n');
  happened = 1;
  return ERR_OK;
}

static err_t wire_init(struct netif *netif) {
  static const unsigned char station[6] = {2, 0, 0, 0, 0, 1};
  netif->name[0] = 'd';
  netif->name[1] = 'r';
  netif->output = etharp_output;
  netif->output_ip6 = ethip6_output;
  netif->linkoutput = wire_output;
  netif->hwaddr_len = sizeof station;
  memcpy(netif->hwaddr, station, sizeof station);
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_MLD6;
  return ERR_OK;
}

/* States: what every connection was in when it was looked at last */

struct seen {
  ip_addr_t local, remote;
  u16_t local_port, remote_port;
  enum tcp_state state;
  int here;
};
static struct seen seen[2 * SOCKETS];
static int seen_count;

static const char *state_name(enum tcp_state state) {
  static const char *const names[] = {"CLOSED",     "LISTEN",     "SYN-SENT",   "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
                                      "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",    "LAST-ACK",     "TIME-WAIT"};
  return names[state];
}

static void print_state(const struct seen *each, const char *state) {
  char local[IPADDR_STRLEN_MAX], remote[IPADDR_STRLEN_MAX];
  ipaddr_ntoa_r(&each->local, local, sizeof local);
  ipaddr_ntoa_r(&each->remote, remote, sizeof remote);
  printf("state %s %u %s %u %s\n", local, each->local_port, remote, each->remote_port, state);
  happened = 1;
}

static void look_at(struct tcp_pcb *list) {
  for (struct tcp_pcb *pcb = list; pcb != NULL; pcb = pcb->next) {
    struct seen *found = NULL;
    for (int i = 0; i < seen_count && found == NULL; i++)
      if (seen[i].local_port == pcb->local_port && seen[i].remote_port == pcb->remote_port &&
          ip_addr_cmp(&seen[i].local, &pcb->local_ip) && ip_addr_cmp(&seen[i].remote, &pcb->remote_ip))
        found = &seen[i];
    if (found == NULL) {
      if (seen_count == 2 * SOCKETS)
        continue;
      found = &seen[seen_count++];
      found->local = pcb->local_ip;
      found->remote = pcb->remote_ip;
      found->local_port = pcb->local_port;
      found->remote_port = pcb->remote_port;
      found->state = CLOSED;
    }
    found->here = 1;
    if (found->state != pcb->state) {
      found->state = pcb->state;
      print_state(found, state_name(pcb->state));
    }
  }
}

static void look(void) {
  for (int i = 0; i < seen_count; i++)
    seen[i].here = 0;
  look_at(tcp_active_pcbs);
  look_at(tcp_tw_pcbs);
  for (int i = 0; i < seen_count; i++)
    if (!seen[i].here) {
      print_state(&seen[i], "CLOSED");
      seen[i--] = seen[--seen_count];
    }
}

/* Sockets */

static int new_stream(void) {
  for (int i = 3; i < SOCKETS; i++)
    if (!streams[i].used) {
      memset(&streams[i], 0, sizeof streams[i]);
      streams[i].used = 1;
      streams[i].in = malloc(BUFFER);
      return i;
    }
  return -1;
}

static err_t on_received(void *argument, struct tcp_pcb *pcb, struct pbuf *data, err_t error) {
  struct stream *s = argument;
  (void)pcb;
  (void)error;
  happened = 1;
  if (data == NULL) {
    s->ended = 1;
    return ERR_OK;
  }
  if (s->have + data->tot_len > BUFFER)
    return ERR_MEM;
  pbuf_copy_partial(data, s->in + s->have, data->tot_len, 0);
  s->have += data->tot_len;
  pbuf_free(data);
  return ERR_OK;
}

static void on_error(void *argument, err_t error) {
  struct stream *s = argument;
  happened = 1;
  if (s == NULL)
    return;
  /* A SYN that a reset answers is refused (POSIX connect). */
  s->error = error;
  s->dead = 1;
  s->tcp = NULL;
}

static err_t on_connected(void *argument, struct tcp_pcb *pcb, err_t error) {
  struct stream *s = argument;
  (void)pcb;
  s->connected = error == ERR_OK;
  happened = 1;
  return ERR_OK;
}

static void watch(struct tcp_pcb *pcb, struct stream *s) {
  s->tcp = pcb;
  tcp_arg(pcb, s);
  tcp_recv(pcb, on_received);
  tcp_err(pcb, on_error);
}

static err_t on_accept(void *argument, struct tcp_pcb *pcb, err_t error) {
  struct stream *listener = argument;
  happened = 1;
  if (error != ERR_OK || pcb == NULL || listener->count == WAITING)
    return ERR_VAL;
  int number = new_stream();
  if (number < 0)
    return ERR_MEM;
  watch(pcb, &streams[number]);
  streams[number].connected = 1;
  streams[number].wide = listener->wide;
  listener->waiting[listener->count] = pcb;
  listener->accepted[listener->count++] = number;
  return ERR_OK;
}

static void on_datagram(void *argument, struct udp_pcb *pcb, struct pbuf *data, const ip_addr_t *from, u16_t port) {
  struct stream *s = argument;
  (void)pcb;
  happened = 1;
  if (!s->has_datagram) {
    s->have = pbuf_copy_partial(data, s->in, data->tot_len, 0);
    s->from = *from;
    s->from_port = port;
    s->has_datagram = 1;
  }
  pbuf_free(data);
}

static struct stream *stream_of(const char *word) {
  int number = word == NULL ? -1 : atoi(word);
  return number >= 3 && number < SOCKETS && streams[number].used ? &streams[number] : NULL;
}

static int number_of(const char *word) { return word == NULL ? 0 : atoi(word); }

static void ok(void) { printf("ok\n"); }
static void fail(const char *name) { printf("error %s\n", name); }
static void outcome(err_t error) {
  if (error == ERR_OK)
    ok();
  else
    fail(error_name(error));
}

/* The router that begin names: lwIP knows only those that advertise themselves, so that it stands in its tables by hand. */
static void use_router(const ip6_addr_t *router) {
  static const unsigned char station[6] = {2, 0, 0, 0, 0, 2};
  neighbor_cache[0].next_hop_address = *router;
  neighbor_cache[0].netif = &wire;
  memcpy(neighbor_cache[0].lladdr, station, sizeof station);
  neighbor_cache[0].state = ND6_STALE;
  neighbor_cache[0].isrouter = 1;
  default_router_list[0].neighbor_entry = &neighbor_cache[0];
  default_router_list[0].invalidation_timer = 0xffffffffu;
}

/* Of IPv6 alone: a /64, as lwIP has no other prefix, and the link-local address; both at once, as nobody else has them. */
static void begin_ipv6(const char *address, const char *router) {
  ip6_addr_t own, gateway;
  ip6addr_aton(address, &own);
  ip6addr_aton(router, &gateway);
  netif_add(&wire, NULL, NULL, NULL, NULL, wire_init, ethernet_input);
  wire.ip6_autoconfig_enabled = 0;
  netif_create_ip6_linklocal_address(&wire, 1);
  netif_ip6_addr_set(&wire, 1, &own);
  for (s8_t i = 0; i < 2; i++)
    netif_ip6_addr_set_state(&wire, i, IP6_ADDR_PREFERRED);
  ip6_addr_assign_zone(&gateway, IP6_UNICAST, &wire);
  use_router(&gateway);
}

static void call_begin(char **words) {
  ip4_addr_t own, mask, gateway;
  char *slash = strchr(words[1], '/');
  int length = slash == NULL ? 24 : atoi(slash + 1);
  if (slash != NULL)
    *slash = 0;
  wire.mtu = (u16_t)number_of(words[3]);
  u16_t mtu = wire.mtu;
  if (strchr(words[1], ':') != NULL)
    begin_ipv6(words[1], words[2]);
  else {
    ip4addr_aton(words[1], &own);
    ip4addr_aton(words[2], &gateway);
    ip4_addr_set_u32(&mask, lwip_htonl(length == 0 ? 0 : 0xffffffffu << (32 - length)));
    netif_add(&wire, &own, &mask, &gateway, NULL, wire_init, ethernet_input);
  }
  wire.mtu = mtu;
#if LWIP_ND6_ALLOW_RA_UPDATES
  wire.mtu6 = mtu;
#endif
  netif_set_default(&wire);
  netif_set_link_up(&wire);
  netif_set_up(&wire);
  ok();
}

static void call_frame(char **words) {
  static unsigned char octets[70000];
  size_t n = read_hex(words[1], octets, sizeof octets);
  struct pbuf *frame = pbuf_alloc(PBUF_RAW, (u16_t)n, PBUF_RAM);
  if (frame != NULL) {
    pbuf_take(frame, octets, (u16_t)n);
    if (wire.input(frame, &wire) != ERR_OK)
      pbuf_free(frame);
  }
  look();
  ok();
}

/* Up to an instant, timer by timer, and no further once something happened. */
static void call_run(char **words) {
  uint64_t until = strtoull(words[1], NULL, 10);
  happened = 0;
  while (now < until && !happened) {
    u32_t sleep = sys_timeouts_sleeptime();
    uint64_t next = sleep == SYS_TIMEOUTS_SLEEPTIME_INFINITE ? until : (now / MILLISECOND + sleep) * MILLISECOND;
    if (next > until)
      next = until;
    if (next > now)
      now = next;
    sys_check_timeouts();
    look();
    if (sleep == 0 && next <= now && !happened && now < until && sys_timeouts_sleeptime() == 0)
      now++;
  }
  printf("ok %" PRIu64 "\n", now);
}

static void call_socket(char **words) {
  int number = new_stream();
  struct stream *s = &streams[number];
  s->wide = words[2] != NULL && strcmp(words[2], "ipv6") == 0;
  u8_t type = s->wide ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4;
  if (strcmp(words[1], "stream") == 0) {
    watch(tcp_new_ip_type(type), s);
  } else if (strcmp(words[1], "datagram") == 0) {
    s->datagram = 1;
    s->udp = udp_new_ip_type(type);
    udp_recv(s->udp, on_datagram, s);
  } else {
    s->used = 0;
    fail("EPROTONOSUPPORT");
    return;
  }
  printf("ok %d\n", number);
}

static void call_listen(struct stream *s, int backlog) {
  err_t error;
  struct tcp_pcb *pcb = s->tcp == NULL ? NULL : tcp_listen_with_backlog_and_err(s->tcp, (u8_t)(backlog > 255 ? 255 : backlog < 1 ? 1 : backlog), &error);
  if (pcb == NULL) {
    fail(s->tcp == NULL ? "EINVAL" : error_name(error));
    return;
  }
  s->tcp = pcb;
  s->listening = 1;
  tcp_arg(pcb, s);
  tcp_accept(pcb, on_accept);
  ok();
}

static void call_accept(struct stream *s) {
  if (!s->listening) {
    fail("EINVAL");
    return;
  }
  if (s->count == 0) {
    fail("EAGAIN");
    return;
  }
  struct tcp_pcb *pcb = s->waiting[0];
  int number = s->accepted[0];
  s->count--;
  memmove(s->waiting, s->waiting + 1, sizeof *s->waiting * (size_t)s->count);
  memmove(s->accepted, s->accepted + 1, sizeof *s->accepted * (size_t)s->count);
  if (streams[number].tcp == NULL) {
    fail("ECONNABORTED");
    return;
  }
  printf("ok %d %s %u\n", number, ipaddr_ntoa(&pcb->remote_ip), pcb->remote_port);
}

/* "::" is any address of both families to a socket of IPv6, unless it is to be of IPv6 only. */
static ip_addr_t address_of(const struct stream *s, const char *text) {
  ip_addr_t address = IPADDR4_INIT(0);
  if (s->wide && strcmp(text, "::") == 0)
    return *IP_ANY_TYPE;
  if (ipaddr_aton(text, &address) && IP_IS_V6(&address))
    ip6_addr_assign_zone(ip_2_ip6(&address), IP6_UNICAST, &wire);
  return address;
}

static void call_connect(struct stream *s, char **words) {
  ip_addr_t remote = address_of(s, words[2]);
  u16_t port = (u16_t)number_of(words[3]);
  if (s->datagram) {
    err_t error = udp_connect(s->udp, &remote, port);
    if (error != ERR_OK)
      outcome(error);
    else
      printf("ok %s %u\n", ipaddr_ntoa(IP_IS_V6(&remote) ? netif_ip_addr6(&wire, 1) : netif_ip_addr4(&wire)), s->udp->local_port);
    return;
  }
  if (s->tcp == NULL) {
    fail("EISCONN");
    return;
  }
  err_t error = tcp_connect(s->tcp, &remote, port, on_connected);
  if (error != ERR_OK) {
    outcome(error);
    return;
  }
  look();
  printf("ok %s %u\n", ipaddr_ntoa(&s->tcp->local_ip), s->tcp->local_port);
}

static void call_poll(const struct stream *s) {
  char letters[8];
  int n = 0;
  int readable = s->listening ? s->count > 0 : s->datagram ? s->has_datagram : s->have > 0 || s->ended || s->dead;
  int writable = s->datagram || s->dead || (s->tcp != NULL && !s->listening && s->connected && tcp_sndbuf(s->tcp) > 0);
  if (readable)
    letters[n++] = 'r';
  if (writable)
    letters[n++] = 'w';
  if (s->error != ERR_OK)
    letters[n++] = 'e';
  if (s->dead)
    letters[n++] = 'h';
  if (n == 0)
    letters[n++] = '-';
  letters[n] = 0;
  printf("ok %s\n", letters);
}

/* What went wrong is told once. */
static const char *take_error(struct stream *s) {
  const char *name = s->error == ERR_RST && !s->connected ? "ECONNREFUSED"
                     : s->error == ERR_ABRT && !s->connected ? "ETIMEDOUT"
                     : s->error == ERR_ABRT ? "ETIMEDOUT" : error_name(s->error);
  s->error = ERR_OK;
  return name;
}

static void call_read(struct stream *s, size_t room, int peek) {
  if (s->error != ERR_OK) {
    fail(take_error(s));
    return;
  }
  size_t n = s->have < room ? s->have : room;
  if (n == 0 && room > 0 && !s->ended && !s->dead) {
    fail(s->connected ? "EAGAIN" : "ENOTCONN");
    return;
  }
  static unsigned char octets[BUFFER];
  memcpy(octets, s->in, n);
  if (!peek && n > 0) {
    s->have -= n;
    memmove(s->in, s->in + n, s->have);
    /* A window that opens may be told: ahead of the answer. */
    if (s->tcp != NULL)
      tcp_recved(s->tcp, (u16_t)n);
  }
  printf("ok ");
  print_hex(octets, n);
  putchar('\n');
}

static void call_write(struct stream *s, const char *text, const char *how) {
  static unsigned char octets[BUFFER];
  size_t n = read_hex(text == NULL ? "" : text, octets, sizeof octets);
  if (s->datagram) {
    struct pbuf *data = pbuf_alloc(PBUF_TRANSPORT, (u16_t)n, PBUF_RAM);
    pbuf_take(data, octets, (u16_t)n);
    err_t error = udp_send(s->udp, data);
    pbuf_free(data);
    if (error == ERR_OK)
      printf("ok %zu\n", n);
    else
      outcome(error);
    return;
  }
  if (s->error != ERR_OK) {
    fail(take_error(s));
    return;
  }
  if (s->tcp == NULL || !s->connected) {
    fail(s->dead ? "EPIPE" : "ENOTCONN");
    return;
  }
  if (how != NULL && strcmp(how, "urgent") == 0) {
    fail("EOPNOTSUPP");
    return;
  }
  size_t taken = tcp_sndbuf(s->tcp) < n ? tcp_sndbuf(s->tcp) : n;
  if (taken == 0 && n > 0) {
    fail("EAGAIN");
    return;
  }
  /* In pieces, of which tcp_write takes each whole: its length has 16 bits. */
  for (size_t at = 0; at < taken;) {
    u16_t piece = (u16_t)(taken - at > 8192 ? 8192 : taken - at);
    u8_t flags = TCP_WRITE_FLAG_COPY | ((at + piece < taken || (how != NULL && strcmp(how, "more") == 0)) ? TCP_WRITE_FLAG_MORE : 0);
    err_t error = tcp_write(s->tcp, octets + at, piece, flags);
    if (error != ERR_OK) {
      if (at == 0) {
        fail(error == ERR_CONN ? "EPIPE" : error == ERR_MEM ? "EAGAIN" : error_name(error));
        return;
      }
      taken = at;
      break;
    }
    at += piece;
  }
  tcp_output(s->tcp);
  look();
  printf("ok %zu\n", taken);
}

static void call_close(struct stream *s) {
  if (s->udp != NULL)
    udp_remove(s->udp);
  else if (s->tcp != NULL) {
    struct tcp_pcb *pcb = s->tcp;
    if (!s->listening) {
      tcp_recv(pcb, NULL);
      tcp_err(pcb, NULL);
      tcp_arg(pcb, NULL);
    }
    if (tcp_close(pcb) != ERR_OK)
      tcp_abort(pcb);
  }
  free(s->in);
  s->used = 0;
  look();
  ok();
}

static void set_option(struct stream *s, const char *name, const char *value) {
  int on = strcmp(value, "true") == 0;
  if (strcmp(name, "noDelay") == 0 && s->tcp != NULL && !s->listening) {
    if (on)
      tcp_nagle_disable(s->tcp);
    else
      tcp_nagle_enable(s->tcp);
    ok();
  } else if (strcmp(name, "keepAlive") == 0 && s->tcp != NULL) {
    if (on)
      ip_set_option(s->tcp, SOF_KEEPALIVE);
    else
      ip_reset_option(s->tcp, SOF_KEEPALIVE);
    ok();
  } else if (strcmp(name, "reuseAddress") == 0) {
    if (s->tcp != NULL && on)
      ip_set_option(s->tcp, SOF_REUSEADDR);
    ok();
  } else if (strcmp(name, "keepIdle") == 0 && s->tcp != NULL) {
    s->tcp->keep_idle = (u32_t)(strtoull(value, NULL, 10) / MILLISECOND);
    ok();
  } else if (strcmp(name, "keepInterval") == 0 && s->tcp != NULL) {
    s->tcp->keep_intvl = (u32_t)(strtoull(value, NULL, 10) / MILLISECOND);
    ok();
  } else if (strcmp(name, "keepCount") == 0 && s->tcp != NULL) {
    s->tcp->keep_cnt = (u32_t)atoi(value);
    ok();
  } else {
    fail("ENOPROTOOPT");
  }
}

static void answer(char **words) {
  const char *call = words[0];
  if (strcmp(call, "begin") == 0 && words[3] != NULL)
    call_begin(words);
  else if (strcmp(call, "default") == 0)
    fail("ENOPROTOOPT"); /* what lwIP begins from is settled when it is compiled */
  else if (strcmp(call, "families") == 0)
    printf("ok ipv4 ipv6\n");
  else if (strcmp(call, "frame") == 0 && words[1] != NULL)
    call_frame(words);
  else if (strcmp(call, "run") == 0 && words[1] != NULL)
    call_run(words);
  else if (strcmp(call, "socket") == 0 && words[1] != NULL)
    call_socket(words);
  else {
    struct stream *s = stream_of(words[1]);
    ip_addr_t address;
    if (s == NULL)
      fail("EBADF");
    else if (strcmp(call, "bind") == 0 && words[3] != NULL) {
      address = address_of(s, words[2]);
      outcome(s->datagram ? udp_bind(s->udp, &address, (u16_t)number_of(words[3]))
                          : s->tcp == NULL ? ERR_VAL : tcp_bind(s->tcp, &address, (u16_t)number_of(words[3])));
    } else if (strcmp(call, "listen") == 0)
      call_listen(s, number_of(words[2]));
    else if (strcmp(call, "accept") == 0)
      call_accept(s);
    else if (strcmp(call, "connect") == 0 && words[3] != NULL)
      call_connect(s, words);
    else if (strcmp(call, "poll") == 0)
      call_poll(s);
    else if (strcmp(call, "error") == 0)
      printf("ok %s\n", take_error(s));
    else if (strcmp(call, "read") == 0 || strcmp(call, "peek") == 0)
      call_read(s, (size_t)number_of(words[2]), call[0] == 'p');
    else if (strcmp(call, "write") == 0)
      call_write(s, words[2], words[3]);
    else if (strcmp(call, "sendto") == 0 && s->datagram && words[3] != NULL) {
      static unsigned char octets[BUFFER];
      size_t n = read_hex(words[4] == NULL ? "" : words[4], octets, sizeof octets);
      struct pbuf *data = pbuf_alloc(PBUF_TRANSPORT, (u16_t)n, PBUF_RAM);
      pbuf_take(data, octets, (u16_t)n);
      address = address_of(s, words[2]);
      err_t error = udp_sendto(s->udp, data, &address, (u16_t)number_of(words[3]));
      pbuf_free(data);
      outcome(error);
    } else if (strcmp(call, "recvfrom") == 0 && s->datagram) {
      if (!s->has_datagram)
        fail("EAGAIN");
      else {
        size_t room = (size_t)number_of(words[2]);
        printf("ok %s %u %zu ", ipaddr_ntoa(&s->from), s->from_port, s->have);
        print_hex(s->in, s->have < room ? s->have : room);
        putchar('\n');
        s->has_datagram = 0;
        s->have = 0;
      }
    } else if (strcmp(call, "shutdown") == 0 && words[2] != NULL) {
      if (s->tcp == NULL || s->listening || !s->connected)
        fail("ENOTCONN");
      else {
        err_t error = tcp_shutdown(s->tcp, strcmp(words[2], "write") != 0, strcmp(words[2], "read") != 0);
        look();
        outcome(error);
      }
    } else if (strcmp(call, "close") == 0)
      call_close(s);
    else if (strcmp(call, "setoption") == 0 && words[3] != NULL)
      set_option(s, words[2], words[3]);
    else if (strcmp(call, "getoption") == 0 && words[2] != NULL && strcmp(words[2], "maximumSegmentSize") == 0 && s->tcp != NULL)
      printf("ok %u\n", tcp_mss(s->tcp));
    else
      fail("ENOPROTOOPT");
  }
}

int main(void) {
  static char line[LINE];
  lwip_init();
  while (fgets(line, sizeof line, stdin) != NULL) {
    char *words[8] = {NULL};
    int n = 0;
    for (char *word = strtok(line, " \n"); word != NULL && n < 7; word = strtok(NULL, " \n"))
      words[n++] = word;
    if (n == 0)
      fail("EINVAL");
    else
      answer(words);
    fflush(stdout);
  }
  return 0;
}
