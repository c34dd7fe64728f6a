/** Between the controller and the chip: wires, solder, what else is on the bus, and the controller’s SPI port. */
import { OPCODE } from '../../../firmware/enc28j60/registers.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { atChipPins, atControllerPins, everyNth, interruptWire, repeat } from './instruments.js'
import type { Unlisted } from './unlisted.js'

/** From a bit on everything comes `by` bits later (or, below zero, earlier); what moves in is `fill`. */
function shifted(octets: Uint8Array, from: number, by: 1 | -1, fill: 0 | 1): Uint8Array {
  const bit = (at: number): number =>
    at < 0 || at >= octets.length * 8 ? fill : (octets[at >> 3] >> (7 - (at & 7))) & 1
  const out = new Uint8Array(octets.length)
  for (let at = 0; at < octets.length * 8; at++) {
    const taken = at < from ? bit(at) : at === from && by > 0 ? bit(at - 1) : bit(at - by)
    out[at >> 3] |= taken << (7 - (at & 7))
  }
  return out
}

export const SPI_UNLISTED: readonly Unlisted[] = [
  {
    name: 'miso-lifts-with-frames',
    layer: 'spi',
    side: 'board',
    otherSides: ['wire'],
    title:
      'the LEDs pull the ground of the chip up: for 300 µs behind each frame on the pair one zero of MISO in 60 reads as one',
    hurts: true,
    neighbours: ['spi-noise', 'miso-weak'],
    apply: (bench, random) => {
      let endedAt = Number.NEGATIVE_INFINITY
      bench.cable.onFrame(() => {
        endedAt = bench.lab.now
      })
      atChipPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        if (bench.lab.now - endedAt > 300 * MICROSECOND) return reply
        return reply.map((octet) => {
          let out = octet
          for (let bit = 0; bit < 8; bit++) if (random.below(60) === 0) out |= 1 << bit
          return out
        })
      })
    },
  },
  {
    name: 'sck-loses-edge-in-bursts',
    layer: 'spi',
    side: 'wire',
    otherSides: ['board'],
    title: 'ground bounces in long bursts: behind 200 octets an edge of SCK is lost, and what is read is a bit late',
    hurts: true,
    neighbours: ['spi-noise', 'sck-rings', 'spi-wire-loose'],
    apply: (bench) =>
      atChipPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        return read <= 200 ? reply : shifted(reply, 200 * 8, 1, 1)
      }),
  },
  {
    name: 'cs-pulse-too-short',
    layer: 'spi',
    side: 'board',
    otherSides: ['wire'],
    title: 'CS is high for too short a time before each 700th frame: the chip does not notice that another begins',
    hurts: true,
    neighbours: ['spi-noise', 'cs-glitches', 'spi-wire-loose'],
    apply: (bench) => {
      const missed = everyNth(700)
      atChipPins(bench, (sound) => (write, read) => (missed() ? new Uint8Array(read).fill(0xff) : sound(write, read)))
    },
  },
  {
    name: 'miso-remembers',
    layer: 'spi',
    side: 'wire',
    title: 'MISO is slow to fall behind eight ones: the first zero after FFh reads as one',
    hurts: true,
    neighbours: ['spi-noise', 'spi-too-fast', 'miso-weak'],
    apply: (bench) =>
      atChipPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        for (let at = 1; at < reply.length; at++) if (reply[at - 1] === 0xff) reply[at] |= 0x80
        return reply
      }),
  },
  {
    name: 'joint-fails-when-warm',
    layer: 'spi',
    side: 'wire',
    otherSides: ['board'],
    title: 'a cold joint of the SPI wires is sound for three seconds, then warm and noisy',
    hurts: true,
    neighbours: ['spi-noise', 'spi-wire-loose'],
    apply: ({ lab, board }) => {
      lab.clock.after(3 * SECOND, () => {
        board.wires.bitErrorRate = 1e-4
      })
    },
  },
  {
    name: 'other-device-on-bus',
    layer: 'spi',
    side: 'board',
    otherSides: ['wire'],
    title: 'a second device on the SPI bus drives MISO low in each 300th frame',
    hurts: true,
    neighbours: ['spi-noise', 'spi-wire-loose'],
    apply: (bench) => {
      const butts = everyNth(300)
      atChipPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        return butts() ? reply.fill(0) : reply
      })
    },
  },
  {
    name: 'level-shifter-sleeps',
    layer: 'spi',
    side: 'board',
    otherSides: ['wire'],
    title: 'the level shifter in MISO sleeps after 1 ms of rest and swallows the first bit it is to pass',
    hurts: false,
    neighbours: ['spi-noise', 'miso-weak'],
    apply: (bench) => {
      let last = 0
      atChipPins(bench, (sound) => (write, read) => {
        const { now } = bench.lab.clock
        const reply = sound(write, read)
        if (now - last > MILLISECOND && reply.length > 0) reply[0] &= 0x7f
        last = now
        return reply
      })
    },
  },
  {
    name: 'mosi-weak-after-ones',
    layer: 'spi',
    side: 'wire',
    otherSides: ['board'],
    title: 'MOSI sags after long runs of ones: behind three octets FFh a zero bit is taken as one',
    hurts: false,
    neighbours: ['spi-noise'],
    apply: (bench) =>
      atChipPins(bench, (sound) => (write, read) => {
        const heard = write.slice()
        for (let at = 3; at < heard.length; at++)
          if (write[at - 1] === 0xff && write[at - 2] === 0xff && write[at - 3] === 0xff) heard[at] |= 0x80
        return sound(heard, read)
      }),
  },
  {
    name: 'mosi-tail-lost',
    layer: 'spi',
    side: 'board',
    title: 'the controller raises CS too early behind long writes: their last octet does not count',
    hurts: true,
    neighbours: ['cs-glitches'],
    apply: (bench) =>
      atControllerPins(
        bench,
        (sound) => (write, read) => sound(write.length > 250 ? write.subarray(0, -1) : write, read),
      ),
  },
  {
    name: 'spi-port-repeats-octet',
    layer: 'spi',
    side: 'board',
    title: 'the controller’s SPI port loads one octet twice in transfers of more than 120 octets',
    hurts: true,
    neighbours: [],
    apply: (bench) =>
      atControllerPins(bench, (sound) => (write, read) => {
        if (write.length <= 120) return sound(write, read)
        return sound(Uint8Array.from([...write.subarray(0, 100), write[99], ...write.subarray(100, -1)]), read)
      }),
  },
  {
    name: 'int-falls-late',
    layer: 'spi',
    side: 'wire',
    otherSides: ['board'],
    title: 'a capacitor hangs on INT: it falls 30 ms late',
    hurts: false,
    neighbours: ['int-open'],
    apply: (bench) => {
      const { lab, board } = bench
      const wire = interruptWire(bench)
      board.chip.onInterrupt((high) => {
        if (high) wire.drive(true)
        else lab.clock.after(30 * MILLISECOND, () => wire.drive(false))
      })
    },
  },
  {
    name: 'int-misses-some',
    layer: 'spi',
    side: 'board',
    otherSides: ['wire'],
    title: 'the controller does not see each third fall of INT',
    hurts: true,
    neighbours: ['int-open'],
    apply: (bench) => {
      const { board } = bench
      const wire = interruptWire(bench)
      const missed = everyNth(3)
      board.chip.onInterrupt((high) => {
        if (high) wire.drive(true)
        else if (!missed()) wire.drive(false)
      })
    },
  },
  {
    name: 'int-spikes',
    layer: 'spi',
    side: 'wire',
    title: 'SCK couples into INT: spikes of 5 µs every 700 µs, without an event of the chip',
    hurts: false,
    neighbours: [],
    apply: (bench) => {
      const { lab, board } = bench
      const wire = interruptWire(bench)
      let chipHigh = true
      board.chip.onInterrupt((high) => {
        chipHigh = high
        wire.drive(high)
      })
      repeat(bench, 700 * MICROSECOND, () => {
        if (!chipHigh) return
        wire.drive(false)
        lab.clock.after(5 * MICROSECOND, () => wire.drive(chipHigh))
      })
    },
  },
  {
    name: 'int-rises-late',
    layer: 'spi',
    side: 'wire',
    otherSides: ['board'],
    title: 'INT has no strong pull-up: it stays low for 25 ms after the chip has released it',
    hurts: false,
    neighbours: ['int-stuck-low'],
    apply: (bench) => {
      const { lab, board } = bench
      const wire = interruptWire(bench)
      let chipHigh = true
      board.chip.onInterrupt((high) => {
        chipHigh = high
        if (!high) wire.drive(false)
        else {
          // The wire has followed the chip at once; back it goes, and up when the pull-up has had its time.
          wire.drive(false)
          lab.clock.after(25 * MILLISECOND, () => {
            if (chipHigh) wire.drive(true)
          })
        }
      })
    },
  },
  {
    name: 'stray-octet-in-frame',
    layer: 'spi',
    side: 'board',
    title: 'another library in the firmware sends one octet 00h in front of each 800th frame, while CS is low already',
    hurts: true,
    neighbours: ['spi-noise', 'sck-rings', 'cs-glitches'],
    apply: (bench) => {
      const strays = everyNth(800)
      atControllerPins(
        bench,
        (sound) => (write, read) => sound(strays() ? Uint8Array.from([OPCODE.RCR, ...write]) : write, read),
      )
    },
  },
  {
    name: 'bus-idles-on-wrong-level',
    layer: 'spi',
    side: 'board',
    title: 'the controller writes one octet FFh too many in front of each 900th frame: a system reset',
    hurts: true,
    neighbours: ['chip-brown-out', 'reset-glitch'],
    apply: (bench) => {
      const strays = everyNth(900)
      atControllerPins(bench, (sound) => (write, read) => {
        if (strays()) sound(Uint8Array.of(OPCODE.SRC), 0)
        return sound(write, read)
      })
    },
  },
]
