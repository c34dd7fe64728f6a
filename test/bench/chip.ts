/**
 * The chip alone: frames saturate it both ways, and a host with nothing but opcodes reads and writes every one of them
 * over SPI that takes no time. And the pin front end: every edge of an 8 MHz SPI clock at its own instant.
 */
import { Enc28j60 } from '../../boards/chips/enc28j60/enc28j60.js'
import { Cable } from '../../boards/ethernet/cable.js'
import { Station } from '../../boards/ethernet/station.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { SECOND } from '../../firmware/hal/clock.js'
import { NO_ERRATA } from '../support/no-errata.js'
import { type BenchFigure, type Benchmark, medianOf, timed } from './figure.js'

const ADDRESS = Uint8Array.of(2, 0, 0, 0, 0, 1)
const PARTNER = Uint8Array.of(2, 0, 0, 0, 0, 2)
const RUNS = 3
const FIFO_END = 0x17ff
const TRANSMIT = 0x1800

function powered(): { clock: Scheduler; chip: Enc28j60; random: SeededRandom } {
  const clock = new Scheduler()
  const random = new SeededRandom(1)
  const chip = new Enc28j60({ clock, random: random.fork('chip'), errata: NO_ERRATA })
  chip.powerOn()
  clock.runFor(1_000_000)
  return { clock, chip, random }
}

function frameOf(octets: number, to: Uint8Array, from: Uint8Array): Uint8Array {
  const frame = new Uint8Array(octets - 4)
  frame.set(to)
  frame.set(from, 6)
  frame.set([0x88, 0xb5], 12) // local experimental EtherType (IEEE 802)
  return frame
}

/** Virtual seconds per real second, and the frames that went through in both directions per virtual second. */
function saturated(octets: number, seconds: number): { speed: number; frames: number } {
  const { clock, chip, random } = powered()
  const send = (...octets: number[]) => chip.transfer(Uint8Array.from(octets), 0)
  const pair = (address: number, value: number) => {
    send(0x40 | address, value & 0xff)
    send(0x41 | address, value >> 8)
  }
  // Full duplex, receive buffer 0000h to 17FFh, own address or broadcast, good FCS (DS39662 6.0).
  pair(0x08, 0)
  pair(0x0a, FIFO_END)
  pair(0x0c, FIFO_END)
  send(0x9f, 2)
  send(0x40, 0x0d)
  send(0x42, 0x33)
  send(0x44, 0x15)
  send(0x46, 0x12)
  pair(0x0a, 0x05ee)
  send(0x54, 0x00) // PHCON1 = 0100h: PDPXMD
  send(0x56, 0x00)
  send(0x57, 0x01)
  clock.runFor(20_000)
  send(0x9f, 3)
  for (const [index, address] of [4, 5, 2, 3, 0, 1].entries()) send(0x40 | address, ADDRESS[index])
  send(0xbf, 3)
  send(0x5b, 0xc8) // INTIE, PKTIE, TXIE
  send(0x9f, 0x04) // RXEN

  const station = new Station({ clock, random: random.fork('station'), address: PARTNER, duplex: 'full' })
  new Cable({ clock, random: random.fork('cable') }).plug(chip.port, station.port)
  clock.runFor(SECOND / 2)

  const toChip = frameOf(octets, ADDRESS, PARTNER)
  const write = new Uint8Array(2 + octets - 4)
  write.set([0x7a, 0x00]) // WBM, control octet
  write.set(frameOf(octets, PARTNER, ADDRESS), 2)
  const header = Uint8Array.of(0x3a)
  let read = 0
  let sent = 0
  pair(0x00, 0)
  pair(0x04, TRANSMIT)
  pair(0x06, TRANSMIT + octets - 4)
  const transmit = () => {
    pair(0x02, TRANSMIT)
    chip.transfer(write, 0)
    send(0xbc, 0x0a)
    send(0x9f, 0x08)
  }
  const serve = () => {
    send(0xbb, 0x80)
    for (;;) {
      const flags = chip.transfer(Uint8Array.of(0x1c), 1)[0]
      if ((flags & 0x08) !== 0) {
        sent++
        transmit()
      }
      if ((flags & 0x40) === 0) break
      const status = chip.transfer(header, 6)
      const next = status[0] | (status[1] << 8)
      const length = status[2] | (status[3] << 8)
      chip.transfer(header, length + (length & 1))
      read++
      pair(0x0c, next === 0 ? FIFO_END : next - 1)
      send(0x9e, 0x40)
    }
    send(0x9b, 0x80)
  }
  chip.onInterrupt((high) => {
    if (!high) clock.after(0, serve)
  })
  const fill = () => {
    while (station.pending < 2) station.send(toChip)
  }
  station.onSent(fill)
  fill()
  transmit()
  clock.runFor(seconds * SECOND * 0.2) // the engine has compiled what it will use
  read = sent = 0
  const { seconds: real } = timed(() => clock.runFor(seconds * SECOND))
  return { speed: seconds / real, frames: (read + sent) / seconds }
}

/** Virtual seconds per real second of an endless buffer read over the pins, at 8 MHz: edges every 62.5 ns. */
function pins(megaOctets: number): number {
  const { clock, chip } = powered()
  const { spiPins } = chip
  const clockOctet = (octet: number) => {
    for (let bit = 7; bit >= 0; bit--) {
      spiPins.setSi(((octet >> bit) & 1) === 1)
      clock.runFor(62)
      spiPins.setSck(true)
      clock.runFor(63)
      spiPins.setSck(false)
    }
  }
  spiPins.setCs(false)
  clock.runFor(100)
  clockOctet(0x3a)
  for (let i = 0; i < 100_000; i++) clockOctet(i)
  const octets = megaOctets * 1e6
  const begin = clock.now
  const { seconds } = timed(() => {
    for (let i = 0; i < octets; i++) clockOctet(i)
  })
  if (chip.findings.length > 0) throw new Error(`the bench broke a rule: ${chip.findings[0].id}`)
  return (clock.now - begin) / SECOND / seconds
}

function traffic(octets: number, aim: string): BenchFigure {
  const runs = Array.from({ length: RUNS }, () => saturated(octets, octets > 1000 ? 20 : 3))
  const speed = medianOf(runs.map((run) => run.speed))
  const wire = 2e9 / ((octets + 8) * 800 + 9_600)
  return {
    name: `chip, ${octets}-octet frames both ways`,
    value: speed,
    unit: 'virtual s/s',
    against: `real time (1), with ${Math.round(runs[0].frames)} frames/s of ${Math.round(wire)} the wire carries`,
    ratio: speed,
    aim,
  }
}

export const chipModel: Benchmark = {
  name: 'chip',
  run() {
    const speed = medianOf(Array.from({ length: RUNS }, () => pins(2)))
    const edges: BenchFigure = {
      name: 'chip, pin edges of an 8 MHz SPI',
      value: speed,
      unit: 'virtual s/s',
      against: 'real time (1), 16 million edges of SCK a second',
      ratio: speed,
      aim: 'at least 1',
    }
    return [traffic(1518, 'at least 50'), traffic(64, 'at least 10'), edges]
  },
}
