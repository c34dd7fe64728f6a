/** RFC 8201, read section by section. */
import {
  must,
  mustNot,
  noDemand,
  notApplicable,
  open,
  type Standard,
  section,
  should,
  shouldNot,
  tested,
  testsOf,
} from './sentence.js'

const discovery = testsOf('firmware/net/ipv6/path-mtu.test.ts')
const router = testsOf('firmware/net/ipv6/router.test.ts')
const tcp = testsOf('firmware/net/tcp/path-mtu.test.ts')
const header = testsOf('test/conformance/header-options.test.ts')
const icmpErrors = testsOf('test/conformance/keepalive-icmp.test.ts')

const LOWERS = 'lowers what is sent on its path, and on no other'
const TOO_SMALL = 'that says less than 1280 is discarded'
const AGES = 'is tried larger after ten minutes, and not before (4, 5.3)'
const NOT_BELIEVED = 'is not believed about a datagram that would have fitted, or that is not from here'
const CUT_ANEW = 'has what is outstanding cut anew at once, and later data too, with no cut of the congestion window'
const EACH_LEARNS = 'have each connection learn it, and not only the first to one destination (RFC 8201 5.1)'

export const RFC_8201: Standard = {
  rfc: 8201,
  title: 'Path MTU Discovery for IP version 6',
  complete: true,
  extent:
    'It has no words in capitals: each "must", "should" and "recommended" in small letters is counted, but for those that say what a packet is.',
  sections: [
    section(
      '1',
      'Introduction',
      should(
        'Nodes should implement Path MTU Discovery to take advantage of paths with more than the IPv6 minimum link MTU',
        tested(router('learn how long a datagram may be on the way (RFC 8201)'), discovery(LOWERS)),
      ),
      must(
        'Nodes not implementing it must use the IPv6 minimum link MTU as the maximum packet size',
        notApplicable('It is implemented.'),
      ),
    ),
    noDemand('2', 'Terminology', 'terms.'),
    section(
      '3',
      'Protocol Overview',
      must(
        'It must be performed even where a node "thinks" a destination is attached to the same link as itself',
        tested(discovery(LOWERS)),
      ),
    ),
    section(
      '4',
      'Protocol Requirements',
      should(
        'Nodes should appropriately validate the payload of Packet Too Big messages: a response to traffic that was sent',
        tested(
          discovery(NOT_BELIEVED),
          icmpErrors(
            '106 [5927 §4.1, §7] code 4 that quotes a segment that was acknowledged lowers no path MTU: not for others there, either',
            '106 [5927 §4.1, §7] code 4 that quotes a segment that was not sent yet lowers no path MTU: not for others there, either',
          ),
        ),
      ),
      must(
        'A message that reports less than the IPv6 minimum link MTU: it must discard it',
        tested(discovery(TOO_SMALL)),
      ),
      mustNot(
        'A node must not reduce its estimate below the IPv6 minimum link MTU on receipt of one',
        tested(discovery(TOO_SMALL)),
      ),
      must(
        'It must reduce its estimate for the relevant path, based on the MTU field in the message',
        tested(discovery(LOWERS)),
      ),
      must(
        'It must attempt to avoid eliciting more such messages in the near future',
        tested(router('learn how long a datagram may be on the way (RFC 8201)'), discovery(LOWERS)),
      ),
      must('The node must reduce the size of the packets it is sending along the path', tested(discovery(LOWERS))),
      must(
        'Nodes using Path MTU Discovery must detect decreases as fast as possible',
        tested(discovery(LOWERS), tcp(CUT_ANEW)),
      ),
      must('To detect increases must be done at infrequent intervals', tested(discovery(AGES))),
      mustNot(
        'An attempt to detect an increase must not be done less than 5 minutes after a Packet Too Big for the path',
        tested(discovery(AGES)),
      ),
      should('The recommended setting for this timer is twice its minimum value (10 minutes)', tested(discovery(AGES))),
      mustNot(
        'A node must not increase its estimate in response to the contents of a Packet Too Big message',
        tested(discovery('never makes it larger')),
      ),
    ),
    noDemand(
      '5.1',
      'Layering',
      'what it suggests is how it is done here: the network layer stores path MTUs, and transports learn of them.',
    ),
    section(
      '5.2',
      'Storing PMTU Information',
      must(
        'A node must associate a PMTU value with some local representation of a path: here, the destination',
        tested(discovery(LOWERS)),
      ),
      should(
        'With multiple interfaces it should be maintained for each IPv6 link',
        open(
          'It is kept by destination, whose zone is the link of one of link scope; one of global scope has a single value, whichever link leads there.',
        ),
      ),
      should(
        'If the original packet contained a Routing header, it should be used to find the destination address',
        notApplicable('No routing header is ever sent.'),
      ),
      must(
        'The packetization layers must be notified about decreases in the PMTU',
        tested(router(EACH_LEARNS), discovery('is told to who sends what must not be cut, when it is sent (5.2)')),
      ),
      must(
        'Any instance that is actively using the path must be notified, whichever its packet was',
        tested(router(EACH_LEARNS)),
      ),
      should(
        'The instance that sent the packet should be notified that it was dropped, even if the estimate has not changed',
        tested(router(EACH_LEARNS), tcp(CUT_ANEW)),
      ),
      should(
        'Where notification is postponed, an attempt to SEND what is larger should fail with a suitable error',
        tested(discovery('is told to who sends what must not be cut, when it is sent (5.2)')),
      ),
      should('That a packet was dropped should be told as soon as practical', tested(tcp(CUT_ANEW))),
    ),
    section(
      '5.3',
      'Purging Stale PMTU Information',
      should('An implementation should "age" cached values', tested(discovery(AGES))),
      should(
        'Not decreased for a while (on the order of 10 minutes), it should probe to find if a larger one is supported',
        tested(discovery(AGES)),
      ),
      should(
        'It should provide a means for changing the timeout duration, including "infinity"',
        open('It is a constant, `PATH_MTU_LIFETIME`; nobody has asked for another.'),
      ),
      shouldNot(
        'Nodes behind a small MTU should not have to put up with dropped packets every 10 minutes',
        open('As above.'),
      ),
    ),
    section(
      '5.4',
      'Packetization Layer Actions',
      must(
        'A packetization layer must use the PMTU for the path(s) in use by a connection',
        tested(tcp(CUT_ANEW), router(EACH_LEARNS)),
      ),
      shouldNot('it should not send segments that would result in larger packets', tested(tcp(CUT_ANEW))),
      mustNot(
        'except to probe, and a probe must not be fragmented',
        notApplicable('No probes are sent: what is larger goes when the ten minutes are over, as any segment.'),
      ),
      must(
        'TCP must store the MSS received from its peer',
        tested(
          header(
            '10 [MUST-4] no segment to a peer with MSS 500 has more than 500 octets',
            '13 [MUST-16] MTU 576, timestamps false, to a peer with MSS 1460: payloads of 536',
          ),
        ),
      ),
      mustNot(
        'and must not send any segment larger than this MSS, regardless of the PMTU',
        tested(header('10 [MUST-4] no segment to a peer with MSS 500 has more than 500 octets')),
      ),
      must(
        'The value sent in the MSS option is independent of the PMTU',
        tested(
          header(
            '14 [MUST-67] a path MTU that a router lowered does not lower the MSS: what can be received is the same',
          ),
        ),
      ),
      should('The packet size used in the retransmission should be no larger than the new PMTU', tested(tcp(CUT_ANEW))),
      must(
        'Who determines that a probe packet is lost must adapt the segment size of the retransmission',
        tested(tcp('that swallows all above 1280 octets is found out after a few timeouts')),
      ),
      mustNot(
        'A loss that a Packet Too Big indicates must not be considered as a congestion notification',
        tested(tcp(CUT_ANEW)),
      ),
    ),
    section(
      '5.5',
      'Issues for Other Transport Protocols',
      should(
        'Segments, when transmitted for the first time, should be no larger than allowed by the Path MTU',
        notApplicable('Of transports that cannot cut anew; there is none here.'),
      ),
    ),
    section(
      '5.6',
      'Management Interface',
      should(
        'A way to specify that it not be done on a given path, and to change a value, is suggested',
        tested(tcp('is not asked where the option is off: segments may be fragmented')),
      ),
      should('The implementation should also provide a way to change the timeout period for aging', open('As in 5.3.')),
    ),
    section(
      '6',
      'Security Considerations',
      should(
        'A node should never raise its estimate based on a Packet Too Big message',
        tested(discovery('never makes it larger')),
      ),
    ),
  ],
}
