/**
 * What other stacks do about the subjects of the rows: read in their sources and option defaults, Linux from general
 * knowledge; none was run against the rows. Y yes, P in part, O a compile-time option that is off, N no, ? not settled.
 */
export const PEERS = ['smoltcp', 'lwIP', 'uIP', 'picoTCP', 'gVisor', 'FreeRTOS+TCP', 'Linux'] as const

export interface PeerFeature {
  readonly feature: string
  readonly rows: readonly number[]
  /** A letter a peer, in the order of `PEERS`. */
  readonly answers: string
}

export const PEER_FEATURES: readonly PeerFeature[] = [
  { feature: 'MSS option', rows: [8, 10, 11, 12, 13, 14], answers: 'YYYYYYY' },
  { feature: 'initial sequence numbers by RFC 6528', rows: [16, 17, 18], answers: 'PPNPY?Y' },
  { feature: 'simultaneous open', rows: [28], answers: 'YNNNYNY' },
  { feature: 'challenge ACK', rows: [42, 45, 46], answers: 'PYNNYPY' },
  { feature: 'ACK range check of RFC 5961', rows: [49], answers: 'NNNN?NY' },
  { feature: 'RST in TIME-WAIT ignored (RFC 1337)', rows: [44], answers: 'NY??N?O' },
  { feature: 'reassembly of segments out of order', rows: [52, 53, 54], answers: 'YYNYYYY' },
  { feature: 'delayed ACK', rows: [55, 56], answers: 'YYN?PYY' },
  { feature: "silly-window avoidance, sender's", rows: [58], answers: 'PY?PYPY' },
  { feature: "silly-window avoidance, receiver's", rows: [59], answers: 'NY?PYPY' },
  { feature: 'zero-window probe', rows: [62, 63, 64], answers: 'YYNPYPY' },
  { feature: 'Nagle and its switch', rows: [66, 67], answers: 'YY?YYNY' },
  { feature: 'urgent data', rows: [70, 71, 72], answers: 'NNONNNY' },
  { feature: 'retransmission time-out by RFC 6298', rows: [73, 74, 75, 76, 77, 78, 79], answers: 'YPPYYPY' },
  { feature: 'slow start, congestion avoidance', rows: [80, 81, 85], answers: 'OYNYYNY' },
  { feature: 'fast retransmit', rows: [82, 83], answers: 'YYNYYYY' },
  { feature: 'NewReno', rows: [84], answers: 'PPN?YNY' },
  { feature: 'user time-out', rows: [86, 87], answers: 'YPNPYPY' },
  { feature: 'simultaneous close', rows: [92], answers: 'YYYYYPY' },
  { feature: 'keepalive', rows: [101, 102, 103], answers: 'YONYYOY' },
  { feature: 'ICMP errors reach the connection', rows: [104, 105, 106, 109], answers: 'NNNPYNY' },
  { feature: 'window scale', rows: [110, 111], answers: 'YONYYYY' },
  { feature: 'timestamps', rows: [112, 113], answers: 'PONYYNY' },
  { feature: 'PAWS', rows: [114, 115], answers: 'NNNPNNY' },
  { feature: 'SACK, receiving end', rows: [116, 117, 119], answers: 'PONPYYY' },
  { feature: 'SACK, sending end', rows: [118], answers: 'NNNPYPY' },
  { feature: 'ARP cache with ageing', rows: [122], answers: 'YYYYYYY' },
  { feature: 'frames queued while resolving', rows: [123], answers: 'NYNYYPY' },
  { feature: 'address conflict detection', rows: [124, 125, 126], answers: 'NYNPPON' },
  { feature: 'reassembly of fragments', rows: [129, 130, 131], answers: 'YYOYYNY' },
  { feature: 'ICMP errors sent', rows: [132, 133, 135], answers: 'YYNYYPY' },
  { feature: 'DHCP client', rows: [139, 140, 141, 142, 143], answers: 'YYYYNYN' },
  { feature: 'DNS client', rows: [145, 146, 147], answers: 'YYYYNYN' },
]
