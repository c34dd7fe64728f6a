/** On the pairs, in the magnetics and PHYs at both their ends, and in what stands between. */
import { BIT_TIME, type FrameSignal } from '../../../boards/ethernet/port.js'
import { PHY_BITS, PHY_REGISTERS } from '../../../firmware/enc28j60/registers.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { Random } from '../../../firmware/hal/random.js'
import { atJack, damagedAt, everyNth, type ModelBench, misreadPhy, repeat } from './instruments.js'
import type { Unlisted } from './unlisted.js'

const NOTHING = new Uint8Array(0)

/** Each octet from one on is hit with a chance: what lies before it arrives well. */
function hitFrom(octets: Uint8Array, from: number, chance: number, random: Random): Uint8Array {
  let out = octets
  for (let at = from; at < octets.length; at++) if (random.float() < chance) out = damagedAt(out, at)
  return out
}

/** For a while the jack hears one link pulse of `n`; frames pass. */
function thinPulses({ board }: ModelBench, heard: () => boolean): void {
  const sound = board.port.receiver
  board.port.receiver = {
    linkPulse: (inverted) => {
      if (heard()) sound?.linkPulse(inverted)
    },
    frameStart: (signal, inverted) => sound?.frameStart(signal, inverted),
    frameEnd: (signal, inverted) => sound?.frameEnd(signal, inverted),
  }
}

/** What the board sends comes back to its own receiver `after` nanoseconds later, as long as it lasts, where `comes` says so. */
function echo(
  { lab, board }: ModelBench,
  after: number,
  lasts: (signal: FrameSignal) => number,
  comes: () => boolean,
): void {
  const { port } = board
  const { medium } = port
  if (medium === undefined) throw new Error(`${port.name} has no cable: nothing can come back`)
  const back = (signal: FrameSignal): void => {
    const heard: FrameSignal = { octets: NOTHING, dribbleBits: 0, bits: lasts(signal), intact: false }
    lab.clock.after(after, () => {
      port.receiver?.frameStart(heard, false)
      lab.clock.after(heard.bits * BIT_TIME, () => port.receiver?.frameEnd(heard, false))
    })
  }
  port.medium = {
    frameStart: (from, signal) => {
      medium.frameStart(from, signal)
      if (comes()) back(signal)
    },
    frameEnd: (from, signal) => medium.frameEnd(from, signal),
    linkPulse: (from) => medium.linkPulse(from),
  }
}

