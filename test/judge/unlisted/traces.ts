/** Everything that can be seen from outside of a bench, as one number: two runs in which nothing differs have the same. */
import type { ModelBench } from './instruments.js'

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** FNV-1a over octets and times. */
class Digest {
  value = OFFSET

  octets(octets: Uint8Array): void {
    for (let at = 0; at < octets.length; at++) this.value = Math.imul(this.value ^ octets[at], PRIME)
  }

  number(value: number): void {
    for (let rest = Math.round(value), octet = 0; octet < 6; octet++, rest = Math.floor(rest / 256))
      this.value = Math.imul(this.value ^ (rest % 256), PRIME)
  }
}

export function tracesOf({ board, cable, lab, peer }: ModelBench): { readonly digest: number } {
  const digest = new Digest()
  board.wires.observe({
    transfer: (write, read) => {
      digest.number(lab.now)
      digest.octets(write)
      digest.octets(read)
    },
    // A model board moves whole frames.
    select: () => {},
    exchange: () => {},
    edge: () => {},
  })
  board.wires.interrupt.onEdge((high) => digest.number(lab.now * 2 + Number(high)))
  cable.onFrame(({ octets, at }) => {
    digest.number(at)
    digest.octets(octets)
  })
  const { station } = peer
  const taken = station.handleFrame
  station.handleFrame = (frame) => {
    digest.octets(frame)
    taken?.(frame)
  }
  for (const direction of ['a-to-b', 'b-to-a'] as const) {
    board.uart.observe(direction, {
      received: (octet, flags, at) => {
        digest.number(at)
        digest.number(octet * 256 + flags)
      },
    })
  }
  return {
    get digest() {
      return digest.value >>> 0
    },
  }
}
