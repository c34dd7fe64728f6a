/** Frames: how they are made, checked and let in at either end, and what a box on the way makes of them. */
import { withFcs } from '../../../boards/ethernet/fcs.js'
import { MICROSECOND, MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { atJack, changedAt, damagedAt, everyNth, isBroadcastFrame, partnerSends, repeat } from './instruments.js'
import type { Unlisted } from './unlisted.js'

export const MAC_UNLISTED: readonly Unlisted[] = [
  {
    name: 'fcs-made-wrong',
    layer: 'mac',
    side: 'chip',
    title: 'the chip’s FCS generator slips: each 15th frame leaves with a wrong one',
    hurts: true,
    neighbours: ['cable-noise', 'tx-noise'],
    apply: ({ peer }) => {
      const wrong = everyNth(15)
      atJack(peer.port, (octets) => (wrong() ? damagedAt(octets, octets.length - 1) : octets))
    },
  },
  {
    name: 'fcs-checked-wrong',
    layer: 'mac',
    side: 'chip',
    otherSides: ['wire'],
    title: 'the chip’s FCS checker slips: each 14th frame that arrives whole is called damaged',
    hurts: true,
    neighbours: ['cable-noise', 'rx-noise', 'partner-bad-fcs'],
    apply: ({ board }) => {
      const wrong = everyNth(14)
      atJack(board.port, (octets) => (wrong() ? damagedAt(octets, octets.length - 2) : octets))
    },
  },
  {
    name: 'deaf-to-broadcasts',
    layer: 'mac',
    side: 'chip',
    title: 'the comparator for broadcasts is broken: the chip hears none',
    hurts: true,
    neighbours: [],
    apply: ({ board }) =>
      atJack(
        board.port,
        (octets) => octets,
        (octets) => !isBroadcastFrame(octets),
      ),
  },
  {
    name: 'odd-lengths-lose-octet',
    layer: 'mac',
    side: 'chip',
    title: 'of frames of odd length the chip stores 00h in place of the last octet of their data',
    hurts: true,
    neighbours: ['buffer-memory-bad', 'box-mangles'],
    apply: ({ board }) =>
      atJack(board.port, (octets) => (octets.length & 1 ? changedAt(octets, octets.length - 5, () => 0) : octets)),
  },
  {
    name: 'longest-frames-never-leave',
    layer: 'mac',
    side: 'chip',
    title: 'frames of more than 1,400 octets never leave the chip, and it says they did',
    hurts: true,
    neighbours: ['box-drops-large'],
    apply: ({ peer }) =>
      atJack(
        peer.port,
        (octets) => octets,
        (octets) => octets.length <= 1_400,
      ),
  },
  {
    name: 'source-address-changed',
    layer: 'mac',
    side: 'chip',
    otherSides: ['board'],
    title: 'the last octet of the source address of every frame that leaves is one more than it should be',
    hurts: false,
    neighbours: [],
    apply: ({ peer }) => atJack(peer.port, (octets) => changedAt(octets, 11, (octet) => octet + 1)),
  },
  {
    name: 'transmits-twice',
    layer: 'mac',
    side: 'chip',
    title: 'the chip sends each fourth frame twice',
    hurts: false,
    neighbours: ['box-duplicates'],
    apply: ({ peer }) => {
      const twice = everyNth(4)
      const { station } = peer
      const sound = station.handleFrame
      station.handleFrame = (frame) => {
        sound?.(frame)
        if (twice()) sound?.(frame)
      }
    },
  },
  {
    name: 'transmit-buffer-line-weak',
    layer: 'mac',
    side: 'chip',
    title: 'the transmitter turns bit 5 over at the 400th octet of a frame, and puts its FCS over that',
    hurts: true,
    neighbours: ['buffer-memory-bad', 'memory-data-line', 'box-mangles'],
    apply: ({ peer }) => atJack(peer.port, (octets) => changedAt(octets, 400, (octet) => octet ^ 0x20)),
  },
  {
    name: 'switch-learns-wrong',
    layer: 'mac',
    side: 'partner',
    otherSides: ['wire'],
    title: 'a switch has the board at a wrong port for 150 ms of each second: frames to it go elsewhere',
    hurts: true,
    neighbours: ['box-drops'],
    apply: ({ lab, board }) =>
      atJack(
        board.port,
        (octets) => octets,
        (octets) => isBroadcastFrame(octets) || lab.now % SECOND > 150 * MILLISECOND,
      ),
  },
  {
    name: 'port-sends-tagged',
    layer: 'mac',
    side: 'partner',
    title: 'the switch port is a trunk: what comes to the board has a VLAN tag',
    hurts: true,
    neighbours: ['partner-no-arp', 'partner-deaf'],
    apply: (bench) =>
      partnerSends(bench, (frame, send) =>
        send(Uint8Array.from([...frame.subarray(0, 12), 0x81, 0x00, 0x00, 0x07, ...frame.subarray(12)])),
      ),
  },
  {
    name: 'partner-adds-trailer',
    layer: 'mac',
    side: 'partner',
    title: 'the partner’s card appends 16 octets to every frame, behind what the datagram counts',
    hurts: false,
    neighbours: [],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        const padded = Math.max(60, frame.length)
        if (padded > 1_498) return send(frame)
        const longer = new Uint8Array(padded + 16).fill(0xa5)
        longer.fill(0, frame.length, padded)
        longer.set(frame)
        return send(longer)
      }),
  },
  {
    name: 'partner-leaks-padding',
    layer: 'mac',
    side: 'partner',
    title: 'the partner pads short frames with what lay in its memory',
    hurts: false,
    neighbours: [],
    apply: (bench, random) =>
      partnerSends(bench, (frame, send) => {
        if (frame.length >= 60) return send(frame)
        const padded = Uint8Array.from({ length: 60 }, () => random.below(256))
        padded.set(frame)
        return send(padded)
      }),
  },
  {
    name: 'partner-deaf-after-sending',
    layer: 'mac',
    side: 'partner',
    title: 'the partner’s card needs 4 ms after it has sent until it hears again',
    hurts: true,
    neighbours: ['partner-deaf', 'box-drops'],
    apply: ({ lab, peer, cable }) => {
      let sentAt = Number.NEGATIVE_INFINITY
      cable.onFrame(({ direction }) => {
        if (direction === 'b-to-a') sentAt = lab.now
      })
      atJack(
        peer.port,
        (octets) => octets,
        () => lab.now - sentAt > 4 * MILLISECOND,
      )
    },
  },
  {
    name: 'loses-frames-in-a-row',
    layer: 'mac',
    side: 'chip',
    title: 'the chip does not hear a frame that begins within 150 µs of the end of another',
    hurts: true,
    neighbours: ['box-drops'],
    apply: ({ lab, board, cable }) => {
      let endedAt = Number.NEGATIVE_INFINITY
      cable.onFrame(({ direction }) => {
        if (direction === 'b-to-a') endedAt = lab.now
      })
      atJack(
        board.port,
        (octets) => octets,
        () => lab.now - endedAt > 150 * MICROSECOND,
      )
    },
  },
  {
    name: 'address-filter-leaks',
    layer: 'mac',
    side: 'chip',
    title: 'the chip compares five octets of its address: frames to a neighbour in number come in as its own',
    hurts: false,
    neighbours: [],
    apply: ({ board }) => {
      const own = board.definition.network.station.split(':').map((octet) => Number.parseInt(octet, 16))
      atJack(board.port, (octets) => {
        const alike = own.slice(0, 5).every((octet, at) => octet === octets[at]) && octets[5] !== own[5]
        return alike ? changedAt(octets, 5, () => own[5]) : octets
      })
    },
  },
  {
    name: 'type-field-turned',
    layer: 'mac',
    side: 'partner',
    title: 'the partner’s offload engine turns the type field of each tenth frame round: 0008h in place of 0800h',
    hurts: true,
    neighbours: ['box-mangles', 'box-drops'],
    apply: (bench) => {
      const turned = everyNth(10)
      partnerSends(bench, (frame, send) => {
        if (!turned()) return send(frame)
        const out = frame.slice()
        out[12] = frame[13]
        out[13] = frame[12]
        return send(out)
      })
    },
  },
  {
    name: 'wake-frames-without-end',
    layer: 'mac',
    side: 'partner',
    title: 'somebody sends a frame of 1,518 octets to the board’s own address every 30 ms, of a type nobody knows',
    hurts: false,
    neighbours: ['network-flooded'],
    apply: (bench) => {
      const { board, peer } = bench
      const own = board.definition.network.station.split(':').map((octet) => Number.parseInt(octet, 16))
      const frame = new Uint8Array(1_514)
      frame.set(own)
      frame.set([0x02, 0x00, 0x00, 0x00, 0x00, 0x7e], 6)
      frame.set([0x88, 0xb6], 12)
      repeat(bench, 30 * MILLISECOND, () => {
        if (peer.station.linkUp && peer.station.pending === 0) peer.station.sendRaw(withFcs(frame))
      })
    },
  },
  {
    name: 'delimiter-seen-early',
    layer: 'mac',
    side: 'chip',
    otherSides: ['wire'],
    title: 'the chip takes the delimiter too early in each 18th frame: what it has is shifted and damaged',
    hurts: true,
    neighbours: ['cable-noise', 'rx-noise', 'partner-bad-fcs'],
    apply: ({ board }) => {
      const early = everyNth(18)
      atJack(board.port, (octets) =>
        early() && octets.length > 0 ? Uint8Array.from([0xd5, ...octets.subarray(0, -1)]) : octets,
      )
    },
  },
]
