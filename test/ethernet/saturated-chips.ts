/** Two ENC28J60 on a hub that always have something to send, and what came of it: seen on their cables. */
import { Cable } from '../../boards/ethernet/cable.js'
import { Hub } from '../../boards/ethernet/hub.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { DataSheetBench, ECON1, EIE, EIR, ESTAT, MACON4, MS } from '../chip/bench.js'
import { body, CHIP, PEER } from '../chip/frames.js'
import { CABLE } from './saturated-hub.js'

export interface MeasuredChips {
  readonly frames: readonly [number, number]
  readonly collisions: number
  readonly efficiency: number
}

/** Runs for `duration` nanoseconds after the links are up. No errata: it is the MAC that is judged. */
export function saturatedChips(octets: number, duration: number, seed: number): MeasuredChips {
  const first = new DataSheetBench({ seed, name: 'a' })
  const clock = first.scheduler
  const hub = new Hub({ clock, ports: 2 })
  const benches = [first, new DataSheetBench({ seed: seed + 1_000, name: 'b', scheduler: clock })]
  const frames: [number, number] = [0, 0]
  let fragments = 0
  let counting = false
  for (const [i, bench] of benches.entries()) {
    bench.chip.port.medium = undefined // the bench's own wire
    const cable = new Cable({ clock, random: new SeededRandom(seed), length: CABLE })
    cable.plug(bench.chip.port, hub.ports[i])
    bench.configure({ duplex: 'half', address: i === 0 ? CHIP : PEER, fifo: [0x0000, 0x0bff] })
    bench.write('MACON4', MACON4.DEFER)
    bench.clear('ECON1', ECON1.RXEN)
    cable.onFrame(({ direction, sent }) => {
      if (!counting || direction !== 'a-to-b') return
      if (sent.length === octets) frames[i]++
      else fragments++
    })
  }
  first.run(300 * MS)
  for (const [i, bench] of benches.entries()) {
    const again = () => {
      bench.clear('EIR', EIR.TXIF | EIR.TXERIF)
      bench.clear('ESTAT', ESTAT.TXABRT | ESTAT.LATECOL)
      bench.set('ECON1', ECON1.TXRTS)
    }
    bench.load(i === 0 ? body({ da: PEER, sa: CHIP, length: octets }) : body({ da: CHIP, sa: PEER, length: octets }))
    bench.chip.onInterrupt((high) => {
      if (!high) clock.after(0, again)
    })
    bench.write('EIE', EIE.INTIE | EIE.TXIE)
    again()
  }
  first.run(50 * MS)
  counting = true
  first.run(duration)
  return { frames, collisions: fragments / 2, efficiency: ((frames[0] + frames[1]) * octets * 800) / duration }
}
