/**
 * A second set of breakages that nobody listed, with seeds of its own. It was written before anything was diagnosed of it, and was looked
 * at when the work on the first set was done: what had been fitted to the first set would show here.
 */
import type { FrameSignal } from '../../../boards/ethernet/port.js'
import { OPCODE, PHY_BITS, PHY_REGISTERS } from '../../../firmware/enc28j60/registers.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import {
  atChipPins,
  atControllerPins,
  atJack,
  atReceiver,
  changedAt,
  damagedAt,
  everyNth,
  ICMP_AT,
  Inside,
  interruptWire,
  isArp,
  isEcho,
  misread,
  misreadPhy,
  partnerHears,
  partnerSends,
  repeat,
  stickBits,
  withHeaderChecksum,
  withIcmpChecksum,
} from './instruments.js'
import type { Unlisted } from './unlisted.js'

/** Two fragments of an IPv4 datagram of more than `octets` of payload (RFC 791 section 3.2), 8 octets a unit. */
function fragments(frame: Uint8Array, octets: number): Uint8Array[] {
  const length = (frame[16] << 8) | frame[17]
  const part = (from: number, to: number, more: boolean): Uint8Array => {
    const out = new Uint8Array(14 + 20 + (to - from))
    out.set(frame.subarray(0, 34))
    out.set(frame.subarray(34 + from, 34 + to), 34)
    const total = 20 + to - from
    out[16] = total >> 8
    out[17] = total & 0xff
    out[20] = (more ? 0x20 : 0) | (from >> 11)
    out[21] = (from >> 3) & 0xff
    return withHeaderChecksum(out)
  }
  const payload = length - 20
  return payload <= octets ? [frame] : [part(0, octets, true), part(octets, payload, false)]
}

