/** RFC 4443, read section by section. */
import {
  must,
  mustNot,
  noDemand,
  notApplicable,
  ofRouter,
  open,
  type Standard,
  section,
  should,
  tested,
  testsOf,
} from './sentence.js'

const icmpv6 = testsOf('firmware/net/icmpv6/icmpv6.test.ts')
const discovery = testsOf('firmware/net/nd/discovery.test.ts')
const ipv6 = testsOf('firmware/net/ipv6/ipv6.test.ts')
const kernel = testsOf('test/net/kernel6.test.ts')
const noAnycast = notApplicable('No interface has an anycast address.')

export const RFC_4443: Standard = {
  rfc: 4443,
  title: 'Internet Control Message Protocol (ICMPv6)',
  complete: true,
  extent: 'Words in capitals (RFC 2119), and the two "must be" of fields that are not used.',
  sections: [
    noDemand('1', 'Introduction', 'terms.'),
    section(
      '2',
      'ICMPv6 (ICMP for IPv6)',
      must(
        'The base protocol MUST be fully implemented by every IPv6 node',
        open('Fully is what this page counts; what is open below is not.'),
      ),
    ),
    noDemand('2.1', 'Message General Format', 'the form of a message, and its types.'),
    section(
      '2.2',
      'Message Source Address Determination',
      must(
        'With more than one unicast address, choose the source as (a) and (b) say',
        tested(icmpv6('is answered with its identifier, number and all of its data, from the address that it was for')),
      ),
      must(
        '(a) A response to a message to one of the node’s unicast addresses has that same source',
        tested(
          icmpv6(
            'is answered with its identifier, number and all of its data, from the address that it was for',
            'goes to who sent it, from the address that it was for, and quotes it whole',
          ),
        ),
      ),
      must(
        '(b) A response to a message to any other address, as a group, has a unicast source that belongs to the node',
        tested(
          icmpv6(
            'to a group is answered from an address of the interface that it came by',
            'is about an option to a group that is to be reported even there: 10',
          ),
        ),
      ),
      should(
        'chosen by the rules for any other packet',
        tested(icmpv6('to a group is answered from an address of the interface that it came by')),
      ),
    ),
    noDemand('2.3', 'Message Checksum Calculation', 'how it is computed.'),
    section(
      '2.4',
      'Message Processing Rules',
      must('Observe the following rules', tested(icmpv6('with a wrong checksum is not answered'))),
      must(
        '(a) An error of unknown type MUST be passed to the upper-layer process that originated the packet',
        tested(icmpv6('is handed to the protocol whose datagram it quotes: an error of a type that is not known')),
      ),
      must(
        '(b) An informational message of unknown type MUST be silently discarded',
        tested(icmpv6('of an informational type that is not known is discarded in silence')),
      ),
      must(
        '(c) Every error MUST include as much of the offending packet as possible within the minimum IPv6 MTU',
        tested(
          icmpv6(
            'quotes as much as fits into 1280 octets',
            'goes to who sent it, from the address that it was for, and quotes it whole',
          ),
        ),
      ),
      must(
        '(d) An error whose upper-layer protocol cannot be retrieved is silently dropped',
        tested(icmpv6('and quotes no protocol that can be found is dropped')),
      ),
      mustNot('(e.1) No error as a result of an error', tested(icmpv6('is not about an error'))),
      mustNot('(e.2) of a redirect', tested(discovery('a redirect with another code than 0 is discarded in silence'))),
      mustNot(
        '(e.3) of a packet to a multicast address, but for Packet Too Big and Parameter Problem, code 2',
        tested(
          icmpv6(
            'is not about a datagram to a group',
            'is about an option to a group that is to be reported even there: 10',
          ),
        ),
      ),
      mustNot(
        '(e.4) of a packet sent as a link-layer multicast',
        tested(icmpv6('is not about a datagram in a frame to a group')),
      ),
      mustNot(
        '(e.5) of a packet sent as a link-layer broadcast',
        tested(icmpv6('is not about a datagram in a frame to everybody')),
      ),
      mustNot(
        '(e.6) of a packet whose source does not uniquely identify a single node',
        tested(icmpv6('is not about a datagram of nobody', 'is not about a datagram of a group')),
      ),
      must(
        '(f) Limit the rate of errors that are originated',
        tested(icmpv6('is one of a burst of 50, then of 100 a second')),
      ),
      should(
        'The rate-limiting parameters SHOULD be configurable',
        open('They are constants of `error-rate.ts`, the same for ICMP; nobody has asked for others.'),
      ),
    ),
    section(
      '3.1',
      'Destination Unreachable Message',
      must(
        'Unused is initialized to zero by the originator',
        tested(icmpv6('about UDP that nobody listens for is port unreachable, with nothing in what is not used')),
      ),
      must(
        'and ignored by the receiver',
        tested(icmpv6('is handed to the protocol whose datagram it quotes: destination unreachable')),
      ),
      should(
        'A Destination Unreachable SHOULD be generated by the IPv6 layer in the originating node for a packet that cannot be delivered',
        tested(
          discovery(
            'is asked for three times, a second apart, whatever more is sent to it; then each datagram that waits is reported',
          ),
        ),
      ),
      should('and by a router', ofRouter()),
      mustNot(
        'It MUST NOT be generated if a packet is dropped due to congestion',
        tested(icmpv6('is one of a burst of 50, then of 100 a second')),
      ),
      mustNot(
        'A packet from a point-to-point link for that same subnet MUST NOT be forwarded back onto it',
        notApplicable('There is no point-to-point link.'),
      ),
      should(
        'A destination node SHOULD originate code 4 where the transport has no listener',
        tested(
          icmpv6('about UDP that nobody listens for is port unreachable, with nothing in what is not used'),
          kernel('gets datagrams back, fragments too, and is told where nobody listens: nc'),
        ),
      ),
      should('Allow sending of destination unreachable messages to be disabled', open('There is no such setting.')),
      must(
        'Upper layer: a node receiving one MUST notify the process if it can be identified',
        tested(icmpv6('is handed to the protocol whose datagram it quotes: destination unreachable')),
      ),
    ),
    section(
      '3.2',
      'Packet Too Big Message',
      must('Sent by a router in response to a packet larger than the MTU of the outgoing link', ofRouter()),
      must(
        'An incoming one MUST be passed to the upper-layer process if it can be identified',
        tested(
          icmpv6(
            'is handed to the protocol whose datagram it quotes: packet too big',
            'is handed to the protocol whose datagram it quotes: packet too big, of whatever code',
          ),
        ),
      ),
    ),
    section(
      '3.3',
      'Time Exceeded Message',
      must(
        'Unused is initialized to zero by the originator',
        tested(ipv6('whose others do not come are reported after 60 s')),
      ),
      must(
        'A router that receives a hop limit of zero, or decrements to zero, discards the packet and sends code 0',
        ofRouter(),
      ),
      must(
        'An incoming one MUST be passed to the upper-layer process if it can be identified',
        tested(icmpv6('is handed to the protocol whose datagram it quotes: time exceeded')),
      ),
    ),
    section(
      '3.4',
      'Parameter Problem Message',
      must(
        'A problem with a field of a header: MUST discard the packet',
        tested(ipv6('a header that is not known', 'an option that is to be reported: 10')),
      ),
      should(
        'and SHOULD originate a Parameter Problem indicating the type and location',
        tested(
          ipv6('a header that is not known', 'an option that is to be reported: 10', 'a route that goes on (RFC 5095)'),
        ),
      ),
      must(
        'A node receiving one MUST notify the upper-layer process if it can be identified',
        tested(icmpv6('is handed to the protocol whose datagram it quotes: parameter problem')),
      ),
    ),
    section(
      '4.1',
      'Echo Request Message',
      must(
        'Every node MUST implement an Echo responder function',
        tested(kernel('gets its echoes answered, of all lengths, on both addresses')),
      ),
      should(
        'and SHOULD an interface for originating Echo Requests and receiving Replies',
        tested(kernel('is pinged by our stack: net ping')),
      ),
    ),
    section(
      '4.2',
      'Echo Reply Message',
      must(
        'Every node MUST implement an Echo responder function',
        tested(kernel('gets its echoes answered, of all lengths, on both addresses')),
      ),
      should(
        'and SHOULD an interface for originating Echo Requests and receiving Replies',
        tested(kernel('is pinged by our stack: net ping')),
      ),
      must(
        'The source of a reply to a unicast request MUST be the destination of that request',
        tested(icmpv6('is answered with its identifier, number and all of its data, from the address that it was for')),
      ),
      should(
        'A reply SHOULD be sent to a request to a multicast address',
        tested(icmpv6('to a group is answered from an address of the interface that it came by')),
      ),
      should('or to an anycast one', noAnycast),
      must(
        'its source MUST be a unicast address belonging to the interface on which the request was received',
        tested(icmpv6('to a group is answered from an address of the interface that it came by')),
      ),
      must(
        'The data MUST be returned entirely and unmodified',
        tested(
          icmpv6(
            'is answered with its identifier, number and all of its data, from the address that it was for',
            'without data is answered',
          ),
          ipv6('send in fragments what one frame does not take'),
        ),
      ),
      must(
        'Echo Replies MUST be passed to the process that originated the request',
        tested(ipv6('find addresses of their own, and answer each other’s echoes on both')),
      ),
    ),
    noDemand('5.1', 'Authentication and Confidentiality of ICMP Messages', 'it names IPsec.'),
    noDemand(
      '5.2',
      'ICMP Attacks',
      'what may be attacked; that upper layers validate errors is recommended in small letters, and done (rows of RFC 5927).',
    ),
    noDemand('6', 'IANA Considerations', 'asked of IANA.'),
  ],
}
