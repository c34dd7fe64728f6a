/**
 * What the serial link must do, as data: for the bridge firmware in C, and for anyone who writes another end. All octets are
 * hexadecimal. `UPDATE_VECTORS=1 npx vitest run test/vectors` writes the file anew.
 */
import { type CellKind, decodeCell, encodeCell } from '../../firmware/serial-link/cell.js'
import { Delineation, type DelineationState } from '../../firmware/serial-link/delineation.js'
import { encodeSession, type SessionPayload } from '../../firmware/serial-link/session.js'
import { testRandom } from '../support/random.js'

export const vectorHex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
export const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))

export interface CellVector {
  kind: CellKind
  channel: number
  sequence: number
  acknowledge: number
  payload: string
  octets: string
}

export interface BrokenVector {
  what: string
  octets: string
  error: string
}

export interface DelineationVector {
  what: string
  /** Each is delivered in one piece; after each the line is quiet for two octets. */
  steps: { push: string; state: DelineationState; cells: string }[]
  /** After the last, the line is at rest for a cell's time. */
  rest: { state: DelineationState; cells: string }
  cells: number
  headerErrors: number
  payloadErrors: number
  suspects: number
  discardedOctets: number
}

export interface Vectors {
  cells: CellVector[]
  broken: BrokenVector[]
  delineation: DelineationVector[]
  sessions: (SessionPayload & { payload: string })[]
}

function cellVectors(): CellVector[] {
  const random = testRandom(1)
  const shapes: [CellKind, number, number][] = [
    [0, 0, 0],
    [0, 1, 57],
    [0, 4, 1],
    [1, 0, 0],
    [2, 0, 0],
    [3, 0, 57],
    [0, 15, 30],
    [0, 3, 56],
  ]
  return shapes.map(([kind, channel, length], i) => {
    const cell = { kind, channel, sequence: (i * 85) & 0xff, acknowledge: 255 - i, payload: random.octets(length) }
    return { ...cell, payload: vectorHex(cell.payload), octets: vectorHex(encodeCell(cell)) }
  })
}

function brokenVectors(): BrokenVector[] {
  const good = encodeCell({ kind: 0, channel: 1, sequence: 5, acknowledge: 6, payload: Uint8Array.of(1, 2, 3) })
  const changed = (what: string, at: number, flip: number): BrokenVector => {
    const octets = good.slice()
    octets[at] ^= flip
    const decoded = decodeCell(octets)
    return { what, octets: vectorHex(octets), error: decoded.ok ? '' : decoded.error }
  }
  return [
    changed('version', 0, 0xc0),
    changed('sequence', 1, 1),
    changed('length', 3, 0x40),
    changed('header check', 4, 0x80),
    changed('first octet of payload', 5, 1),
    changed('padding', 40, 0x10),
    changed('check', 63, 1),
  ]
}

function trace(what: string, pushes: Uint8Array[]): DelineationVector {
  let cells: string[] = []
  const delineation = new Delineation({
    onCell: (cell) => cells.push([cell.kind, cell.channel, cell.sequence, cell.acknowledge].join('/')),
    onDamaged: (cell) => cells.push(`damaged/${cell.sequence}`),
  })
  const take = (): string => {
    const taken = cells.join(' ')
    cells = []
    return taken
  }
  const steps = pushes.map((octets) => {
    delineation.push(octets)
    delineation.silence()
    return { push: vectorHex(octets), state: delineation.state, cells: take() }
  })
  delineation.rest()
  const rest = { state: delineation.state, cells: take() }
  const { headerErrors, payloadErrors, suspects, discardedOctets } = delineation.counters
  return {
    what,
    steps,
    rest,
    cells: delineation.counters.cells,
    headerErrors,
    payloadErrors,
    suspects,
    discardedOctets,
  }
}

