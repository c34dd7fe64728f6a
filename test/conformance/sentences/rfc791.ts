/** RFC 791: sections 1 to 3. Its section 3.1 is split here by the fields of the header. */
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

const ipv4 = testsOf('firmware/net/ipv4/ipv4.test.ts')
const forwarding = testsOf('firmware/net/ipv4/forwarding.test.ts')
const icmp = testsOf('firmware/net/icmp/icmp.test.ts')
const udp = testsOf('firmware/net/udp/udp-between-stacks.test.ts')
const several = testsOf('firmware/net/several-addresses.test.ts')
const stack = testsOf('firmware/stack.test.ts')
const outsiders = testsOf('firmware/net/outsiders.test.ts')
const hostile = testsOf('firmware/net/hostile.test.ts')

const PASSED = 'passes on a datagram with one less to live and a good checksum, whatever its octets'
const EXCEEDED = 'says time exceeded when nothing is left to live (5.3.1)'
const CUT = 'cuts what is too long for the next link, and fragments of fragments (RFC 791 3.2)'
const COPIED = 'puts into the later fragments only the options that are to be copied (RFC 791 3.1)'
const DF = 'says how much the next link takes when a datagram is not to be cut (RFC 1191 4)'
const SENT_IN_PIECES = 'in fragments of whole octets of eight, all with one identification (RFC 791 3.2)'
const EIGHTS = 'in fragments of a multiple of eight octets, whatever the link takes'
const SHUFFLED = '129 [1122 §3.3.2] shuffled fragments, over 200 seeds, with exact overlaps and other lengths'
const APART = '129 [1122 §3.3.2] not what differs in source, destination, protocol or identification'
const HEADER = 'a header of which every octet is as RFC 791 3.1 has it'
const IDENTIFICATIONS =
  'each datagram to a host with an identification that the 65,535 before it did not have (RFC 791 3.2)'
const STAMPED = 'adds its address and its time to a timestamp (RFC 791 3.1)'
const TIMES =
  'writes its time alone where times alone are asked for, and behind its address where that is next (RFC 791 3.1)'
const NO_PLACE = ['a record route', 'a timestamp, and is counted'].map(
  (option) => `passes on what has no place for it in ${option} (RFC 791 3.1)`,
)
const NOT_ITS_TURN = [
  'a timestamp for the addresses in it',
  'a timestamp where the address that is next is another’s',
].map((option) => `passes on what has no place for it in ${option} (RFC 791 3.1)`)
const behind = (option: string) => `128 [1122 §3.2.1.8] the payload behind ${option}`
const badOption = (option: string) =>
  `nothing behind an option with ${option}, and says where (RFC 792, parameter problem)`
const discarded = (why: string) => `discards a datagram where ${why}, and says where (RFC 791 3.1)`
const nothingOf = (what: string) => `127 [1122 §3.2.1.1-2] nothing of ${what}`
const noneSent = notApplicable(
  'We send no datagram with this option, but in an answer what came is returned (1122 3.2.2.6).',
)
const noSourceRoute = open(
  'No source route is followed, as host or as router (RFC 7126 4.3, 4.4 advise that): a host says "source route failed", a router discards.',
)
const obsolete = notApplicable('RFC 6814 has made it historic.')
const tos = notApplicable('RFC 2474 has taken the octet; a router here has one queue for all.')

