import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { FrameLink } from '../../../test/support/frame-link.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import { Stack } from '../../stack.js'
import { ipv4 } from '../address.js'
import type { Connection } from './tcp.js'

const A = ipv4('10.0.0.1')
const B = ipv4('10.0.0.2')
const PORT = 7

function pair(link: Partial<{ rate: number; delay: number; queue: number }> = {}) {
  const clock = new Scheduler()
  const random = new SeededRandom(5)
  const wire = new FrameLink({ clock, ...link })
  const a = new Stack({ clock, random: random.fork('a'), name: 'a' })
  const b = new Stack({ clock, random: random.fork('b'), name: 'b' })
  a.addInterface({ name: 'eth0', device: wire.a, address: '10.0.0.1/24' })
  b.addInterface({ name: 'eth0', device: wire.b, address: '10.0.0.2/24' })
  return { clock, a, b }
}

/** Writes `octets` of a pattern as the connection takes them, then closes that side. @returns what writes at once */
function feed(connection: Connection, octets: number): () => void {
  const chunk = new Uint8Array(8192)
  let written = 0
  const go = () => {
    while (written < octets) {
      const length = Math.min(chunk.length, octets - written)
      for (let i = 0; i < length; i++) chunk[i] = (written + i) % 251
      const taken = connection.write(chunk, 0, length)
      written += taken
      if (taken < length) return
    }
    stop()
    connection.shutdownWrite()
  }
  const stop = connection.onWritable(go)
  return go
}

/** Reads all that comes and counts the octets that are right. */
function drain(connection: Connection): { readonly octets: number; readonly wrong: number } {
  const found = { octets: 0, wrong: 0 }
  const into = new Uint8Array(4096)
  connection.onReadable(() => {
    for (let n = connection.read(into); n > 0; n = connection.read(into)) {
      for (let i = 0; i < n; i++) if (into[i] !== (found.octets + i) % 251) found.wrong++
      found.octets += n
    }
  })
  return found
}

describe('two stacks on a link', () => {
  it('carry a stream each way, close in order, and leave no timer and no memory behind', () => {
    const { clock, a, b } = pair({ delay: MILLISECOND })
    const listener = b.tcp.listen({ address: 0, port: PORT })
    const client = a.tcp.connect({ address: B, port: PORT })
    const states: string[] = []
    client.onState((state) => states.push(state))
    let got: ReturnType<typeof drain> | undefined
    let server: Connection | undefined
    listener.onAcceptable(() => {
      server = listener.accept()!
      got = drain(server)
      feed(server, 300_000)()
    })
    const back = drain(client)
    feed(client, 1_000_000)
    clock.runFor(20 * SECOND)
    expect([got?.octets, got?.wrong]).toEqual([1_000_000, 0])
    expect([back.octets, back.wrong]).toEqual([300_000, 0])
    clock.runFor(120 * SECOND)
    expect([client.state, server?.state]).toEqual(['CLOSED', 'CLOSED'])
    expect([client.error, server?.error]).toEqual([undefined, undefined])
    expect(states[0]).toBe('ESTABLISHED')
    expect(client.local.address).toBe(A)
    listener.close()
    clock.runFor(300 * SECOND)
    expect(a.memory.used + b.memory.used).toBe(0)
    expect(clock.nextAt).toBeUndefined()
  })

  it('open at once towards each other, and have one connection (RFC 9293 3.5, figure 7)', () => {
    const { clock, a, b } = pair({ delay: MILLISECOND })
    // Who answers for the address is known before, so that neither SYN waits for it.
    a.ping(B, {}, () => {})
    clock.runFor(SECOND)
    const one = a.tcp.connect({ address: B, port: 2000 }, { local: { address: 0, port: 1000 } })
    const other = b.tcp.connect({ address: A, port: 1000 }, { local: { address: 0, port: 2000 } })
    const through: string[] = []
    one.onState((state) => through.push(state))
    clock.runFor(500 * MILLISECOND)
    expect([one.state, other.state]).toEqual(['ESTABLISHED', 'ESTABLISHED'])
    expect(through).toEqual(['SYN-RECEIVED', 'ESTABLISHED'])
    const [to, from] = [drain(other), drain(one)]
    const [write, answer] = [feed(one, 20_000), feed(other, 30_000)]
    write()
    answer()
    clock.runFor(SECOND)
    expect([to, from]).toEqual([
      { octets: 20_000, wrong: 0 },
      { octets: 30_000, wrong: 0 },
    ])
  })

  it('go on where a device has room for four frames: what it refuses is sent when there is room', () => {
    const { clock, a, b } = pair({ rate: 10_000_000, queue: 4 })
    const listener = b.tcp.listen({ address: 0, port: PORT })
    const client = a.tcp.connect({ address: B, port: PORT })
    let got: ReturnType<typeof drain> | undefined
    listener.onAcceptable(() => {
      got = drain(listener.accept()!)
    })
    feed(client, 500_000)
    clock.runFor(SECOND)
    // Half a megabyte takes 0.42 s at this rate.
    expect(got).toEqual({ octets: 500_000, wrong: 0 })
    expect(a.tcp.counters.dropped['not sent']).toBeGreaterThan(0)
    expect(client.info().retransmits).toBe(0)
  })

  it('are one: a stack connects to itself', () => {
    const { clock, a } = pair()
    const listener = a.tcp.listen({ address: 0, port: PORT })
    const client = a.tcp.connect({ address: ipv4('127.0.0.1'), port: PORT })
    let got: ReturnType<typeof drain> | undefined
    listener.onAcceptable(() => {
      got = drain(listener.accept()!)
    })
    feed(client, 200_000)
    clock.runFor(10 * SECOND)
    expect(got).toEqual({ octets: 200_000, wrong: 0 })
  })
})
