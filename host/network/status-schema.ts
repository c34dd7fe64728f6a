/** The form of the document that `linkpulse net stat --json` prints. */
import * as v from 'valibot'
import {
  documentFields,
  fromZeroField,
  oneOfField,
  textField,
  truthField,
  wordsField,
} from '../../boards/schema/fields.js'

export const NET_STAT_VERSION = 1

const counts = v.record(v.string(), fromZeroField('A count'))
/** What one part of the stack counted; what it lost is by reason. */
const counters = v.record(v.string(), v.union([fromZeroField('A count'), counts]))
/** The same of parts that have parts: IPv6 at an interface, and its groups. */
const countersInside = v.record(v.string(), v.union([fromZeroField('A count'), counters]))
const interfaceCounters = v.record(v.string(), v.union([fromZeroField('A count'), countersInside]))

const addressesField = (title: string) => v.exactOptional(v.array(textField(title)))
const exchanges = { sent: counts, received: counts, dropped: counts }
/** Of `net up --dhcp`. */
const dhcp = v.strictObject({
  state: textField('State of the client (RFC 2131 4.4)'),
  server: v.exactOptional(textField('Who gave the lease')),
  dnsServers: addressesField('Name server'),
  conflicts: fromZeroField('Addresses that another station had'),
  ...exchanges,
})
/** Where DHCPv6 was asked. */
const dhcp6 = v.strictObject({
  state: textField('Exchange that the client is in (RFC 9915 18.2)'),
  server: v.exactOptional(textField('DUID of the server that lent the addresses')),
  addresses: addressesField('Address that is lent'),
  nameServers: addressesField('Name server'),
  searchDomains: addressesField('Domain that names are looked for in'),
  duplicates: fromZeroField('Addresses that another station had'),
  ...exchanges,
})
/** Of `net up --dhcp6-server`. */
const dhcp6Server = v.strictObject({
  requests: fromZeroField('Information requests'),
  replies: fromZeroField('Answers to them'),
  dropped: counts,
})
/** Of `net gateway`; `GatewayStatus` says what each is. */
const gateway = v.strictObject({
  addresses: v.array(textField("Address of the gateway on the board's wire")),
  allowed: v.array(textField('What of this computer and its networks may be reached')),
  onlyListed: truthField('Whether nothing else may be reached, the Internet neither'),
  echoes: oneOfField('Who answers echoes for hosts outside', ['hosts', 'gateway']),
  conversations: v.array(
    v.strictObject({
      protocol: oneOfField('Protocol', ['tcp', 'udp']),
      board: textField('Address and port of the board'),
      outside: textField('Address and port outside'),
      state: v.exactOptional(textField('State of the TCP connection to the board (RFC 9293 3.3.2)')),
      fromBoard: fromZeroField('Octets of the board'),
      toBoard: fromZeroField('Octets to the board'),
    }),
  ),
  forwards: v.array(
    v.strictObject({
      protocol: oneOfField('Protocol', ['tcp', 'udp']),
      listens: textField('Address and port of this computer'),
      board: textField('Address and port of the board'),
      open: fromZeroField('Connections that are open'),
    }),
  ),
  counters: v.strictObject({
    begun: fromZeroField('TCP connections and UDP conversations that boards began'),
    forwarded: fromZeroField('Those that came by forwards'),
    echoesAnswered: fromZeroField('Echoes that were answered'),
    namesAsked: fromZeroField('Names that were asked for'),
  }),
  dropped: counts,
})
const shift = v.exactOptional(fromZeroField('Shift count of the window, where one is agreed (RFC 7323 2.2)'))

const interface_ = v.strictObject({
  name: textField('Interface'),
  mac: textField('Station address'),
  link: oneOfField('Link', ['up', 'down']),
  addresses: v.array(textField('Address with its prefix length')),
  gateway: v.nullable(textField('First hop out of its network')),
  mtu: fromZeroField('Octets of the largest datagram'),
  neighbours: v.array(v.strictObject({ address: textField('Address'), mac: textField('Station address') })),
  claims: v.array(
    v.strictObject({
      address: textField('Address of ours that another station claims, or claimed'),
      mac: textField('That station'),
      givenUp: truthField('Whether the address is not in use now'),
    }),
  ),
})

const route = v.strictObject({
  network: textField('Network'),
  gateway: v.nullable(textField('Router')),
  interface: textField('Interface'),
})

