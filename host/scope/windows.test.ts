/** No drawing depends on where its window begins: what is decoded in it is what the whole recording has there. */
import { describe, expect, it } from 'vitest'
import { PinListeners } from '../../boards/chips/enc28j60/pins.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { TracedChip } from '../capture/pin-trace.js'
import { openTarget } from '../target/open-target.js'
import { type ChipPin, ChipPins, PinProbe } from './pins-probe.js'
import { placeIn, type ScopeProbe, type ScopeWindow } from './probe.js'
import { recordScope } from './record.js'

/** What rows say in a window, row by row: each mark as far as it lies in it. */
function said(probe: ScopeProbe, recorded: ScopeWindow, window: ScopeWindow): Record<string, string[]> {
  const rows: Record<string, string[]> = {}
  for (const { name, marks } of probe.rows(recorded)) {
    rows[name] = marks
      .filter(({ from, to }) =>
        from === to ? from > window.from && from < window.to : to > window.from && from < window.to,
      )
      .map(({ from, to, text, wrong }) => {
        const begin = Math.max(window.from, from)
        const end = Math.min(window.to, to)
        return `${begin.toFixed(3)} ${end.toFixed(3)} ${text}${wrong ? ' wrong' : ''}`
      })
      .sort()
    if (rows[name].length === 0) delete rows[name]
  }
  return rows
}

const isStartOfIdle = ({ text }: { readonly text: string }) => text === 'start of idle'

const volts = ({ trace }: ScopeProbe, { from, to }: ScopeWindow) =>
  Array.from({ length: 50 }, (_, i) => trace.at(from + ((i + 0.5) * (to - from)) / 50).toFixed(6))

describe('what is decoded in a window', () => {
  /** Selects of up to 120 octets at 100 kHz, 9.6 ms each, watched with a window. */
  function watched(window: ScopeWindow): Record<'spi-si' | 'spi-so' | 'spi-cs', PinProbe> {
    const clock = new Scheduler()
    const wires = new PinListeners()
    const chip: TracedChip = {
      observePins: (observer) => wires.add(observer),
      interruptHigh: true,
      spiClock: 100_000,
      clkoutHertz: 0,
    }
    const pins = new ChipPins(clock, chip, (from, to) => placeIn(window, from, to))
    const probe = (name: string, pin: ChipPin) =>
      new PinProbe(pins, { name, title: '', pin, supply: 5, floating: 3.3, end: 'chip' })
    const probes = { 'spi-si': probe('spi-si', 'SI'), 'spi-so': probe('spi-so', 'SO'), 'spi-cs': probe('spi-cs', 'CS') }
    const random = new SeededRandom(5)
    for (let select = 0; select < 12; select++) {
      wires.chipSelect.tell(false)
      const length = 1 + random.below(120)
      for (let octet = 0; octet < length; octet++) {
        clock.runFor(80_000)
        wires.exchange.tell(random.below(256), octet === 0 ? undefined : random.below(256))
      }
      clock.runFor(5_000)
      wires.chipSelect.tell(true)
      clock.runFor(random.below(3) * MILLISECOND)
    }
    pins.stop()
    return probes
  }

  it('is the same wherever it begins: SPI selects that last longer than any look back', () => {
    const whole = { from: 0, to: 200 * MILLISECOND }
    const all = watched(whole)
    const random = new SeededRandom(1)
    let octets = 0
    for (let i = 0; i < 150; i++) {
      const from = random.below(60 * MILLISECOND)
      const window = { from, to: from + 10_000 + random.below(2 * MILLISECOND) }
      const part = watched(window)
      for (const name of ['spi-si', 'spi-so', 'spi-cs'] as const) {
        const seen = said(part[name], window, window)
        expect(seen, `${name} from ${window.from} to ${window.to}`).toEqual(said(all[name], whole, window))
        expect(volts(part[name], window)).toEqual(volts(all[name], window))
        octets += seen.octets?.length ?? 0
      }
    }
    expect(octets).toBeGreaterThan(1000)
  })

  it('is the same wherever it begins, on every kind of probe of a board that is checked', async () => {
    const probes = ['rd', 'td', 'uart-txd', 'rs232-rxd', 'spi-si', 'spi-so', 'spi-cs', 'int', 'leda', 'dtr', '3v3']
    const recorded = async (window: ScopeWindow) => {
      const target = await openTarget('model:uno')
      try {
        return (await recordScope(target, { probes, window, during: 'mac.receive' })).probes
      } finally {
        await target.close()
      }
    }
    // The request and its answer are on the wire in it.
    const whole = { from: 2_450 * MILLISECOND, to: 2_850 * MILLISECOND }
    const all = await recorded(whole)
    const random = new SeededRandom(2)
    // Around things that happen: a mark of each row, and anywhere in it.
    const places = all.flatMap((probe) =>
      probe.rows(whole).flatMap(({ marks }) => {
        if (marks.length === 0) return []
        const { from, to } = marks[random.below(marks.length)]
        return [Math.max(whole.from, Number.isFinite(from) ? from + random.float() * (to - from) : to / 2)]
      }),
    )
    // What stands behind the last bit of a frame, and is no bit of it.
    const idles = all.flatMap((probe) => probe.rows(whole)).flatMap(({ marks }) => marks.filter(isStartOfIdle))
    expect(idles.length).toBeGreaterThan(1)
    const ends = [idles[0], idles[idles.length - 1]].map(({ from, to }) => (from + to) / 2)
    const seen = new Set<string>()
    // Every second row: of each kind of probe there is one.
    for (const from of [...places.filter((_, i) => i % 2 === 0), ...ends]) {
      const window = { from, to: Math.min(whole.to, from + 1_000 * 10 ** (3 * random.float())) }
      const part = await recorded(window)
      for (const [i, probe] of part.entries()) {
        const here = said(probe, window, window)
        for (const row of Object.keys(here)) seen.add(`${probe.name} ${row}`)
        expect(here, `${probe.name} from ${window.from} to ${window.to}`).toEqual(said(all[i], whole, window))
        expect(volts(probe, window), probe.name).toEqual(volts(all[i], window))
      }
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['rd bits', 'rd fields', 'uart-txd octets', 'spi-si octets', 'spi-si instruction']),
    )
  })
})
