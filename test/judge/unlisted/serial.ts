/** On the serial line, at either of its ends, and in the computer behind it. */

import { FRAMING_8N1 } from '../../../boards/rs232/framing.js'
import { LineReception, type TakeLevel } from '../../../boards/rs232/reception.js'
import { LINE_STANDARDS } from '../../../boards/rs232/standards.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import { sin } from '../../../firmware/math/elementary.js'
import { atReceiver, atTransmitter, everyNth, repeat } from './instruments.js'
import type { Unlisted } from './unlisted.js'

const XON = 0x11
const XOFF = 0x13
const RETURN = 0x0d
const LINE_FEED = 0x0a

/** A phototransistor: fast to turn on, slow and never equally slow to turn off. */
class SlowToMark extends LineReception {
  readonly #random: Random
  #before = 1

  constructor(random: Random) {
    const { driver, receiver } = LINE_STANDARDS.ttl
    super({ driver, receiver })
    this.#random = random
  }

  override clearAt(): boolean {
    return false
  }

  override pass(level: number, from: number, to: number, take: TakeLevel): void {
    const late = level === 1 && this.#before === 0 ? 2_800 + this.#random.below(1_100) : 0
    this.#before = level
    const turned = Math.min(to, from + late)
    if (turned > from) take(0, from, turned)
    if (to > turned) take(level, turned, to)
  }
}

