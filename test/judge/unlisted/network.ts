/** Stacks: the partner’s, the board’s own, and the firmware that bridges. */
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import {
  atControllerPins,
  everyNth,
  ICMP_AT,
  isArp,
  isEcho,
  partnerHears,
  partnerSends,
  repeat,
  withHeaderChecksum,
  withIcmpChecksum,
} from './instruments.js'
import type { Unlisted } from './unlisted.js'

export const NETWORK_UNLISTED: readonly Unlisted[] = [
  {
    name: 'arp-answers-name-another',
    layer: 'network',
    side: 'partner',
    title: 'the partner’s ARP answers have another station’s address in them',
    hurts: true,
    neighbours: ['partner-no-ping'],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        if (!isArp(frame, 2)) return send(frame)
        const out = frame.slice()
        out[27] ^= 0x40
        return send(out)
      }),
  },
  {
    name: 'echo-octet-changed',
    layer: 'network',
    side: 'partner',
    title: 'the partner answers echo requests with one octet changed, and a checksum that fits it',
    hurts: true,
    neighbours: ['box-mangles'],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0) || frame.length < ICMP_AT + 20) return send(frame)
        const out = frame.slice()
        out[ICMP_AT + 16] ^= 0x01
        return send(withIcmpChecksum(out))
      }),
  },
  {
    name: 'answers-twice',
    layer: 'network',
    side: 'partner',
    title: 'every answer of the partner comes twice',
    hurts: false,
    neighbours: ['box-duplicates'],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        const taken = send(frame)
        if (isEcho(frame, 0) || isArp(frame, 2)) send(frame)
        return taken
      }),
  },
  {
    name: 'answers-one-echo-a-second',
    layer: 'network',
    side: 'partner',
    title: 'the partner limits its echo answers to one a second',
    hurts: true,
    neighbours: ['partner-no-ping', 'box-drops'],
    apply: (bench) => {
      let next = 0
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0)) return send(frame)
        if (bench.lab.now < next) return true
        next = bench.lab.now + SECOND
        return send(frame)
      })
    },
  },
  {
    name: 'queue-fills-up',
    layer: 'network',
    side: 'partner',
    otherSides: ['wire'],
    title: 'a buffer on the way fills: each answer is 12 ms later than the one before, up to 700 ms',
    hurts: true,
    neighbours: ['box-delays', 'partner-slow'],
    apply: (bench) => {
      let delay = 0
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0)) return send(frame)
        delay = Math.min(700 * MILLISECOND, delay + 12 * MILLISECOND)
        const late = frame.slice()
        bench.lab.clock.after(delay, () => send(late))
        return true
      })
    },
  },
  {
    name: 'echo-identifier-lost',
    layer: 'network',
    side: 'partner',
    title: 'a translator on the way loses the identifier of echo answers',
    hurts: true,
    neighbours: ['partner-no-ping'],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0)) return send(frame)
        const out = frame.slice()
        out[ICMP_AT + 4] ^= 0x5a
        return send(withIcmpChecksum(out))
      }),
  },
  {
    name: 'header-checksum-not-made',
    layer: 'network',
    side: 'partner',
    title: 'the partner’s offload engine leaves the IPv4 header checksum of each third datagram at 0',
    hurts: true,
    neighbours: ['box-mangles', 'box-drops'],
    apply: (bench) => {
      const left = everyNth(3)
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0) || !left()) return send(frame)
        const out = frame.slice()
        out[24] = out[25] = 0
        return send(out)
      })
    },
  },
  {
    name: 'arp-answer-late',
    layer: 'network',
    side: 'partner',
    title: 'the partner answers ARP after 1.4 s, echo requests at once',
    hurts: true,
    neighbours: ['partner-slow'],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        if (!isArp(frame, 2)) return send(frame)
        const late = frame.slice()
        bench.lab.clock.after(1_400 * MILLISECOND, () => send(late))
        return true
      }),
  },
  {
    name: 'impostor-of-partner',
    layer: 'network',
    side: 'partner',
    title: 'a third station says every 700 ms that the partner’s address is its own',
    hurts: true,
    neighbours: [],
    apply: (bench) => {
      const { board, peer } = bench
      const octets = (text: string): number[] => text.split('/')[0].split('.').map(Number)
      const impostor = [0x02, 0x00, 0x00, 0x00, 0x66, 0x66]
      const own = board.definition.network.station.split(':').map((octet) => Number.parseInt(octet, 16))
      const { gateway, address } = board.definition.network
      const frame = Uint8Array.from([
        ...own,
        ...impostor,
        ...[0x08, 0x06, 0x00, 0x01, 0x08, 0x00, 0x06, 0x04, 0x00, 0x02],
        ...impostor,
        ...octets(gateway),
        ...own,
        ...octets(address),
      ])
      repeat(bench, 700 * MILLISECOND, () => {
        if (peer.station.linkUp) peer.station.send(frame)
      })
    },
  },
  {
    name: 'echo-cut-short',
    layer: 'network',
    side: 'partner',
    title: 'the partner’s stack has a small buffer: it answers long echo requests with their first 1,000 octets',
    hurts: true,
    neighbours: [],
    apply: (bench) =>
      partnerSends(bench, (frame, send) => {
        const length = 20 + 8 + 1_000
        if (!isEcho(frame, 0) || frame.length <= 14 + length) return send(frame)
        const out = frame.slice(0, 14 + length)
        out[16] = length >> 8
        out[17] = length & 0xff
        return send(withIcmpChecksum(withHeaderChecksum(out)))
      }),
  },
  {
    name: 'partner-freezes',
    layer: 'network',
    side: 'partner',
    title: 'the partner’s operating system stands still for 800 ms every 2.5 s; its card keeps the link',
    hurts: true,
    neighbours: ['partner-slow', 'box-delays'],
    apply: (bench) =>
      partnerHears(bench, (frame, take) => {
        const { lab } = bench
        const into = lab.now % (2.5 * SECOND)
        if (into > 800 * MILLISECOND) return take(frame)
        const kept = frame.slice()
        lab.clock.after(800 * MILLISECOND - into, () => take(kept))
      }),
  },
  {
    name: 'partner-dozes',
    layer: 'network',
    side: 'partner',
    title: 'the partner’s card dozes after 120 ms without a frame, and loses the one that wakes it',
    hurts: true,
    neighbours: ['box-drops'],
    apply: (bench) => {
      let last = 0
      partnerHears(bench, (frame, take) => {
        const dozed = bench.lab.now - last > 120 * MILLISECOND
        last = bench.lab.now
        if (!dozed) take(frame)
      })
    },
  },
  {
    name: 'partner-shuffles-answers',
    layer: 'network',
    side: 'partner',
    title: 'the partner gives each answer the data of the request before',
    hurts: true,
    neighbours: ['box-mangles'],
    apply: (bench) => {
      let before: Uint8Array | undefined
      partnerSends(bench, (frame, send) => {
        if (!isEcho(frame, 0)) return send(frame)
        const out = frame.slice()
        if (before !== undefined && before.length === out.length) out.set(before.subarray(ICMP_AT + 8), ICMP_AT + 8)
        before = frame.slice()
        return send(withIcmpChecksum(out))
      })
    },
  },
  {
    name: 'bridge-buffer-overflows',
    layer: 'network',
    side: 'board',
    title: 'the bridge firmware has room for 1,000 octets of an SPI reply: what lies behind is zeros',
    hurts: true,
    neighbours: [],
    apply: (bench) =>
      atControllerPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        return reply.length > 1_000 ? reply.fill(0, 1_000) : reply
      }),
  },
  {
    name: 'bridge-gives-old-reply',
    layer: 'network',
    side: 'board',
    title: 'the bridge firmware gives the reply before, for each 500th SPI read',
    hurts: true,
    neighbours: ['spi-noise'],
    apply: (bench) => {
      const old = everyNth(500)
      let before = new Uint8Array(0)
      atControllerPins(bench, (sound) => (write, read) => {
        const reply = sound(write, read)
        if (read === 0) return reply
        const given = old() && before.length === read ? before : reply
        before = Uint8Array.from(reply)
        return given
      })
    },
  },
  {
    name: 'firmware-dies-of-long-frames',
    layer: 'network',
    side: 'board',
    title: 'the board’s firmware overruns its stack and restarts when it fetches more than 1,300 octets',
    hurts: true,
    neighbours: ['brown-out'],
    apply: (bench) =>
      atControllerPins(bench, (sound) => (write, read) => {
        if (read > 1_300) bench.lab.clock.after(0, () => bench.board.restart())
        return sound(write, read)
      }),
  },
  {
    name: 'firmware-loses-each-fifth',
    layer: 'network',
    side: 'board',
    title: 'the board’s own stack drops each fifth frame that it has fetched',
    hurts: true,
    neighbours: [],
    apply: ({ board }) => {
      const { device } = board.controller
      const sound = device.handleFrame
      const lost = everyNth(5)
      device.handleFrame = (frame, more) => {
        if (!lost()) sound?.(frame, more)
      }
    },
  },
  {
    name: 'firmware-miscounts-length',
    layer: 'network',
    side: 'board',
    title: 'the board’s own stack takes frames of odd length for one octet shorter',
    hurts: true,
    neighbours: [],
    apply: ({ board }) => {
      const { device } = board.controller
      const sound = device.handleFrame
      device.handleFrame = (frame, more) => sound?.(frame.length & 1 ? frame.subarray(0, -1) : frame, more)
    },
  },
]
