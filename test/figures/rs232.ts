/** Three octets on a serial line, at the UART's pin and behind an RS-232 driver, one of them hit by noise. */
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { SerialProbe } from '../../host/scope/serial-probe.js'
import { scopePictureSvg } from '../../host/scope/svg.js'

const BAUD = 115_200

export function rs232Figure(): string {
  const clock = new Scheduler()
  const framing = { dataBits: 8, parity: 'even', stopBits: 1 } as const
  const line = new UartLine({ clock, random: new SeededRandom(1), baud: BAUD, framing })
  const probes = [
    new SerialProbe(line, 'a-to-b', { name: 'TXD at the pin', title: '', rs232: false }, () => 'shown'),
    new SerialProbe(line, 'a-to-b', { name: 'TXD at the DE-9', title: '', rs232: true }, () => 'shown'),
  ]
  clock.runFor(10_000)
  line.a.write(Uint8Array.from('LP', (letter) => letter.charCodeAt(0)))
  clock.runFor((22 * SECOND) / BAUD)
  line.setFaults({ bitErrorRate: 0.1 })
  line.a.write(Uint8Array.of(0x21))
  clock.runFor(MILLISECOND)
  const window = { from: 0, to: 320_000 }
  return scopePictureSvg({
    title: '“LP!” at 115,200 baud, 8E1; noise has turned a bit of the “!” over',
    panels: probes.map((probe) => ({
      name: probe.name,
      levels: probe.levels,
      points: probe.trace.points(window.from, window.to),
      rows: probe.rows(),
    })),
    ...window,
    origin: '',
  })
}