export const SECOND_SET: readonly Unlisted[] = [
  {
    name: 'terminal-drops-zeros',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'the terminal driver of this computer leaves out each octet 00h',
    hurts: true,
    neighbours: ['serial-drops'],
    apply: ({ board }) => atReceiver(board.uart.a, (octets) => octets.filter((octet) => octet !== 0)),
  },
  {
    name: 'line-wakes-slowly',
    layer: 'serial',
    side: 'wire',
    otherSides: ['board'],
    title:
      'a level shifter in the line from the board needs an octet to wake: the first after 15 ms of silence is wrong',
    hurts: true,
    neighbours: ['serial-noise', 'serial-tx-noise', 'serial-drops'],
    apply: ({ lab, board }) => {
      let last = 0
      atReceiver(board.uart.a, (octets) => {
        const slept = lab.now - last > 15 * MILLISECOND
        last = lab.now
        if (!slept || octets.length === 0) return octets
        const out = octets.slice()
        out[0] ^= 0x81
        return out
      })
    },
  },
  {
    name: 'uart-loses-top-bit',
    layer: 'serial',
    side: 'board',
    otherSides: ['wire'],
    title: 'the board’s UART sends each 300th octet without its bit 7',
    hurts: false,
    neighbours: ['serial-noise', 'serial-tx-noise'],
    apply: ({ board }) => {
      const lost = everyNth(300)
      atReceiver(board.uart.a, (octets) => octets.map((octet) => (lost() ? octet & 0x7f : octet)))
    },
  },
  {
    name: 'adapter-cuts-packets',
    layer: 'serial',
    side: 'computer',
    otherSides: ['wire'],
    title: 'the adapter loses the octet behind each 1,000 that it has delivered',
    hurts: false,
    neighbours: ['serial-drops'],
    apply: ({ board }) => {
      const lost = everyNth(1_000)
      atReceiver(board.uart.a, (octets) => octets.filter(() => !lost()))
    },
  },
  {
    name: 'cs-late-after-rest',
    layer: 'spi',
    side: 'board',
    otherSides: ['wire'],
    title: 'chip select falls late after 20 ms of rest: the chip misses the instruction of that frame',
    hurts: true,
    neighbours: ['spi-noise', 'cs-glitches', 'spi-wire-loose'],
    apply: (bench) => {
      let last = 0
      atChipPins(bench, (sound) => (write, read) => {
        const { now } = bench.lab.clock
        const rested = now - last > 20 * MILLISECOND
        last = now
        return rested ? new Uint8Array(read).fill(0xff) : sound(write, read)
      })
    },
  },
  {
    name: 'miso-dies-in-bursts',
    layer: 'spi',
    side: 'wire',
    otherSides: ['board'],
    title: 'in one transfer MISO gives up behind 900 octets: what lies there reads as ones',
    hurts: true,
    neighbours: ['spi-noise', 'spi-wire-loose'],
    apply: (bench) =>
      atChipPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        return read > 900 ? reply.fill(0xff, 900) : reply
      }),
  },
  {
    name: 'int-bounces',
    layer: 'spi',
    side: 'wire',
    otherSides: ['board'],
    title: 'INT bounces: 20 µs after it has fallen it is high for 300 µs, and falls again',
    hurts: false,
    neighbours: ['int-open'],
    apply: (bench) => {
      const { lab, board } = bench
      const wire = interruptWire(bench)
      let chipHigh = true
      board.chip.onInterrupt((high) => {
        chipHigh = high
        wire.drive(high)
        if (high) return
        lab.clock.after(20 * MICROSECOND, () => {
          if (chipHigh) return
          wire.drive(true)
          lab.clock.after(300 * MICROSECOND, () => wire.drive(chipHigh))
        })
      })
    },
  },
  {
    name: 'controller-reads-stale-octet',
    layer: 'spi',
    side: 'board',
    title: 'the controller’s SPI port gives what it read before in place of the last octet of each 250th frame',
    hurts: true,
    neighbours: ['spi-noise'],
    apply: (bench) => {
      const stale = everyNth(250)
      let before = 0
      atControllerPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        if (reply.length === 0) return reply
        const last = reply[reply.length - 1]
        if (stale()) reply[reply.length - 1] = before
        before = last
        return reply
      })
    },
  },
  {
    name: 'duplex-bit-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'MACON3.FULDPX is stuck at 1: the MAC does not look whether the line is busy',
    hurts: true,
    neighbours: ['ledb-strap'],
    apply: (bench) => stickBits(bench, 'MACON3', 0x01, true),
  },
  {
    name: 'abort-bit-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'ESTAT.TXABRT always reads 1: each transmission looks as if it had been given up',
    hurts: true,
    neighbours: [],
    apply: (bench) => misread(bench, 'ESTAT', (value) => value | 0x02),
  },
  {
    name: 'station-address-forgotten',
    layer: 'chip',
    side: 'chip',
    title: 'MAADR1 loses its lowest bit that is set with each 30th frame that the chip stores',
    hurts: true,
    neighbours: [],
    apply: ({ board, cable }) => {
      const inside = new Inside(board.chip.transfer.bind(board.chip))
      const forgets = everyNth(30)
      let before = 0
      cable.onFrame(({ direction }) => {
        const { received } = board.chip.counters
        if (direction !== 'b-to-a' || received === before) return
        before = received
        if (!forgets()) return
        const value = inside.peek('MAADR1')
        inside.poke('MAADR1', value & (value - 1))
      })
    },
  },
  {
    name: 'dma-end-bit-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'bit 4 of EDMANDL is stuck at 0: the DMA works on another stretch than it was told',
    hurts: false,
    neighbours: [],
    apply: (bench) => stickBits(bench, 'EDMANDL', 0x10, false),
  },
  {
    name: 'length-of-status-wrong',
    layer: 'chip',
    side: 'chip',
    title: 'of frames longer than 1,023 octets the receive status vector has a count without its bit 10',
    hurts: false,
    neighbours: ['buffer-memory-bad', 'memory-data-line'],
    apply: (bench) =>
      atChipPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        // What the driver reads in one piece in front of a frame: next packet pointer, count, status (DS39662 figure 7-3).
        if (write[0] === OPCODE.RBM && read === 6) reply[3] &= ~0x04
        return reply
      }),
  },
  {
    name: 'collision-bit-stuck',
    layer: 'phy',
    side: 'chip',
    title: 'PHSTAT2.COLSTAT always reads 1',
    hurts: false,
    neighbours: [],
    apply: (bench) => misreadPhy(bench, PHY_REGISTERS.PHSTAT2.address, (value) => value | PHY_BITS.PHSTAT2.COLSTAT),
  },
  {
    name: 'receive-contact-crackles',
    layer: 'phy',
    side: 'wire',
    otherSides: ['partner'],
    title: 'the receive pair crackles: for 400 ms of each 5 s one bit in 1,000 is wrong',
    hurts: true,
    neighbours: ['cable-noise', 'rx-noise', 'rx-pair-loose', 'cable-intermittent', 'cable-bursts', 'rx-pair-weak'],
    apply: (bench) => {
      const { lab, cable } = bench
      repeat(bench, 5 * SECOND, () => {
        cable.pair('b-to-a').bitErrorRate = 1e-3
        lab.clock.after(400 * MILLISECOND, () => {
          cable.pair('b-to-a').bitErrorRate = 0
        })
      })
    },
  },
  {
    name: 'short-frames-damaged',
    layer: 'phy',
    side: 'partner',
    otherSides: ['wire'],
    title: 'the partner’s transmitter settles late: each fifth frame of under 80 octets to the board is damaged',
    hurts: false,
    neighbours: ['cable-noise', 'rx-noise', 'partner-bad-fcs'],
    apply: ({ board }) => {
      const hit = everyNth(5)
      atJack(board.port, (octets) => (octets.length < 80 && hit() ? damagedAt(octets, 3) : octets))
    },
  },
  {
    name: 'answers-too-soon-are-damaged',
    layer: 'phy',
    side: 'chip',
    otherSides: ['wire'],
    title: 'what the chip sends within 2 ms after it has received leaves damaged',
    hurts: true,
    neighbours: ['tx-noise', 'cable-noise', 'box-drops'],
    apply: ({ lab, peer, cable }) => {
      let heardAt = Number.NEGATIVE_INFINITY
      const soon = new Set<FrameSignal>()
      const sound = peer.port.receiver
      if (sound === undefined) throw new Error('nobody is behind the partner’s port')
      cable.onFrame(({ direction }) => {
        if (direction === 'b-to-a') heardAt = lab.now
      })
      const { frameStart } = sound
      peer.port.receiver = {
        linkPulse: (inverted) => sound.linkPulse(inverted),
        frameStart: (signal, inverted) => {
          if (lab.now - heardAt < 2 * MILLISECOND) soon.add(signal)
          frameStart.call(sound, signal, inverted)
        },
        frameEnd: (signal, inverted) => {
          if (soon.delete(signal)) Object.assign(signal, { octets: damagedAt(signal.octets, 20), intact: false })
          sound.frameEnd(signal, inverted)
        },
      }
    },
  },
  {
    name: 'box-cuts-frames',
    layer: 'mac',
    side: 'wire',
    otherSides: ['partner'],
    title: 'a box on the way cuts frames to the board at 800 octets, and puts a right FCS behind them',
    hurts: true,
    neighbours: ['box-drops-large', 'box-mangles'],
    apply: ({ board }) =>
      atJack(board.port, (octets) =>
        octets.length > 804 ? changedAt(octets.slice(0, 804), 799, (each) => each) : octets,
      ),
  },
  {
    name: 'partner-changes-address',
    layer: 'mac',
    side: 'partner',
    title: 'the partner spreads its load over two cards: each second frame has another source address',
    hurts: false,
    neighbours: [],
    apply: (bench) => {
      const other = everyNth(2)
      partnerSends(bench, (frame, send) => {
        if (!other()) return send(frame)
        const out = frame.slice()
        out[11] ^= 0x01
        return send(out)
      })
    },
  },
  {
    name: 'frames-come-again-late',
    layer: 'mac',
    side: 'wire',
    otherSides: ['partner'],
    title: 'a loop in the network: each seventh frame of the partner comes again 250 ms later',
    hurts: false,
    neighbours: ['box-duplicates', 'box-reorders'],
    apply: (bench) => {
      const again = everyNth(7)
      partnerSends(bench, (frame, send) => {
        if (again()) {
          const late = frame.slice()
          bench.lab.clock.after(250 * MILLISECOND, () => send(late))
        }
        return send(frame)
      })
    },
  },
  {
    name: 'partner-hard-of-broadcasts',
    layer: 'mac',
    side: 'partner',
    title: 'the partner’s card takes broadcasts only in one of three cases',
    hurts: false,
    neighbours: ['partner-no-arp', 'partner-deaf', 'box-drops'],
    apply: ({ peer }) => {
      const taken = everyNth(3)
      atJack(
        peer.port,
        (octets) => octets,
        (octets) => !octets.subarray(0, 6).every((octet) => octet === 0xff) || taken(),
      )
    },
  },
  {
    name: 'partner-fragments',
    layer: 'network',
    side: 'partner',
    otherSides: ['wire'],
    title: 'a tunnel on the way cuts answers of more than 600 octets into fragments',
    hurts: true,
    neighbours: ['box-drops-large'],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0)) return send(frame)
        let taken = true
        for (const each of fragments(frame, 600)) taken = send(each) && taken
        return taken
      }),
  },
  {
    name: 'partner-bans-after-forty',
    layer: 'network',
    side: 'partner',
    title: 'the partner’s packet filter takes 40 echo requests for an attack and answers none for 3 s',
    hurts: true,
    neighbours: ['partner-no-ping', 'box-drops'],
    apply: (bench) => {
      let count = 0
      let until = 0
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0)) return send(frame)
        if (bench.lab.now < until) return true
        if (++count % 40 === 0) until = bench.lab.now + 3 * SECOND
        return send(frame)
      })
    },
  },
  {
    name: 'echo-sequence-lost',
    layer: 'network',
    side: 'partner',
    title: 'the partner answers each sixth echo request with sequence number 0',
    hurts: true,
    neighbours: ['box-mangles', 'box-drops'],
    apply: (bench) => {
      const lost = everyNth(6)
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0) || !lost()) return send(frame)
        const out = frame.slice()
        out[ICMP_AT + 6] = out[ICMP_AT + 7] = 0
        return send(withIcmpChecksum(out))
      })
    },
  },
  {
    name: 'proxy-answers-for-all',
    layer: 'network',
    side: 'partner',
    title: 'the partner answers ARP requests of the board for whatever address with its own',
    hurts: false,
    neighbours: ['address-taken'],
    apply: (bench) => {
      const { station } = bench.peer
      partnerHears(bench, (frame, take) => {
        if (isArp(frame, 1)) {
          const answer = new Uint8Array(60)
          answer.set(frame.subarray(0, 42))
          answer.set(frame.subarray(6, 12))
          const own = bench.peer.station.address
          answer.set(own, 6)
          answer[21] = 2
          answer.set(own, 22)
          answer.set(frame.subarray(38, 42), 28)
          answer.set(frame.subarray(22, 32), 32)
          station.send(answer)
          return
        }
        take(frame)
      })
    },
  },
  {
    name: 'bridge-swaps-last-octets',
    layer: 'network',
    side: 'board',
    title: 'the bridge firmware gives the last two octets of replies of more than 700 the wrong way round',
    hurts: false,
    neighbours: [],
    apply: (bench) =>
      atControllerPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        if (reply.length <= 700) return reply
        const at = reply.length - 1
        const last = reply[at]
        reply[at] = reply[at - 1]
        reply[at - 1] = last
        return reply
      }),
  },
  {
    name: 'firmware-naps',
    layer: 'network',
    side: 'board',
    title: 'the board’s own stack naps after 300 ms of rest, and takes the frame that wakes it 150 ms late',
    hurts: true,
    neighbours: [],
    apply: ({ lab, board }) => {
      const { device } = board.controller
      const sound = device.handleFrame
      let last = 0
      device.handleFrame = (frame, more) => {
        const napped = lab.now - last > 300 * MILLISECOND
        last = lab.now
        if (!napped) return sound?.(frame, more)
        const kept = frame.slice()
        lab.clock.after(150 * MILLISECOND, () => sound?.(kept, more))
      }
    },
  },
]
