/** RFC 8200, read section by section. */
import {
  must,
  mustNot,
  noDemand,
  notApplicable,
  type Standard,
  section,
  should,
  shouldNot,
  tested,
  testsOf,
} from './sentence.js'

const ipv6 = testsOf('firmware/net/ipv6/ipv6.test.ts')
const fragmentation = testsOf('firmware/net/ipv6/fragmentation.test.ts')
const icmpv6 = testsOf('firmware/net/icmpv6/icmpv6.test.ts')
const kernel = testsOf('test/net/kernel6.test.ts')
const router = testsOf('firmware/net/ipv6/router.test.ts')
const PASSED_ON =
  'have passed on whatever headers they write, and what is behind them, octet for octet but for the hop limit'
const drafts = notApplicable('Asked of who writes standards.')
const noRoute = notApplicable('No routing header is ever sent, nor followed: one that goes on is refused (RFC 5095).')
const noAuthentication = notApplicable('IPsec is not implemented; its headers are unknown ones.')

export const RFC_8200: Standard = {
  rfc: 8200,
  title: 'Internet Protocol, Version 6 (IPv6) Specification',
  complete: true,
  extent:
    'It has no words in capitals: each "must", "should", "required" and "recommended" in small letters is counted.',
  sections: [
    noDemand('1', 'Introduction', 'what is new in version 6.'),
    section(
      '2',
      'Terminology',
      must(
        'On interfaces that forward, a device obeys the requirements for routers',
        tested(router(PASSED_ON, 'are reported what cannot be passed on (RFC 4443 3)')),
      ),
      must(
        'On interfaces that do not forward, a device obeys the requirements for hosts',
        tested(ipv6('find addresses of their own, and answer each other’s echoes on both')),
      ),
    ),
    section(
      '3',
      'IPv6 Header Format',
      should(
        'Discard what is to be forwarded with a hop limit that was or becomes zero',
        tested(router(PASSED_ON, 'are reported what cannot be passed on (RFC 4443 3)')),
      ),
      shouldNot(
        'A node that is the destination should not discard a packet with Hop Limit equal to zero; it processes it normally',
        tested(fragmentation('that arrives with hop limit 0 is taken')),
      ),
    ),
    section(
      '4',
      'IPv6 Extension Headers',
      must(
        'The Hop-by-Hop Options header, when present, must immediately follow the IPv6 header',
        tested(ipv6('hop-by-hop options that are not first')),
      ),
      must(
        'Extension headers must be processed strictly in the order they appear',
        tested(
          ipv6(
            'padding, and a route at its end',
            'hop-by-hop options that are not first',
            'a route that goes on (RFC 5095)',
          ),
        ),
      ),
      mustNot(
        'Scan through a packet for a header and process it prior to all preceding ones',
        tested(ipv6('an option that is to be passed over in silence: 01')),
      ),
      should(
        'Next Header value unrecognized: discard the packet and send Parameter Problem, code 1, pointing to the value',
        tested(ipv6('a header that is not known')),
      ),
      should(
        'The same action for a Next Header value of zero in any header other than an IPv6 header',
        tested(ipv6('hop-by-hop options that are not first')),
      ),
    ),
    section(
      '4.1',
      'Extension Header Order',
      should(
        'More than one extension header: it is recommended that they appear in the order of this section',
        tested(
          fragmentation(
            'is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own',
          ),
        ),
      ),
      should(
        'Each extension header should occur at most once, Destination Options at most twice',
        tested(
          fragmentation(
            'is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own',
          ),
        ),
      ),
      must('The ordering constraints of other extension headers must be specified', drafts),
      must(
        'Accept and attempt to process extension headers in any order and occurring any number of times, but for Hop-by-Hop Options (up to eight: RFC 8883 2)',
        tested(fragmentation('is taken with destination options twice and a route between them'), ipv6('nine headers')),
      ),
    ),
    section(
      '4.2',
      'Options',
      must(
        'Options must be processed strictly in the order they appear in the header',
        tested(ipv6('options for the destination that need not be known', 'an option that is to be reported: 10')),
      ),
      mustNot(
        'Scan through the header for an option and process it prior to all preceding ones',
        tested(ipv6('padding, and a route at its end')),
      ),
      must(
        'Option type 00… that is not recognized: skip over it',
        tested(ipv6('options for the destination that need not be known')),
      ),
      must('01…: discard the packet', tested(ipv6('an option that is to be passed over in silence: 01'))),
      must(
        '10…: discard it and send Parameter Problem, code 2, pointing to the option, whether or not the destination is multicast',
        tested(
          ipv6('an option that is to be reported: 10'),
          icmpv6('is about an option to a group that is to be reported even there: 10'),
        ),
      ),
      must(
        '11…: discard it and send Parameter Problem, code 2, only if the destination is not multicast',
        tested(
          ipv6('an option that is to be reported: 11'),
          icmpv6('is not about an option to a group that asks for silence there: 11'),
        ),
      ),
      must('Option data that may change en route is taken as zero for the Authentication header', noAuthentication),
      must(
        'The three high-order bits are part of the Option Type',
        tested(ipv6('an option that is to be reported: 11', 'a jumbogram')),
      ),
      must(
        'Pad1 and PadN must be recognized',
        tested(ipv6('padding, and a route at its end', 'padding of more than any alignment needs')),
      ),
      should(
        'More than one octet of padding: PadN rather than several Pad1',
        notApplicable(
          'The one option that is sent, the router alert of MLD, is padded with PadN of two octets; nothing else is padded.',
        ),
      ),
    ),
    noDemand('4.3', 'Hop-by-Hop Options Header', 'its form.'),
    section(
      '4.4',
      'Routing Header',
      must(
        'Unrecognized Routing Type, Segments Left zero: ignore the header and proceed to the next',
        tested(ipv6('padding, and a route at its end')),
      ),
      must(
        'Segments Left non-zero: discard the packet and send Parameter Problem, code 0, pointing to the Routing Type',
        tested(ipv6('a route that goes on (RFC 5095)')),
      ),
      must(
        'An intermediate node that is to forward onto a link too small discards the packet and sends Packet Too Big',
        noRoute,
      ),
    ),
    section(
      '4.5',
      'Fragment Header',
      must(
        'The Identification must be different than that of any other fragmented packet sent recently with the same addresses',
        tested(
          fragmentation(
            'is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own',
          ),
        ),
      ),
      must(
        'The Per-Fragment headers are the IPv6 header and those that nodes en route must process',
        notApplicable('What is sent in fragments has no other header than IPv6’s own.'),
      ),
      must(
        'The lengths of the fragments must be chosen such that they fit within the MTU of the path',
        tested(
          fragmentation(
            'is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own',
          ),
        ),
      ),
      must(
        'Extension headers and the Upper-Layer header must be in the first fragment',
        tested(
          fragmentation(
            'is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own',
          ),
        ),
      ),
      mustNot(
        'Fragments must not be created that overlap',
        tested(
          fragmentation(
            'is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own',
          ),
        ),
      ),
      should(
        'A fragment that is a whole datagram is processed as a fully reassembled packet',
        tested(ipv6('an atomic fragment (RFC 6946)')),
      ),
      should(
        'Other fragments that match it are processed independently',
        tested(fragmentation('and an atomic one of the same number have nothing to do with one another (RFC 6946 4)')),
      ),
      must(
        'Insufficient fragments within 60 seconds of the first-arriving: reassembly is abandoned, all of them discarded',
        tested(
          ipv6('whose others do not come are reported after 60 s'),
          fragmentation('without the first are given up after 60 s, and nobody is told'),
        ),
      ),
      should(
        'If the first fragment has been received, Fragment Reassembly Time Exceeded is sent to its source',
        tested(ipv6('whose others do not come are reported after 60 s')),
      ),
      must(
        'A length that is no multiple of 8 with M = 1: the fragment must be discarded',
        tested(ipv6('of lengths that cannot be are reported')),
      ),
      should(
        'and Parameter Problem, code 0, sent, pointing to the Payload Length',
        tested(ipv6('of lengths that cannot be are reported')),
      ),
      must(
        'A Payload Length past 65,535: the fragment must be discarded',
        tested(ipv6('of lengths that cannot be are reported')),
      ),
      should(
        'and Parameter Problem, code 0, sent, pointing to the Fragment Offset',
        tested(ipv6('of lengths that cannot be are reported')),
      ),
      should(
        'A first fragment without all headers through an Upper-Layer header is discarded',
        tested(ipv6('of which the first lacks headers are reported (RFC 7112)')),
      ),
      should(
        'and Parameter Problem, code 3, sent, with Pointer zero',
        tested(ipv6('of which the first lacks headers are reported (RFC 7112)')),
      ),
      must(
        'Fragments that overlap: reassembly must be abandoned, all of them discarded',
        tested(ipv6('that overlap are dropped with all of their datagram (RFC 5722)')),
      ),
      shouldNot(
        'and no ICMP error messages sent',
        tested(ipv6('that overlap are dropped with all of their datagram (RFC 5722)')),
      ),
    ),
    section(
      '4.6',
      'Destination Options Header',
      must('Any other action than 11 is desired of a node that does not know an option: encode it as such', drafts),
    ),
    section(
      '4.7',
      'No Next Header',
      must('Octets past the end of a header whose Next Header is 59 must be ignored', tested(ipv6('nothing'))),
      must('and passed on unchanged if the packet is forwarded', tested(router(PASSED_ON))),
    ),
    section(
      '4.8',
      'Defining New Extension Headers and Options',
      should('Defining new extension headers is not recommended', drafts),
      must('A proposal must include an explanation why an existing header cannot be used', drafts),
      mustNot('Extension headers that require hop-by-hop behavior must not be defined', drafts),
      should('New hop-by-hop options are not recommended', drafts),
      should('It is recommended that the Destination Options header carries what a destination examines', drafts),
      must('New extension headers need to use the format of this section', drafts),
    ),
    section(
      '5',
      'Packet Size Issues',
      must(
        'A link that cannot convey 1280 octets in one piece: fragmentation must be provided below IPv6',
        tested(fragmentation('of a link that takes less than 1280 octets is none of IPv6')),
      ),
      must(
        'Links with a configurable MTU must have one of at least 1280 octets',
        tested(fragmentation('of a link that takes less than 1280 octets is none of IPv6')),
      ),
      should(
        'it is recommended that it is 1500 or greater',
        notApplicable('A matter of who configures the link; Ethernet here has 1500.'),
      ),
      must(
        'Accept packets as large as the MTU of each attached link',
        tested(
          ipv6('send in fragments what one frame does not take'),
          kernel('gets its echoes answered, of all lengths, on both addresses'),
        ),
      ),
      should(
        'It is strongly recommended that nodes implement Path MTU Discovery',
        tested(icmpv6('is handed to the protocol whose datagram it quotes: packet too big')),
      ),
      must(
        'Accept a fragmented packet that, after reassembly, is as large as 1500 octets',
        tested(
          ipv6('send in fragments what one frame does not take'),
          kernel('gets datagrams back, fragments too, and is told where nobody listens: nc'),
        ),
      ),
      shouldNot(
        'An application should not send more than 1500 octets by fragmentation without assurance of the destination',
        notApplicable('Asked of applications: the services here send segments, and DNS of less.'),
      ),
    ),
    noDemand('6', 'Flow Labels', 'it names RFC 6437.'),
    noDemand('7', 'Traffic Classes', 'it names RFC 2474 and RFC 3168.'),
    section(
      '8.1',
      'Upper-Layer Checksums',
      must(
        'A checksum that includes addresses includes the 128-bit ones: TCP, UDP',
        tested(
          ipv6('speak TCP and UDP on one listener with both families (RFC 3493 5.3)'),
          kernel('is seen by tshark without a malformed packet or a bad checksum'),
        ),
      ),
      must(
        'Originating a UDP packet, compute a checksum over it and the pseudo-header',
        tested(fragmentation('of UDP without a checksum is dropped, and one whose sum is zero is sent with FFFFh')),
      ),
      must(
        'and change a result of zero to FFFFh',
        tested(fragmentation('of UDP without a checksum is dropped, and one whose sum is zero is sent with FFFFh')),
      ),
      must(
        'Discard UDP packets containing a zero checksum',
        tested(fragmentation('of UDP without a checksum is dropped, and one whose sum is zero is sent with FFFFh')),
      ),
      should(
        'and log the error: it is counted',
        tested(fragmentation('of UDP without a checksum is dropped, and one whose sum is zero is sent with FFFFh')),
      ),
      must('A node implementing zero-checksum mode follows RFC 6936', notApplicable('There is no such mode.')),
    ),
    noDemand('8.2', 'Maximum Packet Lifetime', 'nodes are not required to enforce one.'),
    section(
      '8.3',
      'Maximum Upper-Layer Payload Size',
      must(
        'An upper-layer protocol must take into account the larger size of the IPv6 header',
        tested(fragmentation('of TCP has an MSS of the MTU less 60', 'has no fragment header where it fits')),
      ),
      must(
        'The MSS must be computed as the maximum packet size minus 60 octets',
        tested(fragmentation('of TCP has an MSS of the MTU less 60')),
      ),
    ),
    section(
      '8.4',
      'Responding to Packets Carrying Routing Headers',
      mustNot(
        'Responses must not include a Routing header derived by reversing the received one, unless it is authenticated',
        tested(fragmentation('is taken with destination options twice and a route between them')),
      ),
    ),
    noDemand('9', 'IANA Considerations', 'asked of IANA.'),
    section(
      '10',
      'Security Considerations',
      must(
        'It repeats 4.5: overlapping fragments are not created, and discarded in silence',
        tested(ipv6('that overlap are dropped with all of their datagram (RFC 5722)')),
      ),
    ),
    section(
      'A',
      'Formatting Guidelines for Options',
      should('Fields of an option should be aligned on their natural boundaries', drafts),
    ),
  ],
}
