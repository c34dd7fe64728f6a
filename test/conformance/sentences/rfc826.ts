/** RFC 826, heading by heading: it has no numbers. */
import { must, noDemand, notApplicable, open, type Standard, section, tested, testsOf } from './sentence.js'

const neighbours = testsOf('firmware/net/link/neighbour-cache.test.ts')
const stack = testsOf('firmware/stack.test.ts')
const wire = testsOf('firmware/net/wire/wire.test.ts')

const ON_THE_WIRE = 'are asked for by a frame to everybody, and answered by one to who asked, octet for octet (RFC 826)'
const ANSWERED = '120 [826] answers a request for its address by unicast, and knows the asker from then on'
const OF_OTHERS = '120 [826] learns from a request for another address only if it knows the sender'
const FROM_AN_ANSWER = 'are learnt from an answer, which nothing answers; an answer for somebody else teaches nothing'
const STRANGER = 'does not add a stranger whose request is for someone else, and answers a probe without learning'

export const RFC_826: Standard = {
  rfc: 826,
  title: 'An Ethernet Address Resolution Protocol',
  complete: true,
  extent:
    'It is older than words in capitals, and has few in small letters: each step of what is generated and of what is done with what is received is counted. Its headings have no numbers.',
  sections: [
    noDemand('The Problem', '', 'why there is such a protocol.'),
    noDemand('Motivation', '', 'the same.'),
    section(
      'Definitions',
      '',
      must('REQUEST is 1, REPLY 2, high byte transmitted first', tested(neighbours(ON_THE_WIRE))),
    ),
    section(
      'Packet format',
      '',
      must(
        'Nine fields in this order, their lengths as ar$hln and ar$pln say',
        tested(neighbours(ON_THE_WIRE), wire('parses and emits a request octet for octet')),
      ),
    ),
    section(
      'Packet Generation',
      '',
      must(
        'Some lower layer must consult the Address Resolution module to convert the protocol address',
        tested(stack('asks for the address, then for the echo, and measures the round trip')),
      ),
      must(
        'If it finds the pair, it gives the 48.bit Ethernet address back, and the packet is transmitted',
        tested(stack('remembers a neighbour for a minute, then asks again (RFC 1122 2.3.2.1)')),
      ),
      must(
        'If it does not, it probably informs the caller that it is throwing the packet away',
        notApplicable('RFC 1122 2.3.2.2 has at least the latest kept, and so it is here.'),
      ),
      must('and generates an Ethernet packet of type ADDRESS_RESOLUTION', tested(neighbours(ON_THE_WIRE))),
      must(
        'with <ar$hrd, ar$pro, ar$hln, ar$pln, ar$op> of Ethernet, the protocol and REQUEST, its own two addresses and the target’s',
        tested(neighbours(ON_THE_WIRE)),
      ),
      must(
        'and has it broadcast to all stations on the Ethernet cable determined by the routing mechanism',
        tested(neighbours(ON_THE_WIRE)),
      ),
    ),
    section(
      'Packet Reception',
      '',
      must(
        'Negative conditionals end the processing and discard the packet: the hardware type',
        tested(neighbours('121 [826] ignores hardware type 6')),
      ),
      must('the protocol', tested(neighbours('121 [826] ignores protocol 86DDh'))),
      must(
        'the lengths, optionally',
        tested(
          neighbours('121 [826] ignores addresses of 8 octets', '121 [826] ignores protocol addresses of 16 octets'),
        ),
      ),
      must(
        'If the pair <protocol type, sender protocol address> is already in the table, update the sender hardware address',
        tested(neighbours(OF_OTHERS)),
      ),
      must(
        'If I am not the target protocol address: nothing more',
        tested(neighbours(OF_OTHERS, FROM_AN_ANSWER), stack(STRANGER)),
      ),
      must(
        'If I am, and Merge_flag is false, add the triplet to the table',
        tested(
          neighbours(ANSWERED, FROM_AN_ANSWER),
          stack('learns the asker from its request, and answers without asking back (RFC 826)'),
        ),
      ),
      must(
        'This before the opcode is looked at: from requests and from replies',
        tested(neighbours(ANSWERED, FROM_AN_ANSWER)),
      ),
      must(
        'and from whatever other opcode',
        open(
          'A packet that is neither is dropped and counted before: the operations beyond are of other protocols (RFC 903, 5494), and their fields mean other things.',
        ),
      ),
      must(
        'A REQUEST: swap hardware and protocol fields, the local addresses in the sender fields',
        tested(neighbours(ON_THE_WIRE)),
      ),
      must('Set the ar$op field to ares_op$REPLY', tested(neighbours(ON_THE_WIRE))),
      must(
        'Send the packet to the (new) target hardware address on the same hardware on which the request was received',
        tested(neighbours(ON_THE_WIRE, ANSWERED)),
      ),
    ),
    section(
      'Generalization',
      '',
      must(
        'For the 10Mbit Ethernet <ar$hrd, ar$hln> is <1, 6>; for other hardware ar$pro still corresponds to the protocol',
        tested(neighbours(ON_THE_WIRE)),
      ),
    ),
    section(
      'Why is it done this way??',
      '',
      must('The new hardware address of a sender supersedes the old one', tested(neighbours(OF_OTHERS))),
      must('A reply has the same length as a request', tested(neighbours(ON_THE_WIRE))),
    ),
    noDemand('Network monitoring and debugging', '', 'what a monitor could learn.'),
    noDemand('An Example', '', 'an example.'),
    section(
      'Related issue',
      '',
      must(
        'It may be desirable to have table aging and/or timeouts, outside the scope of this protocol',
        tested(neighbours('122 [1122 §2.3.2.1] asks again for an entry past its age')),
      ),
    ),
  ],
}
