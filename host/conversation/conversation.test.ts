/** Conversations in the lab: a host and a board, both looked into; and the host alone, as on a kernel's wire. */
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { printFrame } from '../../firmware/net/wire/print.js'
import { SYN } from '../../firmware/net/wire/tcp.js'
import { encodeText } from '../../firmware/text/utf8.js'
import { type LabWire, labWire } from '../network/lab-wire.js'
import { EN } from '../text/en.js'
import { Conversation, type PacketPassage, type StateEntered } from './conversation.js'
import { StreamLetters } from './stream-letters.js'
import { traceLines } from './trace-line.js'

interface Held {
  readonly conversation: Conversation
  readonly lines: readonly string[]
  /** What the interface itself says of its frames. */
  readonly frames: readonly string[]
}

/** A text to the echo service and back, watched. @param both the board is looked into as well */
async function echoed(text: string, both: boolean, faults: readonly string[] = [], seed = 3): Promise<Held> {
  const wire = await labWire(seed, false, faults)
  const lines: string[] = []
  const frames: string[] = []
  wire.watches[0].listen((direction, frame) => frames.push(`${direction} ${printFrame(frame)}`))
  const near = { name: 'near', stack: wire.stack, watch: wire.watches[0] }
  const conversation = new Conversation(
    () => wire.clock.now,
    near,
    both ? wire.far : undefined,
    traceLines(EN, (line) => lines.push(line)),
  )
  await exchange(wire, encodeText(text))
  conversation.end()
  await wire.close()
  return { conversation, lines, frames }
}

async function exchange(wire: LabWire, octets: Uint8Array): Promise<void> {
  const socket = wire.stack.socket('ipv4', 'stream')
  socket.connect({ address: wire.boardAddress, port: 7 })
  await wire.until(() => socket.poll().writable || socket.poll().error, 60 * SECOND)
  socket.write(octets)
  socket.shutdown('write')
  const buffer = new Uint8Array(2_000)
  await wire.until(() => socket.read(buffer) === 0, 400 * SECOND)
  socket.close()
  await wire.until(() => [...wire.board.tcp.connections].length === 0, SECOND)
}

const passages = ({ steps }: Conversation): PacketPassage[] => steps.filter((step) => step.kind === 'passage')
const statesOf = ({ steps }: Conversation, side: 'near' | 'far'): string[] =>
  steps
    .filter((step): step is StateEntered => step.kind === 'state' && step.side === side)
    .map(({ change }) => change.state)

describe('a conversation that is seen at both ends', () => {
  it('has the states of RFC 9293 figure 5 at either, and every packet from one to the other', async () => {
    const { conversation } = await echoed('hello', true)
    expect(statesOf(conversation, 'near')).toEqual(['SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT'])
    expect(statesOf(conversation, 'far')).toEqual([
      'LISTEN',
      'SYN-RECEIVED',
      'ESTABLISHED',
      'CLOSE-WAIT',
      'LAST-ACK',
      'CLOSED',
    ])
    for (const passage of passages(conversation)) {
      expect(conversation.fateOf(passage)).toBe('arrived')
      expect(passage.again).toBe(false)
      expect(passage.arrived!.at).toBeGreaterThan(passage.sent!.at)
      expect(passage.arrived!.order).toBeGreaterThan(passage.sent!.order)
    }
  })

  it('counts from j and k: the three segments of the handshake say what the article says', async () => {
    const { conversation } = await echoed('hello', true)
    const letters = new StreamLetters(conversation)
    const [j, k] = letters.all
    expect([j.letter, j.role, j.side, k.letter, k.role, k.side]).toEqual(['j', 'client', 'near', 'k', 'server', 'far'])
    const segments = passages(conversation).filter(({ described }) => described.segment !== undefined)
    const next = (value: number, by = 1) => (value + by) >>> 0
    expect(segments.slice(0, 3).map((each) => letters.numbers(each))).toEqual([
      `SEQ=${j.value} (j)`,
      `SEQ=${k.value} (k)  ACK=${next(j.value)} (j+1)`,
      `SEQ=${next(j.value)} (j+1)  ACK=${next(k.value)} (k+1)`,
    ])
    // Five octets and the FIN behind them are j+1 to j+6.
    const last = segments.findLast(({ from }) => from === 'far')!
    expect(letters.numbers(last)).toContain(`ACK=${next(j.value, 7)} (j+7)`)
  })

  it('knows what was lost on a noisy cable, and what is sent again for it', async () => {
    const { conversation } = await echoed('hello', true, ['cable-noise:0.5V'])
    const all = passages(conversation)
    const lost = all.filter((passage) => conversation.fateOf(passage) === 'lost')
    expect(lost.length).toBeGreaterThan(2)
    for (const passage of lost) expect(passage.sent).toBeDefined()
    const [syn, synAgain] = all.filter(
      ({ from, described }) => from === 'near' && (described.segment?.flags ?? 0) & SYN,
    )
    expect([conversation.fateOf(syn), syn.again, synAgain.again]).toEqual(['lost', false, true])
    // A segment is sent again only after the same part of the stream was.
    for (const passage of all.filter(({ again }) => again)) {
      const { sequence } = passage.described.segment!
      const before = all.slice(0, all.indexOf(passage)).filter(({ from }) => from === passage.from)
      expect(
        before.some(({ described }) => described.segment !== undefined && sequence - described.segment.sequence >= 0),
      ).toBe(true)
    }
    // What arrived did so soon: nothing that was lost is taken for what was sent again later.
    for (const { sent, arrived } of all)
      if (sent !== undefined && arrived !== undefined) expect(arrived.at - sent.at).toBeLessThan(0.15 * SECOND)
  })
})

