/** RFC 792, message by message: its headings have no numbers. */
import {
  must,
  mustNot,
  noDemand,
  notApplicable,
  open,
  type Standard,
  section,
  should,
  tested,
  testsOf,
} from './sentence.js'

const icmp = testsOf('firmware/net/icmp/icmp.test.ts')
const ipv4 = testsOf('firmware/net/ipv4/ipv4.test.ts')
const forwarding = testsOf('firmware/net/ipv4/forwarding.test.ts')
const udp = testsOf('firmware/net/udp/udp-between-stacks.test.ts')
const stack = testsOf('firmware/stack.test.ts')

const FORM = '133 [1122 §3.2.2] quote the IP header and at least 8 octets, up to 576 in all'
const REACHES = 'reach the transport that they concern, with what they quote'
const ECHOED = [0, 1, 7, 1472].map((size) => `134 [1122 §3.2.2.6] of ${size} octets are answered with the same octets`)
const BAD_OPTIONS = [
  'no room for a length',
  'a length of 1',
  'a length past the header',
  'a pointer into its own head',
].map((option) => `nothing behind an option with ${option}, and says where (RFC 792, parameter problem)`)
const quench = notApplicable('RFC 6633 has deprecated it: none is sent, and what arrives is discarded in silence.')
const optional = notApplicable(
  'RFC 1122 3.2.2.8 leaves it to the implementation: such messages are counted and not answered.',
)

