/** Two who watch the same thing: each sees all of it, whoever came first and whoever goes first. */
import { describe, expect, it } from 'vitest'
import { createBench } from '../boards/faults/create-bench.js'
import { MILLISECOND, SECOND } from '../firmware/hal/clock.js'
import { CableCapture } from '../host/capture/cable-capture.js'
import { PairTrace } from '../host/capture/pair-trace.js'
import { PcapngWriter } from '../host/capture/pcapng.js'
import { PcapngReader } from '../host/capture/pcapng-reader.js'
import { PinTrace } from '../host/capture/pin-trace.js'
import { VcdWriter } from '../host/capture/vcd.js'
import type { ScopeProbe } from '../host/scope/probe.js'
import { openProbes } from '../host/scope/probes.js'

const SECONDS_TO_LINK = 5

/** A board with its link up, whose partner pings it. */
function bench() {
  const it = createBench({ board: 'uno', seed: 11 })
  const { lab, board, peer } = it
  lab.runUntil(() => board.state.matches({ on: { link: 'up' } }), SECONDS_TO_LINK * SECOND)
  const ping = () => {
    let ok = false
    peer.network.ping('192.168.7.2', { size: 60 }, (result) => {
      ok = result.ok
    })
    lab.runFor(20 * MILLISECOND)
    expect(ok).toBe(true)
  }
  return { ...it, ping }
}

function vcd(): { writer: VcdWriter; text: () => string } {
  const pieces: string[] = []
  return { writer: new VcdWriter({ write: (text) => pieces.push(text) }), text: () => pieces.join('') }
}

function pcapng(): { writer: PcapngWriter; frames: () => { at: number; octets: string }[] } {
  const blocks: Uint8Array[] = []
  return {
    writer: new PcapngWriter((octets) => blocks.push(octets)),
    frames: () => {
      const frames: { at: number; octets: string }[] = []
      const reader = new PcapngReader(({ at, frame }) => frames.push({ at, octets: frame.join() }))
      for (const each of blocks) reader.take(each)
      return frames
    },
  }
}

/** Changes of one signal of a VCD. */
function changes(text: string, name: string): number {
  const identifier = text.match(new RegExp(`^\\$var \\w+ \\d+ (\\S+) ${name} `, 'm'))?.[1]
  return text.split('\n').filter((line) => /^[01z]/.test(line) && line.slice(1) === identifier).length
}