export const RFC_791: Standard = {
  rfc: 791,
  title: 'Internet Protocol',
  complete: true,
  extent:
    'It is older than words in capitals: each "must", "should", "is discarded" and what is to be done with a field is counted. RFC 1122 and 1812 change some of it.',
  sections: [
    section(
      '1.4',
      'Operation',
      must(
        'If the time to live reaches zero before the datagram reaches its destination, it is destroyed',
        tested(forwarding(EXCEEDED)),
      ),
      must(
        'If the header checksum fails, the datagram is discarded at once by the entity which detects the error',
        tested(ipv4(nothingOf('a wrong checksum'))),
      ),
    ),
    section(
      '2.3',
      'Function Description',
      must(
        'A single physical host must be able to act as if it were several distinct hosts',
        tested(
          several('tells a socket on any address which one it was sent to, and the answer can be sent from there'),
        ),
      ),
      must(
        'Several physical interfaces, each having several logical internet addresses',
        tested(
          ipv4(
            'what is for another of its addresses, on whichever interface',
            'from the address that it was told, or from the one on the network of the next hop (RFC 1122 3.3.4.3)',
          ),
        ),
      ),
      mustNot(
        'A datagram marked "don’t fragment" is not to be fragmented under any circumstances',
        tested(forwarding(DF)),
      ),
      must('If it cannot be delivered without fragmenting it, it is to be discarded', tested(forwarding(DF))),
      must(
        'The identification must be unique for that source-destination pair and protocol for the time the datagram will be active (RFC 6864 4.3: of more than 65,536 in that time it cannot)',
        tested(ipv4(IDENTIFICATIONS)),
      ),
      must('Of a complete datagram more-fragments and the fragment offset are zero', tested(ipv4(HEADER))),
      must('The data is divided on an 8 octet boundary', tested(forwarding(CUT), ipv4(SENT_IN_PIECES, EIGHTS))),
      must(
        'More-fragments of the last part carries the same value as the long datagram, the offsets are added',
        tested(forwarding(CUT)),
      ),
      must(
        'Fragments are combined that have the same identification, source, destination and protocol',
        tested(ipv4(SHUFFLED, APART)),
      ),
    ),
    section(
      '2.4',
      'Gateways',
      must('They forward datagrams between networks', tested(forwarding(PASSED))),
      must('They implement the Gateway to Gateway Protocol', notApplicable('GGP is historic.')),
    ),
    section(
      '3.1',
      'Internet Header Format',
      must('Version 4', tested(ipv4(HEADER, nothingOf('version 5'), nothingOf('version 6')))),
      must(
        'IHL: the minimum value for a correct header is 5',
        tested(ipv4(nothingOf('a header of 16 octets'), nothingOf('a header of 60 octets where only 46 are'))),
      ),
      must('Type of Service: used to guide the selection of the service of a network', tos),
      should('At most two of the three indications should be set', tos),
      must(
        'Total Length includes header and data; up to 65,535 octets',
        tested(
          ipv4(
            'a datagram without the padding of its frame',
            nothingOf('a total length of 19'),
            nothingOf('a total length past the frame'),
            '131 [RFC 815, 3128] nothing that would pass 65,535 octets',
          ),
          udp('carries 65507 octets, in fragments where it must'),
        ),
      ),
      must(
        'All hosts must be prepared to accept datagrams of up to 576 octets, whole or in fragments',
        tested(
          ipv4(
            '131 [RFC 815, 3128] nothing that would pass 65,535 octets',
            'that fits its half of a small budget only just, as it grows',
          ),
          stack('echoes 1472 octets as they were'),
        ),
      ),
      should(
        'Send datagrams larger than 576 octets only with assurance that the destination is prepared',
        open(
          'UDP and raw sockets send what the program says. TCP keeps to what the other end announced, 536 without a word (MUST-15 of RFC 9293).',
        ),
      ),
      must('Flags: bit 0 reserved, must be zero', tested(ipv4(HEADER))),
      must(
        'The fragment offset is in units of 8 octets, of the first zero',
        tested(ipv4(SENT_IN_PIECES), forwarding(CUT)),
      ),
      must('Time to Live: zero, then the datagram must be destroyed', tested(forwarding(EXCEEDED))),
      must('Every module that processes a datagram must decrease it by at least one', tested(forwarding(PASSED))),
      must('Protocol: the next level protocol', tested(ipv4(HEADER))),
      must(
        'The header checksum is recomputed and verified at each point that the header is processed',
        tested(ipv4(nothingOf('a wrong checksum')), forwarding(PASSED, COPIED)),
      ),
      must(
        'Options must be implemented by all IP modules, host and gateways',
        tested(
          ipv4(behind('no operations and an end of list'), behind('a record route'), behind('a timestamp')),
          forwarding(COPIED, STAMPED),
        ),
      ),
      must(
        'The option-length counts the type and the length, too',
        tested(ipv4(badOption('a length of 1'), badOption('a length past the header'), behind('an unknown option'))),
      ),
      must('An option with the copied flag is copied into all fragments on fragmentation', tested(forwarding(COPIED))),
      must(
        'End of Option List: the end of the options, though not of the header',
        tested(ipv4(behind('no operations and an end of list'))),
      ),
      must('No Operation: between options, one octet', tested(ipv4(behind('no operations and an end of list')))),
      must('Security: must be copied on fragmentation', tested(forwarding(COPIED))),
      must('Security: at most once in a datagram', noneSent),
      must(
        'Source routes: where the pointer is greater than the length, routing is by the destination field',
        tested(ipv4(behind('a loose source route that ends here'))),
      ),
      must(
        'Source routes: the smallest legal value for the pointer is 4',
        tested(ipv4(badOption('a source route’s pointer into its own head'))),
      ),
      must(
        'Source routes: the next address replaces the destination, the recorded route address the one just used, the pointer is increased by four',
        noSourceRoute,
      ),
      must('Loose: any route of any number of other gateways to the next address', noSourceRoute),
      must(
        'Strict: sent directly to the next address through only the directly connected network indicated',
        noSourceRoute,
      ),
      must(
        'Source routes: must be copied on fragmentation',
        tested(
          icmp(
            '134 [1122 §3.2.2.6] of 2000 octets in fragments go back by the reverse of a source route, every fragment of the answer too',
          ),
        ),
      ),
      must('Source routes: at most once in a datagram', tested(ipv4(badOption('a second source route')))),
      must(
        'Record route: the smallest legal value for the pointer is 4',
        tested(ipv4(badOption('a pointer into its own head'))),
      ),
      must('The originating host composes it large enough, its route data zero', noneSent),
      must(
        'When a module routes a datagram it inserts its own address as known where the datagram goes, and adds four to the pointer',
        tested(
          forwarding(COPIED),
          testsOf('test/net/router.test.ts')('writes itself into a record route, on the way and as its end'),
        ),
      ),
      must('Full: the datagram is forwarded without inserting the address', tested(forwarding(NO_PLACE[0]))),
      must(
        'Some room but not enough: the datagram is in error and is discarded',
        tested(
          forwarding(discarded('a record route has room for half an address')),
          ipv4(badOption('room for half an address')),
        ),
      ),
      must('Record route: not copied on fragmentation, in the first fragment only', tested(forwarding(COPIED))),
      must('Record route: at most once in a datagram', noneSent),
      must('Stream Identifier: must be copied on fragmentation', obsolete),
      must('Stream Identifier: at most once', obsolete),
      must('Timestamp: maximum length 40', notApplicable('A header has no room for more.')),
      must(
        'Timestamp: the smallest legal value of the pointer is 5',
        tested(ipv4(badOption('a timestamp’s pointer into its own head'))),
      ),
      must(
        'Overflow: the number of modules that cannot register for lack of space',
        tested(forwarding(STAMPED, NO_PLACE[1])),
      ),
      must('Flag 0: time stamps only', tested(forwarding(TIMES))),
      must(
        'Flag 1: each timestamp is preceded with the address of the registering entity',
        tested(forwarding(STAMPED)),
      ),
      must(
        'Flag 3: a module only registers if its own address is the next specified one',
        tested(forwarding(TIMES, ...NOT_ITS_TURN)),
      ),
      must(
        'Any time, provided the high order bit is set, where that since midnight UT is not known',
        tested(forwarding(STAMPED, TIMES)),
      ),
      must('The originating host composes it large enough, zero or address/zero pairs', noneSent),
      must(
        'Full: forwarded without a timestamp, but the overflow count is incremented by one',
        tested(forwarding(STAMPED, NO_PLACE[1])),
      ),
      must(
        'Some room but not enough, or the overflow count itself overflows: in error, discarded',
        tested(
          forwarding(
            discarded('a timestamp has room for half an entry'),
            discarded('a timestamp cannot count any more who had no room'),
          ),
          ipv4(
            badOption('room for half a time'),
            badOption('room for an address but not for its time'),
            badOption('a count of those without room that is at its end'),
          ),
        ),
      ),
      must('Timestamp: not copied upon fragmentation, in the first fragment', tested(forwarding(COPIED))),
      must('Timestamp: at most once in a datagram', noneSent),
      must('The padding is zero', tested(outsiders('finds the options in our echo replies'), forwarding(COPIED))),
    ),
    section(
      '3.2',
      'Discussion',
      must(
        'The implementation of a protocol must be robust',
        tested(
          hostile('does not throw, keeps to its limits, and is whole afterwards (seed 3, 6144 octets, router: true)'),
        ),
      ),
      must(
        'Conservative in its sending behavior',
        tested(outsiders('puts together what our router cut, options and all')),
      ),
      must(
        'It must accept any datagram that it can interpret',
        tested(ipv4(behind('an unknown option'), 'a datagram without the padding of its frame', SHUFFLED)),
      ),
      must(
        'Several internet addresses may correspond to one interface',
        tested(
          several('tells a socket on any address which one it was sent to, and the answer can be sent from there'),
        ),
      ),
      must(
        'A host may have several physical interfaces and treat the datagrams from them as addressed to a single host',
        tested(ipv4('what is for another of its addresses, on whichever interface')),
      ),
      must(
        'The data portion must be broken on 8 octet boundaries',
        tested(ipv4(SENT_IN_PIECES, EIGHTS), forwarding(CUT)),
      ),
      must(
        'Every module must be able to forward a datagram of 68 octets without further fragmentation',
        tested(ipv4(EIGHTS)),
      ),
      must(
        'Every destination must be able to receive a datagram of 576 octets in one piece or in fragments',
        tested(ipv4('that fits its half of a small budget only just, as it grows')),
      ),
      mustNot('With DF set fragmentation is NOT permitted', tested(forwarding(DF))),
      must(
        'A whole datagram releases the reassembly resources of its identifier (example procedure)',
        notApplicable('Of an example. Fragments whose datagram came whole are given up when their time is over.'),
      ),
      must(
        'If the timer runs out, all reassembly resources for this buffer identifier are released',
        tested(
          ipv4(
            '130 [1122 §3.3.2] nothing where a fragment is missing: freed after 60 s, with time exceeded if the first came',
          ),
        ),
      ),
      should(
        'The initial timer setting is 15 seconds',
        notApplicable('RFC 1122 3.3.2 has it between 60 and 120 seconds, not of the time to live.'),
      ),
      must(
        'Of two fragments with the same data the more recently arrived is used',
        notApplicable(
          'Of an example. Where the octets differ the whole datagram goes, as nobody can tell which were meant.',
        ),
      ),
      must(
        'The sender must choose the Identifier to be unique for source, destination and protocol',
        tested(ipv4(IDENTIFICATIONS)),
      ),
      must('Type of service is mapped into the service parameters of the networks', tos),
      must('A datagram in the internet longer than its time to live must be destroyed', tested(forwarding(EXCEEDED))),
      must(
        'The time to live must be decreased at each point that the header is processed; by 1 where the time is not known',
        tested(forwarding(PASSED)),
      ),
      must(
        'Each internet module must be able to parse every option',
        tested(
          ipv4(
            behind('no operations and an end of list'),
            behind('a record route'),
            behind('a timestamp'),
            behind('a loose source route that ends here'),
            behind('an unknown option'),
          ),
        ),
      ),
      must(
        'The header must be filled out with octets of zeros',
        tested(outsiders('finds the options in our echo replies'), forwarding(COPIED)),
      ),
      must(
        'Every internet module must be able to act on every option',
        open('But for source routes, security and streams; see 3.1.'),
      ),
      must('The Security Option is required for classified traffic', notApplicable('There is none here.')),
      must('The checksum is recomputed if the header is changed', tested(forwarding(PASSED, COPIED, STAMPED))),
    ),
    section(
      '3.3',
      'Interfaces',
      must(
        'A reasonable report must be made as to the cause of the problem when a send does not succeed',
        tested(
          ipv4('nothing too long: over 65,535 octets, or over the link’s MTU with DF'),
          stack(
            'says unreachable at once without a route, and uses the gateway when there is one',
            'says refused when the device does not take the frame',
          ),
        ),
      ),
      must(
        'If the user addressed does not exist, an ICMP error is returned and the data discarded',
        tested(
          udp(
            '135 [1122 §4.1.3.1] a closed port is answered with port unreachable, which a connected socket learns; a broadcast is not',
          ),
        ),
      ),
      must(
        'The module must check that the source address is one of the legal addresses for this host',
        tested(several('is an address of this host, or the call fails')),
      ),
    ),
    noDemand('A', 'Examples & Scenarios', 'examples.'),
    noDemand('B', 'Data Transmission Order', 'the order of octets, which every test of octets fixes.'),
  ],
}
