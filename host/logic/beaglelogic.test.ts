/** The logic analyser's lines and samples, in virtual time. test/cli/logic.test.ts has sigrok at it. */
import { describe, expect, it } from 'vitest'
import { createBench } from '../../boards/faults/create-bench.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { BeagleLogic } from './beaglelogic.js'
import { LOGIC_CHANNELS, PinRecorder } from './pin-recorder.js'

function bench() {
  const { lab, board } = createBench({ board: 'uno', seed: 3 })
  const parts: Uint8Array[] = []
  const analyser = new BeagleLogic(new PinRecorder({ clock: lab.clock, board }), (octets) => parts.push(octets))
  const ask = (line: string): string => {
    parts.length = 0
    analyser.receive(Buffer.from(`${line}\n`))
    return Buffer.concat(parts).toString()
  }
  return { lab, board, analyser, parts, ask }
}

const bit = (channel: (typeof LOGIC_CHANNELS)[number]) => 1 << LOGIC_CHANNELS.indexOf(channel)

describe('a BeagleLogic', () => {
  it('says what it is, and takes settings that it can do', () => {
    const { ask } = bench()
    expect(ask('version')).toMatch(/^BeagleLogic/)
    expect(ask('samplerate 25000000')).toBe('ok\n')
    expect(ask('samplerate')).toBe('25000000\n')
    expect(ask('samplerate 100000001')).toBe('error\n')
    expect(ask('samplerate fast')).toBe('error\n')
    expect(ask('sampleunit 2')).toBe('error\n')
    expect(ask('constructor')).toBe('error\n')
    expect(ask('samplerate')).toBe('25000000\n')
  })

  it('samples at its rate: a character of 1 Mbaud has ten samples a bit at 10 MHz, and the capture ends with its memory', () => {
    const { lab, board, parts, ask } = bench()
    ask('samplerate 10000000')
    ask('triggerflags 0')
    ask('memalloc 50000')
    lab.runFor(200 * MILLISECOND)
    ask('get')
    parts.length = 0
    board.serial.write(Uint8Array.of(0x55)) // start, 1 0 1 0 1 0 1 0, stop
    lab.runFor(200 * MILLISECOND)
    const samples = Buffer.concat(parts)
    expect(samples).toHaveLength(50_000)
    const levels = [...samples].map((sample) => (sample & bit('RX') ? 1 : 0))
    const start = levels.indexOf(0)
    const bits = Array.from({ length: 10 }, (_, i) => levels.slice(start + 10 * i, start + 10 * i + 10))
    expect(bits.map(([first]) => first)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    for (const each of bits) expect(new Set(each).size).toBe(1)
  })

  it('has two octets a sample where it is asked for, and nothing more after close', () => {
    const { lab, parts, ask } = bench()
    ask('samplerate 1000000')
    ask('sampleunit 0')
    ask('get')
    lab.runFor(100 * MILLISECOND)
    const octets = Buffer.concat(parts)
    expect(octets.length).toBeGreaterThan(100_000)
    expect(octets.filter((_, i) => i % 2 === 1).every((octet) => octet === 0)).toBe(true)
    expect(octets.filter((_, i) => i % 2 === 0).some((octet) => octet !== 0)).toBe(true)
    ask('close')
    parts.length = 0
    lab.runFor(100 * MILLISECOND)
    expect(parts).toEqual([])
  })

  it('stands whatever comes', () => {
    const { lab, analyser, ask } = bench()
    const random = new SeededRandom(9)
    for (let i = 0; i < 500; i++) {
      analyser.receive(Uint8Array.from({ length: random.below(80) }, () => random.below(256)))
    }
    ask('')
    lab.runFor(50 * MILLISECOND)
    expect(analyser.unknown).toBeGreaterThan(0)
    expect(ask('version')).toMatch(/^BeagleLogic/)
  })
})
