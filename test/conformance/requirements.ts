/**
 * What a TCP/IP stack owes, as 157 rows that each can be tested: given, when, then. The labels are those of RFC 9293's
 * appendix B. `docs/conformance.md` lists each row with the tests that prove it; `ledger.ts` writes it.
 *
 * In the sentences C is the stack under test and P a scripted peer; r is C's RCV.NXT, s its SND.NXT, w its receive window.
 */

export interface Requirement {
  readonly row: number
  /** Of RFC 9293 appendix B; none where it has none. */
  readonly labels: readonly string[]
  /** Where it is written; empty for a property that no document asks for. */
  readonly from: string
  /** Given, when, then. */
  readonly text: string
  /** Where this stack does otherwise, with the reason. */
  readonly deviation?: string
}

export interface RequirementGroup {
  readonly title: string
  readonly rows: readonly Requirement[]
}

export const REQUIREMENT_GROUPS: readonly RequirementGroup[] = [
  {
    title: 'Header, checksum, options',
    rows: [
      {
        row: 1,
        labels: ['MUST-3'],
        from: 'RFC 9293 §3.1',
        text: 'Given ESTABLISHED, when P sends data with one checksum bit flipped, then nothing is sent and nothing is delivered, and a drop counter rises.',
      },
      {
        row: 2,
        labels: ['MUST-2'],
        from: 'RFC 9293 §3.1',
        text: 'Given any emitted segment (odd and even length), when an independent checker sums it with the pseudo-header, then the result is 0xffff.',
      },
      {
        row: 3,
        labels: [],
        from: 'RFC 9293 §3.1',
        text: "Given a segment whose Data Offset is <5 or past the segment's end, when received, then it is dropped silently.",
      },
      {
        row: 4,
        labels: ['MUST-1'],
        from: 'RFC 9293 §3.1',
        text: 'Given P advertises window 65535 (no scaling), when C has 64 KiB to send and cwnd allows, then C treats it as 65535, never as negative.',
      },
      {
        row: 5,
        labels: ['MUST-5'],
        from: 'RFC 9293 §3.1',
        text: 'Given ESTABLISHED, when an option (NOP/TS/unknown) comes in a data segment, not in a SYN, then the data are accepted.',
      },
      {
        row: 6,
        labels: ['MUST-6'],
        from: 'RFC 9293 §3.1',
        text: 'Given option kind 200 length 6, when in a SYN, then it is skipped and the options after it are still read.',
      },
      {
        row: 7,
        labels: ['MUST-7'],
        from: 'RFC 9293 §3.1',
        text: 'Given an option with length 0 or 1, or running past the header, when received, then parsing ends without a loop or throw.',
      },
      {
        row: 8,
        labels: ['MUST-64'],
        from: 'RFC 9293 §3.2',
        text: 'Given MSS placed at an odd offset after one NOP, when the SYN is received, then the MSS is honoured.',
      },
      {
        row: 9,
        labels: ['MUST-69', 'MUST-68'],
        from: 'RFC 9293 §3.1',
        text: 'Given any SYN C emits, when its options are listed, then every kind but EOL/NOP has a length, and bytes after EOL are zero.',
      },
      {
        row: 10,
        labels: ['MUST-4', 'MUST-14', 'SHLD-5'],
        from: 'RFC 9293 §3.7.1',
        text: "Given connect(), when the SYN is captured, then it has MSS = MTU-40; given a SYN with MSS 500, then no segment of C's has more than 500 B.",
      },
      {
        row: 11,
        labels: ['MUST-65'],
        from: 'RFC 9293 §3.7.1',
        text: 'Given ESTABLISHED, when any non-SYN segment is captured, then it holds no MSS option.',
      },
      {
        row: 12,
        labels: ['MUST-15'],
        from: 'RFC 9293 §3.7.1',
        text: "Given P's SYN has no MSS, when C sends 5000 B over IPv4, then no segment has more than 536 B.",
      },
      {
        row: 13,
        labels: ['MUST-16'],
        from: 'RFC 9293 §3.7.1',
        text: "Given P's MSS 1460 and 12 B of timestamps, when C sends, then the payload is ≤1448 B; given an interface MTU of 576, then ≤536 minus options.",
      },
      {
        row: 14,
        labels: ['MUST-67', 'SHLD-6'],
        from: 'RFC 9293 §3.7.1, §3.7.3',
        text: 'Given MTU m, when a SYN is sent, then MSS = MMS_R - 20, with neither IP nor TCP options subtracted.',
      },
    ],
  },
  {
    title: 'Sequence numbers, ISN',
    rows: [
      {
        row: 15,
        labels: [],
        from: 'RFC 9293 §3.4',
        text: 'Given ISS 0xffffffff-100, when 1000 B go each way, then the stream is intact and comparisons are modulo 2^32 (repeat for IRS).',
      },
      {
        row: 16,
        labels: ['MUST-8'],
        from: 'RFC 9293 §3.4.1',
        text: 'Given one 4-tuple opened twice with the virtual clock moved 1 s, when the ISNs are compared, then they differ by about 250,000 (4 µs clock).',
      },
      {
        row: 17,
        labels: ['SHLD-1'],
        from: 'RFC 9293 §3.4.1, RFC 6528 §3',
        text: 'Given two 4-tuples at one instant, when opened, then ISN offsets are unrelated; with one secret and clock they repeat; with another secret they differ.',
      },
      {
        row: 18,
        labels: ['MUST-9'],
        from: 'RFC 9293 §3.4.1',
        text: "Given 100 ISNs of other ports, when differences are taken, then the next port's ISN is not a constant step away.",
      },
      {
        row: 19,
        labels: ['MUST-66'],
        from: 'RFC 9293 §3.4',
        text: "Given C's receive window is 0, when an exact RST, or an ACK with new ack number, arrives, then it is processed though no data would be.",
      },
    ],
  },
  {
    title: 'CLOSED / LISTEN / SYN-SENT',
    rows: [
      {
        row: 20,
        labels: [],
        from: 'RFC 9293 §3.10.7.1',
        text: 'Given no socket on the port, when a SYN (seq x) arrives, then RST,ACK with seq 0, ack x+1.',
      },
      {
        row: 21,
        labels: [],
        from: 'RFC 9293 §3.10.7.1',
        text: 'Given no socket, when an ACK segment (ack y) arrives, then RST with seq y, no ACK bit.',
      },
      { row: 22, labels: [], from: 'RFC 9293 §3.10.7.1', text: 'Given no socket, when a RST arrives, then silence.' },
      {
        row: 23,
        labels: [],
        from: 'RFC 9293 §3.10.7.2',
        text: 'Given LISTEN, when a RST arrives, then silence; when an ACK (ack y) arrives, then RST seq y and still LISTEN.',
      },
      {
        row: 24,
        labels: [],
        from: 'RFC 9293 §3.10.7.2',
        text: 'Given LISTEN, when a SYN arrives, then SYN,ACK with ack = seq+1 and SYN-RECEIVED.',
      },
      {
        row: 25,
        labels: [],
        from: 'RFC 9293 §3.10.7.2',
        text: 'Given LISTEN, when a SYN carrying 10 B arrives and is completed, then the data are delivered once (or re-sent by P), never lost silently after being acknowledged.',
      },
      {
        row: 26,
        labels: [],
        from: 'RFC 9293 §3.10.7.3',
        text: 'Given SYN-SENT, when an ACK with ack ≤ISS or >SND.NXT arrives, then RST seq=ack (none if it was itself a RST) and still SYN-SENT.',
      },
      {
        row: 27,
        labels: [],
        from: 'RFC 9293 §3.10.7.3',
        text: 'Given SYN-SENT, when RST with acceptable ACK arrives, then connect fails "refused"; when RST without ACK arrives, then it is dropped.',
      },
      {
        row: 28,
        labels: ['MUST-10'],
        from: 'RFC 9293 §3.5',
        text: 'Given SYN-SENT, when a bare SYN arrives, then SYN-RECEIVED and SYN,ACK from the same ISS; when both ends do it at once, then both reach ESTABLISHED.',
      },
      {
        row: 29,
        labels: [],
        from: 'RFC 9293 §3.10.7.4',
        text: 'Given SYN-RECEIVED, when an ACK outside SND.UNA<ack≤SND.NXT arrives, then RST seq=SEG.ACK.',
      },
      {
        row: 30,
        labels: ['MUST-11'],
        from: 'RFC 9293 §3.5',
        text: 'Given SYN-RECEIVED from LISTEN, when an exact RST arrives, then back to LISTEN and the listener still accepts; given from active open, then "refused" and CLOSED.',
      },
      {
        row: 31,
        labels: [],
        from: 'RFC 9293 §3.10.7.4',
        text: 'Given SYN-RECEIVED by passive open, when another SYN in window arrives, then back to LISTEN without telling the user.',
      },
      {
        row: 32,
        labels: ['MUST-41'],
        from: 'RFC 9293 §3.9.1.1',
        text: 'Given a bound listener, when a second listen on that address and port is made, then an error, and the first still works.',
      },
      {
        row: 33,
        labels: ['MUST-42'],
        from: 'RFC 9293 §3.9.1.1',
        text: 'Given a socket in SYN-SENT or SYN-RECEIVED on local port p, when listen(p) is called, then it is allowed.',
      },
      {
        row: 34,
        labels: ['MUST-46'],
        from: 'RFC 9293 §3.9.1.1',
        text: 'Given connect() to 255.255.255.255, a subnet broadcast, 224.0.0.1 or 0.0.0.0, when called, then an error at once and no frame.',
      },
      {
        row: 35,
        labels: ['MUST-57'],
        from: 'RFC 9293 §3.9.2.3',
        text: 'Given LISTEN, when a SYN comes to a broadcast or multicast address, then silence.',
      },
      {
        row: 36,
        labels: ['MUST-63'],
        from: 'RFC 9293 §3.9.2.3',
        text: "Given LISTEN, when a SYN's source is 0/8, 127/8, broadcast, multicast or our own address on the wire, then silence.",
      },
      {
        row: 37,
        labels: ['MUST-43', 'MUST-44', 'MUST-45'],
        from: 'RFC 9293 §3.9.1.1',
        text: "Given two local addresses, when connect() without bind, then the source is the routed one; with bind, the bound one, for the connection's life [MUST-45].",
      },
    ],
  },
  {
    title: 'Acceptability and RST/SYN/ACK checks',
    rows: [
      {
        row: 38,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 1',
        text: 'Given ESTABLISHED, when each cell of Table 6 (length 0 or >0 × window 0 or >0 × left-1, left, inside, right edge, right+1) arrives, then accepted or answered by ACK(s,r) exactly as the table says.',
      },
      {
        row: 39,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 1',
        text: 'Given an unacceptable segment with RST, when received, then silence.',
      },
      {
        row: 40,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 1',
        text: 'Given data straddling r (10 old + 10 new), when received, then only the 10 new are delivered and ack = r+10.',
      },
      {
        row: 41,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 1',
        text: 'Given data running past the right edge with FIN, when received, then the rest and the FIN are cut and not acknowledged.',
      },
      {
        row: 42,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 2, RFC 5961 §3.2',
        text: 'Given ESTABLISHED, when RST seq=r, then CLOSED and read fails "reset"; RST seq in (r, r+w), then one challenge ACK and still ESTABLISHED; RST outside, then silence.',
      },
      {
        row: 43,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 2',
        text: 'Given FIN-WAIT-1/2 or CLOSE-WAIT, when exact RST, then user told "reset"; given CLOSING/LAST-ACK, then CLOSED quietly.',
      },
      {
        row: 44,
        labels: [],
        from: 'RFC 1337 §3',
        text: 'Given TIME-WAIT, when an exact RST arrives, then stay in TIME-WAIT (document the deviation from step 2 of 9293).',
        deviation:
          'RFC 9293 §3.10.7.4 step 2 closes the connection; RFC 1337 §3 ignores the reset, and so do we: else a delayed one ends the wait, and old segments can reach the next connection.',
      },
      {
        row: 45,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 4, RFC 5961 §4.2',
        text: 'Given ESTABLISHED, when a SYN arrives in or out of the window, then one challenge ACK and still ESTABLISHED',
      },
      {
        row: 46,
        labels: [],
        from: 'RFC 5961 §7',
        text: 'Given ESTABLISHED, when 1000 RST/SYN that call for challenge ACKs arrive within 1 s, then the count sent stays within the configured limit.',
      },
      {
        row: 47,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 5',
        text: 'Given ESTABLISHED, when a segment without the ACK bit carries data, then dropped.',
      },
      {
        row: 48,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 5',
        text: 'Given ESTABLISHED, when SEG.ACK > SND.NXT, then ACK(s,r), data dropped, SND.UNA unchanged.',
      },
      {
        row: 49,
        labels: ['MAY-12'],
        from: 'RFC 5961 §5',
        text: 'Given ESTABLISHED, when SEG.ACK < SND.UNA - MAX.SND.WND, then segment discarded and ACK sent; when just inside, then data accepted.',
      },
      {
        row: 50,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 5',
        text: 'Given an old segment (seq < SND.WL1) with a smaller window, when it arrives late, then SND.WND is unchanged.',
      },
      {
        row: 51,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 5',
        text: 'Given equal seq and ack with a larger window (a window update), when it arrives, then SND.WND grows and the blocked sender sends.',
      },
    ],
  },
  {
    title: 'Data, ACK policy, windows',
    rows: [
      {
        row: 52,
        labels: ['SHLD-31'],
        from: 'RFC 9293 §3.10.7.4 step 7',
        text: 'Given segments 3,1,2 in that order, when received, then each is held, delivery is 1,2,3, and the last ACK covers all.',
      },
      {
        row: 53,
        labels: [],
        from: 'RFC 9293 §3.8, RFC 5681 §4.2',
        text: 'Given an out-of-order segment, when received, then an immediate duplicate ACK; when it fills the gap wholly or partly, then an immediate ACK.',
      },
      {
        row: 54,
        labels: [],
        from: 'RFC 5681 §4.2',
        text: "Given the 27 ways two segments overlap (old/new/equal edges), when received, then the byte stream equals the reference reassembler's.",
      },
      {
        row: 55,
        labels: ['SHLD-18', 'MUST-40'],
        from: 'RFC 9293 §3.8.6.3',
        text: 'Given one full segment and silence, when the clock runs, then the ACK goes out by itself in under 0.5 s.',
      },
      {
        row: 56,
        labels: ['SHLD-19'],
        from: 'RFC 9293 §3.8.6.3',
        text: 'Given two full segments within the delay, when the second arrives, then an ACK at once.',
      },
      {
        row: 57,
        labels: ['MUST-58', 'MUST-59'],
        from: 'RFC 9293 §3.10.7.4',
        text: 'Given 8 frames waiting in the NIC ring, when one poll handles them, then ACKs are aggregated, not 8.',
        deviation:
          'A segment out of order is acknowledged at once even while frames wait (MUST-59 says after them all): the sender counts these acknowledgements to find the loss (RFC 5681 §3.2).',
      },
      {
        row: 58,
        labels: ['MUST-38'],
        from: 'RFC 9293 §3.8.6.2.1',
        text: 'Given P opens its window by 1 B steps, when C has much to send, then C sends no 1-byte segments (min: MSS, half the largest window, or all data with nothing outstanding).',
      },
      {
        row: 59,
        labels: ['MUST-39'],
        from: 'RFC 9293 §3.8.6.2.2',
        text: "Given C's buffer is full and the app reads 1 B at a time, when the window is advertised, then the right edge moves only by ≥ min(MSS, buffer/2).",
      },
      {
        row: 60,
        labels: ['SHLD-14'],
        from: 'RFC 9293 §3.8.6',
        text: "Given any run, when C's ACKs are listed, then ack+window never decreases.",
        deviation:
          'With a window scale it may, by less than one unit, where the buffer has no room for the next unit: rounded up each time, the promises would come to exceed the buffer. What was promised is taken all the same (RFC 7323 §2.4).',
      },
      {
        row: 61,
        labels: ['MUST-34', 'SHLD-15', 'SHLD-16'],
        from: 'RFC 9293 §3.8.6',
        text: 'Given 8 KiB in flight, when P shrinks the window to 2 KiB, then no new data, old data retransmitted, no negative-window fault.',
      },
      {
        row: 62,
        labels: ['MUST-36', 'SHLD-29', 'SHLD-30', 'MUST-35'],
        from: 'RFC 9293 §3.8.6.1',
        text: "Given P's window is 0 and C has data, when time passes, then first probe after one RTO, then intervals double to a cap.",
      },
      {
        row: 63,
        labels: ['MUST-37'],
        from: 'RFC 9293 §3.8.6.1',
        text: 'Given P answers every probe with window 0 for an hour of virtual time, when the user timeout is off, then the connection stays open.',
      },
      {
        row: 64,
        labels: ['MUST-36'],
        from: 'RFC 9293 §3.8.6.1',
        text: 'Given the window-opening ACK is lost, when the next probe is answered with window >0, then transfer resumes.',
      },
      {
        row: 65,
        labels: [],
        from: 'RFC 9293 §3.8.6.1',
        text: "Given C's own window is 0, when P's 1-byte probe arrives, then ACK with r and window 0, and the byte is not consumed.",
      },
      {
        row: 66,
        labels: ['SHLD-7'],
        from: 'RFC 9293 §3.7.4',
        text: 'Given Nagle on and 1 B unacknowledged, when the app writes 10 × 1 B, then nothing more until the ACK, then one 10 B segment.',
      },
      {
        row: 67,
        labels: ['MUST-17'],
        from: 'RFC 9293 §3.7.4',
        text: 'Given TCP_NODELAY, when the app writes 10 × 1 B, then ten segments (window permitting).',
      },
      {
        row: 68,
        labels: ['MUST-60', 'MUST-61'],
        from: 'RFC 9293 §3.9.1.2',
        text: 'Given write() without a push flag, when the last queued byte is sent, then PSH is set and nothing waits for ever.',
      },
      {
        row: 69,
        labels: ['SHLD-28', 'SHLD-27'],
        from: 'RFC 9293 §3.9.1.2',
        text: 'Given 100 KiB queued, when sent, then all segments but the last are full.',
      },
    ],
  },
  {
    title: 'Urgent',
    rows: [
      {
        row: 70,
        labels: ['MUST-62'],
        from: 'RFC 9293 §3.8.5',
        text: 'Given C sends urgent "abc", when captured, then URG is set and SEG.SEQ+UP is the octet after "c".',
      },
      {
        row: 71,
        labels: ['MUST-32', 'MUST-33'],
        from: 'RFC 9293 §3.8.5',
        text: 'Given URG with UP beyond r, when received, then one urgent event and the remaining count is readable; a second segment with the same pointer gives no second event; an advanced pointer does.',
      },
      {
        row: 72,
        labels: ['MUST-31', 'MUST-30'],
        from: 'RFC 9293 §3.8.5',
        text: 'Given 100 KiB of urgent data, when received, then all of it is delivered in order.',
      },
    ],
  },
  {
    title: 'Retransmission and congestion',
    rows: [
      {
        row: 73,
        labels: [],
        from: 'RFC 6298 §2.1',
        text: 'Given no sample, when the SYN is lost, then it is re-sent after 1 s, then 2, 4, 8 (2.5: cap ≥60 s).',
      },
      {
        row: 74,
        labels: [],
        from: 'RFC 6298 §2.2, §2.3',
        text: 'Given samples 100, 300 ms, when computed, then SRTT, RTTVAR, RTO equal the formulas (α 1/8, β 1/4, K 4, G = clock step).',
      },
      {
        row: 75,
        labels: [],
        from: 'RFC 6298 §2.4',
        text: 'Given a 1 ms path, when RTO is read, then ≥1 s, or the documented lower minimum.',
        deviation:
          'The lower bound is 200 ms, not 1 s, as in other hosts of today; it is a setting, and 1 s can be set.',
      },
      {
        row: 76,
        labels: [],
        from: 'RFC 6298 §5.1-5.3',
        text: 'Given 3 segments in flight, when the first is acknowledged, then the timer restarts with RTO; when all are, it stops.',
      },
      {
        row: 77,
        labels: [],
        from: 'RFC 6298 §5.4-5.6',
        text: 'Given 3 in flight, when RTO fires, then only the earliest is re-sent, RTO doubles, the timer restarts.',
      },
      {
        row: 78,
        labels: [],
        from: 'RFC 6298 §5.7',
        text: 'Given the SYN timed out with an RTO <3 s, when data begin without a sample, then RTO is 3 s; an echo that says which SYN was answered gives one.',
      },
      {
        row: 79,
        labels: ['MUST-18'],
        from: 'RFC 6298 §3',
        text: "Given a retransmitted segment's ACK (no timestamps), when it arrives, then no RTT sample.",
      },
      {
        row: 80,
        labels: ['MUST-19'],
        from: 'RFC 5681 §3.1',
        text: 'Given IW n, when each full ACK arrives below ssthresh, then cwnd grows ≤1 SMSS per ACK; above, about 1 SMSS per RTT.',
      },
      {
        row: 81,
        labels: [],
        from: 'RFC 5681 §3.1',
        text: 'Given RTO loss, when it fires, then ssthresh = max(flight/2, 2·SMSS) and cwnd = 1 SMSS.',
      },
      {
        row: 82,
        labels: [],
        from: 'RFC 5681 §3.2',
        text: 'Given 3 duplicate ACKs (same ack and window, no data, data outstanding), when the third arrives, then the missing segment goes at once, before any RTO.',
      },
      {
        row: 83,
        labels: [],
        from: 'RFC 5681 §2',
        text: 'Given 3 ACKs that carry data or change the window, when they arrive, then they are not counted as duplicates.',
      },
      {
        row: 84,
        labels: [],
        from: 'RFC 6582 §3.2',
        text: 'Given two holes in a window, when a partial ACK arrives in recovery, then the next hole is sent at once and recovery ends only at `recover`.',
      },
      {
        row: 85,
        labels: [],
        from: 'RFC 5681 §4.1',
        text: 'Given idle > RTO, when sending restarts, then cwnd ≤ initial window.',
      },
      {
        row: 86,
        labels: ['MUST-20', 'SHLD-10', 'SHLD-11', 'SHLD-9'],
        from: 'RFC 9293 §3.8.3',
        text: 'Given P vanishes, when R1 (≥3 retransmissions) is passed, then a soft error is reported [SHLD-9]; when R2 (≥100 s) is passed, then the connection fails "timed out".',
      },
      {
        row: 87,
        labels: ['MUST-21'],
        from: 'RFC 9293 §3.8.3',
        text: 'Given user timeout 5 s, when P vanishes, then failure at 5 s of virtual time; given infinite, never.',
      },
      {
        row: 88,
        labels: ['MUST-22', 'MUST-23'],
        from: 'RFC 9293 §3.8.3',
        text: 'Given SYNs unanswered, when defaults hold, then tries go on for ≥3 minutes.',
      },
      {
        row: 89,
        labels: ['SHLD-17'],
        from: 'RFC 9293 §3.8.6',
        text: 'Given data beyond a shrunken window unacknowledged, when R2 of that data passes while P acknowledges, then no time-out.',
      },
    ],
  },
  {
    title: 'Close',
    rows: [
      {
        row: 90,
        labels: [],
        from: 'RFC 9293 §3.6 fig. 12',
        text: 'Given ESTABLISHED, when C closes first, then FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED in order, each seen by the state query.',
      },
      {
        row: 91,
        labels: [],
        from: 'RFC 9293 §3.6',
        text: "Given ESTABLISHED, when P's FIN arrives, then ACK, read() returns the rest then EOF, CLOSE-WAIT, and write still works.",
      },
      {
        row: 92,
        labels: [],
        from: 'RFC 9293 §3.6 fig. 13',
        text: 'Given both FINs cross, when processed, then CLOSING, TIME-WAIT on both.',
      },
      {
        row: 93,
        labels: ['MUST-13'],
        from: 'RFC 9293 §3.6.1',
        text: 'Given TIME-WAIT, when 2·MSL - 1 ms has passed, then the tuple is still held; at 2·MSL it is free.',
        deviation:
          'The maximum segment lifetime is 30 s, so 2 MSL are 60 s; RFC 9293 §3.4.2 takes 2 min. It is a setting.',
      },
      {
        row: 94,
        labels: [],
        from: 'RFC 9293 §3.10.7.4 step 8',
        text: "Given TIME-WAIT, when P's FIN is repeated, then ACK and the 2·MSL timer restarts.",
      },
      {
        row: 95,
        labels: ['MAY-2', 'SHLD-4'],
        from: 'RFC 9293 §3.6.1',
        text: 'Given TIME-WAIT, when a SYN with seq above the last (and newer timestamp, if on) arrives, then it may reopen; with an older seq, then ACK.',
        deviation:
          'A connection that was reopened does not go back to TIME-WAIT when its SYN turns out to be old (MAY-2, condition 2): the reset that tells so ends it.',
      },
      {
        row: 96,
        labels: ['MUST-12'],
        from: 'RFC 9293 §3.6',
        text: 'Given close by FIN and close by RST, when the app asks, then it can tell them apart.',
      },
      {
        row: 97,
        labels: ['SHLD-3'],
        from: 'RFC 9293 §3.6.1',
        text: 'Given unread data, when close() is called, then RST; given data arriving after close(), then RST.',
      },
      {
        row: 98,
        labels: [],
        from: 'RFC 9293 §3.10.4',
        text: 'Given data still queued, when close() is called, then all data go before the FIN, and FIN is retransmitted if lost.',
      },
      {
        row: 99,
        labels: ['SHLD-2'],
        from: 'RFC 9293 §3.5.3',
        text: 'Given a RST carrying text, when received with exact seq, then handled as a RST.',
      },
      {
        row: 100,
        labels: [],
        from: 'RFC 9293 §3.10.5',
        text: 'Given abort(), when called in each state, then a RST with seq s in synchronized states, none in LISTEN/SYN-SENT.',
      },
    ],
  },
  {
    title: 'Keepalive, ICMP, DS, TTL',
    rows: [
      {
        row: 101,
        labels: ['MUST-25', 'MUST-28', 'MUST-24', 'MUST-27'],
        from: 'RFC 9293 §3.8.4',
        text: 'Given defaults, when idle 3 h, then no probe; given keepalive on with defaults, then none before 2 h [MUST-24, MUST-27].',
      },
      {
        row: 102,
        labels: ['MUST-26', 'SHLD-12'],
        from: 'RFC 9293 §3.8.4',
        text: 'Given keepalive on, when data are outstanding or traffic was seen within the interval, then no probe; else a probe of 0 B with seq s-1.',
      },
      {
        row: 103,
        labels: ['MUST-29'],
        from: 'RFC 9293 §3.8.4',
        text: 'Given one probe unanswered, when the next is answered, then the connection lives.',
      },
      {
        row: 104,
        labels: ['MUST-54', 'SHLD-25', 'MUST-56'],
        from: 'RFC 9293 §3.9.2.2',
        text: 'Given ESTABLISHED, when ICMP unreachable codes 0,1,5, time exceeded or parameter problem quote our segment, then reported soft, not aborted.',
      },
      {
        row: 105,
        labels: ['SHLD-26'],
        from: 'RFC 9293 §3.9.2.2, RFC 1191 §3',
        text: 'Given SYN-SENT, when codes 2,3 (protocol, port) arrive with the quoted seq in range, then connect fails; code 4 lowers the path MTU instead (1191).',
        deviation:
          'A path MTU under 552 is not believed (RFC 1191 §3 has 68), as in Linux: a forger could make every segment almost empty. In the synchronized states codes 2 and 3 are soft errors and do not abort (RFC 5927 §5.2; SHLD-26 would).',
      },
      {
        row: 106,
        labels: [],
        from: 'RFC 9293 §3.9.2.2, RFC 5927 §4.1',
        text: 'Given an ICMP error whose quoted seq is not in SND.UNA..SND.NXT, when received, then ignored.',
      },
      {
        row: 107,
        labels: ['MUST-55'],
        from: 'RFC 9293 §3.9.2.2',
        text: 'Given ICMP source quench, when received, then no effect on cwnd and no reply.',
      },
      {
        row: 108,
        labels: ['MUST-48', 'MUST-49', 'SHLD-21', 'SHLD-22'],
        from: 'RFC 9293 §3.9.1.9, §3.9.2',
        text: 'Given TTL 3 and DSCP 46 set on the socket, when captured, then every segment has them.',
      },
      {
        row: 109,
        labels: ['MUST-47', 'SHLD-20'],
        from: 'RFC 9293 §3.9.1.8',
        text: 'Given an error callback, when a soft error occurs, then it is called; when disabled, not.',
      },
    ],
  },
  {
    title: 'Window scale, timestamps, PAWS',
    rows: [
      {
        row: 110,
        labels: [],
        from: 'RFC 7323 §2.2',
        text: "Given P's SYN without WS, when C answers, then no WS and no scaling either way; shift >14 is used as 14.",
      },
      {
        row: 111,
        labels: [],
        from: 'RFC 7323 §2.2',
        text: 'Given WS agreed, when windows in SYN segments are read, then unscaled; in all others, scaled.',
      },
      {
        row: 112,
        labels: [],
        from: 'RFC 7323 §3.2',
        text: 'Given TS agreed, when any non-RST segment is sent, then it has TS; when a non-RST segment lacking TS arrives, then it may be dropped without aborting the connection.',
      },
      {
        row: 113,
        labels: [],
        from: 'RFC 7323 §4.3',
        text: 'Given segments 1,2 then an old 1, when acknowledged, then TSecr is the timestamp of the last segment that advanced the left edge.',
      },
      {
        row: 114,
        labels: [],
        from: 'RFC 7323 §5.3',
        text: 'Given ESTABLISHED with TS, when an in-window segment has TSval < TS.Recent and is no RST, then dropped and ACKed; wrap-around of TSval is handled.',
      },
      {
        row: 115,
        labels: [],
        from: 'RFC 7323 §5.5',
        text: 'Given 25 days idle, when an old TSval arrives, then TS.Recent is taken as invalid and the segment accepted.',
      },
      {
        row: 116,
        labels: [],
        from: 'RFC 2018 §2',
        text: 'Given SACK-permitted in both SYNs, when data are out of order, then SACK blocks appear; in one only, never.',
      },
      {
        row: 117,
        labels: [],
        from: 'RFC 2018 §4',
        text: "Given blocks A, B, C held and B' just arrived, when the ACK is sent, then the first block holds the newest segment and the rest are the most recent ones, ≤4 (≤3 with TS).",
      },
      {
        row: 118,
        labels: [],
        from: 'RFC 2018 §8',
        text: 'Given P SACKs a range and later reneges, when RTO fires, then the SACKed marks are cleared and data are re-sent; SACKed data stay in the queue until the cumulative ACK.',
        deviation:
          'RFC 2018 §8 has the marks cleared by every RTO. Here they stay until SND.UNA stands before one at an RTO, which shows that P reneged (as on Linux): else all that arrived before a lost retransmission goes again.',
      },
      {
        row: 119,
        labels: [],
        from: 'RFC 2883 §4',
        text: 'Given a duplicate segment, when acknowledged with SACK on, then the first block is the duplicate range (D-SACK, optional).',
      },
    ],
  },
  {
    title: 'ARP and conflict detection',
    rows: [
      {
        row: 120,
        labels: [],
        from: 'RFC 826',
        text: 'Given a request for our address, when received, then a unicast reply with our pair and the sender is merged; given one for another address, then the cache is updated only if the sender is already known.',
      },
      {
        row: 121,
        labels: [],
        from: 'RFC 826',
        text: 'Given hardware type ≠1, protocol ≠0x0800, or lengths ≠6/4, when received, then ignored.',
      },
      {
        row: 122,
        labels: [],
        from: 'RFC 1122 §2.3.2.1',
        text: 'Given an entry past its age, when used, then it is re-resolved; given no answer, then ≤1 request a second per address.',
      },
      {
        row: 123,
        labels: [],
        from: 'RFC 1122 §2.3.2.2',
        text: 'Given an unresolved next hop, when 2 packets are sent, then at least the latest is kept and sent on the reply.',
      },
      {
        row: 124,
        labels: [],
        from: 'RFC 5227 §2.1.1, §2.3',
        text: 'Given an address to probe, when claimed, then random wait 0-1 s, 3 probes (sender IP 0, target hardware 0) 1-2 s apart, 2 s wait, 2 announcements 2 s apart (§2.3).',
      },
      {
        row: 125,
        labels: [],
        from: 'RFC 5227 §2.1.1',
        text: "Given probing, when an ARP with that sender IP, or another host's probe for it, arrives from another MAC, then conflict. (The RFC's first clause, as quoted in public code, has no own-MAC exclusion; Android and lwIP PR #95 add one against echoing access points. Do so and note it.)",
      },
      {
        row: 126,
        labels: [],
        from: 'RFC 5227 §2.4',
        text: 'Given the address in use, when a conflicting ARP arrives, then one defence announcement per 10 s, and a second conflict within 10 s gives the address up.',
      },
    ],
  },
  {
    title: 'IPv4, ICMP, UDP',
    rows: [
      {
        row: 127,
        labels: [],
        from: 'RFC 1122 §3.2.1.1, §3.2.1.2',
        text: 'Given version ≠4, IHL <5, total length > frame or < header, or a bad checksum, when received, then dropped silently; Ethernet padding after total length is ignored.',
      },
      {
        row: 128,
        labels: ['MUST-50'],
        from: 'RFC 1122 §3.2.1.8',
        text: 'Given RR, TS, NOP, EOL or unknown options, when the datagram is for us, then payload is still delivered; a source-routed one is not forwarded.',
      },
      {
        row: 129,
        labels: [],
        from: 'RFC 1122 §3.3.2',
        text: 'Given fragments in any order, with duplicates and exact overlaps, when complete, then one datagram; keys are source, destination, protocol and ID.',
      },
      {
        row: 130,
        labels: [],
        from: 'RFC 1122 §3.3.2',
        text: 'Given a missing fragment, when 60-120 s (or the set time) pass, then freed, and time exceeded code 1 only if fragment 0 came; memory for fragments has a hard cap.',
      },
      {
        row: 131,
        labels: [],
        from: 'RFC 815, RFC 3128',
        text: 'Given a fragment that would pass 65,535 B, or overlaps differing in content, or a tiny first fragment, when received, then the datagram is discarded.',
      },
      {
        row: 132,
        labels: [],
        from: 'RFC 1122 §3.2.2',
        text: 'Given a would-be ICMP error about an ICMP error, a broadcast or multicast IP or link destination, a non-initial fragment, or a non-single-host source, when it arises, then none is sent.',
      },
      {
        row: 133,
        labels: [],
        from: 'RFC 1122 §3.2.2',
        text: 'Given an error is sent, when read, then it quotes the IP header and ≥8 B; errors are rate-limited.',
      },
      {
        row: 134,
        labels: [],
        from: 'RFC 1122 §3.2.2.6',
        text: 'Given echo request (0, odd, maximum, fragmented length), when received, then the reply has the same id, seq and data with source and destination exchanged.',
      },
      {
        row: 135,
        labels: [],
        from: 'RFC 1122 §4.1.3.1',
        text: 'Given UDP to a closed port, when unicast, then port unreachable; when broadcast, silence.',
      },
      {
        row: 136,
        labels: [],
        from: 'RFC 1122 §4.1.3.4, RFC 768',
        text: 'Given UDP checksum 0, when received, then accepted (if allowed); wrong, then dropped; a computed 0 is sent as 0xffff.',
      },
      {
        row: 137,
        labels: [],
        from: 'RFC 768',
        text: 'Given UDP length <8 or > IP payload, when received, then dropped; when < IP payload, then cut to it.',
      },
      {
        row: 138,
        labels: [],
        from: 'RFC 1122 §4.1.3.6',
        text: 'Given UDP from a broadcast or multicast source, when received, then dropped.',
      },
    ],
  },
  {
    title: 'DHCP',
    rows: [
      {
        row: 139,
        labels: [],
        from: 'RFC 2131 §4.4.1',
        text: 'Given INIT, when started, then a random 1-10 s wait (settable), DISCOVER with a random xid, then REQUEST with server id and requested IP, ACK applied.',
      },
      {
        row: 140,
        labels: [],
        from: 'RFC 2131 §4.1',
        text: 'Given no answer, when retrying, then 4, 8, 16, 32, 64 s each ±1 s; a late answer with the current xid is still taken.',
      },
      {
        row: 141,
        labels: [],
        from: 'RFC 2131 §4.4.5',
        text: 'Given a lease of 3600 s, when T1 (0.5), T2 (0.875), expiry pass unanswered, then unicast renew, broadcast rebind, address dropped and sockets on it fail; options 58/59 override, T1<T2<lease enforced (smoltcp#1029).',
      },
      {
        row: 142,
        labels: [],
        from: 'RFC 2131 §4.3.2',
        text: 'Given renewing, when REQUEST is captured, then ciaddr is set and options 50 and 54 are absent.',
      },
      {
        row: 143,
        labels: [],
        from: 'RFC 2131 §3.1, §4.4.1',
        text: 'Given ACK then an ARP conflict, when found, then DECLINE and restart after ≥10 s; given NAK, then INIT.',
      },
      {
        row: 144,
        labels: [],
        from: 'RFC 2131, RFC 2132',
        text: 'Given option overload, PAD runs, END missing, truncated options, when parsed, then right values or a clean rejection; parameter list in DISCOVER and REQUEST (smoltcp#445).',
      },
      {
        row: 145,
        labels: [],
        from: 'RFC 1035 §4.1.4',
        text: 'Given a name with pointers, when parsed, then right; pointer loops, forward pointers, labels >63, names >255 and truncated records are rejected in bounded time.',
      },
      {
        row: 146,
        labels: [],
        from: 'RFC 1035 §7.3, RFC 5452',
        text: 'Given a reply with wrong id, source address, port or question, when received, then ignored; ids and ports are random.',
      },
      {
        row: 147,
        labels: [],
        from: 'RFC 1035 §4.2.1',
        text: 'Given TC=1, when received, then the query is repeated over TCP (2-byte length), or the truncation is reported.',
      },
    ],
  },
  {
    title: 'Whole-stack properties',
    rows: [
      {
        row: 148,
        labels: [],
        from: '',
        text: 'Given seeded loss 0-30 %, duplication, reordering, corruption, delay, when 1 MiB goes both ways, then bytes equal, both ends close, no timer or buffer is left, within a virtual-time bound.',
      },
      {
        row: 149,
        labels: [],
        from: '',
        text: 'Given any byte string as a frame (fuzz), when fed in any state, then no throw, no growth beyond the caps, and the NIC model stays usable.',
      },
      {
        row: 150,
        labels: [],
        from: 'RFC 9293 §3.10.7',
        text: 'Given every state × {SYN, SYN-ACK, ACK, FIN, FIN-ACK, RST, RST-ACK, data, none of these} × {left-1, left, inside, right, right+1}, when sent, then reply and next state equal a table generated from §3.10.7 (the matrix of freebsd-net/tcp-testsuite).',
      },
    ],
  },
  {
    title: 'Explicit congestion notification',
    rows: [
      {
        row: 151,
        labels: ['SHLD-8'],
        from: 'RFC 3168 §6.1.1',
        text: 'Given SYN and SYN,ACK with each combination of ECE and CWR, at either end, when a connection opens, then ECN is used only where the SYN had both and its answer had ECE alone; neither is marked.',
      },
      {
        row: 152,
        labels: [],
        from: 'RFC 3168 §6.1.1.1',
        text: 'Given a SYN with the request without an answer, when sent again, then without, and no data are marked then.',
      },
      {
        row: 153,
        labels: [],
        from: 'RFC 3168 §6.1.4, §6.1.5, §6.1.6',
        text: 'Given ECN agreed, when segments go, then new data are ECT(0); acknowledgements, retransmissions, window probes and resets are not.',
      },
      {
        row: 154,
        labels: [],
        from: 'RFC 3168 §6.1.3',
        text: 'Given CE in a data segment, when acknowledging, then ECE in each until a data segment has CWR; a CE in that one begins anew.',
      },
      {
        row: 155,
        labels: [],
        from: 'RFC 3168 §6.1.5',
        text: 'Given CE outside the window, without text, or without agreement, when received, then it is ignored.',
      },
      {
        row: 156,
        labels: [],
        from: 'RFC 3168 §6.1.2',
        text: 'Given ECE in acknowledgements, when received, then the window is halved (at least two segments), once for a window of data, does not grow, and nothing is sent again.',
      },
      {
        row: 157,
        labels: [],
        from: 'RFC 3168 §6.1.2',
        text: 'Given the window reduced for any reason, when new data go, then the first segment has CWR; an ECE about the window of a loss reduces no further.',
      },
    ],
  },
]

export const REQUIREMENTS: readonly Requirement[] = REQUIREMENT_GROUPS.flatMap((group) => group.rows)