export const PHY_UNLISTED: readonly Unlisted[] = [
  {
    name: 'cable-wet',
    layer: 'phy',
    side: 'wire',
    title: 'water in the cable: the clock is lost in long frames, and behind 250 octets one in 700 is wrong, both ways',
    hurts: true,
    neighbours: [
      'cable-noise',
      'cable-too-long',
      'rx-noise',
      'tx-noise',
      'rx-pair-weak',
      'tx-pair-weak',
      'box-drops-large',
    ],
    apply: ({ board, peer }, random) => {
      for (const { port } of [board, peer]) atJack(port, (octets) => hitFrom(octets, 250, 1 / 700, random))
    },
  },
  {
    name: 'cable-short-frames-only',
    layer: 'phy',
    side: 'wire',
    title: 'in one direction the cable carries frames of up to 500 octets; in longer ones the last octets are wrong',
    hurts: true,
    neighbours: ['cable-noise', 'tx-noise', 'tx-pair-weak', 'box-drops-large'],
    apply: ({ peer }) =>
      atJack(peer.port, (octets) => (octets.length > 500 ? damagedAt(octets, octets.length - 10) : octets)),
  },
  {
    name: 'cable-reflects',
    layer: 'phy',
    side: 'wire',
    title: 'a stub at the jack reflects: of each third frame the board hears the beginning come back',
    hurts: false,
    neighbours: ['cable-split-pair'],
    apply: (bench) => echo(bench, 900, () => 24, everyNth(3)),
  },
  {
    name: 'repeater-eats-preamble',
    layer: 'phy',
    side: 'wire',
    otherSides: ['partner'],
    title: 'a repeater shortens the preamble: of each 12th frame to the board the delimiter is not found',
    hurts: true,
    neighbours: ['cable-noise', 'rx-noise', 'box-drops'],
    apply: ({ board }) => {
      const lost = everyNth(12)
      atJack(board.port, (octets) => (lost() ? NOTHING : octets))
    },
  },
  {
    name: 'pulses-too-rare',
    layer: 'phy',
    side: 'partner',
    otherSides: ['wire'],
    title: 'the partner’s link pulses come every 130 ms for a second of each four, once the link is up',
    hurts: true,
    neighbours: ['cable-intermittent', 'partner-silent', 'rx-pair-open', 'rx-pair-loose', 'partner-restarts'],
    apply: (bench) => {
      const { lab } = bench
      const every = everyNth(8)
      thinPulses(bench, () => lab.now % (4 * SECOND) < 3 * SECOND || every())
    },
  },
  {
    name: 'phy-reads-a-bit-wrong',
    layer: 'phy',
    side: 'chip',
    title: 'bit 1 of MIRDH reads 0: PHY registers lose their bit 9',
    hurts: false,
    neighbours: [],
    apply: (bench) => {
      for (const { address } of Object.values(PHY_REGISTERS)) misreadPhy(bench, address, (value) => value & ~0x0200)
    },
  },
  {
    name: 'link-bit-stuck-high',
    layer: 'phy',
    side: 'chip',
    title: 'PHSTAT2.LSTAT and PHSTAT1.LLSTAT always read 1',
    hurts: false,
    neighbours: [],
    apply: (bench) => {
      misreadPhy(bench, PHY_REGISTERS.PHSTAT2.address, (value) => value | PHY_BITS.PHSTAT2.LSTAT)
      misreadPhy(bench, PHY_REGISTERS.PHSTAT1.address, (value) => value | PHY_BITS.PHSTAT1.LLSTAT)
    },
  },
  {
    name: 'link-bit-stuck-low',
    layer: 'phy',
    side: 'chip',
    title: 'PHSTAT2.LSTAT and PHSTAT1.LLSTAT always read 0, while frames pass',
    hurts: true,
    neighbours: [
      'rx-pair-open',
      'partner-silent',
      'cable-unplugged',
      'partner-off',
      'cable-straight',
      'cable-shorted',
      'cable-too-long',
      'partner-100-only',
      'phy-dead',
      'magnetics-open',
      'cable-wire-open',
      'cable-wires-swapped',
    ],
    apply: (bench) => {
      misreadPhy(bench, PHY_REGISTERS.PHSTAT2.address, (value) => value & ~PHY_BITS.PHSTAT2.LSTAT)
      misreadPhy(bench, PHY_REGISTERS.PHSTAT1.address, (value) => value & ~PHY_BITS.PHSTAT1.LLSTAT)
    },
  },
  {
    name: 'collision-detector-nervous',
    layer: 'phy',
    side: 'chip',
    title: 'the collision detector strikes behind the window, in one frame of eight: late collisions nobody made',
    hurts: false,
    neighbours: ['partner-full-duplex'],
    apply: (bench) => echo(bench, 60 * MICROSECOND, () => 12, everyNth(8)),
  },
  {
    name: 'polarity-turns',
    layer: 'phy',
    side: 'wire',
    otherSides: ['partner'],
    title: 'the receive pair turns over and back: reversed for 120 ms every 900 ms',
    hurts: true,
    neighbours: ['rx-pair-reversed', 'cable-intermittent', 'rx-pair-loose'],
    apply: (bench) => {
      const { lab, cable } = bench
      repeat(bench, 900 * MILLISECOND, () => {
        cable.pair('b-to-a').inverted = true
        lab.clock.after(120 * MILLISECOND, () => {
          cable.pair('b-to-a').inverted = false
        })
      })
    },
  },
  {
    name: 'elastic-buffer-slips',
    layer: 'phy',
    side: 'partner',
    otherSides: ['wire'],
    title:
      'the partner’s clock is 400 ppm slow and its elastic buffer runs dry: frames of more than 850 octets lose one in their midst',
    hurts: true,
    neighbours: ['cable-noise', 'rx-noise', 'box-drops-large', 'partner-bad-fcs'],
    apply: ({ board }) =>
      atJack(board.port, (octets) =>
        octets.length > 850 ? Uint8Array.from([...octets.subarray(0, 850), ...octets.subarray(851)]) : octets,
      ),
  },
  {
    name: 'receiver-drifts',
    layer: 'phy',
    side: 'chip',
    otherSides: ['wire'],
    title: 'the chip’s receiver gets worse as it warms: from no wrong bits to 2 in 10,000 within six seconds',
    hurts: true,
    neighbours: ['cable-noise', 'rx-noise', 'rx-pair-weak'],
    apply: (bench) => {
      const { lab, cable } = bench
      repeat(bench, 100 * MILLISECOND, () => {
        cable.pair('b-to-a').bitErrorRate = 2e-4 * Math.min(1, lab.now / (6 * SECOND))
      })
    },
  },
  {
    name: 'receiver-deaf-after-silence',
    layer: 'phy',
    side: 'chip',
    title: 'the gain control of the chip’s receiver drifts: the first frame after 250 ms of silence is not heard',
    hurts: true,
    neighbours: ['box-drops'],
    apply: ({ lab, board }) => {
      let last = 0
      atJack(
        board.port,
        (octets) => octets,
        () => {
          const deaf = lab.now - last > 250 * MILLISECOND
          last = lab.now
          return !deaf
        },
      )
    },
  },
  {
    name: 'transmitter-droops',
    layer: 'phy',
    side: 'chip',
    otherSides: ['wire'],
    title: 'the transmit amplifier gives up behind 1,100 octets: longer frames end there',
    hurts: true,
    neighbours: ['box-drops-large', 'tx-noise', 'transmit-weak'],
    apply: ({ peer }) => atJack(peer.port, (octets) => (octets.length > 1_100 ? octets.slice(0, 1_100) : octets)),
  },
  {
    name: 'transmitter-wakes-slowly',
    layer: 'phy',
    side: 'chip',
    title:
      'the transmit amplifier wakes slowly: the first frame after 200 ms without one leaves with its first octets damaged',
    hurts: true,
    neighbours: ['box-drops'],
    apply: ({ lab, peer, cable }) => {
      let sentAt = 0
      let damaged = false
      cable.onFrame(({ direction, at }) => {
        if (direction !== 'a-to-b') return
        damaged = at - sentAt > 200 * MILLISECOND
        sentAt = lab.now
      })
      atJack(peer.port, (octets) => (damaged ? damagedAt(octets, 2) : octets))
    },
  },
  {
    name: 'dribble-bits',
    layer: 'phy',
    side: 'wire',
    otherSides: ['partner'],
    title: 'a repeater adds three bits behind each frame to the board',
    hurts: false,
    neighbours: [],
    apply: ({ board }) => {
      const sound = board.port.receiver
      const mine = new Map<FrameSignal, FrameSignal>()
      board.port.receiver = {
        linkPulse: (inverted) => sound?.linkPulse(inverted),
        frameStart: (signal, inverted) => {
          const longer = { ...signal }
          mine.set(signal, longer)
          sound?.frameStart(longer, inverted)
        },
        frameEnd: (signal, inverted) => {
          const longer = mine.get(signal)
          mine.delete(signal)
          if (longer === undefined) return
          Object.assign(longer, signal, { dribbleBits: 3, bits: signal.bits + 3 })
          sound?.frameEnd(longer, inverted)
        },
      }
    },
  },
]