export const RFC_792: Standard = {
  rfc: 792,
  title: 'Internet Control Message Protocol',
  complete: true,
  extent:
    'It is older than words in capitals: each "must" and "should", and what a message is answered with, is counted. Its headings have no numbers. RFC 1122 3.2.2 changes much of it.',
  sections: [
    section(
      'Introduction',
      '',
      must(
        'ICMP must be implemented by every IP module',
        tested(
          icmp(ECHOED[3], REACHES),
          udp(
            '135 [1122 §4.1.3.1] a closed port is answered with port unreachable, which a connected socket learns; a broadcast is not',
          ),
        ),
      ),
      mustNot(
        'No ICMP messages are sent about ICMP messages (RFC 1122 3.2.2: about ICMP errors)',
        tested(
          icmp(
            '132 [1122 §3.2.2] are not sent about an ICMP error',
            '132 [1122 §3.2.2] are not sent about an ICMP message of an unknown type',
            '132 [1122 §3.2.2] are sent about a datagram of that kind but for the one thing',
          ),
        ),
      ),
      must(
        'They are only sent about errors in handling fragment zero of fragmented datagrams',
        tested(
          icmp(
            '132 [1122 §3.2.2] are not sent about a fragment that is not the first',
            '132 [1122 §3.2.2] are sent about a datagram of that kind but for the one thing',
          ),
        ),
      ),
    ),
    section(
      'Message Formats',
      '',
      must('A field labeled "unused" must be zero when sent', tested(icmp(FORM))),
      should('Receivers should not use these fields (except to include them in the checksum)', tested(icmp(REACHES))),
      must(
        'Type of Service 0 (RFC 1122 3.2.1.6, RFC 1812 4.3.2.5: of an error, 6 in its upper bits)',
        tested(icmp(FORM)),
      ),
      should(
        'The time to live should be at least as great as the number of gateways that the datagram will traverse',
        tested(icmp(ECHOED[3])),
      ),
      must(
        'Its source is the address of the gateway or host that composes the message',
        tested(icmp(FORM), forwarding('says time exceeded when nothing is left to live (5.3.1)')),
      ),
      must('Its destination is the address to which the message should be sent', tested(icmp(FORM))),
      must(
        'The checksum covers the message from its type on; an odd octet is padded with zeros',
        tested(icmp(FORM, ...ECHOED, 'to a group are not answered, nor with a wrong checksum')),
      ),
      must('The internet header plus the first 64 bits of the datagram are quoted', tested(icmp(FORM))),
    ),
    section(
      'Destination Unreachable Message',
      '',
      must(
        'Code 0 where the distance to the network is infinity, code 1 where the host is unreachable, by a gateway that may say so',
        tested(
          forwarding('says network unreachable without a route, and host unreachable when nobody answers (5.2.7.1)'),
        ),
      ),
      must(
        'Codes 2 and 3 where the protocol module or the process port is not active, by a host that may say so',
        tested(
          icmp(FORM),
          udp(
            '135 [1122 §4.1.3.1] a closed port is answered with port unreachable, which a connected socket learns; a broadcast is not',
          ),
        ),
      ),
      must(
        'A datagram that must be fragmented yet has Don’t Fragment on: the gateway must discard it',
        tested(forwarding('says how much the next link takes when a datagram is not to be cut (RFC 1191 4)')),
      ),
      must(
        'The quote is used to match the message to the appropriate process',
        tested(
          icmp(REACHES, 'go no further when one concerns nobody here', 'go no further when one quotes too little'),
          udp(
            '135 [1122 §4.1.3.1] a closed port is answered with port unreachable, which a connected socket learns; a broadcast is not',
          ),
        ),
      ),
    ),
    section(
      'Time Exceeded Message',
      '',
      must(
        'A gateway that finds the time to live zero must discard the datagram',
        tested(forwarding('says time exceeded when nothing is left to live (5.3.1)')),
      ),
      must(
        'A host that cannot complete the reassembly within its time limit discards the datagram, and may say so',
        tested(
          ipv4(
            '130 [1122 §3.3.2] nothing where a fragment is missing: freed after 60 s, with time exceeded if the first came',
          ),
        ),
      ),
      must(
        'If fragment zero is not available then no time exceeded need be sent at all',
        tested(ipv4('130 [1122 §3.3.2] and says nothing where the first did not come')),
      ),
    ),
    section(
      'Parameter Problem Message',
      '',
      must(
        'A problem with the header parameters such that processing cannot complete: must discard the datagram',
        tested(ipv4(...BAD_OPTIONS)),
      ),
      must(
        'It is only sent if the error caused the datagram to be discarded',
        tested(ipv4(...BAD_OPTIONS, '128 [1122 §3.2.1.8] the payload behind an unknown option')),
      ),
      must('The pointer identifies the octet where the error was detected', tested(ipv4(...BAD_OPTIONS))),
    ),
    section(
      'Source Quench Message',
      '',
      should('On receipt the source host should cut back the rate', quench),
      should('It can then gradually increase the rate', quench),
    ),
    section(
      'Redirect Message',
      '',
      must(
        'A gateway whose next hop is on the network of the source sends a redirect',
        open(
          'Our IPv4 router sends none, though RFC 1812 5.2.7.2 has routers able to; the IPv6 one does (RFC 4861 8.2).',
        ),
      ),
      must(
        'The gateway forwards the original datagram',
        open('That it does, back onto the link it came from, is not tested.'),
      ),
      mustNot(
        'For datagrams with source route options and the gateway address as destination none is sent',
        notApplicable('None is sent, and no source route is followed.'),
      ),
      must(
        'It advises the host to send its traffic directly to the gateway that it names',
        tested(
          icmp(
            'that redirect are followed if they come from the router in use and name a host of its network (1122 §3.2.2.2)',
          ),
        ),
      ),
    ),
    section(
      'Echo or Echo Reply Message',
      '',
      must(
        'The source of an echo is the destination of the reply: the addresses are simply reversed, the type 0',
        tested(icmp(...ECHOED)),
      ),
      must('The data received in the echo message must be returned', tested(icmp(...ECHOED))),
      must('The echoer returns these same values (identifier, sequence number)', tested(icmp(...ECHOED))),
      must(
        'They may be used to aid in matching the replies with the requests',
        tested(
          icmp('tells a reply with other octets from a good one'),
          stack('asks for the address, then for the echo, and measures the round trip'),
        ),
      ),
    ),
    section(
      'Timestamp or Timestamp Reply Message',
      '',
      must('The data received is returned together with an additional timestamp', optional),
    ),
    section(
      'Information Request or Information Reply Message',
      '',
      should(
        'The replying IP module should send the reply with the addresses fully specified',
        notApplicable('RFC 1122 3.2.2.7: a host should not implement it.'),
      ),
    ),
    noDemand('Summary of Message Types', '', 'numbers.'),
  ],
}
