/** Names that scripts use for numbers: those of sockets, and of the states of `tcp_info`. */

/** Flags that are or-ed, and choices, under the names of POSIX; the values are Linux's, as scripts print some of them. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['AF_UNSPEC', 0],
  ['AF_INET', 2],
  ['AF_INET6', 10],
  ['PF_INET', 2],
  ['PF_INET6', 10],
  ['SOCK_STREAM', 1],
  ['SOCK_DGRAM', 2],
  ['SOCK_RAW', 3],
  ['SOCK_NONBLOCK', 0o4000],
  ['SOCK_CLOEXEC', 0o2000000],
  ['IPPROTO_IP', 0],
  ['IPPROTO_ICMP', 1],
  ['IPPROTO_TCP', 6],
  ['IPPROTO_UDP', 17],
  ['IPPROTO_IPV6', 41],
  ['IPPROTO_ICMPV6', 58],
  ['INADDR_ANY', 0],
  ['SHUT_RD', 0],
  ['SHUT_WR', 1],
  ['SHUT_RDWR', 2],
  ['F_GETFL', 3],
  ['F_SETFL', 4],
  ['O_RDONLY', 0],
  ['O_WRONLY', 1],
  ['O_RDWR', 2],
  ['O_NONBLOCK', 0o4000],
  ['MSG_OOB', 1],
  ['MSG_PEEK', 2],
  ['MSG_DONTROUTE', 4],
  ['MSG_TRUNC', 0x20],
  ['MSG_DONTWAIT', 0x40],
  ['MSG_EOR', 0x80],
  ['MSG_WAITALL', 0x100],
  ['MSG_NOSIGNAL', 0x4000],
  ['MSG_MORE', 0x8000],
  ['POLLIN', 1],
  ['POLLPRI', 2],
  ['POLLOUT', 4],
  ['POLLERR', 8],
  ['POLLHUP', 0x10],
  ['POLLNVAL', 0x20],
  ['POLLRDHUP', 0x2000],
  ['POLLRDNORM', 0x40],
  ['POLLWRNORM', 0x100],
  ['SIOCINQ', 0x541b],
  ['FIONREAD', 0x541b],
  ['SIOCOUTQ', 0x5411],
  ['TIOCOUTQ', 0x5411],
  ['FIONBIO', 0x5421],
  ['IPTOS_LOWDELAY', 0x10],
  ['IPTOS_THROUGHPUT', 0x08],
  ['IPTOS_RELIABILITY', 0x04],
  ['IP_PMTUDISC_DONT', 0],
  ['IP_PMTUDISC_WANT', 1],
  ['IP_PMTUDISC_DO', 2],
  ['IPV6_PMTUDISC_DONT', 0],
  ['IPV6_PMTUDISC_WANT', 1],
  ['IPV6_PMTUDISC_DO', 2],
])

/** Two names of one error number, on Linux: what scripts write, and ours. */
const SAME_ERROR: ReadonlyMap<string, string> = new Map([
  ['EWOULDBLOCK', 'EAGAIN'],
  ['ENOTSUP', 'EOPNOTSUPP'],
])

/** The name that an error has here. */
export function errorName(name: string): string {
  return SAME_ERROR.get(name) ?? name
}

/** `tcpi_state` counts the states as Linux's `tcp_states.h` does. */
export const STATE_NUMBERS = {
  ESTABLISHED: 1,
  'SYN-SENT': 2,
  'SYN-RECEIVED': 3,
  'FIN-WAIT-1': 4,
  'FIN-WAIT-2': 5,
  'TIME-WAIT': 6,
  CLOSED: 7,
  'CLOSE-WAIT': 8,
  'LAST-ACK': 9,
  LISTEN: 10,
  CLOSING: 11,
} as const

/** The names under which scripts compare `tcpi_state`. */
export const STATE_NAMES: ReadonlyMap<string, number> = new Map([
  ['TCP_ESTABLISHED', STATE_NUMBERS.ESTABLISHED],
  ['TCP_SYN_SENT', STATE_NUMBERS['SYN-SENT']],
  ['TCP_SYN_RECV', STATE_NUMBERS['SYN-RECEIVED']],
  ['TCP_FIN_WAIT1', STATE_NUMBERS['FIN-WAIT-1']],
  ['TCP_FIN_WAIT2', STATE_NUMBERS['FIN-WAIT-2']],
  ['TCP_TIME_WAIT', STATE_NUMBERS['TIME-WAIT']],
  ['TCP_CLOSE', STATE_NUMBERS.CLOSED],
  ['TCP_CLOSE_WAIT', STATE_NUMBERS['CLOSE-WAIT']],
  ['TCP_LAST_ACK', STATE_NUMBERS['LAST-ACK']],
  ['TCP_LISTEN', STATE_NUMBERS.LISTEN],
  ['TCP_CLOSING', STATE_NUMBERS.CLOSING],
])