const connection = v.strictObject({
  protocol: oneOfField('Protocol', ['tcp', 'udp']),
  local: textField('Address and port here'),
  remote: textField('Address and port there, or *'),
  state: wordsField('State of a TCP connection'),
})

/** RFC 9293 and its neighbours; `TcpInfo` says what each is. Durations in nanoseconds, sizes in octets. */
const tcp = v.strictObject({
  local: textField('Address and port here'),
  remote: textField('Address and port there'),
  state: textField('State (RFC 9293 3.3.2)'),
  congestion: textField('Congestion control'),
  cwnd: fromZeroField('Congestion window'),
  ssthresh: v.nullable(fromZeroField('Slow start threshold; null where there is none yet')),
  inRecovery: truthField('Whether a loss is being recovered from'),
  recovery: oneOfField('How', ['none', 'sack', 'newreno', 'timeout']),
  duplicateAcks: fromZeroField('Duplicate acknowledgements in a row'),
  rto: fromZeroField('Retransmission timeout'),
  srtt: fromZeroField('Smoothed round trip time'),
  rttvar: fromZeroField('Its variation'),
  unacknowledged: fromZeroField('Sent and not acknowledged'),
  sacked: fromZeroField('Of these, held by the peer out of order'),
  lost: fromZeroField('Of these, thought lost'),
  reorderingSeen: truthField('Whether a segment was overtaken'),
  reorderingWindow: fromZeroField('How long one is waited for that may have been'),
  readable: fromZeroField('Received and not read'),
  queued: fromZeroField('Written and not acknowledged'),
  unsent: fromZeroField('Of these, not sent yet'),
  retransmits: fromZeroField('Segments sent again'),
  tailProbes: fromZeroField('Tail loss probes'),
  undone: fromZeroField('Reductions of the window that were taken back'),
  ecn: truthField('Whether explicit congestion notification is agreed'),
  marksReceived: fromZeroField('Segments that came marked'),
  congestionEchoes: fromZeroField('Reductions of the window upon marks that the peer reported'),
  backoff: fromZeroField('Retransmission timeouts in a row'),
  pathMtu: fromZeroField('Largest datagram of the path'),
  segmentSize: fromZeroField('Largest payload of a segment of ours'),
  peerSegmentSize: fromZeroField('Largest that the peer takes'),
  advertisedSegmentSize: fromZeroField('Largest that we said we take'),
  sendWindow: fromZeroField('Window of the peer'),
  receiveWindow: fromZeroField('Window of ours'),
  sendScale: shift,
  receiveScale: shift,
  sackPermitted: truthField('Whether selective acknowledgements are agreed'),
  timestamps: truthField('Whether timestamps are agreed'),
  octetsSent: fromZeroField('Octets sent'),
  octetsReceived: fromZeroField('Octets received'),
  octetsAcknowledged: fromZeroField('Octets acknowledged'),
  segmentsSent: fromZeroField('Segments sent'),
  segmentsReceived: fromZeroField('Segments received'),
  initialSendSequence: fromZeroField('ISS'),
  initialReceiveSequence: fromZeroField('IRS'),
})

export const NET_STAT_DOCUMENT = v.pipe(
  v.strictObject({
    ...documentFields(NET_STAT_VERSION),
    target: textField('Whose stack it is'),
    uptime: fromZeroField('Seconds since it began to run'),
    interfaces: v.array(interface_),
    routes: v.array(route),
    memory: v.strictObject({
      limit: fromZeroField('Octets that its buffers may take'),
      used: fromZeroField('Octets in use'),
      peak: fromZeroField('The most that was in use at one time'),
      byPurpose: counts,
      refused: counts,
    }),
    connections: v.array(connection),
    tcp: v.array(tcp),
    lost: v.record(v.string(), counts),
    services: v.record(v.string(), counters),
    counters: v.strictObject({
      interfaces: v.record(v.string(), interfaceCounters),
      loopback: counters,
      ipv4: counters,
      icmp: counters,
      igmp: counters,
      ipv6: v.exactOptional(counters),
      icmpv6: v.exactOptional(counters),
      udp: counters,
      tcp: counters,
    }),
    dhcp: v.exactOptional(v.record(v.string(), dhcp)),
    dhcp6: v.exactOptional(v.record(v.string(), dhcp6)),
    dhcp6Server: v.exactOptional(v.record(v.string(), dhcp6Server)),
    gateway: v.exactOptional(gateway),
  }),
  v.title('What linkpulse net stat shows'),
)

export type NetStatDocument = v.InferOutput<typeof NET_STAT_DOCUMENT>
