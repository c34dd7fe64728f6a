import { describe, expect, it } from 'vitest'
import { MODEM_CABLES } from '../../boards/rs232/modem-lines.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import { SimulatedLine } from './simulated-line.js'

function bench() {
  const clock = new Scheduler()
  const modem = MODEM_CABLES['null-modem']
  const { a, b } = new UartLine({ clock, random: new SeededRandom(1), baud: 9600, modem, granularity: 1 })
  let delivered = 0
  const onDelivered = () => {
    delivered++
  }
  const line = new SimulatedLine({ end: a, clock, baud: 1_000_000, onDelivered })
  b.setBaud(1_000_000)
  return { clock, a, b, line, delivered: () => delivered }
}

describe('this computer’s end of a simulated line', () => {
  it('takes 10 bit times an octet (8N1), and says when octets were handed over', () => {
    const { clock, b, line, delivered } = bench()
    b.handleOctets = (octets) => b.write(octets)
    const at: number[] = []
    line.handleOctets = () => at.push(clock.now)
    line.write(Uint8Array.of(0x42))
    clock.runFor(MILLISECOND)
    expect(at).toEqual([20 * MICROSECOND])
    expect(delivered()).toBe(1)
  })

  it('has DTR and RTS on while it is open, and lets them be set one by one', async () => {
    const { b, line } = bench()
    // A null modem: RTS is the other end's CTS, DTR its DSR.
    const outputs = () => [b.modem.get('cts'), b.modem.get('dsr')]
    expect(outputs()).toEqual([true, true])
    await line.set({ rts: false })
    expect(outputs()).toEqual([false, true])
    await line.set({ rts: true, dtr: false })
    expect(outputs()).toEqual([true, false])
    b.modem.set('rts', true)
    expect(await line.get()).toMatchObject({ cts: true, dsr: false })
    line.close()
    expect(outputs()).toEqual([false, false])
  })

  it('changes its rate between octets: those before at the old one, those after at the new one', () => {
    const { clock, a, line } = bench()
    const rates: [number, number][] = []
    line.write(new Uint8Array(4))
    line.setBaud(500_000)
    line.write(new Uint8Array(2))
    expect(line.baud).toBe(500_000)
    expect(line.pending).toBe(5) // the first one is on the line
    for (let i = 0; i < 10; i++) {
      clock.runFor(10 * MICROSECOND)
      rates.push([a.baud, line.pending])
    }
    // Four octets of 10 µs, and two of 20.
    expect(rates.slice(0, 3).map(([baud]) => baud)).toEqual([1_000_000, 1_000_000, 1_000_000])
    expect(rates.slice(5).every(([baud]) => baud === 500_000)).toBe(true)
    expect(rates.at(-1)).toEqual([500_000, 0])
  })

  it('keeps octets until somebody reads, and counts those for which there is no room', () => {
    const { clock, b, line } = bench()
    b.write(new Uint8Array(65_536).fill(7))
    b.write(new Uint8Array(100).fill(8))
    clock.runFor(700 * MILLISECOND)
    expect(line.counters.unreadOctets).toBe(100)
    let octets = 0
    line.handleOctets = (part) => {
      octets += part.length
      expect(part.every((octet) => octet === 7)).toBe(true)
    }
    expect(octets).toBe(0) // not from inside the assignment
    clock.runFor(0)
    expect(octets).toBe(65_536)
  })

  it('takes nothing any more once it is closed, and counts it', () => {
    const { clock, b, line } = bench()
    let heard = 0
    b.handleOctets = (octets) => {
      heard += octets.length
    }
    line.close()
    line.write(new Uint8Array(3))
    clock.runFor(MILLISECOND)
    expect(heard).toBe(0)
    expect(line.counters.closedOctets).toBe(3)
  })

  it('hands over whole cells where whoever finds them is sure of where they begin', () => {
    const { clock, b, line } = bench()
    const lengths: number[] = []
    line.handleOctets = (octets) => lengths.push(octets.length)
    line.cutCells({ synchronised: true, held: 0 })
    b.write(new Uint8Array(130))
    clock.runFor(2 * MILLISECOND)
    expect(lengths).toEqual([64, 64])
    line.cutCells(undefined)
    b.write(new Uint8Array(2))
    clock.runFor(MILLISECOND)
    expect(lengths).toEqual([64, 64, 1, 1])
  })
})
