/** What may come from a network that wishes us ill: any octets at all, and datagrams that are nearly right. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { arpFrame, echoFrame, icmpMessage, ipv4Frame, numbered, TestDevice } from '../../test/support/network.js'
import { MILLISECOND, SECOND } from '../hal/clock.js'
import { Stack } from '../stack.js'
import { BROADCAST_MAC, ipv4 } from './address.js'
import { neighbourLimit } from './link/neighbour-cache.js'
import { checksum } from './wire/checksum.js'
import { readUint16, writeUint16 } from './wire/octets.js'
import { printFrame } from './wire/print.js'

const FRAMES = 40_000

function seeds(): Uint8Array[] {
  const query = [0x11, 10, 0, 0, 0, 0, 0, 0]
  writeUint16(query as never, 2, checksum(Uint8Array.from(query)))
  const quoted = ipv4Frame({ source: '10.0.0.1', destination: '10.0.0.2', payload: numbered(40) }).subarray(14, 62)
  return [
    arpFrame(),
    arpFrame({ operation: 2, sender: '10.0.0.9', target: '10.0.0.1' }),
    arpFrame({ sender: '0.0.0.0' }),
    echoFrame(0),
    echoFrame(301),
    echoFrame(20, { options: [7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 148, 4, 0, 0, 1] }),
    echoFrame(20, { options: [68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 131, 7, 8, 10, 0, 0, 9, 0] }),
    echoFrame(20, { destination: '10.0.0.255', to: BROADCAST_MAC }),
    ipv4Frame({ protocol: 1, payload: icmpMessage(3, 4, 576, quoted) }),
    ipv4Frame({ protocol: 1, payload: icmpMessage(11, 0, 0, quoted) }),
    ipv4Frame({ protocol: 2, destination: '224.0.0.1', payload: query, options: [148, 4, 0, 0] }),
    ipv4Frame({ protocol: 17, payload: [0, 7, 0, 9, 0, 24, 0, 0, ...numbered(16)] }),
    ipv4Frame({ protocol: 6, payload: [0, 7, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 2, 4, 0, 0, 0, 0, 0] }),
    ipv4Frame({ protocol: 1, payload: numbered(1400), moreFragments: true }),
    ipv4Frame({ protocol: 1, payload: numbered(800), offset: 1400 }),
    ipv4Frame({ protocol: 253, payload: numbered(8), offset: 65_000, moreFragments: true }),
    ipv4Frame({ destination: '10.1.0.2', payload: numbered(900) }),
  ]
}

/** Changes a frame in one of the ways that hurt parsers. Most have good header checksums, so that they get in. */
function mutate(frame: Uint8Array, random: SeededRandom): Uint8Array {
  let mutant = frame.slice()
  const kind = random.below(8)
  if (kind === 0) mutant = mutant.slice(0, random.below(mutant.length + 1))
  else if (kind === 1) mutant = Uint8Array.from({ length: random.below(1600) }, () => random.below(256))
  else {
    for (let n = random.below(4); n >= 0; n--) {
      const at =
        random.below(3) === 0 ? random.below(mutant.length) : 12 + random.below(Math.min(60, mutant.length - 12))
      mutant[at] = random.below(3) === 0 ? [0, 1, 0x7f, 0x80, 0xff][random.below(5)] : random.below(256)
    }
    if (kind > 4 && readUint16(mutant, 12) === 0x0800) {
      // A fragment of one of a few datagrams, anywhere in it.
      writeUint16(mutant, 18, random.below(8))
      writeUint16(mutant, 20, random.below(2) * 0x2000 + random.below(random.below(2) === 0 ? 200 : 8192))
    }
  }
  if (mutant.length > 34 && random.below(8) > 0) {
    const end = Math.min(mutant.length, 14 + Math.max(20, (mutant[14] & 0xf) * 4))
    writeUint16(mutant, 24, 0)
    writeUint16(mutant, 24, checksum(mutant, 14, end))
    const protocol = mutant[23]
    const to = Math.min(mutant.length, 14 + readUint16(mutant, 16))
    if ((protocol === 1 || protocol === 2) && to >= end + 8) {
      writeUint16(mutant, end + 2, 0)
      writeUint16(mutant, end + 2, checksum(mutant, end, to))
    }
  }
  return mutant
}

describe('a stack under hostile frames', () => {
  it.each([
    [1, 1 << 20, false],
    [2, 1536, false],
    [3, 6144, true],
  ])(
    'does not throw, keeps to its limits, and is whole afterwards (seed %i, %i octets, router: %s)',
    (seed, memory, forwarding) => {
      const clock = new Scheduler()
      const device = new TestDevice()
      const far = new TestDevice(Uint8Array.of(2, 0, 0, 0, 1, 1))
      const random = new SeededRandom(seed)
      const stack = new Stack({ clock, random, memory, forwarding })
      const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24' })
      stack.addInterface({ name: 'eth1', device: far, address: '10.1.0.1/24', mtu: 576 })
      stack.igmp.join(ipv4('239.1.2.3'), network)
      network.onConflict((_, givenUp) => {
        if (givenUp) network.configure('10.0.0.1/24')
      })
      const originals = seeds()
      let unprintable = 0
      for (let i = 0; i < FRAMES; i++) {
        const frame = mutate(originals[random.below(originals.length)], random)
        device.inject(frame, random.below(4) === 0)
        if (printFrame(frame).includes('undefined')) unprintable++
        if (random.below(20) === 0) clock.runFor(random.below(20) * MILLISECOND)
        if (stack.memory.used > memory) throw new Error(`frame ${i}: ${stack.memory.used} octets are held`)
        device.take()
        far.take()
      }
      expect(unprintable).toBe(0)
      expect(network.neighbours.entries().length).toBeLessThanOrEqual(neighbourLimit(memory))
      expect(stack.memory.snapshot().byPurpose.fragments ?? 0).toBeLessThanOrEqual(memory / 2)
      const { ipv4: counts } = stack.counters()
      // The mutants get as far as they are meant to.
      expect(counts.delivered).toBeGreaterThan(1000)
      if (memory > 6000) expect(counts.dropped['fragment overlap']).toBeGreaterThan(10)
      if (forwarding) expect(counts.forwarded).toBeGreaterThan(1000)

      stack.igmp.leave(ipv4('239.1.2.3'))
      clock.runFor(180 * SECOND)
      device.take()
      expect(stack.memory.used).toBe(0)
      expect(clock.nextAt).toBeUndefined()
      network.configure('10.0.0.1/24')
      device.inject(arpFrame())
      device.inject(echoFrame(20))
      expect(device.takeLines().at(-1)).toBe('IP 10.0.0.1 > 10.0.0.2: ICMP echo reply, id 1, seq 2, length 28')
    },
  )
})
