/**
 * What is run in Node and in a browser, and must come out the same to the octet. Platform-free: the test bundles it for a browser as
 * it stands, with no stub and no polyfill.
 */
import type { Random } from '../../firmware/hal/random.js'
import * as elementary from '../../firmware/math/elementary.js'
import { jsonReport } from '../../host/check/report/document.js'
import { hexOctets } from '../../host/hex-octets.js'
import {
  CableCapture,
  checkTarget,
  createLab,
  frameWaveform,
  openTarget,
  PcapngWriter,
  parseImage,
  SECOND,
  SeededRandom,
} from '../../host/index.js'
import type { SimulatedBackend } from '../../host/target/target.js'

export interface RunOutcome {
  /** What is reported of the run, as text. */
  readonly report: string
  /** What it leaves behind, in hexadecimal: a capture file, or numbers as they lie in memory. */
  readonly octets: string
  /** Events of virtual time. */
  readonly events: number
}

export interface RunOptions {
  readonly seed: number
  /** The bridge firmware as it ships, Intel HEX. */
  readonly image: string
}

type Run = (options: RunOptions) => RunOutcome | Promise<RunOutcome>

const DRAWS = 2_000

type Sample = readonly [calculate: (...of: number[]) => number, draw: (random: Random) => readonly number[]]

/** Each function, and arguments for it, over more than the simulation asks for. */
const FUNCTIONS: Record<keyof typeof elementary, Sample> = {
  log: [elementary.log, (random) => [1 - random.float()]],
  log1p: [elementary.log1p, (random) => [-random.float() * random.float()]],
  log10: [elementary.log10, (random) => [100 * random.float()]],
  exp: [elementary.exp, (random) => [700 * (random.float() - random.float())]],
  pow: [elementary.pow, (random) => [20 * random.float(), 100 * (random.float() - random.float())]],
  sin: [elementary.sin, (random) => [1e6 * random.float() * random.float()]],
  cos: [elementary.cos, (random) => [1e6 * random.float() * random.float()]],
  atan2: [elementary.atan2, (random) => [random.float() - 0.5, random.float() - 0.5]],
  cbrt: [elementary.cbrt, (random) => [1e6 * random.float()]],
}

/** Logarithms, powers and sines of drawn numbers, and every power of two: the one inexact operation that sources may use. */
function arithmetic({ seed }: RunOptions): RunOutcome {
  const values: number[] = []
  for (const [name, [calculate, draw]] of Object.entries(FUNCTIONS)) {
    const random = new SeededRandom(seed).fork(name)
    for (let i = 0; i < DRAWS; i++) values.push(calculate(...draw(random)))
  }
  for (let exponent = -1074; exponent <= 1023; exponent++) values.push(2 ** exponent)
  return {
    report: `${values.length} numbers`,
    octets: hexOctets(new Uint8Array(Float64Array.from(values).buffer)),
    events: 0,
  }
}

/** The voltage of a frame behind 100 m of cable, with noise and jitter, and two of its bits received wrong. */
function waveform({ seed }: RunOptions): RunOutcome {
  const octets = Uint8Array.from({ length: 64 }, (_, i) => i)
  const { volts } = frameWaveform(
    { octets, bits: 64 + 8 * octets.length },
    { length: 100, noise: 0.1, random: new SeededRandom(seed), errors: [100, 333] },
  )
  return { report: `${volts.length} samples`, octets: hexOctets(new Uint8Array(volts.buffer)), events: 0 }
}

/** A board and a host on a noisy cable: pings, some of which are lost. */
async function lab({ seed }: RunOptions): Promise<RunOutcome> {
  const lab = createLab({ seed })
  const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
  const peer = lab.addHost({ address: '192.168.7.1/24' })
  const cable = lab.connect(board.port, peer.port, { length: 90 })
  cable.pair('a-to-b').noise = 0.2
  cable.pair('b-to-a').noise = 0.2
  const parts: string[] = []
  const writer = new PcapngWriter((octets) => parts.push(hexOctets(octets)))
  const capture = new CableCapture({ cable, writer, ports: { a: 'board', b: 'peer' } })
  await lab.run({ until: () => board.state.matches({ on: { link: 'up' } }) })
  const answers: string[] = []
  for (let sequence = 0; sequence < 50; sequence++) {
    peer.stack.ping('192.168.7.2', { size: 1000, sequence }, (result) => answers.push(JSON.stringify(result)))
    await lab.run({ for: SECOND / 4 })
  }
  capture.close()
  return { report: answers.join('\n'), octets: parts.join(' '), events: lab.clock.executed }
}

/** The whole check suite on a simulated board, and the frames on its cable. */
function checks(backend: SimulatedBackend, faults: readonly string[] = []): Run {
  return async ({ seed, image }) => {
    const target = await openTarget(`${backend}:uno`, {
      seed,
      faults,
      ...(backend === 'avr' ? { image: parseImage(Uint8Array.from(image, (letter) => letter.charCodeAt(0))) } : {}),
    })
    const { board, cable, lab } = target.bench!
    const parts: string[] = []
    const writer = new PcapngWriter((octets) => parts.push(hexOctets(octets)))
    const capture = new CableCapture({ cable, writer, ports: { a: board.name } })
    try {
      const report = await checkTarget(target)
      capture.close()
      return { report: jsonReport(report), octets: parts.join(' '), events: lab.clock.executed }
    } finally {
      await target.close()
    }
  }
}

export const RUNS: Readonly<Record<string, Run>> = {
  arithmetic,
  waveform,
  lab,
  'check model:uno': checks('model'),
  'check model:uno, faults': checks('model', ['cable-noise', 'serial-noise']),
  'check avr:uno': checks('avr'),
}
