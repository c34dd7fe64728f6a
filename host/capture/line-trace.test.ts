/** A serial line's trace, judged by sigrok's uart decoder: every framing, and errors where we have them. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { framingName, type Parity, type SerialFraming } from '../../boards/rs232/framing.js'
import { MODEM_CABLES } from '../../boards/rs232/modem-lines.js'
import { LINE_STANDARDS } from '../../boards/rs232/standards.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { LINE_BIT_8, LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { casesOf } from '../../test/judge/parts.js'
import { spreadOver } from '../../test/judge/spread.js'
import { installCommand, locate, TOOLS } from '../../test/setup/tools.js'
import { LineTrace } from './line-trace.js'
import { SortedTrace } from './sorted-trace.js'
import { VcdWriter } from './vcd.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-line-'))
afterAll(() => rmSync(folder, { recursive: true }))

const FRAMINGS: SerialFraming[] = ([5, 6, 7, 8, 9] as const).flatMap((dataBits) =>
  (['none', 'even', 'odd', 'mark', 'space'] as Parity[]).flatMap((parity) =>
    ([1, 1.5, 2] as const).map((stopBits) => ({ dataBits, parity, stopBits })),
  ),
)
/** A slice of what `make judge` has all of, from every number of bits; 8N1, which nearly everybody has, is the first. */
const framingAt = spreadOver(
  FRAMINGS.length,
  32,
  FRAMINGS.findIndex((each) => framingName(each) === '8N1'),
)
const SOME_FRAMINGS = casesOf('line-framings', FRAMINGS, framingAt)
/** Sigrok's words for our parities. */
const SIGROK_PARITY = { none: 'none', even: 'even', odd: 'odd', mark: 'one', space: 'zero' } as const
const BAUD = 115_200

interface Seen {
  /** Characters that arrived, their flags, and the instants at which they were complete, in nanoseconds. */
  readonly characters: number[]
  readonly flags: number[]
  readonly times: number[]
}

/** Sends characters both ways, and writes what went over the line. */
function record(
  framing: SerialFraming,
  path: string,
  options: { noise?: number; count?: number; volts?: boolean } = {},
) {
  const clock = new Scheduler()
  const line = new UartLine({
    clock,
    random: new SeededRandom(4),
    baud: BAUD,
    framing,
    modem: MODEM_CABLES['null-modem'],
    faults: { bitErrorRate: options.noise ?? 0 },
  })
  const text: string[] = []
  const writer = new VcdWriter({ write: (piece) => text.push(piece), timescale: '100 ns' })
  const sorted = new SortedTrace(writer, clock, 10 * MILLISECOND)
  const trace = new LineTrace({
    clock,
    line,
    writer: sorted,
    ...(options.volts ? { levels: LINE_STANDARDS['rs-232'] } : {}),
  })
  const watch = (end: typeof line.a): Seen => {
    const seen: Seen = { characters: [], flags: [], times: [] }
    end.handleOctets = (octets, errors) => {
      for (const [i, octet] of octets.entries()) {
        const flags = errors?.[i] ?? 0
        seen.characters.push(octet | (flags & LINE_BIT_8 ? 0x100 : 0))
        seen.flags.push(flags & ~LINE_BIT_8)
        seen.times.push(end.timeOf(i))
      }
    }
    return seen
  }
  const toB = watch(line.b)
  const toA = watch(line.a)
  const random = new SeededRandom(11)
  const mask = (1 << framing.dataBits) - 1
  const some = () => Uint16Array.from({ length: options.count ?? 60 }, () => random.next32() & mask)
  const sentByA = some()
  const sentByB = some()
  clock.runFor(MILLISECOND)
  // Some without a pause, some alone.
  line.a.writeCharacters(sentByA.subarray(0, 30))
  line.b.writeCharacters(sentByB.subarray(0, 20))
  for (let i = 30; i < sentByA.length; i++) {
    clock.runFor(i === 30 ? 5 * MILLISECOND : MILLISECOND / 4)
    line.a.writeCharacters(sentByA.subarray(i, i + 1))
    line.b.writeCharacters(sentByB.subarray(i - 10, i - 9))
  }
  clock.runFor(5 * MILLISECOND)
  trace.close()
  sorted.close()
  writer.close(clock.now)
  writeFileSync(path, text.join(''))
  return { sentByA: [...sentByA], sentByB: [...sentByB], toB, toA, late: sorted.late }
}

/** Nanoseconds a sample: the trace's time scale. */
const SAMPLE = 100

