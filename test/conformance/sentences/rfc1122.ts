/** RFC 1122 by its summary tables: each line of 2.5, 3.5, 4.1.5 and 4.2.5, under the section that the line names. */
import { RFC_9293 } from './rfc9293.js'
import {
  may,
  must,
  mustNot,
  noDemand,
  notApplicable,
  open,
  type Standard,
  type State,
  section,
  should,
  shouldNot,
  tested,
  testsOf,
} from './sentence.js'

const arp = testsOf('firmware/net/link/neighbour-cache.test.ts')
const snap = testsOf('firmware/net/wire/snap.test.ts')
const ipv4 = testsOf('firmware/net/ipv4/ipv4.test.ts')
const forwarding = testsOf('firmware/net/ipv4/forwarding.test.ts')
const gateways = testsOf('firmware/net/ipv4/dead-gateway.test.ts')
const icmp = testsOf('firmware/net/icmp/icmp.test.ts')
const igmp = testsOf('firmware/net/igmp/igmp.test.ts')
const udp = testsOf('firmware/net/udp/udp.test.ts')
const between = testsOf('firmware/net/udp/udp-between-stacks.test.ts')
const several = testsOf('firmware/net/several-addresses.test.ts')
const addresses = testsOf('firmware/net/address.test.ts')
const datagrams = testsOf('firmware/socket/datagram-socket.test.ts')
const stack = testsOf('firmware/stack.test.ts')
const resent = testsOf('test/conformance/retransmission.test.ts')
const dhcp = testsOf('firmware/net/dhcp/stack.test.ts')

const ECHOED = [0, 1, 7, 1472].map((size) => `134 [1122 §3.2.2.6] of ${size} octets are answered with the same octets`)
const FORM = '133 [1122 §3.2.2] quote the IP header and at least 8 octets, up to 576 in all'
const REACHES = 'reach the transport that they concern, with what they quote'
const REFLECTED = '134 [1122 §3.2.2.6] keep a record route and a timestamp, with this host added'
const REVERSED = '134 [1122 §3.2.2.6] go back by the reverse of a source route'
const REDIRECTED =
  'that redirect are followed if they come from the router in use and name a host of its network (1122 §3.2.2.2)'
const ANY_CODE = 'that redirect are about one host, whatever their code (1122 §3.2.2.2, §3.3.1.2)'
const EXCEEDED = 'says time exceeded and who said so, and counts routers by its time to live, as traceroute does'
const PING = 'asks for the address, then for the echo, and measures the round trip'
const PREFIXES = 'by the longest prefix, and to the gateway where no network fits; a removed route is not used any more'
const ROUTELESS = 'says unreachable at once without a route, and uses the gateway when there is one'
const SOURCE = 'from the address that it was told, or from the one on the network of the next hop (RFC 1122 3.3.4.3)'
const IN_PIECES = 'in fragments of whole octets of eight, all with one identification (RFC 791 3.2)'
const SHUFFLED = '129 [1122 §3.3.2] shuffled fragments, over 200 seeds, with exact overlaps and other lengths'
const TIMED_OUT =
  '130 [1122 §3.3.2] nothing where a fragment is missing: freed after 60 s, with time exceeded if the first came'
const LARGEST = '131 [RFC 815, 3128] nothing that would pass 65,535 octets'
const TO_ALL = 'to broadcast addresses in broadcast frames, to groups in frames of the group (RFC 1112 6.4)'
const FROM_ALL =
  'broadcasts of its network and of everyone, and no datagram for itself in a broadcast frame (RFC 1122 3.3.6)'
const SOURCE_ROUTE =
  '128 [1122 §3.2.1.8] and does not pass on a datagram whose source route goes on, as host or as router'
const NO_ROUTER = 'is none unless it is told to be'
const ASKED_FROM = 'tells a socket on any address which one it was sent to, and the answer can be sent from there'
const OWN = 'is an address of this host, or the call fails'
const NO_GROUP = "is the route's where a group or everybody was asked: no group is a source (RFC 1122 3.2.1.3)"
const SAYS_FIELDS = 'takes the address of the interface, and what the socket says of TTL and traffic class'
const CLOSED_PORT =
  '135 [1122 §4.1.3.1] a closed port is answered with port unreachable, which a connected socket learns; a broadcast is not'
const CHECKSUMS =
  '136 [1122 §4.1.3.4, 768] is taken without a checksum, dropped with a wrong one; a sum of zero goes out as FFFFh'
const TOLD = 'reach a connected socket as ECONNREFUSED, and every socket that asked for them'
const PLAIN = 'a datagram without the padding of its frame'
const SECOND_ROUTER =
  'the second takes what waited for the first, each datagram once and in order, and nobody is notified of an error'
const SILENT = 'one that falls silent after it answered is noticed when its neighbour entry ends, at the latest'
const ADVICE = 'the second is asked at once when a transport says that nothing comes back'
const CONFIGURED = 'is configured, announced, reachable, and renews by unicast; tshark finds nothing to say'
const LOST_SYN = '73 [6298 2.1] a lost SYN is sent again after 1 s, then 2, 4, 8, up to a limit of 60 s or more'
const behind = (option: string) => `128 [1122 §3.2.1.8] the payload behind ${option}`
const notSentFor = (...what: string[]) =>
  icmp(
    ...what.map((each) => `132 [1122 §3.2.2] are not sent about ${each}`),
    '132 [1122 §3.2.2] are sent about a datagram of that kind but for the one thing',
  )
