/** RFC 9293, by the labels that it gives its sentences (appendix B), and those in capitals without a label. */
import {
  labelled,
  must,
  noDemand,
  notApplicable,
  open,
  type Standard,
  section,
  should,
  tested,
  testsOf,
} from './sentence.js'

const header = testsOf('test/conformance/header-options.test.ts')
const numbers = testsOf('test/conformance/sequence-numbers.test.ts')
const opening = testsOf('test/conformance/opening.test.ts')
const checks = testsOf('test/conformance/acceptability.test.ts')
const windows = testsOf('test/conformance/data-windows.test.ts')
const resending = testsOf('test/conformance/retransmission.test.ts')
const closing = testsOf('test/conformance/closing.test.ts')
const fields = testsOf('test/conformance/keepalive-icmp.test.ts')
const extensions = testsOf('test/conformance/extensions.test.ts')
const ecn = testsOf('test/conformance/ecn.test.ts')
const overIpv6 = testsOf('test/conformance/tcp-over-ipv6.test.ts')
const ipv4 = testsOf('firmware/net/ipv4/ipv4.test.ts')
const gateways = testsOf('firmware/net/ipv4/dead-gateway.test.ts')
const congestion = testsOf('firmware/net/tcp/congestion.test.ts')

const OPTIONS_IN_TEXT = [
  '5 [MUST-5] NOPs in a data segment: the data are accepted',
  '5 [MUST-5] timestamps nobody agreed on in a data segment: the data are accepted',
  '5 [MUST-5] an unknown option in a data segment: the data are accepted',
  '5 [MUST-5] the end of options, then zeros in a data segment: the data are accepted',
  '5 [MUST-5] an option of a SYN in a data segment: the data are accepted',
]
const VANISHED =
  '86 [MUST-20, SHLD-9, SHLD-10, SHLD-11] a peer that vanished: a soft error after three retransmissions, the end after 100 s'
const SHRUNK =
  '61 [MUST-34, SHLD-15, SHLD-16] a window that shrinks under 8 KiB in flight: nothing new, old data again, no harm'
const PROBES =
  '62 [MUST-36, SHLD-29, SHLD-30, MUST-35] the first probe comes after one RTO, then intervals double up to a limit'
const HEADER_FIELDS =
  '108 [MUST-48, MUST-49] time to live 3 and DSCP 46 are in every segment: SYN, data, ACK, FIN, and again'
const FIELDS_LATER = '108 [MUST-48, MUST-49] on a connection accepted too, and from the moment they are set'
const FIELDS_OF_IPV6 =
  '[MUST-48, MUST-49, SHLD-21, SHLD-22] has the traffic class and the hop limit that the application sets'
const CALLBACK = '109 [MUST-47, SHLD-20] the callback is called; not when it is switched off'
const URGENT_EVENTS = '71 [MUST-32, MUST-33] one event for a pointer, none for the same again, another when it moves on'
const SOFT_ERRORS = [
  'network unreachable (type 3, code 0)',
  'host unreachable (type 3, code 1)',
  'source route failed (type 3, code 5)',
  'time exceeded in transit (type 11, code 0)',
  'reassembly time exceeded (type 11, code 1)',
  'parameter problem (type 12, code 0)',
].map((error) => `104 [MUST-54, MUST-56, SHLD-25] ${error} is told as a soft error, and the connection goes on`)
const SOFT_ERRORS_OF_IPV6 = [
  'no route',
  'address unreachable',
  'hop limit exceeded',
  'reassembly time exceeded',
  'erroneous header field',
  'unrecognized next header',
  'unrecognized option',
].map((error) => `[MUST-56, SHLD-25] is told, and does not abort the connection: ${error}`)
const HARD_ERRORS = ['protocol unreachable (code 2)', 'port unreachable (code 3)'].map(
  (error) => `105 [SHLD-26] ${error} in SYN-SENT: connect fails`,
)
const NO_HOSTS_ADDRESS = ['255.255.255.255', '10.0.0.255', '224.0.0.1', '0.0.0.0', '240.0.0.1'].map(
  (address) => `34 [MUST-46] to connect to ${address} is an error at once, and no frame is sent`,
)
const NO_HOSTS_SOURCE = [
  '0.0.0.5',
  '0.0.0.0',
  '127.0.0.1',
  '255.255.255.255',
  '10.0.0.255',
  '224.0.0.1',
  '240.0.0.1',
].map((source) => `36 [MUST-63] a SYN from ${source} is answered with silence`)
const GROUPS = ['255.255.255.255', '10.0.0.255', '224.0.0.1'].map(
  (group) => `35 [MUST-57] a SYN to ${group} in a group frame is answered with silence`,
)
const UNREAD_DATA = [
  '97 [SHLD-3] close with data unread resets',
  '97 [SHLD-3] data that come after close, in FIN-WAIT-1, reset',
  '97 [SHLD-3] data that come after close, in FIN-WAIT-2, reset',
]
const REOPENED = [
  '95 [MAY-2, SHLD-4] a SYN above the last number opens anew, from a number above ours (timestamps false)',
  '95 [MAY-2, SHLD-4] a SYN above the last number opens anew, from a number above ours (timestamps true)',
]
const CLOSED_FOR_EVER = '63 [MUST-37] a peer that answers each probe with window 0 for an hour keeps the connection'

const noSourceRoute = open(
  'Source routes are not done: RFC 7126 4.3 advises to drop datagrams that have one, and nobody sends them.',
)
const notTaken = (why: string) => notApplicable(`A permission that is not used: ${why}`)
const challenged = ['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK']