interface Annotation {
  /** In nanoseconds. */
  readonly from: number
  readonly to: number
  readonly text: string
}

function sigrok(path: string, framing: SerialFraming, channel: 'rx=RXD' | 'tx=TXD', classes: string): Annotation[] {
  const command = locate('sigrok-cli')
  if (command === undefined) {
    const known = TOOLS.filter((each) => each.command === 'sigrok-cli')
    throw new Error(`sigrok-cli judges what we write and is missing: ${installCommand(known)}`)
  }
  const { dataBits, parity, stopBits } = framing
  const decoder = [
    `uart:${channel}`,
    `baudrate=${BAUD}`,
    `data_bits=${dataBits}`,
    `parity=${SIGROK_PARITY[parity]}`,
    // It has no two: behind the first, the line is at rest for it.
    `stop_bits=${stopBits === 2 ? '1.0' : stopBits.toFixed(1)}`,
    'format=hex',
  ].join(':')
  const output = execFileSync(command, ['-i', path, '-P', decoder, '-A', classes, '--protocol-decoder-samplenum'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  })
  return output
    .split('\n')
    .map((line) => /^(\d+)-(\d+) uart-\d+: (.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, from, to, text]) => ({ from: Number(from) * SAMPLE, to: Number(to) * SAMPLE, text }))
}

const values = (annotations: readonly Annotation[]) => annotations.map(({ text }) => Number.parseInt(text, 16))

describe('sigrok’s uart decoder', () => {
  it.each(SOME_FRAMINGS.map((framing) => [framingName(framing), framing] as const))(
    'reads our octets as %s',
    (name, framing) => {
      const path = join(folder, `${name}.vcd`)
      const { sentByA, sentByB, toA, toB, late } = record(framing, path)
      expect(late).toBe(0)
      expect(toB.characters).toEqual(sentByA)
      expect(values(sigrok(path, framing, 'tx=TXD', 'uart=tx-data'))).toEqual(sentByA)
      expect(values(sigrok(path, framing, 'rx=RXD', 'uart=rx-data'))).toEqual(sentByB.slice(0, toA.characters.length))
      expect(sigrok(path, framing, 'tx=TXD', 'uart=tx-warnings:tx-parity-err')).toEqual([])
    },
  )

  it('reports parity and framing errors for the characters for which we do', () => {
    const framing: SerialFraming = { dataBits: 8, parity: 'even', stopBits: 1 }
    const path = join(folder, 'noise.vcd')
    // Single characters with pauses: after a damaged start bit two receivers may go on differently, and both be right.
    const { toB } = record(framing, path, { noise: 0.02, count: 400 })
    const character = (11 * SECOND) / BAUD
    const data = sigrok(path, framing, 'tx=TXD', 'uart=tx-data')
    const parity = sigrok(path, framing, 'tx=TXD', 'uart=tx-parity-err')
    const stops = sigrok(path, framing, 'tx=TXD', 'uart=tx-warnings').filter(({ text }) => /frame/i.test(text))
    // A character of ours, complete at an instant, and one of sigrok's that ended its data less than two bits before.
    const ours = (flag: number) => toB.times.filter((_, i) => toB.flags[i] & flag && toB.times[i] > 4 * MILLISECOND)
    const near = (at: number, theirs: readonly Annotation[]) =>
      theirs.some(({ to }) => Math.abs(at - to) < character / 3)
    const parityErrors = ours(LINE_PARITY_ERROR)
    const framingErrors = ours(LINE_FRAMING_ERROR)
    expect(parityErrors.length).toBeGreaterThan(20)
    expect(framingErrors.length).toBeGreaterThan(3)
    for (const at of parityErrors) expect(near(at, parity), `parity error at ${at}`).toBe(true)
    for (const at of framingErrors) expect(near(at, stops), `framing error at ${at}`).toBe(true)
    const later = (each: Annotation) => each.from > 4 * MILLISECOND
    expect(parity.filter(later).length).toBe(parityErrors.length)
    expect(stops.filter(later).length).toBe(framingErrors.length)
    expect(values(data.filter(later))).toEqual(toB.characters.filter((_, i) => toB.times[i] > 4 * MILLISECOND))
  })

  it('reads the wires of a trace that has voltages as well', () => {
    const framing: SerialFraming = { dataBits: 8, parity: 'none', stopBits: 1 }
    const path = join(folder, 'volts.vcd')
    const { sentByA } = record(framing, path, { volts: true })
    expect(values(sigrok(path, framing, 'tx=TXD', 'uart=tx-data'))).toEqual(sentByA)
  })
})