const nothingFrom = (...sources: string[]) =>
  ipv4(...sources.map((each) => `nothing from ${each}, which is nobody else’s address (RFC 1122 3.2.1.3)`))

const noOptions = open(
  'No socket sends IP options of its own, nor is given those that came; ICMP and IGMP have theirs.',
)
const noSourceRoute = notApplicable('No source route is followed (RFC 7126 4.3, 4.4).')
const noTimestamp = notApplicable('ICMP timestamps are not implemented: MAY.')
const noMask = notApplicable('Masks are not asked for by ICMP: MAY; RFC 6918 has made the messages historic.')
const noPings = notApplicable('Routers are never pinged: that one is there shows by ARP, of those in use.')
const quench = notApplicable('RFC 6633 has deprecated it: what arrives is discarded, which is tested.')
const weak = notApplicable('A choice; this host takes what is for any of its addresses on any interface ("weak").')

const LABELLED = new Map(
  RFC_9293.sections.flatMap(({ sentences }) =>
    sentences.flatMap(({ label, state }) => (label ? [[label, state]] : [])),
  ),
)

/** The same demand by its label in RFC 9293, which has taken it over. */
function as9293(label: string): State {
  const state = LABELLED.get(label)
  if (state === undefined) throw new Error(`RFC 9293 has no ${label}`)
  return state
}