export const RFC_9293: Standard = {
  rfc: 9293,
  title: 'Transmission Control Protocol (TCP)',
  complete: true,
  extent:
    'Each label of appendix B once (MUST-1 to 69, SHLD-1 to 31, MAY-1 to 18, REC-1; a sentence that forbids has a label of the same kind), and the words in capitals that have no label. What section 3.10 says in small letters, event by event, is among the rows of the first page (20 to 31, 38 to 51, 90 to 100, 150).',
  sections: [
    noDemand('1', 'Purpose and Scope', 'what the document replaces.'),
    noDemand('2.2', 'Key TCP Concepts', 'terms.'),
    section(
      '3.1',
      'Header Format',
      labelled(
        'MUST-1',
        'The window size MUST be treated as an unsigned number',
        tested(header('4 [MUST-1] a window of 65,535 is used to the last full segment, and no further')),
      ),
      labelled(
        'REC-1',
        'It is RECOMMENDED to reserve 32-bit fields for the window sizes and do all window computations with 32 bits',
        tested(
          extensions('111 [7323 §2.2] windows in SYN segments are not scaled, all others are: both ways'),
          windows(
            '60 [SHLD-14] the right edge of the receive window moves left by no more than scaling rounds off, and no promise exceeds the buffer (window scale 7)',
          ),
        ),
      ),
      labelled(
        'MUST-2',
        'The sender MUST generate the checksum',
        tested(
          header(
            '2 [MUST-2] every segment sent sums to FFFFh with its pseudo header: SYN, odd and even lengths, FIN, RST',
            '2 [MUST-2] so does the reset that answers a segment for nobody',
          ),
        ),
      ),
      labelled(
        'MUST-3',
        'and the receiver MUST check it',
        tested(
          header(
            '1 [MUST-3] a data segment with any one bit of its checksum flipped is dropped in silence and counted',
          ),
        ),
      ),
      labelled(
        'MUST-69',
        'The header beyond the End of Option List MUST be padding of zeros',
        tested(header('9 [MUST-68, MUST-69] options of a SYN have their lengths, and zeros after their end: %o')),
      ),
      labelled(
        'MUST-4',
        'End of Option List, No-Operation and Maximum Segment Size MUST be supported',
        tested(
          header(
            '10 [MUST-4] no segment to a peer with MSS 500 has more than 500 octets',
            '5 [MUST-5] NOPs in a data segment: the data are accepted',
            '5 [MUST-5] the end of options, then zeros in a data segment: the data are accepted',
          ),
        ),
      ),
      labelled('MUST-5', 'MUST be able to receive an option in any segment', tested(header(...OPTIONS_IN_TEXT))),
      labelled(
        'MUST-6',
        'MUST ignore without error any option it does not implement, assuming that it has a length',
        tested(
          header(
            '6 [MUST-6] an MSS behind an option of unknown kind is read',
            '6 [MUST-6] an MSS on both sides of an option of unknown kind is read',
          ),
        ),
      ),
      labelled(
        'MUST-68',
        'All options but End of Option List and No-Operation MUST have length fields',
        tested(header('9 [MUST-68, MUST-69] options of a SYN have their lengths, and zeros after their end: %o')),
      ),
      labelled(
        'MUST-7',
        'MUST be prepared to handle an illegal option length (e.g., zero)',
        tested(
          header(
            '7 [MUST-7] an option $what in a data segment leaves the connection whole',
            '7 [MUST-7] an option $what in a SYN leaves the listener whole',
          ),
        ),
      ),
    ),
    section(
      '3.2',
      'Specific Option Definitions',
      labelled(
        'MUST-64',
        'Receivers MUST be prepared to process options even if they do not begin on a word boundary',
        tested(
          header(
            '8 [MUST-64] an MSS behind 1 NOPs, at an odd offset, is honoured',
            '8 [MUST-64] an MSS behind 3 NOPs, at an odd offset, is honoured',
          ),
        ),
      ),
      labelled(
        'MUST-65',
        'The Maximum Segment Size Option MUST NOT be sent in segments other than those with the SYN bit',
        tested(header('11 [MUST-65] no segment but a SYN has an MSS')),
      ),
    ),
    noDemand('3.3.1', 'Key Connection State Variables', 'names.'),
    noDemand('3.3.2', 'State Machine Overview', 'names and a figure, which `chart.ts` is.'),
    section(
      '3.4',
      'Sequence Numbers',
      labelled(
        'MUST-66',
        'MUST process the RST and URG fields of all incoming segments, even when the receive window is zero',
        tested(
          numbers(
            '19 [MUST-66] a reset at its edge ends the connection',
            '19 [MUST-66] urgent pointers are read',
            '19 [MUST-66] acknowledgements are taken, with and without data that cannot be',
          ),
        ),
      ),
    ),
    section(
      '3.4.1',
      'Initial Sequence Number Selection',
      labelled(
        'MUST-8',
        'MUST use the above type of "clock" for clock-driven selection of initial sequence numbers',
        tested(numbers('16 [MUST-8] the same two ends a second later begin about 250,000 further on')),
      ),
      labelled(
        'SHLD-1',
        'SHOULD generate them as M + F(localip, localport, remoteip, remoteport, secretkey)',
        tested(
          numbers(
            '17 [SHLD-1] one secret gives the same numbers again, another secret gives others, and two ends are unrelated',
            '17 [SHLD-1] the remote address and the remote port matter as well',
          ),
        ),
      ),
      labelled(
        'MUST-9',
        'F() MUST NOT be computable from the outside',
        tested(numbers("18 [MUST-9] of 100 ports in turn, no port's number tells the next one's")),
      ),
    ),
    noDemand('3.4.2', 'Knowing When to Keep Quiet', 'a theoretical problem, which it finds safe to ignore.'),
    noDemand('3.4.3', 'The TCP Quiet Time Concept', 'the same, in small letters.'),
    section(
      '3.5',
      'Establishing a Connection',
      labelled(
        'MUST-10',
        'MUST support simultaneous open attempts',
        tested(
          opening(
            '28 [MUST-10] a bare SYN in SYN-SENT makes SYN-RECEIVED and a SYN, ACK from the same number',
            "28 [MUST-10] the peer's [S.] then makes it ESTABLISHED (figure 8), and data flow both ways",
            "28 [MUST-10] the peer's [.] then makes it ESTABLISHED (figure 8), and data flow both ways",
            '28 [MUST-10] two stacks that open to each other at once are both ESTABLISHED, on one connection',
          ),
        ),
      ),
      labelled(
        'MUST-11',
        'MUST keep track of whether SYN-RECEIVED was reached by a passive OPEN or an active OPEN',
        tested(
          opening(
            '30 [MUST-11] an exact reset of a passive open leaves the listener as it was, and nobody is told',
            '30 [MUST-11] an exact reset of an active open is a refusal',
          ),
        ),
      ),
    ),
    noDemand('3.5.1', 'Half-Open Connections and Other Anomalies', 'figures.'),
    noDemand('3.5.2', 'Reset Generation', 'three groups of states, in small letters: rows 20 to 29 and 38 to 48.'),
    section(
      '3.5.3',
      'Reset Processing',
      labelled(
        'SHLD-2',
        'SHOULD allow a received RST segment to include data',
        tested(closing('99 [SHLD-2] an exact reset that carries text is a reset')),
      ),
    ),
    section(
      '3.6',
      'Closing a Connection',
      labelled(
        'MUST-12',
        'Closed by the remote side by FIN or RST: the application MUST be informed whether it closed normally or was aborted',
        tested(closing('96 [MUST-12] a close by FIN and a close by RST can be told apart')),
      ),
    ),
    section(
      '3.6.1',
      'Half-Closed Connections',
      labelled(
        'MAY-1',
        'MAY implement a half-duplex close, after which an application cannot continue to read: `close`, beside `shutdownWrite`',
        tested(closing(...UNREAD_DATA)),
      ),
      labelled(
        'SHLD-3',
        'With received data pending at CLOSE, or new data after it, SHOULD send a RST to show that data was lost',
        tested(closing(...UNREAD_DATA)),
      ),
      labelled(
        'MUST-13',
        'Closed actively, it MUST linger in TIME-WAIT for 2 MSL (30 s each here, a setting)',
        tested(
          closing(
            '93 [MUST-13] the two ends are held for 2 MSL (60 s), and free then',
            '93 [MUST-13] the two ends are held for 2 MSL (240 s), and free then',
          ),
        ),
      ),
      labelled(
        'MAY-2',
        'MAY accept a new SYN to reopen directly from TIME-WAIT, if it (1) begins above the largest number it used',
        tested(
          closing(
            ...REOPENED,
            '95 [MAY-2] a SYN of an older number gets an acknowledgement (timestamps false)',
            '95 [MAY-2] a SYN of an older number gets an acknowledgement (timestamps true)',
          ),
        ),
      ),
      must(
        'and (2) returns to TIME-WAIT if the SYN turns out to be an old duplicate (a condition, in small letters)',
        open('It does not go back: the reset that tells so ends the connection.'),
      ),
      labelled(
        'SHLD-4',
        'With timestamps, the algorithm for reducing TIME-WAIT (RFC 6191) SHOULD be implemented',
        tested(closing(REOPENED[1], '95 [MAY-2] a SYN of an older number gets an acknowledgement (timestamps true)')),
      ),
    ),
    section(
      '3.7.1',
      'Maximum Segment Size Option',
      labelled(
        'MUST-14',
        'MUST implement both sending and receiving the option',
        tested(
          header(
            '10 [MUST-14] the SYN on an MTU of 1500 says MSS 1460',
            '10 [MUST-4] no segment to a peer with MSS 500 has more than 500 octets',
          ),
        ),
      ),
      labelled(
        'SHLD-5',
        'SHOULD send it in every SYN when the receive MSS differs from 536 for IPv4 or 1220 for IPv6',
        tested(
          header(
            '10 [MUST-14] the SYN on an MTU of 1006 says MSS 966',
            '14 [MUST-67, SHLD-6] MTU 1500 less 40 is the MSS of SYN and SYN-ACK, options or not',
          ),
          testsOf('firmware/net/ipv6/fragmentation.test.ts')('of TCP has an MSS of the MTU less 60'),
        ),
      ),
      labelled('MAY-3', 'and MAY send it always', tested(header('10 [MUST-14] the SYN on an MTU of 576 says MSS 536'))),
      labelled(
        'MUST-15',
        'Without the option, MUST assume a send MSS of 536 for IPv4 or 1220 for IPv6',
        tested(
          header(
            '12 [MUST-15] to a peer whose SYN has no MSS, no segment has more than 536 octets (active open)',
            '12 [MUST-15] to a peer whose SYN has no MSS, no segment has more than 536 octets (passive open)',
          ),
          overIpv6('[MUST-15] whose SYN has no MSS is sent 1220 octets at most in a segment'),
        ),
      ),
      labelled(
        'MUST-16',
        'The effective send MSS MUST be the smaller of the send MSS and what the IP layer permits, less options',
        tested(
          header(
            '13 [MUST-16] MTU 1500, timestamps false, to a peer with MSS 1460: payloads of 1460',
            '13 [MUST-16] MTU 1500, timestamps true, to a peer with MSS 1460: payloads of 1448',
            '13 [MUST-16] MTU 576, timestamps false, to a peer with MSS 1460: payloads of 536',
            '13 [MUST-16] MTU 576, timestamps true, to a peer with MSS 1460: payloads of 524',
            '13 [MUST-16] SACK blocks on a data segment are subtracted as well: the datagram still fits the MTU',
          ),
        ),
      ),
      labelled(
        'MUST-67',
        'The MSS to be sent must be less than or equal to MMS_R - 20',
        tested(
          header(
            '14 [MUST-67, SHLD-6] MTU 576 less 40 is the MSS of SYN and SYN-ACK, options or not',
            '14 [MUST-67, SHLD-6] MTU 1280 less 40 is the MSS of SYN and SYN-ACK, options or not',
            '14 [MUST-67] a path MTU that a router lowered does not lower the MSS: what can be received is the same',
          ),
        ),
      ),
    ),
    noDemand('3.7.2', 'Path MTU Discovery', 'it names RFC 1191, 8201 and 4821, which are implemented.'),
    section(
      '3.7.3',
      'Interfaces with Variable MTU Values',
      labelled(
        'SHLD-6',
        'When the effective MTU varies packet to packet, SHOULD use the smallest for the MSS Option',
        notApplicable('No interface has an MTU that varies from packet to packet.'),
      ),
    ),
    section(
      '3.7.4',
      'Nagle Algorithm',
      labelled(
        'SHLD-7',
        'SHOULD implement the Nagle algorithm to coalesce short segments',
        tested(
          windows(
            '66 [SHLD-7] with an octet unacknowledged, ten more wait, and go in one segment',
            '66 [SHLD-7] a full segment does not wait',
          ),
        ),
      ),
      labelled(
        'MUST-17',
        'There MUST be a way to disable it on an individual connection',
        tested(windows('67 [MUST-17] with no delay, ten writes are ten segments; the switch works in the middle too')),
      ),
    ),
    noDemand('3.7.5', 'IPv6 Jumbograms', 'they need not be understood.'),
    section(
      '3.8.1',
      'Retransmission Timeout',
      labelled(
        'MUST-18',
        'The RTO MUST be computed according to RFC 6298, including Karn’s algorithm',
        tested(
          resending(
            '74 [6298 2.2, 2.3] samples of 100 and 300 ms give SRTT, RTTVAR and RTO by the formulas (timestamps false)',
            '74 [6298 2.2, 2.3] samples of 100 and 300 ms give SRTT, RTTVAR and RTO by the formulas (timestamps true)',
            '79 [MUST-18] the acknowledgement of a segment that was sent again is no sample (no timestamps)',
            '79 [MUST-18] nor is that of a segment that duplicates sent again',
            '79 [MUST-18] with timestamps an echo of the first copy is none, and yet the back-off is over: SND.UNA has advanced',
            '78 [MUST-18, 6298 3] the echo of an earlier SYN is no sample: which of the answers was lost, nobody knows',
            '78 [MUST-18, 6298 3] nor is that of an earlier SYN, ACK: RTO is not the seconds since then',
          ),
        ),
      ),
      labelled(
        'MAY-4',
        'An identical retransmission MAY have the same IPv4 Identification',
        notTaken('each datagram has an Identification of its own.'),
      ),
    ),
    section(
      '3.8.2',
      'TCP Congestion Control',
      labelled(
        'MUST-19',
        'MUST implement slow start, congestion avoidance, and exponential backoff of RTO',
        tested(
          resending(
            '80 [MUST-19] below ssthresh newreno opens by one segment an acknowledgement at most, and does open',
            '80 [MUST-19] below ssthresh cubic opens by one segment an acknowledgement at most, and does open',
            '80 [MUST-19] above ssthresh it opens by about one segment a round trip',
            '81 [5681 §3.1] a time-out sets ssthresh to half the flight, at least two segments, and cwnd to one',
            '77 [6298 5.5] the RTO doubles up to a limit of 60 s or more, and no further',
          ),
        ),
      ),
      labelled(
        'MAY-18',
        'MAY implement alternative algorithms that are conformant: CUBIC (RFC 9438), the default',
        tested(
          congestion(
            'follows 0.4 (t - K)^3 + W_max, K = cbrt(W_max 0.3 / 0.4), below and above the plateau (4.2)',
            'is no slower than Reno where the round trip is short: 0.53 segments each, then one (4.3)',
          ),
        ),
      ),
      labelled(
        'SHLD-8',
        'SHOULD implement ECN as described in RFC 3168',
        tested(
          ecn(
            '151 [3168 6.1.1] asks with ECE and CWR in the SYN, agrees to ECE alone in the SYN,ACK, and marks neither',
            '153 [3168 6.1.4, 6.1.5, 6.1.6] new data alone are ECT(0): no acknowledgement, nothing that is sent again, no probe, no reset',
            '154 [3168 6.1.3] says ECE from the first mark on in every acknowledgement, until the sender says CWR',
            '156 [3168 6.1.2] an ECE halves the window, once for a window of data, and nothing is sent again',
          ),
        ),
      ),
    ),
    section(
      '3.8.3',
      'TCP Connection Failures',
      labelled(
        'MUST-20',
        'Excessive retransmissions: at R1 negative advice to the IP layer, at R2 the connection is closed',
        tested(
          resending(VANISHED),
          gateways('a TCP connection goes on by the second router when the first dies under it (RFC 1122 4.2.3.5)'),
        ),
      ),
      labelled(
        'MUST-21',
        'An application MUST be able to set R2 for a particular connection',
        tested(
          resending(
            '87 [MUST-21] with a user time-out of 5 s it fails at 5 s',
            '87 [MUST-21] the 5 s run from the oldest octet that is not acknowledged',
            '87 [MUST-21] with an infinite one, never',
          ),
        ),
      ),
      labelled('SHLD-9', 'SHOULD inform the application when R1 is reached and before R2', tested(resending(VANISHED))),
      labelled('SHLD-10', 'R1 SHOULD correspond to at least 3 retransmissions', tested(resending(VANISHED))),
      labelled('SHLD-11', 'R2 SHOULD correspond to at least 100 seconds', tested(resending(VANISHED))),
      labelled(
        'MUST-22',
        'SYN retransmissions MUST be handled in the same way, including notification of the application',
        tested(resending('88 [MUST-22, MUST-23] SYNs without an answer go on for three minutes or more')),
      ),
      labelled(
        'MUST-23',
        'R2 for a SYN MUST provide retransmission for at least 3 minutes',
        tested(
          resending('88 [MUST-22, MUST-23] SYNs without an answer go on for three minutes or more'),
          testsOf('firmware/net/tcp/listener.test.ts')(
            'a connection stays half open for three minutes at most (RFC 9293 MUST-23), and then takes no memory',
          ),
        ),
      ),
    ),
    section(
      '3.8.4',
      'TCP Keep-Alives',
      labelled(
        'MAY-5',
        'MAY include keep-alives',
        tested(fields('102 [MUST-26, SHLD-12] a probe is empty and of number SND.NXT - 1')),
      ),
      labelled(
        'MUST-24',
        'The application MUST be able to turn them on or off for each connection',
        tested(
          fields(
            '101 [MUST-24, MUST-28] switched on, it waits two hours by default',
            '101 [MUST-27] the interval can be set, and it can be switched on and off later',
          ),
        ),
      ),
      labelled(
        'MUST-25',
        'They MUST default to off',
        tested(fields('101 [MUST-25] it is off by default: three idle hours, no probe')),
      ),
      labelled(
        'MUST-26',
        'MUST only be sent when no sent data is outstanding and nothing was received within an interval',
        tested(
          fields(
            '102 [MUST-26, SHLD-12] a probe is empty and of number SND.NXT - 1',
            '102 [MUST-26] no probe while data are outstanding',
            '102 [MUST-26] no probe where something was received within the interval',
          ),
        ),
      ),
      labelled(
        'MUST-27',
        'The interval MUST be configurable',
        tested(fields('101 [MUST-27] the interval can be set, and it can be switched on and off later')),
      ),
      labelled(
        'MUST-28',
        'and MUST default to no less than two hours',
        tested(fields('101 [MUST-24, MUST-28] switched on, it waits two hours by default')),
      ),
      labelled(
        'MUST-29',
        'MUST NOT interpret failure to respond to any specific probe as a dead connection',
        tested(fields('103 [MUST-29] one probe without an answer does not end the connection')),
      ),
      labelled(
        'SHLD-12',
        'SHOULD send a keep-alive segment with no data',
        tested(fields('102 [MUST-26, SHLD-12] a probe is empty and of number SND.NXT - 1')),
      ),
      labelled('MAY-6', 'MAY be configurable to send one garbage octet', notTaken('a probe is always empty.')),
    ),
    section(
      '3.8.5',
      'The Communication of Urgent Information',
      labelled(
        'SHLD-13',
        'New applications SHOULD NOT employ the urgent mechanism (so 3.9.1.2 again)',
        notApplicable('Asked of applications; no service here uses it.'),
      ),
      labelled(
        'MUST-30',
        'TCP implementations MUST still include support for the urgent mechanism',
        tested(windows('70 [MUST-62] urgent "abc" has URG, and its pointer is at the octet after "c"', URGENT_EVENTS)),
      ),
      labelled(
        'MUST-31',
        'MUST support a sequence of urgent data of any length',
        tested(
          windows(
            '72 [MUST-31] 100 KiB of urgent data all come, in order',
            '72 [MUST-31] 100 KiB of urgent data all go, in order',
          ),
        ),
      ),
      labelled(
        'MUST-62',
        'The urgent pointer MUST point to the sequence number of the octet following the urgent data',
        tested(
          windows(
            '70 [MUST-62] urgent "abc" has URG, and its pointer is at the octet after "c"',
            '70 [MUST-62] segments before the urgent octets point ahead to their end',
          ),
        ),
      ),
      labelled(
        'MUST-32',
        'MUST inform the application asynchronously of an urgent pointer where none was pending, and whenever it advances',
        tested(windows(URGENT_EVENTS)),
      ),
      labelled(
        'MUST-33',
        'MUST provide a way to learn how much urgent data remains to be read',
        tested(windows(URGENT_EVENTS)),
      ),
    ),
    section(
      '3.8.6',
      'Managing the Window',
      labelled(
        'SHLD-14',
        'A receiver SHOULD NOT shrink the window (with a scale, by less than one unit: RFC 7323 2.4)',
        tested(
          windows(
            '60 [SHLD-14] the right edge of the receive window moves left by no more than scaling rounds off, and no promise exceeds the buffer (window scale undefined)',
            '60 [SHLD-14] the right edge of the receive window moves left by no more than scaling rounds off, and no promise exceeds the buffer (window scale 7)',
          ),
        ),
      ),
      labelled('MUST-34', 'A sender MUST be robust against window shrinking', tested(windows(SHRUNK))),
      labelled('SHLD-15', 'If this happens, the sender SHOULD NOT send new data', tested(windows(SHRUNK))),
      labelled(
        'SHLD-16',
        'but SHOULD retransmit normally the old data between SND.UNA and SND.UNA+SND.WND',
        tested(windows(SHRUNK)),
      ),
      labelled(
        'MAY-7',
        'MAY also retransmit old data beyond SND.UNA+SND.WND',
        notTaken('what is sent again stays within the window, as the test of SHLD-16 has it.'),
      ),
      labelled(
        'SHLD-17',
        'but SHOULD NOT time out the connection if data beyond the right window edge is not acknowledged',
        tested(
          resending(
            '89 [SHLD-17] data beyond a shrunken window may stay unacknowledged while the peer answers: no time-out',
          ),
        ),
      ),
      labelled('MUST-35', 'If the window shrinks to zero, MUST probe it in the standard way', tested(windows(PROBES))),
    ),
    section(
      '3.8.6.1',
      'Zero-Window Probing',
      labelled(
        'MUST-36',
        'Probing of zero (offered) windows MUST be supported',
        tested(
          windows(
            PROBES,
            '64 [MUST-36] when the acknowledgement that opened the window was lost, the answer to the next probe goes on',
          ),
        ),
      ),
      labelled(
        'MAY-8',
        'MAY keep its offered receive window closed indefinitely',
        tested(
          windows(
            "65 a probe of one octet into this end's closed window: ACK of RCV.NXT with window 0, and the octet is not taken",
          ),
        ),
      ),
      labelled(
        'MUST-37',
        'As long as the receiver acknowledges the probes, the sender MUST allow the connection to stay open',
        tested(windows(CLOSED_FOR_EVER, '63 [MUST-37] so it is by default, and probes go on')),
      ),
      labelled(
        'SHLD-29',
        'SHOULD send the first probe when a zero window has existed for the retransmission timeout',
        tested(windows(PROBES)),
      ),
      labelled('SHLD-30', 'and SHOULD increase exponentially the interval between probes', tested(windows(PROBES))),
    ),
    section(
      '3.8.6.2.1',
      "Sender's Algorithm -- When to Send Data",
      labelled(
        'MUST-38',
        'MUST include a SWS avoidance algorithm in the sender',
        tested(
          windows(
            '58 [MUST-38] a window that opens octet by octet is not used before a full segment fits',
            '58 [MUST-38] to a peer with small windows, half the largest one is enough',
            '58 [MUST-38] all that there is, with nothing outstanding, goes at once, however short',
          ),
        ),
      ),
    ),
    section(
      '3.8.6.2.2',
      "Receiver's Algorithm -- When to Send a Window Update",
      labelled(
        'MUST-39',
        'MUST include a SWS avoidance algorithm in the receiver',
        tested(
          windows(
            '59 [MUST-39] with a buffer of 4096 that is read octet by octet, the right edge moves by 1460 or more',
            '59 [MUST-39] with a buffer of 2000 that is read octet by octet, the right edge moves by 1000 or more',
          ),
        ),
      ),
    ),
    section(
      '3.8.6.3',
      'Delayed Acknowledgments -- When to Send an ACK Segment',
      labelled(
        'SHLD-18',
        'SHOULD implement a delayed ACK',
        tested(
          windows(
            '55 [SHLD-18, MUST-40] the acknowledgement of one segment goes out by itself within half a second',
            '55 [SHLD-18] data of ours carry it',
          ),
        ),
      ),
      labelled(
        'MUST-40',
        'The delay MUST be less than 0.5 seconds',
        tested(
          windows('55 [SHLD-18, MUST-40] the acknowledgement of one segment goes out by itself within half a second'),
          testsOf('firmware/net/tcp/window.test.ts')('for just under half a second is not'),
        ),
      ),
      labelled(
        'SHLD-19',
        'SHOULD be generated for at least every second full-sized segment',
        tested(
          windows(
            '56 [SHLD-19] the second full segment is acknowledged at once',
            '56 [SHLD-19, 5681 §4.2] the second segment is acknowledged at once, however small the two are',
          ),
        ),
      ),
    ),
    section(
      '3.9.1.1',
      'Open',
      labelled(
        'MUST-41',
        'A passive OPEN creates a new connection record or returns an error; it MUST NOT affect any previous one',
        tested(opening('32 [MUST-41] a second listener on an address and port is an error, and the first still works')),
      ),
      labelled(
        'MUST-42',
        'MUST allow to LISTEN on a port while a connection of the same port is in SYN-SENT or SYN-RECEIVED',
        tested(opening('33 [MUST-42] a port with a connection in SYN-SENT or SYN-RECEIVED may be listened on')),
      ),
      labelled(
        'MUST-43',
        'The "local IP address" parameter MUST be supported',
        tested(
          opening(
            '37 [MUST-43, MUST-45] the source that was bound is kept for the whole connection',
            '37 [MUST-43] to bind an address that is not ours is an error',
          ),
        ),
      ),
      labelled(
        'MUST-44',
        'Without it, MUST ask the IP layer to select a local address before sending the first SYN',
        tested(opening('37 [MUST-44] the source is the address of the network that the peer is in')),
      ),
      labelled(
        'MUST-45',
        'At all other times MUST use the same local address that was used in previous segments',
        tested(opening('37 [MUST-43, MUST-45] the source that was bound is kept for the whole connection')),
      ),
      labelled(
        'MUST-46',
        'MUST reject as an error a local OPEN call for an invalid remote address (e.g., broadcast or multicast)',
        tested(
          opening(...NO_HOSTS_ADDRESS),
          overIpv6(
            '[MUST-46] is refused as the remote one, and nothing is sent: ff02::1%eth0',
            '[MUST-46] is refused as the remote one, and nothing is sent: ff0e::1',
            '[MUST-46] is refused as the remote one, and nothing is sent: ::',
          ),
        ),
      ),
    ),
    section(
      '3.9.1.2',
      'Send',
      labelled(
        'MAY-15',
        'MAY implement PUSH flags on SEND calls',
        tested(windows('68 [MAY-15] a write without a push waits for more of it; the one with a push sends both')),
      ),
      labelled(
        'MUST-60',
        'Without them, MUST NOT buffer data indefinitely (so where a write says nothing of a push)',
        tested(
          windows(
            '68 [MUST-60, MUST-61] the last octet that is queued carries PSH, though nobody asked, and nothing waits for ever',
          ),
        ),
      ),
      labelled(
        'MUST-61',
        'and MUST set the PSH bit in the last buffered segment',
        tested(
          windows(
            '68 [MUST-60, MUST-61] the last octet that is queued carries PSH, though nobody asked, and nothing waits for ever',
          ),
        ),
      ),
      labelled(
        'SHLD-27',
        'SHOULD collapse successive PSH bits when it packetizes data, to send the largest possible segment',
        tested(windows('66 [SHLD-7] with an octet unacknowledged, ten more wait, and go in one segment')),
      ),
      labelled(
        'MAY-16',
        'A series of SENDs without PUSH MAY be aggregated without sending it',
        tested(windows('68 [MAY-15] a write without a push waits for more of it; the one with a push sends both')),
      ),
      labelled(
        'SHLD-28',
        'SHOULD send a maximum-sized segment whenever possible',
        tested(windows('69 [SHLD-28] of 100 KiB queued, all segments but the last are full')),
      ),
    ),
    section(
      '3.9.1.3',
      'Receive',
      labelled(
        'MAY-17',
        'MAY pass a received PSH bit to the application layer',
        notTaken('what has arrived can be read at once, pushed or not.'),
      ),
    ),
    noDemand('3.9.1.4', 'Close', 'what it does, in small letters.'),
    noDemand('3.9.1.5', 'Status', 'it could be excluded; it is `info`.'),
    noDemand('3.9.1.6', 'Abort', 'what it does, in small letters.'),
    section('3.9.1.7', 'Flush', labelled('MAY-14', 'The FLUSH call MAY be implemented', notTaken('there is none.'))),
    section(
      '3.9.1.8',
      'Asynchronous Reports',
      labelled(
        'MUST-47',
        'There MUST be a mechanism for reporting soft TCP error conditions to the application',
        tested(fields(CALLBACK)),
      ),
      must(
        'The conditions that are reported MUST include: ICMP error message arrived',
        tested(fields(CALLBACK, ...SOFT_ERRORS)),
      ),
      must('excessive retransmissions', tested(resending(VANISHED))),
      must('urgent pointer advance', tested(windows(URGENT_EVENTS))),
      labelled('SHLD-20', 'An application SHOULD be able to effectively disable these calls', tested(fields(CALLBACK))),
    ),
    section(
      '3.9.1.9',
      'Set Differentiated Services Field',
      labelled(
        'MUST-48',
        'The application layer MUST be able to specify the Differentiated Services field of a connection',
        tested(fields(HEADER_FIELDS), overIpv6(FIELDS_OF_IPV6)),
      ),
      labelled(
        'SHLD-21',
        'and SHOULD be able to change it during the connection lifetime',
        tested(fields(FIELDS_LATER), overIpv6(FIELDS_OF_IPV6)),
      ),
      labelled(
        'SHLD-22',
        'SHOULD pass the current value without change to the IP layer',
        tested(fields(HEADER_FIELDS), overIpv6(FIELDS_OF_IPV6)),
      ),
      labelled(
        'MAY-9',
        'MAY pass the most recently received Differentiated Services field up',
        notTaken('TCP reads the two bits of congestion in it, and nobody the rest.'),
      ),
    ),
    section(
      '3.9.2',
      'TCP/Lower-Level Interface',
      labelled(
        'MUST-49',
        'The TTL value used to send segments MUST be configurable',
        tested(fields(HEADER_FIELDS, FIELDS_LATER), overIpv6(FIELDS_OF_IPV6)),
      ),
      labelled(
        'SHLD-23',
        'Generally, an application SHOULD NOT change the Diffserv field during a connection',
        notApplicable('Asked of applications; no service here does.'),
      ),
      labelled(
        'MUST-50',
        'MUST ignore IP options that it does not understand',
        tested(
          ipv4(
            '128 [1122 §3.2.1.8] the payload behind a record route',
            '128 [1122 §3.2.1.8] the payload behind a timestamp',
            '128 [1122 §3.2.1.8] the payload behind an unknown option',
          ),
        ),
      ),
      labelled(
        'MAY-10',
        'MAY support the Timestamp Option',
        notTaken('segments have no IP options; ICMP’s answers have.'),
      ),
      labelled('MAY-11', 'and Record Route', notTaken('segments have no IP options; ICMP’s answers have.')),
    ),
    section(
      '3.9.2.1',
      'Source Routing',
      labelled(
        'MUST-51',
        'An application MUST be able to specify a source route when it actively opens a connection',
        noSourceRoute,
      ),
      labelled('MUST-52', 'and this MUST take precedence over one received in a datagram', noSourceRoute),
      labelled(
        'MUST-53',
        'Opened passively by a packet with a completed source route, MUST save the return route and use it',
        noSourceRoute,
      ),
      labelled('SHLD-24', 'A different source route in a later segment SHOULD override the earlier one', noSourceRoute),
    ),
    section(
      '3.9.2.2',
      'ICMP Messages',
      labelled(
        'MUST-54',
        'MUST act on an ICMP error message, directing it to the connection that created the error',
        tested(
          fields(...SOFT_ERRORS, ...HARD_ERRORS, '106 an error about a connection that there is not is ignored'),
          overIpv6(...SOFT_ERRORS_OF_IPV6),
        ),
      ),
      labelled(
        'MUST-55',
        'MUST silently discard any received ICMP Source Quench messages',
        tested(fields('107 [MUST-55] source quench changes nothing and is not answered')),
      ),
      labelled(
        'MUST-56',
        'On a soft error MUST NOT abort the connection',
        tested(fields(...SOFT_ERRORS), overIpv6(...SOFT_ERRORS_OF_IPV6)),
      ),
      labelled(
        'SHLD-25',
        'and SHOULD make the information available to the application',
        tested(fields(...SOFT_ERRORS), overIpv6(...SOFT_ERRORS_OF_IPV6)),
      ),
      labelled(
        'SHLD-26',
        'On a hard error SHOULD abort the connection: in SYN-SENT',
        tested(fields(...HARD_ERRORS), overIpv6('[SHLD-26] aborts it where nobody has the port')),
      ),
      should(
        'and in the other states',
        open(
          'Every error is soft there: whoever sees the path can forge one (RFC 5927 5.2, which this section names as a practice).',
        ),
      ),
    ),
    section(
      '3.9.2.3',
      'Source Address Validation',
      labelled(
        'MUST-63',
        'An incoming SYN with an invalid source address MUST be ignored either by TCP or by the IP layer',
        tested(
          opening(...NO_HOSTS_SOURCE),
          overIpv6(
            '[MUST-63] has a SYN from it dropped in silence: nobody’s',
            '[MUST-63] has a SYN from it dropped in silence: loopback',
            '[MUST-63] has a SYN from it dropped in silence: a group’s',
            '[MUST-63] has a SYN from it dropped in silence: this host’s own',
          ),
        ),
      ),
      labelled(
        'MUST-57',
        'MUST silently discard an incoming SYN segment that is addressed to a broadcast or multicast address',
        tested(opening(...GROUPS), overIpv6('[MUST-57] has a SYN to it dropped in silence: a group')),
      ),
    ),
    noDemand('3.10.1', 'OPEN Call', 'what it does, in small letters.'),
    noDemand('3.10.2', 'SEND Call', 'what it does, in small letters.'),
    noDemand('3.10.3', 'RECEIVE Call', 'what it does, in small letters.'),
    noDemand('3.10.4', 'CLOSE Call', 'what it does, in small letters: row 98.'),
    noDemand('3.10.5', 'ABORT Call', 'what it does, in small letters: row 100.'),
    noDemand('3.10.6', 'STATUS Call', 'what it does, in small letters.'),
    noDemand('3.10.7.1', 'CLOSED STATE', 'what is done, in small letters: rows 20 to 22.'),
    noDemand('3.10.7.2', 'LISTEN STATE', 'what is done, in small letters: rows 23 to 25.'),
    section(
      '3.10.7.3',
      'SYN-SENT STATE',
      should(
        'RFC 5961: SHOULD first check that the number of a reset exactly matches RCV.NXT',
        notApplicable('There is no RCV.NXT yet in SYN-SENT: the acknowledgement is what is checked (row 27).'),
      ),
    ),
    section(
      '3.10.7.4',
      'Other States',
      labelled(
        'MUST-58',
        'The processing of received segments MUST be implemented to aggregate ACK segments whenever possible',
        tested(
          windows(
            '57 [MUST-58, MUST-59] eight frames that wait in the device get one acknowledgement, when all are through',
          ),
        ),
      ),
      labelled(
        'MUST-59',
        'A series of queued segments: MUST process them all before sending any ACK segments',
        tested(
          windows(
            '57 [MUST-58, MUST-59] eight frames that wait in the device get one acknowledgement, when all are through',
            '57 [MUST-59] what the acknowledgements of a batch allow is sent after the batch, not between',
          ),
        ),
      ),
      must(
        'so for a segment out of order among them',
        open(
          'It is acknowledged at once even while frames wait: the sender counts these acknowledgements to find the loss (RFC 5681 3.2).',
        ),
      ),
      labelled(
        'SHLD-31',
        'Segments with higher beginning sequence numbers SHOULD be held for later processing',
        tested(
          windows(
            '52 [SHLD-31] segments 3, 1, 2: each is kept, delivery is in order, and the last acknowledgement covers all',
            '52 [SHLD-31] delivery is 1, 2, 3',
          ),
        ),
      ),
      must(
        'RFC 5961: a reset of exactly RCV.NXT MUST reset the connection',
        tested(
          checks(
            '42 [step 2] [R] of the very next number closes, and tells "reset"',
            '43 [step 2] an exact reset in FIN-WAIT-1: the user is told "reset"',
            '43 [step 2] an exact reset in LAST-ACK: CLOSED, without a word',
          ),
        ),
      ),
      must(
        'so in TIME-WAIT',
        open(
          'TIME-WAIT stays (RFC 1337 3): else a delayed reset ends the wait, and old segments can reach the next connection.',
        ),
      ),
      must(
        'a reset elsewhere in the window MUST be answered with a challenge ACK',
        tested(
          checks(
            '42 [5961 §3.2] a reset at left + 1, in the window, gets one challenge',
            ...challenged.map(
              (state) => `42 [5961 §3.2] a reset inside the window of ${state} gets a challenge, and it stays`,
            ),
          ),
        ),
      ),
      must(
        'After it, MUST drop the segment and stop processing it',
        tested(checks('42 [5961 §3.2] a reset at left + 1, in the window, gets one challenge')),
      ),
      must(
        'RFC 5961: a SYN in a synchronized state, whatever its number, MUST be answered with a challenge ACK',
        tested(
          checks(
            '45 [step 4, 5961 §4.2] a SYN at left + 0 gets one challenge, and the connection stays',
            '45 [step 4, 5961 §4.2] a SYN at left + -1000 gets one challenge, and the connection stays',
            ...challenged.map((state) => `45 [step 4] so it is in ${state}`),
          ),
        ),
      ),
      must(
        'After it, MUST drop the segment and stop processing further',
        tested(checks('45 [step 4, 5961 §4.2] a SYN at left + 1 gets one challenge, and the connection stays')),
      ),
      labelled(
        'MAY-12',
        'RFC 5961 5: implementations MAY choose to include the mitigation of blind data injection',
        tested(checks('49 [MAY-12, 5961 §5] data with an acknowledgement of one more than that: taken is false')),
      ),
      must(
        'They MUST take an acknowledgement only within SND.UNA - MAX.SND.WND and SND.NXT',
        tested(
          checks(
            '49 [MAY-12, 5961 §5] data with an acknowledgement of the largest window before SND.UNA: taken is true',
            '49 [MAY-12, 5961 §5] data with an acknowledgement of far before: taken is false',
          ),
        ),
      ),
      must(
        'All others MUST be discarded and an ACK sent back',
        tested(
          checks(
            '49 [MAY-12, 5961 §5] data with an acknowledgement of one more than that: taken is false',
            '48 [step 5] an acknowledgement of SND.NXT + 1 gets an ACK; its data are dropped',
          ),
        ),
      ),
      labelled(
        'MAY-13',
        'MAY send an ACK when a valid segment arrives that is in the window but not at its left edge',
        tested(
          windows('53 a segment out of order is acknowledged at once; so is one that fills the gap, partly or wholly'),
        ),
      ),
    ),
    noDemand('3.10.8', 'Timeouts', 'what is done, in small letters: rows 76, 77, 87, 93.'),
    noDemand('4', 'Glossary', 'terms.'),
    noDemand('A', 'Other Implementation Notes', 'notes.'),
    noDemand('B', 'TCP Requirement Summary', 'the labels once more.'),
  ],
}