describe.each(['first', 'second'] as const)('of two who watch, the %s going first', (goes) => {
  it('two pin traces on one chip draw the same, and the one that stays goes on', () => {
    const { lab, board, ping } = bench()
    const traces = [vcd(), vcd()].map(({ writer, text }) => {
      const trace = new PinTrace({ clock: lab.clock, chip: board.chip, writer })
      return { trace, text, end: () => writer.close(lab.now) }
    })
    const [leaves, stays] = goes === 'first' ? traces : traces.toReversed()
    ping()
    leaves.trace.close()
    leaves.end()
    ping()
    stays.trace.close()
    stays.end()
    expect(changes(leaves.text(), 'SCK')).toBeGreaterThan(1000)
    expect(changes(leaves.text(), 'INT')).toBeGreaterThan(1)
    expect(changes(leaves.text(), 'LEDB')).toBeGreaterThan(1)
    // Up to where the first of them ends they are one text.
    const begin = leaves.text().split('\n').slice(0, -3).join('\n')
    expect(stays.text().startsWith(begin)).toBe(true)
    for (const pin of ['SCK', 'INT']) expect(changes(stays.text(), pin)).toBeGreaterThan(changes(leaves.text(), pin))
  })

  it('two captures on one cable hold the same frames, and the one that stays goes on', () => {
    const { cable, ping } = bench()
    const captures = [pcapng(), pcapng()].map(({ writer, frames }) => ({
      capture: new CableCapture({ cable, writer, ports: { a: 'uno' } }),
      frames,
    }))
    const [leaves, stays] = goes === 'first' ? captures : captures.toReversed()
    ping()
    leaves.capture.close()
    ping()
    stays.capture.close()
    const early = leaves.frames()
    expect(early.length).toBeGreaterThanOrEqual(2) // an echo and its reply; ARP before them
    expect(stays.frames().slice(0, early.length)).toEqual(early)
    expect(stays.frames().length).toBeGreaterThanOrEqual(early.length + 2)
  })

  it('a user’s onFrame and a capture see the same frames, and the one that stays goes on', () => {
    const { cable, ping } = bench()
    const seen: number[] = []
    const file = pcapng()
    let capture: CableCapture | undefined
    let remove: () => void = () => {}
    const subscribe = () => {
      remove = cable.onFrame(({ at, direction }) => direction === 'a-to-b' && seen.push(at))
    }
    const record = () => {
      capture = new CableCapture({ cable, writer: file.writer, ports: { a: 'uno' } })
    }
    if (goes === 'first') {
      subscribe()
      record()
    } else {
      record()
      subscribe()
    }
    const sent = () => file.frames().filter(({ at }) => seen.includes(at)).length
    ping()
    // Once the user goes first, once the capture.
    if (goes === 'first') remove()
    else capture?.close()
    const early = seen.length
    ping()
    if (goes === 'first') {
      capture?.close()
      expect(seen.length).toBe(early)
      expect(file.frames().length).toBeGreaterThanOrEqual(4)
    } else {
      expect(seen.length).toBeGreaterThan(early)
      expect(sent()).toBe(early)
    }
    expect(early).toBeGreaterThan(0)
  })

  it('two traces of one cable draw the same', () => {
    const { lab, cable, ping } = bench()
    const traces = [vcd(), vcd()].map(({ writer, text }) => {
      const random = lab.random.fork('trace')
      return { trace: new PairTrace({ clock: lab.clock, cable, writer, random, sampleRate: 20_000_000 }), text }
    })
    const [leaves, stays] = goes === 'first' ? traces : traces.toReversed()
    ping()
    leaves.trace.close()
    ping()
    stays.trace.close()
    expect(leaves.text().length).toBeGreaterThan(10_000)
    expect(stays.text().startsWith(leaves.text())).toBe(true)
    expect(stays.text().length).toBeGreaterThan(leaves.text().length + 10_000)
  })

  it.each([
    'uart-txd',
    'uart-rxd',
    'rs232-txd',
    'rs232-rxd',
    'dtr',
    'vcc',
    '3v3',
    'spi-cs',
    'spi-miso',
    'int',
    'td',
    'rd',
  ])('two scope probes on %s show the same, and the one that stays goes on', (name) => {
    const it = bench()
    const { lab, board } = it
    const probes = [0, 1].map(() => openProbes(it, [name], () => 'shown')[0])
    const [leaves, stays] = goes === 'first' ? probes : probes.toReversed()
    const begin = lab.now
    /** Something for each conductor. */
    const stir = () => {
      const { a, b } = board.uart
      a.modem.set('dtr', !a.modem.get('dtr'))
      a.write(Uint8Array.of(0x55, 0xa3))
      b.write(Uint8Array.of(0x3c))
      it.ping()
      board.sagSupply(2.5, MILLISECOND)
      lab.runFor(100 * MILLISECOND)
      lab.runUntil(() => board.state.matches({ on: { link: 'up' } }), SECONDS_TO_LINK * SECOND)
    }
    const marks = (probe: ScopeProbe, to: number) => probe.rows({ from: begin, to }).flatMap((row) => row.marks)
    stir()
    leaves.stop()
    const then = lab.now
    const early = marks(leaves, then)
    expect(early.length).toBeGreaterThan(0)
    expect(leaves.firstActivity).toBe(stays.firstActivity)
    lab.runFor(MILLISECOND)
    stir()
    stays.stop()
    expect(marks(leaves, then)).toEqual(early)
    expect(marks(stays, then)).toEqual(early)
    expect(marks(stays, lab.now).length).toBeGreaterThan(marks(leaves, lab.now).length)
  })
})