export const SERIAL_UNLISTED: readonly Unlisted[] = [
  {
    name: 'uart-transmit-bit-stuck',
    layer: 'serial',
    side: 'board',
    title: 'bit 3 of the transmit register of the board’s UART is stuck at 1',
    hurts: true,
    neighbours: [],
    apply: ({ board }) => atTransmitter(board.uart.b, (octets) => octets.map((octet) => octet | 0x08)),
  },
  {
    name: 'adapter-receive-bit-stuck',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'bit 5 of the receive register of the USB adapter is stuck at 0',
    hurts: true,
    neighbours: [],
    apply: ({ board }) => atReceiver(board.uart.a, (octets) => octets.map((octet) => octet & ~0x20)),
  },
  {
    name: 'adapter-repeats-last',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'the FIFO of the adapter gives the octet before in place of each 500th',
    hurts: false,
    neighbours: ['serial-noise', 'serial-tx-noise'],
    apply: ({ board }) => {
      const struck = everyNth(500)
      let before = 0
      atReceiver(board.uart.a, (octets) =>
        octets.map((octet) => {
          const out = struck() ? before : octet
          before = octet
          return out
        }),
      )
    },
  },
  {
    name: 'adapter-swaps-octets',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'the adapter’s driver puts two octets in the wrong order now and then',
    hurts: false,
    neighbours: ['serial-noise', 'serial-tx-noise'],
    apply: ({ board }, random) =>
      atReceiver(board.uart.a, (octets) => {
        if (octets.length < 2 || random.below(40) !== 0) return octets
        const out = octets.slice()
        const at = random.below(out.length - 1)
        out[at] = octets[at + 1]
        out[at + 1] = octets[at]
        return out
      }),
  },
  {
    name: 'adapter-delivers-twice',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'a USB transfer of the adapter is delivered twice now and then',
    hurts: true,
    neighbours: ['serial-noise', 'serial-tx-noise', 'serial-insertions'],
    apply: ({ board }, random) =>
      atReceiver(board.uart.a, (octets) => (random.below(60) === 0 ? [...octets, ...octets] : octets)),
  },
  {
    name: 'board-clock-warms-up',
    layer: 'serial',
    side: 'board',
    title: 'the RC oscillator of the board is right when cold and 5.5 % too fast when warm, half a second later',
    hurts: true,
    neighbours: ['baud-off-6-percent'],
    apply: (bench) => {
      const { lab, board } = bench
      repeat(bench, 50 * MILLISECOND, () => {
        board.uart.b.clockError = Math.min(0.055, (0.055 * lab.now) / (SECOND / 2))
      })
    },
  },
  {
    name: 'board-clock-wanders',
    layer: 'serial',
    side: 'board',
    title: 'the clock of the board wanders by 5 % both ways within two seconds, as its temperature does',
    hurts: true,
    neighbours: ['baud-off-6-percent'],
    apply: (bench) => {
      const { lab, board } = bench
      repeat(bench, 20 * MILLISECOND, () => {
        board.uart.b.clockError = 0.05 * sin((lab.now / (2 * SECOND)) * 2 * Math.PI)
      })
    },
  },
  {
    name: 'second-stop-bit-at-times',
    layer: 'serial',
    side: 'board',
    title: 'the board’s UART sends a second stop bit for a tenth of the time',
    hurts: false,
    neighbours: [],
    apply: (bench) => {
      const { lab, board } = bench
      repeat(bench, 200 * MILLISECOND, () => {
        board.uart.b.framingFault = { ...FRAMING_8N1, stopBits: 2 }
        lab.clock.after(20 * MILLISECOND, () => {
          board.uart.b.framingFault = undefined
        })
      })
    },
  },
  {
    name: 'optocoupler-slow',
    layer: 'serial',
    side: 'wire',
    otherSides: ['board'],
    title: 'an optocoupler in the line from the board switches off late: marks behind spaces begin 2.8 to 3.9 µs late',
    hurts: true,
    neighbours: ['serial-noise', 'serial-tx-noise', 'serial-too-long'],
    apply: ({ board }, random) => board.uart.setReception(new SlowToMark(random), 'b-to-a'),
  },
  {
    name: 'board-deaf-for-a-while',
    layer: 'serial',
    side: 'board',
    title: 'the board keeps its interrupts off for 3 ms every 170 ms, and its UART has room for two octets',
    hurts: false,
    neighbours: ['serial-drops'],
    apply: (bench) => {
      const { lab, board } = bench
      repeat(bench, 170 * MILLISECOND, () => {
        board.uart.b.pause(2)
        lab.clock.after(3 * MILLISECOND, () => board.uart.b.resume())
      })
    },
  },
  {
    name: 'adapter-keeps-last-octet',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'the adapter gives an octet to the computer only when the next one has come',
    hurts: true,
    neighbours: ['adapter-latency'],
    apply: ({ board }) => {
      let kept: number | undefined
      atReceiver(board.uart.a, (octets) => {
        const out = kept === undefined ? [...octets] : [kept, ...octets]
        kept = out.pop()
        return out
      })
    },
  },
  {
    name: 'terminal-takes-xon-xoff',
    layer: 'serial',
    side: 'computer',
    title: 'the terminal driver of this computer keeps 11h and 13h for its own flow control',
    hurts: true,
    neighbours: ['serial-drops'],
    apply: ({ board }) =>
      atReceiver(board.uart.a, (octets) => octets.filter((octet) => octet !== XON && octet !== XOFF)),
  },
  {
    name: 'terminal-turns-line-ends',
    layer: 'serial',
    side: 'computer',
    title: 'the terminal driver of this computer makes a line feed of each carriage return',
    hurts: true,
    neighbours: ['serial-noise', 'serial-tx-noise'],
    apply: ({ board }) =>
      atReceiver(board.uart.a, (octets) => octets.map((octet) => (octet === RETURN ? LINE_FEED : octet))),
  },
  {
    name: 'line-hit-by-own-frames',
    layer: 'serial',
    side: 'wire',
    title: 'each Ethernet frame that the board sends couples into its serial line for 400 µs',
    hurts: true,
    neighbours: ['serial-noise', 'serial-bursts'],
    apply: ({ board, cable }) => {
      cable.onFrame(({ direction }) => {
        if (direction === 'a-to-b') board.uart.burst(400_000, 'both', 0.3)
      })
    },
  },
  {
    name: 'adapter-falls-asleep',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'the adapter sleeps after 30 ms of silence and loses the octet that wakes it',
    hurts: true,
    neighbours: ['serial-drops'],
    apply: ({ lab, board }) => {
      let last = 0
      atTransmitter(board.uart.a, (octets) => {
        const slept = lab.now - last > 30 * MILLISECOND
        last = lab.now
        return slept ? octets.subarray(1) : octets
      })
    },
  },
  {
    name: 'txd-contact-loose',
    layer: 'serial',
    side: 'wire',
    title: 'the contact of the board’s TXD opens for 30 ms every 1.3 s',
    hurts: true,
    neighbours: ['serial-drops', 'serial-noise', 'serial-tx-noise', 'serial-tx-open', 'serial-bursts'],
    apply: (bench) => {
      const { lab, board } = bench
      const { driver, receiver } = LINE_STANDARDS.ttl
      repeat(bench, 1_300 * MILLISECOND, () => {
        board.uart.setReception(new LineReception({ driver, receiver, connected: false }), 'b-to-a')
        lab.clock.after(30 * MILLISECOND, () => board.uart.setReception(undefined, 'b-to-a'))
      })
    },
  },
  {
    name: 'computer-suspends-port',
    layer: 'serial',
    side: 'computer',
    title: 'this computer suspends its USB port for 350 ms every 3 s: nothing is lost, all of it is late',
    hurts: true,
    neighbours: ['computer-slow', 'adapter-latency', 'adapter-loose'],
    apply: (bench) => {
      const { lab, board } = bench
      repeat(bench, 3 * SECOND, () => {
        board.uart.a.pause(65_536)
        lab.clock.after(350 * MILLISECOND, () => board.uart.a.resume())
      })
    },
  },
]
