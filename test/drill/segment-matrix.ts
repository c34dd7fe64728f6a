/**
 * What answers a segment, and where the connection goes: every state, every kind of segment, every place of its sequence
 * number by the receive window. Written from RFC 9293 3.10.7, not from any code; `matrix-scripts.ts` turns each cell into a
 * script, and `segment-matrix.test.ts` runs them.
 *
 * Where a segment has the ACK bit, SEG.ACK is SND.NXT: it acknowledges all that was sent, a FIN included.
 *
 * One reading runs through the table. 3.10.7.4 describes a segment that begins at RCV.NXT, and says of later ones that they
 * "SHOULD be held for later processing" (SHLD-31). What is held is what has a place in the sequence: text and FIN. The ACK
 * field is acted upon at once, as RFC 2018 and 5681 need it; so an ACK inside the window moves FIN-WAIT-1 on, and a FIN inside
 * the window is held and answered with a duplicate acknowledgement (RFC 5681 4.2, MAY-13).
 */

export const MATRIX_STATES = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'SYN-RECEIVED (active)',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
  'TIME-WAIT (listener)',
] as const
/** SYN-RECEIVED is from LISTEN, or `(active)` from SYN-SENT; TIME-WAIT is of an active open, or has a `(listener)` on its port. */
export type MatrixState = (typeof MATRIX_STATES)[number]

/** `data` has the ACK bit and `DATA_OCTETS`; `none` has no control bit and no text. */
export const SEGMENTS = ['SYN', 'SYN-ACK', 'ACK', 'FIN', 'FIN-ACK', 'RST', 'RST-ACK', 'data', 'none'] as const
export type SegmentKind = (typeof SEGMENTS)[number]
export const DATA_OCTETS = 10

/**
 * SEG.SEQ: RCV.NXT - 1; RCV.NXT; well inside; RCV.NXT + RCV.WND - 1, the last number of the window; the first beyond. States
 * without a receive window take all five alike.
 */
export const POSITIONS = ['left-1', 'left', 'inside', 'right', 'right+1'] as const
export type Position = (typeof POSITIONS)[number]

/** `ACK` is <SEQ=SND.NXT><ACK=RCV.NXT>; `RST` <SEQ=SEG.ACK>; `RST,ACK` <SEQ=0><ACK=SEG.SEQ+SEG.LEN>; `SYN,ACK` <SEQ=ISS>. */
export type MatrixReply = 'nothing' | 'ACK' | 'RST' | 'RST,ACK' | 'SYN,ACK'

export interface MatrixRule {
  readonly states: readonly MatrixState[]
  readonly segments: readonly SegmentKind[]
  readonly positions: readonly Position[]
  readonly reply: MatrixReply
  /** How far RCV.NXT has moved in the reply. */
  readonly accepted?: number
  /** Left out: the state stays. */
  readonly next?: MatrixState
  /** The section, and where it has them the step. */
  readonly from: string
  /** Where this is not what 3.10.7 says, or not all of it: what it is from instead, and why. */
  readonly deviation?: string
}

const ALL = POSITIONS
const IN_WINDOW = ['left', 'inside', 'right'] as const
const AHEAD = ['inside', 'right'] as const
const OUTSIDE = ['left-1', 'right+1'] as const
const RESETS = ['RST', 'RST-ACK'] as const
const SYNS = ['SYN', 'SYN-ACK'] as const
/** Segments whose ACK bit is off, and that are neither SYN nor RST. */
const WITHOUT_ACK = ['FIN', 'none'] as const
const SYN_RECEIVED = ['SYN-RECEIVED', 'SYN-RECEIVED (active)'] as const
const TIME_WAIT = ['TIME-WAIT', 'TIME-WAIT (listener)'] as const
const SYNCHRONIZED = [
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  ...TIME_WAIT,
] as const

const SECOND_FIN =
  "step 8 advances RCV.NXT over any FIN; a FIN behind the peer's FIN is part of no stream (3.4), and is ignored as text is (step 7)"
const RST_IN_TIME_WAIT =
  'RFC 1337 3: a reset in TIME-WAIT is ignored; step 2 would end the wait, and let old segments into the next connection'