export const RFC_1122: Standard = {
  rfc: 1122,
  title: 'Requirements for Internet Hosts -- Communication Layers',
  complete: true,
  extent:
    'Each line of its four summary tables; where a line says "Only if feature is implemented", this is so. The lines of TCP are those of RFC 9293, with the tests that stand there.',
  sections: [
    noDemand('1.1.3', 'Internet Protocol Suite', 'what the layers are.'),
    noDemand('1.2.2', 'Robustness Principle', 'no line of a table: a principle.'),
    section(
      '2.3.1',
      'Trailer Protocol Negotiation',
      may('Trailer encapsulation', notApplicable('None: historic.')),
      mustNot('Send Trailers by default without negotiation', notApplicable('None is ever sent.')),
    ),
    section(
      '2.3.2.1',
      'ARP Cache Validation',
      must(
        'Flush out-of-date ARP cache entries',
        tested(
          arp(
            '122 [1122 §2.3.2.1] asks again for an entry past its age',
            'asks by unicast for an entry in use that nears its end, and nothing has to wait (RFC 1122 2.3.2.1)',
          ),
          stack('remembers a neighbour for a minute, then asks again (RFC 1122 2.3.2.1)'),
        ),
      ),
      must(
        'Prevent ARP floods',
        tested(
          arp(
            '122 [1122 §2.3.2.1] asks at most once a second for an address that nobody answers for',
            '122 [1122 §2.3.2.1] are asked for once a second, also where their entry was evicted meanwhile',
          ),
        ),
      ),
      should('Cache timeout configurable', open('It is a minute, always.')),
    ),
    section(
      '2.3.2.2',
      'ARP Packet Queue',
      should(
        'Save at least one (latest) unresolved pkt',
        tested(
          arp(
            '123 [1122 §2.3.2.2] keeps what is sent to a neighbour it asks for, and sends it on the reply',
            '123 [1122 §2.3.2.2] gives up earlier frames for the latest where there is no memory for both',
          ),
        ),
      ),
    ),
    section(
      '2.3.3',
      'Ethernet and IEEE 802 Encapsulation',
      must('Send & receive RFC-894 encapsulation', tested(stack(PING))),
      should(
        'Receive RFC-1042 encapsulation',
        tested(
          snap(
            'with an echo of 18 octets are answered, in a frame of Ethernet (RFC 1122 2.3.3)',
            'with an ARP request of hardware type 6 are answered by ARP of Ethernet',
          ),
        ),
      ),
      may('Send RFC-1042 encapsulation', notApplicable('None is sent.')),
      must('Then config. sw. to select, RFC-894 dflt', notApplicable('None is sent.')),
      mustNot('Send K1=6 encapsulation', notApplicable('None is sent.')),
      must('Use ARP on Ethernet and IEEE 802 nets', tested(stack(PING))),
    ),
    section(
      '2.4',
      'Link/Internet Layer Interface',
      must(
        'Link layer report b’casts to IP layer',
        tested(ipv4(FROM_ALL), notSentFor('a datagram in a broadcast frame')),
      ),
      must('IP layer pass TOS to link layer', notApplicable('Ethernet has nothing to do with it.')),
      mustNot(
        'No ARP cache entry treated as Dest. Unreach.',
        tested(arp('123 [1122 §2.3.2.2] keeps what is sent to a neighbour it asks for, and sends it on the reply')),
      ),
    ),
    section(
      '3.1',
      'Introduction',
      must('Implement IP and ICMP', tested(icmp(ECHOED[3], REACHES))),
      must(
        'Handle remote multihoming in application layer',
        notApplicable(
          'A program’s: a look-up gives it every address, and a race of connections tries them (RFC 8305).',
        ),
      ),
      may(
        'Support local multihoming',
        tested(ipv4('what is for another of its addresses, on whichever interface', SOURCE)),
      ),
      must(
        'Meet gateway specs if forward datagrams',
        open('RFC 1812 has no list here; what the router does by it is tested, redirects it sends none.'),
      ),
      must('Configuration switch for embedded gateway', tested(forwarding(NO_ROUTER))),
      must('Config switch default to non-gateway', tested(forwarding(NO_ROUTER))),
      mustNot('Auto-config based on number of interfaces', tested(forwarding(NO_ROUTER))),
      should(
        'Able to log discarded datagrams',
        open('They are counted by reason, and a trace shows every frame; there is no log of those discarded.'),
      ),
      should(
        'Record in counter',
        tested(ipv4('127 [1122 §3.2.1.1-2] nothing of version 5', '127 [1122 §3.2.1.1-2] nothing of a wrong checksum')),
      ),
    ),
    section(
      '3.2.1.1',
      'Version Number',
      must(
        'Silently discard Version != 4',
        tested(ipv4('127 [1122 §3.2.1.1-2] nothing of version 5', '127 [1122 §3.2.1.1-2] nothing of version 6')),
      ),
    ),
    section(
      '3.2.1.2',
      'Checksum',
      must(
        'Verify IP checksum, silently discard bad dgram',
        tested(ipv4('127 [1122 §3.2.1.1-2] nothing of a wrong checksum')),
      ),
    ),
    section(
      '3.2.1.3',
      'Addressing',
      must('Subnet addressing (RFC-950)', tested(ipv4(PREFIXES, SOURCE, FROM_ALL))),
      must('Src address must be host’s own IP address', tested(several(OWN, NO_GROUP), ipv4(SOURCE))),
      must(
        'Silently discard datagram with bad dest addr',
        tested(ipv4('nothing for 127.0.0.1 from the wire', SOURCE_ROUTE)),
      ),
      must(
        'Silently discard datagram with bad src addr',
        tested(
          nothingFrom('0.0.0.5', '127.0.0.1', '224.0.0.5', '240.0.0.1', '255.255.255.255', '10.0.0.255', '10.0.0.1'),
        ),
      ),
      mustNot('Broadcast addr as IP source addr', tested(several(NO_GROUP))),
    ),
    section('3.2.1.4', 'Fragmentation and Reassembly', must('Support reassembly', tested(ipv4(SHUFFLED)))),
    section('3.2.1.5', 'Identification', may('Retain same Id field in identical datagram', as9293('MAY-4'))),
    section(
      '3.2.1.6',
      'Type-of-Service',
      must('Allow transport layer to set TOS', tested(udp(SAYS_FIELDS))),
      should(
        'Pass received TOS up to transport layer',
        tested(
          ipv4(
            'a congestion mark on any fragment as one on the datagram, and nothing where marks contradict (RFC 3168 5.3)',
          ),
        ),
      ),
      shouldNot('Use RFC-795 link-layer mappings for TOS', notApplicable('None is used.')),
    ),
    section(
      '3.2.1.7',
      'Time-to-Live',
      mustNot(
        'Send packet with TTL of 0',
        tested(datagrams('has options by name, and says so when it has none of that name')),
      ),
      mustNot(
        'Discard received packets with TTL < 2',
        tested(ipv4('what has one hop left, or none: it is where it was to go (RFC 1122 3.2.1.7)')),
      ),
      must('Allow transport layer to set TTL', tested(udp(SAYS_FIELDS), icmp(EXCEEDED))),
      must('Fixed TTL is configurable', as9293('MUST-49')),
    ),
    section(
      '3.2.1.8',
      'Options',
      must('Allow transport layer to send IP options', noOptions),
      must('Pass all IP options rcvd to higher layer', noOptions),
      must('IP layer silently ignore unknown options', tested(ipv4(behind('an unknown option')))),
      may('Security option', notApplicable('Passed over as unknown.')),
      shouldNot('Send Stream Identifier option', notApplicable('None is sent.')),
      must('Silently ignore Stream Identifier option', tested(ipv4(behind('an unknown option')))),
      may('Record Route option', tested(icmp(REFLECTED), ipv4(behind('a record route')))),
      may('Timestamp option', tested(icmp(REFLECTED), ipv4(behind('a timestamp')))),
      must(
        'Originate & terminate Source Route options',
        open('One that ends here is taken, and an echo goes back by it; none is begun.'),
      ),
      must('Datagram with completed SR passed up to TL', tested(ipv4(behind('a loose source route that ends here')))),
      must('Build correct (non-redundant) return route', tested(icmp(REVERSED))),
      mustNot(
        'Send multiple SR options in one header',
        notApplicable('None is begun, and of two that come none is answered.'),
      ),
    ),
    section(
      '3.2.2',
      'Internet Control Message Protocol -- ICMP',
      must('Silently discard ICMP msg with unknown type', tested(notSentFor('an ICMP message of an unknown type'))),
      may('Include more than 8 octets of orig datagram', tested(icmp(FORM))),
      must('Included octets same as received', tested(icmp(FORM))),
      must(
        'Demux ICMP Error to transport protocol',
        tested(icmp(REACHES, 'go no further when one concerns nobody here')),
      ),
      should(
        'Send ICMP error message with TOS=0',
        notApplicable('RFC 1812 4.3.2.5 has 6 in the upper bits, which is tested.'),
      ),
      mustNot('Send ICMP error message for: ICMP error msg', tested(notSentFor('an ICMP error'))),
      mustNot(
        'IP b’cast or IP m’cast',
        tested(notSentFor('a datagram to everyone', 'a datagram to its network', 'a datagram to a group')),
      ),
      mustNot('Link-layer b’cast', tested(notSentFor('a datagram in a broadcast frame'))),
      mustNot('Non-initial fragment', tested(notSentFor('a fragment that is not the first'))),
      mustNot('Datagram with non-unique src address', tested(notSentFor('a datagram from no host'))),
    ),
    section(
      '3.2.2.1',
      'Destination Unreachable',
      should('Generate Dest Unreachable (code 2/3)', tested(icmp(FORM), between(CLOSED_PORT))),
      must('Pass ICMP Dest Unreachable to higher layer', tested(icmp(REACHES), between(CLOSED_PORT))),
      should('Higher layer act on Dest Unreach', tested(udp(TOLD))),
      must('Interpret Dest Unreach as only hint', as9293('MUST-56')),
    ),
    section(
      '3.2.2.2',
      'Redirect',
      shouldNot('Host send Redirect', notApplicable('None is sent over IPv4.')),
      must('Update route cache when recv Redirect', tested(icmp(REDIRECTED))),
      must('Handle both Host and Net Redirects', tested(icmp(ANY_CODE))),
      should('Discard illegal Redirect', tested(icmp(REDIRECTED))),
    ),
    section(
      '3.2.2.3',
      'Source Quench',
      may('Send Source Quench if buffering exceeded', quench),
      must('Pass Source Quench to higher layer', quench),
      should('Higher layer act on Source Quench', quench),
    ),
    section('3.2.2.4', 'Time Exceeded', must('Pass to higher layer', tested(icmp(EXCEEDED)))),
    section(
      '3.2.2.5',
      'Parameter Problem',
      should(
        'Send Parameter Problem messages',
        tested(ipv4('nothing behind an option with a length of 1, and says where (RFC 792, parameter problem)')),
      ),
      must('Pass Parameter Problem to higher layer', as9293('MUST-54')),
      may('Report Parameter Problem to user', as9293('SHLD-25')),
    ),
    section(
      '3.2.2.6',
      'Echo Request/Reply',
      must('Echo server and Echo client', tested(icmp(...ECHOED), stack(PING))),
      should('Echo client', tested(stack(PING))),
      may(
        'Discard Echo Request to broadcast address',
        tested(icmp('to a group are not answered, nor with a wrong checksum')),
      ),
      may(
        'Discard Echo Request to multicast address',
        open('As to a broadcast, by one condition; no test sends one to a group.'),
      ),
      must(
        'Use specific-dest addr as Echo Reply src',
        tested(forwarding('answers for each of its addresses on whichever side it is asked')),
      ),
      must('Send same data in Echo Reply', tested(icmp(...ECHOED))),
      must(
        'Pass Echo Reply to higher layer',
        tested(stack(PING), icmp('tells a reply with other octets from a good one')),
      ),
      should('Reflect Record Route, Time Stamp options', tested(icmp(REFLECTED))),
      must('Reverse and reflect Source Route option', tested(icmp(REVERSED))),
      should('Of Timestamp Reply: Reflect Record Route, Time Stamp options', noTimestamp),
    ),
    section(
      '3.2.2.7',
      'Information Request/Reply',
      shouldNot('ICMP Information Request or Reply', notApplicable('None.')),
    ),
    section(
      '3.2.2.8',
      'Timestamp and Timestamp Reply',
      may('ICMP Timestamp and Timestamp Reply', noTimestamp),
      should('Minimize delay variability', noTimestamp),
      may('Silently discard b’cast Timestamp', noTimestamp),
      may('Silently discard m’cast Timestamp', noTimestamp),
      must('Use specific-dest addr as TS Reply src', noTimestamp),
      must('Reverse and reflect Source Route option', noTimestamp),
      must('Pass Timestamp Reply to higher layer', noTimestamp),
      must('Obey rules for "standard value"', noTimestamp),
    ),
    section(
      '3.2.2.9',
      'Address Mask Request/Reply',
      must('Addr Mask source configurable', tested(ipv4(PREFIXES), dhcp(CONFIGURED))),
      must('Support static configuration of addr mask', tested(ipv4(PREFIXES))),
      may('Get addr mask dynamically during booting', tested(dhcp(CONFIGURED))),
      may('Get addr via ICMP Addr Mask Request/Reply', noMask),
      must('Retransmit Addr Mask Req if no Reply', noMask),
      should('Assume default mask if no Reply', noMask),
      must('Update address mask from first Reply only', noMask),
      should(
        'Reasonableness check on Addr Mask',
        tested(addresses('is refused as a value, too, and so is an invalid prefix')),
      ),
      mustNot('Send unauthorized Addr Mask Reply msgs', noMask),
      must('Explicitly configured to be agent', noMask),
      should('Static config=> Addr-Mask-Authoritative flag', noMask),
      must('Broadcast Addr Mask Reply when init.', noMask),
    ),
    section(
      '3.3.1.1',
      'Local/Remote Decision',
      must('Use address mask in local/remote decision', tested(ipv4(PREFIXES))),
      must('Operate with no gateways on conn network', tested(stack(ROUTELESS))),
    ),
    section(
      '3.3.1.2',
      'Gateway Selection',
      must(
        'Maintain "route cache" of next-hop gateways',
        tested(
          icmp(REDIRECTED),
          ipv4('to more destinations than it remembers ways for; a way that was forgotten says so'),
        ),
      ),
      should('Treat Host and Net Redirect the same', tested(icmp(ANY_CODE))),
      must('If no cache entry, use default gateway', tested(ipv4(PREFIXES), stack(ROUTELESS))),
      must('Support multiple default gateways', tested(gateways(SECOND_ROUTER))),
      may('Provide table of static routes', tested(ipv4(PREFIXES))),
      may('Flag: route overridable by Redirects', notApplicable('There is no such flag.')),
    ),
    section(
      '3.3.1.3',
      'Route Cache',
      may('Key route cache on host, not net address', tested(icmp(REDIRECTED, ANY_CODE))),
      should('Include TOS in route cache', open('Ways are by destination and source.')),
    ),
    section(
      '3.3.1.4',
      'Dead Gateway Detection',
      must('Able to detect failure of next-hop gateway', tested(gateways(SECOND_ROUTER, SILENT))),
      shouldNot('Assume route is good forever', tested(gateways(SILENT))),
      mustNot('Ping gateways continuously', noPings),
      must('Ping only when traffic being sent', noPings),
      must('Ping only when no positive indication', noPings),
      should('Higher and lower layers give advice', tested(gateways(ADVICE, SILENT))),
    ),
    section(
      '3.3.1.5',
      'New Gateway Selection',
      must('Switch from failed default g’way to another', tested(gateways(SECOND_ROUTER))),
    ),
    section('3.3.1.6', 'Initialization', must('Manual method of entering config info', tested(ipv4(PREFIXES)))),
    section(
      '3.3.2',
      'Reassembly',
      must('Able to reassemble incoming datagrams', tested(ipv4(SHUFFLED))),
      must(
        'At least 576 byte datagrams',
        tested(ipv4(LARGEST, 'that fits its half of a small budget only just, as it grows')),
      ),
      should('EMTU_R configurable or indefinite', tested(ipv4(LARGEST))),
      must('Transport layer able to learn MMS_R', as9293('MUST-67')),
      must('Send ICMP Time Exceeded on reassembly timeout', tested(ipv4(TIMED_OUT))),
      should('Fixed reassembly timeout value', tested(ipv4(TIMED_OUT))),
    ),
    section(
      '3.3.3',
      'Fragmentation',
      must('Pass MMS_S to higher layers', as9293('MUST-16')),
      may('Local fragmentation of outgoing packets', tested(ipv4(IN_PIECES))),
      must(
        'Else don’t send bigger than MMS_S',
        tested(ipv4('nothing too long: over 65,535 octets, or over the link’s MTU with DF')),
      ),
      should('Send max 576 to off-net destination', notApplicable('RFC 1191 has TCP find the path’s MTU instead.')),
      may('All-Subnets-MTU configuration flag', notApplicable('None.')),
    ),
    section(
      '3.3.4.2',
      'Multihoming Requirements',
      should(
        'Reply with same addr as spec-dest addr',
        tested(several('is answered by a service from this very address (RFC 1122 4.1.3.5)')),
      ),
      must(
        'Allow application to choose local IP addr',
        tested(several('can be where a socket speaks from with one peer, and hears it there', OWN)),
      ),
      may('Silently discard d’gram in "wrong" interface', weak),
      may('Only send d’gram through "right" interface', weak),
    ),
    noDemand('3.3.4.3', 'Choosing a Source Address', 'no line of a table.'),
    section(
      '3.3.5',
      'Source Route Forwarding',
      may('Forward datagram with Source Route option', noSourceRoute),
      must('Obey corresponding gateway rules', noSourceRoute),
      must('Update TTL by gateway rules', noSourceRoute),
      must('Able to generate ICMP err code 4, 5', noSourceRoute),
      may('IP src addr not local host', noSourceRoute),
      must('Update Timestamp, Record Route options', noSourceRoute),
      must('Configurable switch for non-local SRing', noSourceRoute),
      must('Defaults to OFF', noSourceRoute),
      must('Satisfy gwy access rules for non-local SRing', noSourceRoute),
      should('If not forward, send Dest Unreach (cd 5)', tested(ipv4(SOURCE_ROUTE))),
    ),
    section(
      '3.3.6',
      'Broadcasts',
      should(
        'Receive 0 or -1 broadcast formats OK',
        open('Those of -1 alone: RFC 1812 5.3.5 has the others discarded, and hosts no longer send them.'),
      ),
      may('Config’ble option to send 0 or -1 b’cast', notApplicable('None.')),
      should('Default to -1 broadcast', tested(ipv4(TO_ALL))),
      must('Recognize all broadcast address formats', tested(ipv4(FROM_ALL))),
      must('Use IP b’cast/m’cast addr in link-layer b’cast', tested(ipv4(TO_ALL, FROM_ALL))),
      should('Silently discard link-layer-only b’cast dg’s', tested(ipv4(FROM_ALL))),
      should('Use Limited Broadcast addr for connected net', notApplicable('A program’s choice.')),
    ),
    section(
      '3.3.7',
      'IP Multicasting',
      should(
        'Support local IP multicasting (RFC-1112)',
        tested(
          igmp('hears the groups it has joined and no others, on the link where it has joined them'),
          ipv4(TO_ALL),
        ),
      ),
      may(
        'Support IGMP (RFC-1112)',
        tested(igmp('reports a group when it is joined, and once more within ten seconds (section 3)')),
      ),
      should(
        'Join all-hosts group at startup',
        tested(igmp('never reports 224.0.0.1, which everyone hears without joining')),
      ),
      should('Higher layers learn i’face m’cast capability', notApplicable('Every interface has it.')),
    ),
    section(
      '3.3.8',
      'Error Reporting',
      must('Return ICMP error msgs (when not prohibited)', tested(icmp(FORM), between(CLOSED_PORT))),
    ),
    section(
      '3.4',
      'Internet/Transport Layer Interface',
      must('Allow transport layer to use all IP mechanisms', open('But for options: see 3.2.1.8.')),
      must('Pass interface ident up to transport layer', tested(ipv4(PLAIN))),
      must('Pass all IP options up to transport layer', noOptions),
      must('Transport layer can send certain ICMP messages', tested(between(CLOSED_PORT), stack(PING))),
      must('Pass spec’d ICMP messages up to transp. layer', tested(icmp(REACHES, EXCEEDED))),
      must(
        'Include IP hdr+8 octets or more from orig.',
        tested(icmp(REACHES, 'go no further when one quotes too little')),
      ),
    ),
    section(
      '3.5',
      'Internet Layer Requirements Summary',
      should('Able to leap tall buildings at a single bound', notApplicable('It is no bird, and no plane.')),
    ),
    section('4.1.3.1', 'Ports', should('UDP send Port Unreachable', tested(between(CLOSED_PORT)))),
    section(
      '4.1.3.2',
      'IP Options',
      must('Pass rcv’d IP options to applic layer', noOptions),
      must('Applic layer can specify IP options in Send', noOptions),
      must('UDP passes IP options down to IP layer', noOptions),
    ),
    section(
      '4.1.3.3',
      'ICMP Messages',
      must(
        'Pass ICMP msgs up to applic layer',
        tested(
          udp(TOLD),
          between('says that a host does not answer to a socket that wants to know (RFC 1122 4.1.3.3)'),
        ),
      ),
    ),
    section(
      '4.1.3.4',
      'UDP Checksums',
      must('Able to generate/check checksum', tested(udp(CHECKSUMS))),
      must('Silently discard bad checksum', tested(udp(CHECKSUMS))),
      may('Sender Option to not generate checksum', notApplicable('None: there is always one.')),
      must('Default is to checksum', tested(udp(CHECKSUMS))),
      may(
        'Receiver Option to require checksum',
        tested(udp('136 [1122 §4.1.3.4] is dropped without a checksum where one is required')),
      ),
    ),
    section(
      '4.1.3.5',
      'UDP Multihoming',
      must('Pass spec-dest addr to application', tested(several(ASKED_FROM))),
      must('Applic layer can specify Local IP addr', tested(several(ASKED_FROM, OWN))),
      must('Applic layer specify wild Local IP addr', tested(several(ASKED_FROM), udp(SAYS_FIELDS))),
      should(
        'Applic layer notified of Local IP addr used',
        tested(datagrams('that is connected speaks with its peer alone, and learns that nobody is there')),
      ),
    ),
    section(
      '4.1.3.6',
      'Invalid Addresses',
      must(
        'Bad IP src addr silently discarded by UDP/IP',
        tested(
          udp('138 [1122 §4.1.3.6] is dropped when its source is a broadcast or multicast address'),
          nothingFrom('255.255.255.255', '224.0.0.5'),
        ),
      ),
      must(
        'Only send valid IP source address',
        tested(several(OWN, NO_GROUP), udp('does not go on from an address that is gone')),
      ),
    ),
    section(
      '4.1.4',
      'UDP/Application Layer Interface',
      must('Full IP interface of 3.4 for application', open('But for options: see 4.1.3.2.')),
      must('Able to spec TTL, TOS, IP opts when send dg', open('TTL and TOS (tested in udp.test.ts); no options.')),
      may('Pass received TOS up to applic layer', notApplicable('It is not passed on by UDP.')),
    ),
    section(
      '4.2.2.2',
      'Use of Push',
      may('Aggregate or queue un-pushed data', as9293('MAY-16')),
      should('Sender collapse successive PSH flags', as9293('SHLD-27')),
      may('SEND call can specify PUSH', as9293('MAY-15')),
      mustNot('If cannot: sender buffer indefinitely', as9293('MUST-60')),
      must('If cannot: PSH last segment', as9293('MUST-61')),
      may('Notify receiving ALP of PSH', as9293('MAY-17')),
      should('Send max size segment when possible', as9293('SHLD-28')),
    ),
    section(
      '4.2.2.3',
      'Window Size',
      must('Treat as unsigned number', as9293('MUST-1')),
      should('Handle as 32-bit number', as9293('REC-1')),
    ),
    section(
      '4.2.2.4',
      'Urgent Pointer',
      must('Pointer points to last octet (RFC 6093 4: behind it)', as9293('MUST-62')),
      must('Arbitrary length urgent data sequence', as9293('MUST-31')),
      must('Inform ALP asynchronously of urgent data', as9293('MUST-32')),
      must('ALP can learn if/how much urgent data Q’d', as9293('MUST-33')),
    ),
    section(
      '4.2.2.5',
      'TCP Options',
      must('Receive TCP option in any segment', as9293('MUST-5')),
      must('Ignore unsupported options', as9293('MUST-6')),
      must('Cope with illegal option length', as9293('MUST-7')),
    ),
    section(
      '4.2.2.6',
      'Maximum Segment Size Option',
      must('Implement sending & receiving MSS option', as9293('MUST-14')),
      should('Send MSS option unless 536', as9293('SHLD-5')),
      may('Send MSS option always', as9293('MAY-3')),
      must('Send-MSS default is 536', as9293('MUST-15')),
      must('Calculate effective send seg size', as9293('MUST-16')),
    ),
    section(
      '4.2.2.7',
      'TCP Checksum',
      must('Sender compute checksum', as9293('MUST-2')),
      must('Receiver check checksum', as9293('MUST-3')),
    ),
    section('4.2.2.9', 'Initial Sequence Number Selection', must('Use clock-driven ISN selection', as9293('MUST-8'))),
    section('4.2.2.10', 'Simultaneous Open Attempts', must('Support simultaneous open attempts', as9293('MUST-10'))),
    section('4.2.2.11', 'Recovery from Old Duplicate SYN', must('SYN-RCVD remembers last state', as9293('MUST-11'))),
    section('4.2.2.12', 'RST Segment', should('RST can contain data', as9293('SHLD-2'))),
    section(
      '4.2.2.13',
      'Closing a Connection',
      must('Inform application of aborted conn', as9293('MUST-12')),
      may('Half-duplex close connections', as9293('MAY-1')),
      should('Send RST to indicate data lost', as9293('SHLD-3')),
      must('In TIME-WAIT state for 2xMSL seconds', as9293('MUST-13')),
      may('Accept SYN from TIME-WAIT state', as9293('MAY-2')),
    ),
    section(
      '4.2.2.15',
      'Retransmission Timeout',
      must('Jacobson Slow Start algorithm', as9293('MUST-19')),
      must('Jacobson Congestion-Avoidance algorithm', as9293('MUST-19')),
      may('Retransmit with same IP ident', as9293('MAY-4')),
    ),
    section(
      '4.2.2.16',
      'Managing the Window',
      shouldNot('Shrink window from right', as9293('SHLD-14')),
      must('Robust against shrinking window', as9293('MUST-34')),
    ),
    section(
      '4.2.2.17',
      'Probing Zero Windows',
      may('Receiver’s window closed indefinitely', as9293('MAY-8')),
      must('Sender probe zero window', as9293('MUST-36')),
      should('First probe after RTO', as9293('SHLD-29')),
      should('Exponential backoff', as9293('SHLD-30')),
      must('Allow window stay zero indefinitely', as9293('MUST-37')),
      mustNot('Sender timeout OK conn with zero wind', as9293('MUST-37')),
    ),
    section(
      '4.2.2.18',
      'Passive OPEN Calls',
      mustNot('Passive Open call interfere with others', as9293('MUST-41')),
      must('Function: simultan. LISTENs for same port', as9293('MUST-42')),
    ),
    section('4.2.2.19', 'Time to Live', must('Configurable TTL', as9293('MUST-49'))),
    section(
      '4.2.2.20',
      'Event Processing',
      should('Queue out-of-order segments', as9293('SHLD-31')),
      must('Process all Q’d before send ACK', as9293('MUST-59')),
    ),
    section('4.2.2.21', 'Acknowledging Queued Segments', may('Send ACK for out-of-order segment', as9293('MAY-13'))),
    section(
      '4.2.3.1',
      'Retransmission Timeout Calculation',
      must('Karn’s algorithm', as9293('MUST-18')),
      must('Jacobson’s RTO estimation alg.', as9293('MUST-18')),
      must('Exponential backoff', as9293('MUST-19')),
      should(
        'SYN RTO calc same as data',
        tested(
          resent(LOST_SYN, '78 [6298 5.7] it is what was measured, where the echo is of the SYN that was sent last'),
        ),
      ),
      should(
        'Recommended initial values and bounds (RFC 6298 2)',
        tested(resent(LOST_SYN, '77 [6298 5.5] the RTO doubles up to a limit of 60 s or more, and no further')),
      ),
    ),
    section(
      '4.2.3.2',
      'When to Send an ACK Segment',
      should('Delayed ACK’s', as9293('SHLD-18')),
      must('Delay < 0.5 seconds', as9293('MUST-40')),
      must('Every 2nd full-sized segment ACK’d', as9293('SHLD-19')),
    ),
    section('4.2.3.3', 'When to Send a Window Update', must('Receiver SWS-Avoidance Algorithm', as9293('MUST-39'))),
    section(
      '4.2.3.4',
      'When to Send Data',
      must('Sender SWS-Avoidance Algorithm', as9293('MUST-38')),
      should('Nagle algorithm', as9293('SHLD-7')),
      must('Application can disable Nagle algorithm', as9293('MUST-17')),
    ),
    section(
      '4.2.3.5',
      'TCP Connection Failures',
      must('Negative advice to IP on R1 retxs', as9293('MUST-20')),
      must('Close connection on R2 retxs', as9293('MUST-20')),
      must('ALP can set R2', as9293('MUST-21')),
      should('Inform ALP of R1<=retxs<R2', as9293('SHLD-9')),
      should('Recommended values for R1, R2', as9293('SHLD-11')),
      must('Same mechanism for SYNs', as9293('MUST-22')),
      must('R2 at least 3 minutes for SYN', as9293('MUST-23')),
    ),
    section(
      '4.2.3.6',
      'TCP Keep-Alives',
      may('Send Keep-alive Packets', as9293('MAY-5')),
      must('Application can request', as9293('MUST-24')),
      must('Default is "off"', as9293('MUST-25')),
      must('Only send if idle for interval', as9293('MUST-26')),
      must('Interval configurable', as9293('MUST-27')),
      must('Default at least 2 hrs.', as9293('MUST-28')),
      must('Tolerant of lost ACK’s', as9293('MUST-29')),
    ),
    section(
      '4.2.3.7',
      'TCP Multihoming',
      must('Ask IP for src address for SYN if necc.', as9293('MUST-44')),
      must('Otherwise, use local addr of conn.', as9293('MUST-45')),
    ),
    section(
      '4.2.3.8',
      'IP Options',
      must('Ignore options TCP doesn’t understand', as9293('MUST-50')),
      may('Time Stamp support', as9293('MAY-10')),
      may('Record Route support', as9293('MAY-11')),
      must('ALP can specify a source route', as9293('MUST-51')),
      must('Overrides src rt in datagram', as9293('MUST-52')),
      must('Build return route from src rt', as9293('MUST-53')),
      should('Later src route overrides', as9293('SHLD-24')),
    ),
    section(
      '4.2.3.9',
      'ICMP Messages',
      must('Receiving ICMP Messages from IP', as9293('MUST-54')),
      should('Dest. Unreach (0,1,5) => inform ALP', as9293('SHLD-25')),
      mustNot('Dest. Unreach (0,1,5) => abort conn', as9293('MUST-56')),
      should('Dest. Unreach (2-4) => abort conn', as9293('SHLD-26')),
      should('Source Quench => slow start (RFC 6633: discard)', as9293('MUST-55')),
      should('Time Exceeded => tell ALP, don’t abort', as9293('MUST-56')),
      should('Param Problem => tell ALP, don’t abort', as9293('MUST-56')),
    ),
    section(
      '4.2.3.10',
      'Remote Address Validation',
      must('Reject OPEN call to invalid IP address', as9293('MUST-46')),
      must('Reject SYN from invalid IP address', as9293('MUST-63')),
      must('Silently discard SYN to bcast/mcast addr', as9293('MUST-57')),
    ),
    section(
      '4.2.3.14',
      'A number of the table alone; 4.2.3.10 is meant',
      mustNot('OPEN to broadcast/multicast IP Address', as9293('MUST-46')),
      must('Silently discard seg to bcast/mcast addr', as9293('MUST-57')),
    ),
    section(
      '4.2.4.1',
      'Asynchronous Reports',
      must('Error Report mechanism', as9293('MUST-47')),
      should('ALP can disable Error Report Routine', as9293('SHLD-20')),
    ),
    section(
      '4.2.4.2',
      'Type-of-Service',
      must('ALP can specify TOS for sending', as9293('MUST-48')),
      should('Passed unchanged to IP', as9293('SHLD-22')),
      should('ALP can change TOS during connection', as9293('SHLD-21')),
      may('Pass received TOS up to ALP', as9293('MAY-9')),
    ),
    section('4.2.4.3', 'Flush Call', may('FLUSH call', as9293('MAY-14'))),
    section('4.2.4.4', 'Multihoming', must('Optional local IP addr parm. in OPEN', as9293('MUST-43'))),
  ],
}
