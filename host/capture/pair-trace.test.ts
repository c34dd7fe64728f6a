import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Cable, type CableFrame } from '../../boards/ethernet/cable.js'
import { LabHost } from '../../boards/lab-host.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { installCommand, locate, TOOLS } from '../../test/setup/tools.js'
import { PairTrace } from './pair-trace.js'
import { VcdWriter } from './vcd.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-pair-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Two hosts, one ping, and the voltage of both pairs while it crosses. */
function ping(setUp: (cable: Cable) => void = () => {}) {
  const clock = new Scheduler()
  const random = new SeededRandom(2)
  const host = (name: string, last: number) =>
    new LabHost({ clock, random, name, address: `10.0.0.${last}/24`, duplex: 'full' })
  const [a, b] = [host('a', 1), host('b', 2)]
  const cable = new Cable({ clock, random, length: 100 })
  cable.plug(a.port, b.port)
  clock.runUntil(95 * MILLISECOND)
  setUp(cable)
  const frames: CableFrame[] = []
  cable.onFrame((frame) => frames.push(frame))
  const text: string[] = []
  const writer = new VcdWriter({ write: (piece) => text.push(piece), start: clock.now })
  const trace = new PairTrace({ clock, cable, writer, random, names: { 'a-to-b': 'RD_b', 'b-to-a': 'RD_a' } })
  a.network.ping('10.0.0.2', { size: 18 }, () => {})
  clock.runFor(2 * MILLISECOND)
  trace.close()
  writer.close(clock.now)
  return { frames, vcd: text.join('') }
}

/** The voltage over time of a signal, a value every 5 ns from the start of the file. */
function samples(vcd: string, name: string): Float32Array {
  const identifier = vcd.match(new RegExp(`^\\$var real 64 (\\S+) ${name} `, 'm'))![1]
  const lines = vcd.slice(vcd.indexOf('$enddefinitions')).split('\n')
  const changes: [number, number][] = []
  let at = 0
  for (const line of lines) {
    if (line.startsWith('#')) at = Number(line.slice(1))
    else if (line.startsWith('r') && line.endsWith(` ${identifier}`))
      changes.push([at, Number(line.slice(1).split(' ')[0])])
  }
  const start = changes[0][0]
  const volts = new Float32Array(Math.ceil((at - start) / 5) + 1)
  for (const [i, [from, value]] of changes.entries())
    volts.fill(value, (from - start) / 5, ((changes[i + 1]?.[0] ?? at) - start) / 5)
  return volts
}

/** Frames, by a decoder that looks for edges in mid-bit and knows nothing of ours (802.3 7.3.1, 3.2.2). */
function decode(volts: Float32Array): number[][] {
  const frames: number[][] = []
  for (let at = 0; at < volts.length; at++) {
    if (volts[at] > -0.5) continue
    // The first bit is a 1: low for 50 ns, then high. Half an edge has passed when the threshold is.
    let place = at - 1
    const bits: number[] = []
    for (; place + 20 < volts.length; place += 20) {
      const [first, second] = [volts[place + 5], volts[place + 15]]
      if (Math.abs(first) < 0.3 || first > 0 === second > 0) break
      bits.push(second > 0 ? 1 : 0)
    }
    const text = bits.join('')
    const delimiter = text.indexOf('10101011')
    const octets: number[] = []
    for (let i = delimiter + 8; delimiter >= 0 && i + 8 <= bits.length; i += 8)
      octets.push(bits.slice(i, i + 8).reduce((sum, bit, n) => sum | (bit << n), 0))
    frames.push(octets)
    at = place + 100
  }
  return frames
}

/** CRC-32 bit by bit (3.2.9). */
function goodFcs(octets: readonly number[]): boolean {
  let crc = 0xffffffff
  for (const octet of octets)
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (((crc & 1) ^ ((octet >> bit) & 1)) === 1 ? 0xedb88320 : 0)
  return crc >>> 0 === 0xdebb20e3
}

describe('pair trace', () => {
  it('shows each frame so that a decoder from the standard alone recovers it with a good FCS', () => {
    const { frames, vcd } = ping()
    expect(frames.length).toBe(4)
    for (const [name, direction] of [
      ['RD_b', 'a-to-b'],
      ['RD_a', 'b-to-a'],
    ] as const) {
      const read = decode(samples(vcd, name))
      expect(read).toEqual(frames.filter((frame) => frame.direction === direction).map(({ octets }) => [...octets]))
      expect(read.every(goodFcs)).toBe(true)
    }
  })

  it('shows link test pulses of 100 ns 16 ms apart, and turned over on an inverted pair', () => {
    for (const inverted of [false, true]) {
      const clock = new Scheduler()
      const random = new SeededRandom(2)
      const [a, b] = [1, 2].map(
        (last) => new LabHost({ clock, random, name: `${last}`, address: `10.0.0.${last}/24`, duplex: 'full' }),
      )
      const cable = new Cable({ clock, random })
      cable.plug(a.port, b.port)
      cable.pair('b-to-a').inverted = inverted
      clock.runUntil(60 * MILLISECOND)
      const text: string[] = []
      const writer = new VcdWriter({ write: (piece) => text.push(piece), start: clock.now })
      const trace = new PairTrace({ clock, cable, writer, random })
      clock.runUntil(100 * MILLISECOND)
      trace.close()
      writer.close(clock.now)
      const volts = samples(text.join(''), 'b-to-a')
      const over = Array.from(volts.keys()).filter((i) => Math.abs(volts[i]) > 1.2)
      // At 64, 80 and 96 ms, 20 samples of 5 ns each.
      expect(over.length).toBe(60)
      expect((over[20] - over[0]) * 5).toBe(16 * MILLISECOND)
      expect(over.every((i) => volts[i] < 0 === inverted)).toBe(true)
    }
  })

  it('draws nothing for a broken pair', () => {
    const { vcd } = ping((cable) => {
      cable.pair('a-to-b').open = true
    })
    expect(samples(vcd, 'RD_b').every((v) => v === 0)).toBe(true)
  })

  it('does not keep sigrok, which reads wires only, from reading the wires beside it', () => {
    const text: string[] = []
    const writer = new VcdWriter({ write: (piece) => text.push(piece) })
    const volts = writer.real('RD', 0, 'cable')
    const wire = writer.digital('INT', 1, 'chip')
    for (let at = 10; at < 1000; at += 10) writer.change(volts, at, at / 400)
    writer.change(wire, 1000, 0)
    writer.change(wire, 2000, 1)
    writer.close(3000)
    const path = join(folder, 'mixed.vcd')
    writeFileSync(path, text.join(''))
    const command = locate('sigrok-cli')
    const tool = TOOLS.find((each) => each.command === 'sigrok-cli')!
    if (command === undefined) throw new Error(`sigrok judges our traces and is missing: ${installCommand([tool])}`)
    const parameters = ['-i', path, '-I', 'vcd:downsample=10', '-O', 'csv:header=false']
    const out = execFileSync(command, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    const levels = out.split('\n').filter((line) => /^[01]$/.test(line))
    expect(levels.filter((level) => level === '0').length).toBe(100)
  })
})