describe('a conversation that is seen at one end', () => {
  it('has what the wire shows there, and no state of the other end', async () => {
    const { conversation, frames } = await echoed('hello', false)
    expect(statesOf(conversation, 'far')).toEqual([])
    const all = passages(conversation)
    expect(all).toHaveLength(frames.length)
    for (const passage of all) {
      expect(conversation.fateOf(passage)).toBe(passage.from === 'near' ? 'not seen' : 'arrived')
      expect(passage.sent === undefined).toBe(passage.from === 'far')
    }
  })

  it('is told in lines: every frame of the interface, and every state, in order of time', async () => {
    const { lines, frames } = await echoed('hello', false)
    const packets = lines.filter((line) => /^ *[\d.]+ (in|out) /.test(line))
    expect(packets.map((line) => line.slice(13, 16).trim())).toEqual(frames.map((frame) => frame.split(' ')[0]))
    expect(lines[0]).toMatch(/^ {4}0\.000000 {5}192\.168\.7\.1:\d+ is SYN-SENT \(was CLOSED\)\n$/)
    expect(lines[1]).toBe('    0.000000 out ARP, Request who-has 192.168.7.2 tell 192.168.7.1\n')
    const syn =
      /out (192\.168\.7\.1:\d+) > 192\.168\.7\.2:7: <SEQ=\d+><CTL=SYN><WND=\d+> options \[mss 1460,.*\], length 0\n$/
    expect(lines[3]).toMatch(syn)
    expect(lines[4]).toMatch(/in +192\.168\.7\.2:7 > .*<SEQ=\d+><ACK=\d+><CTL=SYN,ACK>/)
    const times = lines.map((line) => Number(line.slice(0, 12)))
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('says which segment was sent again', async () => {
    const { lines } = await echoed('hello', false, ['cable-noise:0.5V'])
    expect(lines.filter((line) => /<CTL=SYN>.* \(sent again\)\n$/.test(line)).length).toBeGreaterThan(0)
  })
})

describe('a long conversation', () => {
  it('keeps its beginning and its end, and says how much is left out', async () => {
    const { conversation, frames } = await echoed('x'.repeat(1_400).repeat(20), true)
    const { steps, leftOut, behind } = conversation.excerpt(Number.POSITIVE_INFINITY)
    expect(leftOut).toBeGreaterThan(0)
    expect(steps.length).toBeLessThan(140)
    const states = conversation.steps.filter(({ kind }) => kind === 'state').length
    expect(steps.length + leftOut).toBeGreaterThanOrEqual(frames.length + states)
    const short = conversation.excerpt(20)
    expect(short.steps).toHaveLength(20)
    expect(short.steps.slice(0, short.behind)).toEqual(steps.slice(0, short.behind))
    expect(short.steps.at(-1)).toBe(steps.at(-1))
    expect(short.leftOut).toBe(leftOut + steps.length - 20)
    expect(behind).toBe(60)
  })
})