function delineationVectors(): DelineationVector[] {
  const random = testRandom(7)
  const stream = Array.from({ length: 12 }, (_, sequence) =>
    encodeCell({ kind: 0, channel: sequence & 3, sequence, acknowledge: 1, payload: random.octets(57) }),
  )
  const [a, b, c, d, e] = stream
  const without = (cell: Uint8Array, at: number) => join(cell.subarray(0, at), cell.subarray(at + 1))
  const withOne = (cell: Uint8Array, at: number) => join(cell.subarray(0, at), Uint8Array.of(0x47), cell.subarray(at))
  const flipped = (cell: Uint8Array, at: number) => cell.map((octet, i) => (i === at ? octet ^ 0x21 : octet))
  const traces = [
    trace('cells one by one', [a, b, c, d]),
    trace('garbage before the first cell', [random.octets(37), a, b, c]),
    trace('a damaged payload in SYNC', [a, b, c, flipped(d, 30), e]),
    trace('an octet lost in a payload', [join(a, b, c, d, without(e, 33), ...stream.slice(5))]),
    trace('an octet lost in a header', [join(a, b, c, d, without(e, 2), ...stream.slice(5))]),
    trace('an octet too many', [join(a, b, c, d, withOne(e, 50), ...stream.slice(5))]),
    trace('three wrong headers', [
      join(a, b, c),
      flipped(d, 4),
      flipped(e, 0),
      flipped(stream[5], 3),
      join(...stream.slice(6)),
    ]),
    trace('a cell cut off, then another', [join(a, b, c, d.subarray(0, 20)), e]),
  ]
  for (let seed = 1; seed <= 12; seed++) {
    const chance = testRandom(seed)
    const octets = [...join(...stream)]
    for (let faults = 0; faults < 8; faults++) {
      const at = chance.below(octets.length)
      const kind = chance.below(3)
      if (kind === 0) octets[at] ^= 1 << chance.below(8)
      else if (kind === 1) octets.splice(at, 1)
      else octets.splice(at, 0, chance.below(256))
    }
    const pushes: Uint8Array[] = []
    while (octets.length > 0) pushes.push(Uint8Array.from(octets.splice(0, 8 + chance.below(60))))
    traces.push(trace(`eight faults, seed ${seed}`, pushes))
  }
  return traces
}

function sessionVectors(): Vectors['sessions'] {
  const uno = {
    board: 'uno',
    firmware: '0.1.0',
    window: 4,
    highestSpiClock: 8_000_000,
    capabilities: 0x2f,
    cells: 4,
  }
  const host = { board: '', firmware: 'host', window: 32, highestSpiClock: 0, capabilities: 0, cells: 0 }
  const sessions: SessionPayload[] = [
    { step: 'open', identifier: 0x1234, peer: 0, role: 'board', speaks: 2, identity: uno },
    { step: 'accept', identifier: 0x1234, peer: 0xfedc, role: 'board', speaks: 2, identity: uno },
    { step: 'confirm', identifier: 0x8001, peer: 0x7ffe, role: 'board', speaks: 2, identity: uno },
    // What a host of version 1 is answered.
    { step: 'reply', identifier: 0xffff, peer: 0, role: 'board', speaks: 1, identity: uno },
    { step: 'open', identifier: 0x1234, peer: 0, role: 'host', speaks: 2, identity: host },
    { step: 'accept', identifier: 0, peer: 0xffff, role: 'host', speaks: 2, identity: host },
    { step: 'confirm', identifier: 0x1234, peer: 0xfedc, role: 'host', speaks: 2, identity: host },
    { step: 'open', identifier: 0x1234, peer: 0, role: 'board', speaks: 1, identity: uno },
    { step: 'open', identifier: 0xffff, peer: 0, role: 'host', speaks: 1, identity: host },
  ]
  return sessions.map((session) => ({ ...session, payload: vectorHex(encodeSession(session)) }))
}

export function makeVectors(): Vectors {
  return {
    cells: cellVectors(),
    broken: brokenVectors(),
    delineation: delineationVectors(),
    sessions: sessionVectors(),
  }
}