const MATRIX: readonly MatrixRule[] = [
  // CLOSED
  { states: ['CLOSED'], segments: RESETS, positions: ALL, reply: 'nothing', from: '3.10.7.1' },
  { states: ['CLOSED'], segments: ['SYN', 'FIN', 'none'], positions: ALL, reply: 'RST,ACK', from: '3.10.7.1' },
  {
    states: ['CLOSED'],
    segments: ['SYN-ACK', 'ACK', 'FIN-ACK', 'data'],
    positions: ALL,
    reply: 'RST',
    from: '3.10.7.1',
  },

  // LISTEN
  { states: ['LISTEN'], segments: RESETS, positions: ALL, reply: 'nothing', from: '3.10.7.2 first' },
  {
    states: ['LISTEN'],
    segments: ['SYN-ACK', 'ACK', 'FIN-ACK', 'data'],
    positions: ALL,
    reply: 'RST',
    from: '3.10.7.2 second',
  },
  {
    states: ['LISTEN'],
    segments: ['SYN'],
    positions: ALL,
    reply: 'SYN,ACK',
    next: 'SYN-RECEIVED',
    from: '3.10.7.2 third',
  },
  { states: ['LISTEN'], segments: WITHOUT_ACK, positions: ALL, reply: 'nothing', from: '3.10.7.2 fourth' },

  // SYN-SENT
  { states: ['SYN-SENT'], segments: ['RST'], positions: ALL, reply: 'nothing', from: '3.10.7.3 second (no ACK)' },
  {
    states: ['SYN-SENT'],
    segments: ['RST-ACK'],
    positions: ALL,
    reply: 'nothing',
    next: 'CLOSED',
    from: '3.10.7.3 second',
  },
  {
    states: ['SYN-SENT'],
    segments: ['SYN-ACK'],
    positions: ALL,
    reply: 'ACK',
    accepted: 1,
    next: 'ESTABLISHED',
    from: '3.10.7.3 fourth',
  },
  {
    states: ['SYN-SENT'],
    segments: ['SYN'],
    positions: ALL,
    reply: 'SYN,ACK',
    next: 'SYN-RECEIVED (active)',
    from: '3.10.7.3 fourth, MUST-10',
  },
  {
    states: ['SYN-SENT'],
    segments: ['ACK', 'FIN-ACK', 'data', ...WITHOUT_ACK],
    positions: ALL,
    reply: 'nothing',
    from: '3.10.7.3 fifth',
  },

  // From SYN-RECEIVED on: first, check the sequence number (table 6). A length of 1 to the left of the window is outside.
  {
    states: SYN_RECEIVED,
    segments: ['ACK', 'FIN', 'FIN-ACK', 'none'],
    positions: OUTSIDE,
    reply: 'ACK',
    from: '3.10.7.4 first',
  },
  { states: SYN_RECEIVED, segments: ['SYN'], positions: ['right+1'], reply: 'ACK', from: '3.10.7.4 first' },
  { states: ['SYN-RECEIVED (active)'], segments: ['SYN'], positions: ['left-1'], reply: 'ACK', from: '3.10.7.4 first' },
  {
    states: ['SYN-RECEIVED'],
    segments: ['SYN'],
    positions: ['left-1'],
    reply: 'SYN,ACK',
    from: '3.10.7.4 first',
    deviation:
      'an acknowledgement alone would tell nothing to a peer that waits for our SYN: the SYN,ACK goes again at once, as on Linux',
  },
  { states: SYN_RECEIVED, segments: ['data'], positions: ['right+1'], reply: 'ACK', from: '3.10.7.4 first' },
  { states: SYN_RECEIVED, segments: ['SYN-ACK'], positions: ['right+1'], reply: 'ACK', from: '3.10.7.4 first' },
  { states: ['SYN-RECEIVED'], segments: ['SYN-ACK'], positions: ['left-1'], reply: 'ACK', from: '3.10.7.4 first' },
  {
    states: ['SYN-RECEIVED (active)'],
    segments: ['SYN-ACK'],
    positions: ['left-1'],
    reply: 'nothing',
    next: 'ESTABLISHED',
    from: '3.5 figure 7 line 6, MUST-10',
    deviation:
      'table 6 makes this SYN unacceptable, and figure 7 has it open the connection; appendix A.2 leaves it to the implementation',
  },
  {
    states: SYNCHRONIZED,
    segments: ['ACK', 'FIN', 'FIN-ACK', 'none'],
    positions: OUTSIDE,
    reply: 'ACK',
    from: '3.10.7.4 first',
  },
  { states: SYNCHRONIZED, segments: ['data'], positions: ['right+1'], reply: 'ACK', from: '3.10.7.4 first' },
  {
    states: [...SYN_RECEIVED, ...SYNCHRONIZED],
    segments: RESETS,
    positions: OUTSIDE,
    reply: 'nothing',
    from: '3.10.7.4 first; second (1)',
  },

  // Second, check the RST bit, with RFC 5961 section 3.
  {
    states: ['SYN-RECEIVED'],
    segments: RESETS,
    positions: ['left'],
    reply: 'nothing',
    next: 'LISTEN',
    from: '3.10.7.4 second (2), MUST-11',
  },
  {
    states: ['SYN-RECEIVED (active)'],
    segments: RESETS,
    positions: ['left'],
    reply: 'nothing',
    next: 'CLOSED',
    from: '3.10.7.4 second (2)',
  },
  {
    states: ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'],
    segments: RESETS,
    positions: ['left'],
    reply: 'nothing',
    next: 'CLOSED',
    from: '3.10.7.4 second (2)',
  },
  {
    states: [...SYN_RECEIVED, 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'],
    segments: RESETS,
    positions: AHEAD,
    reply: 'ACK',
    from: '3.10.7.4 second (3), RFC 5961 3.2',
  },
  {
    states: TIME_WAIT,
    segments: RESETS,
    positions: IN_WINDOW,
    reply: 'nothing',
    from: 'RFC 1337 3',
    deviation: RST_IN_TIME_WAIT,
  },

  // Fourth, check the SYN bit, with RFC 5961 section 4.
  {
    states: ['SYN-RECEIVED'],
    segments: SYNS,
    positions: IN_WINDOW,
    reply: 'nothing',
    next: 'LISTEN',
    from: '3.10.7.4 fourth',
  },
  {
    states: ['SYN-RECEIVED (active)'],
    segments: SYNS,
    positions: IN_WINDOW,
    reply: 'ACK',
    from: '3.10.7.4 fourth, RFC 5961 4.2',
  },
  {
    states: ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'],
    segments: SYNS,
    positions: ALL,
    reply: 'ACK',
    from: '3.10.7.4 fourth, RFC 5961 4.2',
  },
  {
    states: ['TIME-WAIT (listener)'],
    segments: ['SYN-ACK'],
    positions: ALL,
    reply: 'ACK',
    from: '3.10.7.4 fourth, RFC 5961 4.2',
  },
  { states: ['TIME-WAIT (listener)'], segments: ['SYN'], positions: ['left-1'], reply: 'ACK', from: '3.10.7.4 first' },
  {
    states: ['TIME-WAIT (listener)'],
    segments: ['SYN'],
    positions: ['left', 'inside', 'right', 'right+1'],
    reply: 'SYN,ACK',
    next: 'SYN-RECEIVED',
    from: '3.6.1 MAY-2, RFC 6191',
    deviation:
      'step 4 answers with an ACK, "in the case of TIME-WAIT" excepted: a SYN beyond all that was received reopens',
  },

  // Fifth, check the ACK field: without one the segment is dropped.
  {
    states: [...SYN_RECEIVED, ...SYNCHRONIZED],
    segments: WITHOUT_ACK,
    positions: IN_WINDOW,
    reply: 'nothing',
    from: '3.10.7.4 fifth',
  },
  {
    states: SYN_RECEIVED,
    segments: ['ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    next: 'ESTABLISHED',
    from: '3.10.7.4 fifth',
  },
  {
    states: ['ESTABLISHED', 'FIN-WAIT-2', 'CLOSE-WAIT'],
    segments: ['ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    from: '3.10.7.4 fifth',
  },
  {
    states: ['FIN-WAIT-1'],
    segments: ['ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    next: 'FIN-WAIT-2',
    from: '3.10.7.4 fifth',
  },
  {
    states: ['CLOSING'],
    segments: ['ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    next: 'TIME-WAIT',
    from: '3.10.7.4 fifth',
  },
  {
    states: ['LAST-ACK'],
    segments: ['ACK', 'FIN-ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    next: 'CLOSED',
    from: '3.10.7.4 fifth',
  },
  {
    states: ['LAST-ACK'],
    segments: ['data'],
    positions: ['left-1', ...IN_WINDOW],
    reply: 'nothing',
    next: 'CLOSED',
    from: '3.10.7.4 fifth',
  },
  {
    states: TIME_WAIT,
    segments: ['ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    from: '3.10.7.4 fifth',
    deviation: 'step 5 acknowledges what it takes for the FIN again; a segment of nothing but an ACK is none',
  },

  // Seventh, process the segment text.
  {
    states: SYN_RECEIVED,
    segments: ['data'],
    positions: ['left'],
    reply: 'ACK',
    accepted: 10,
    next: 'ESTABLISHED',
    from: '3.10.7.4 fifth, seventh',
  },
  {
    states: SYN_RECEIVED,
    segments: ['data'],
    positions: ['left-1'],
    reply: 'ACK',
    accepted: 9,
    next: 'ESTABLISHED',
    from: '3.10.7.4 first (straddles), fifth, seventh',
  },
  {
    states: SYN_RECEIVED,
    segments: ['data'],
    positions: AHEAD,
    reply: 'ACK',
    next: 'ESTABLISHED',
    from: '3.10.7.4 fifth, SHLD-31, MAY-13',
  },
  {
    states: ['ESTABLISHED', 'FIN-WAIT-2'],
    segments: ['data'],
    positions: ['left'],
    reply: 'ACK',
    accepted: 10,
    from: '3.10.7.4 seventh',
  },
  {
    states: ['ESTABLISHED', 'FIN-WAIT-2'],
    segments: ['data'],
    positions: ['left-1'],
    reply: 'ACK',
    accepted: 9,
    from: '3.10.7.4 first (straddles), seventh',
  },
  {
    states: ['ESTABLISHED', 'FIN-WAIT-2'],
    segments: ['data'],
    positions: AHEAD,
    reply: 'ACK',
    from: '3.10.7.4 SHLD-31, MAY-13',
  },
  {
    states: ['FIN-WAIT-1'],
    segments: ['data'],
    positions: ['left'],
    reply: 'ACK',
    accepted: 10,
    next: 'FIN-WAIT-2',
    from: '3.10.7.4 fifth, seventh',
  },
  {
    states: ['FIN-WAIT-1'],
    segments: ['data'],
    positions: ['left-1'],
    reply: 'ACK',
    accepted: 9,
    next: 'FIN-WAIT-2',
    from: '3.10.7.4 first (straddles), fifth, seventh',
  },
  {
    states: ['FIN-WAIT-1'],
    segments: ['data'],
    positions: AHEAD,
    reply: 'ACK',
    next: 'FIN-WAIT-2',
    from: '3.10.7.4 fifth, SHLD-31, MAY-13',
  },
  {
    states: ['CLOSE-WAIT', ...TIME_WAIT],
    segments: ['data'],
    positions: ['left-1', ...IN_WINDOW],
    reply: 'nothing',
    from: '3.10.7.4 seventh (ignored)',
  },
  {
    states: ['CLOSING'],
    segments: ['data'],
    positions: ['left-1', ...IN_WINDOW],
    reply: 'nothing',
    next: 'TIME-WAIT',
    from: '3.10.7.4 fifth, seventh (ignored)',
  },

  // Eighth, check the FIN bit.
  {
    states: SYN_RECEIVED,
    segments: ['FIN-ACK'],
    positions: ['left'],
    reply: 'ACK',
    accepted: 1,
    next: 'CLOSE-WAIT',
    from: '3.10.7.4 fifth, eighth',
  },
  {
    states: SYN_RECEIVED,
    segments: ['FIN-ACK'],
    positions: AHEAD,
    reply: 'ACK',
    next: 'ESTABLISHED',
    from: '3.10.7.4 fifth, SHLD-31',
  },
  {
    states: ['ESTABLISHED'],
    segments: ['FIN-ACK'],
    positions: ['left'],
    reply: 'ACK',
    accepted: 1,
    next: 'CLOSE-WAIT',
    from: '3.10.7.4 eighth',
  },
  {
    states: ['FIN-WAIT-1'],
    segments: ['FIN-ACK'],
    positions: ['left'],
    reply: 'ACK',
    accepted: 1,
    next: 'TIME-WAIT',
    from: '3.10.7.4 fifth, eighth',
  },
  {
    states: ['FIN-WAIT-2'],
    segments: ['FIN-ACK'],
    positions: ['left'],
    reply: 'ACK',
    accepted: 1,
    next: 'TIME-WAIT',
    from: '3.10.7.4 eighth',
  },
  {
    states: ['ESTABLISHED', 'FIN-WAIT-2'],
    segments: ['FIN-ACK'],
    positions: AHEAD,
    reply: 'ACK',
    from: '3.10.7.4 SHLD-31',
  },
  {
    states: ['FIN-WAIT-1'],
    segments: ['FIN-ACK'],
    positions: AHEAD,
    reply: 'ACK',
    next: 'FIN-WAIT-2',
    from: '3.10.7.4 fifth, SHLD-31',
  },
  {
    states: ['CLOSE-WAIT', ...TIME_WAIT],
    segments: ['FIN-ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    from: '3.10.7.4 eighth',
    deviation: SECOND_FIN,
  },
  {
    states: ['CLOSING'],
    segments: ['FIN-ACK'],
    positions: IN_WINDOW,
    reply: 'nothing',
    next: 'TIME-WAIT',
    from: '3.10.7.4 fifth, eighth',
    deviation: SECOND_FIN,
  },
]

export interface MatrixCell {
  readonly state: MatrixState
  readonly segment: SegmentKind
  readonly position: Position
  readonly rule: MatrixRule
}

/** Every cell with its rule. @throws RangeError when a cell has none, or two */
export function matrixCells(): MatrixCell[] {
  return MATRIX_STATES.flatMap((state) =>
    SEGMENTS.flatMap((segment) =>
      POSITIONS.map((position) => {
        const rules = MATRIX.filter(
          (rule) => rule.states.includes(state) && rule.segments.includes(segment) && rule.positions.includes(position),
        )
        if (rules.length !== 1)
          throw new RangeError(
            `${state}, ${segment}, ${position}: ${rules.length} rules (${rules.map(({ from }) => from).join('; ')})`,
          )
        return { state, segment, position, rule: rules[0] }
      }),
    ),
  )
}
