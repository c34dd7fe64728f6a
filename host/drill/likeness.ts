/**
 * Whose choices a stack makes where a standard leaves one: its own, or those for which many public scripts were written. Each is
 * listed in docs/drill.md, which a test holds against this.
 */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { OWN_HABITS, type TcpDefaults } from '../../firmware/net/tcp/tcp.js'
import type { Likeness } from './likeness-names.js'

/** Linux' net/ipv4/tcp_input.c (TCP_MAX_QUICKACKS), include/net/tcp.h (TCP_INIT_CWND, TCP_DELACK_MIN, TCP_RTO_MIN). */
const LINUX: Partial<TcpDefaults> = {
  initialSegments: 10,
  delayedAck: 40 * MILLISECOND,
  habits: { ...OWN_HABITS, quickAcks: 16, nagle: 'short', resetAcknowledges: true },
}

/** FreeBSD's tcp(4) and sys/netinet/tcp_output.c. */
const FREEBSD: Partial<TcpDefaults> = {
  initialSegments: 10,
  delayedAck: 40 * MILLISECOND,
  receiveBuffer: 65_536,
  sendBuffer: 32_768,
  habits: { ...OWN_HABITS, resetAcknowledges: true, synOptions: 'scale second', leastWindowShift: 6 },
}

export function likenessDefaults(like: Likeness): Partial<TcpDefaults> {
  return { ours: {}, linux: LINUX, freebsd: FREEBSD }[like]
}

/** How much of the time since the statement before something may be early or late: packetdrill's default is for Linux' timer wheel. */
export function likenessTolerance(like: Likeness): number {
  return like === 'linux' ? 0.125 : 0
}

/** Linux counts what it needs itself into a socket's buffers: `getsockopt` gives twice what `setsockopt` was given (socket(7)). */
export function doublesBuffers(like: Likeness): boolean {
  return like === 'linux'
}
