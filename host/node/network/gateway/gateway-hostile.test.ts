/** Boards that send what they like: SYNs that nobody stands behind, headers that are too long, frames of noise. The gateway holds no more than its bounds. */
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../../boards/simulation/random.js'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import { checksum } from '../../../../firmware/net/wire/checksum.js'
import {
  closeAfterEach,
  GATEWAY_ADDRESS,
  type GatewayScene,
  gatewayScene,
  systemServer,
} from '../../../../test/support/gateway-scene.js'

closeAfterEach()

const ip = (text: string): number[] => text.split('.').map(Number)

/** An IPv4 datagram in a frame to the gateway, written octet by octet; its lengths and sums hold. */
function frameTo(
  { host, client }: GatewayScene,
  protocol: number,
  source: string,
  destination: string,
  payload: readonly number[] | Uint8Array,
  options: readonly number[] = [],
): Uint8Array {
  const header = 20 + options.length
  const frame = new Uint8Array(14 + header + payload.length)
  const view = new DataView(frame.buffer)
  frame.set(host.station.address, 0)
  frame.set(client.station.address, 6)
  view.setUint16(12, 0x0800)
  view.setUint8(14, 0x40 | (header / 4))
  view.setUint16(16, header + payload.length)
  view.setUint16(22, (64 << 8) | protocol)
  frame.set(ip(source), 26)
  frame.set(ip(destination), 30)
  frame.set(options, 34)
  frame.set(payload, 14 + header)
  view.setUint16(24, checksum(frame, 14, 14 + header))
  const length = payload.length
  const pseudo =
    (protocol === 6 || protocol === 17 ? protocol + length : 0) + words([...ip(source), ...ip(destination)])
  const sumAt = 14 + header + (protocol === 6 ? 16 : protocol === 17 ? 6 : 2)
  if (sumAt + 2 <= frame.length)
    view.setUint16(sumAt, checksum(frame, 14 + header, frame.length, protocol === 1 ? 0 : pseudo))
  return frame
}

const words = (octets: readonly number[]) =>
  octets.reduce((sum, octet, at) => sum + (at % 2 === 0 ? octet << 8 : octet), 0)

/** A TCP header with a SYN. */
function syn(from: number, to: number, options: readonly number[] = [], flags = 2): number[] {
  const header = [from >> 8, from & 255, to >> 8, to & 255, 0, 0, 0, 1, 0, 0, 0, 0]
  return [...header, ((20 + options.length) / 4) << 4, flags, 0x20, 0, 0, 0, 0, 0, ...options]
}

/** The card hands frames over as though they had come by its cable, and time passes now and then. */
async function hear({ host, lab }: GatewayScene, frames: Iterable<Uint8Array>, together = 100): Promise<void> {
  let at = 0
  for (const frame of frames) {
    host.station.handleFrame?.(frame)
    if (++at % together === 0) await lab.run({ for: MILLISECOND })
  }
  await lab.run({ for: MILLISECOND })
}

async function works({ client }: GatewayScene, port: number): Promise<void> {
  const socket = await client.socket('ipv4', 'stream').connect({ address: GATEWAY_ADDRESS.ipv4, port })
  await socket.write('still there?')
  socket.shutdown('write')
  expect(Buffer.from(await socket.readAll()).toString()).toBe('yes: still there?')
  socket.close()
}

const answering = () =>
  systemServer('127.0.0.1', (socket) => {
    let said = ''
    socket.on('data', (part) => {
      said += part
    })
    socket.on('end', () => socket.end(`yes: ${said}`))
  })

describe('10,000 connections that stay half open', () => {
  it('hold no more than the bounds of sockets and memory, are no flood outside, and a real one is served', async () => {
    const port = await answering()
    const limits = { openings: 32, openingsASecond: 50, openingSeconds: 1 }
    const scene = await gatewayScene({ allow: [`127.0.0.1:${port}`], limits })
    const { gateway, host, lab } = scene
    let most = 0
    function* flood() {
      for (let at = 0; at < 10_000; at++) {
        if (at % 64 === 0) most = Math.max(most, gateway.status().conversations.length)
        // Of stations that are not there: nobody answers the SYN,ACK.
        yield frameTo(scene, 6, `192.168.7.${100 + (at % 100)}`, GATEWAY_ADDRESS.ipv4, syn(1024 + at, port))
      }
    }
    const began = lab.now
    await hear(scene, flood())
    // Those that waited give way to a newer one.
    await works(scene, port)
    const { dropped, counters } = gateway.status()
    expect(most).toBeLessThanOrEqual(limits.openings)
    expect(counters.begun).toBeLessThanOrEqual(
      1 + limits.openings + (limits.openingsASecond * (lab.now - began)) / SECOND,
    )
    expect(dropped['too many connections a second']).toBeGreaterThan(9_000)
    expect(dropped['opening gave way to a newer one']).toBeGreaterThan(0)
    expect(host.stack.memory.snapshot().peak).toBeLessThan(200_000)
    expect(host.stack.tcp.counters.cookiesSent).toBe(0)
    // Who never answers is given up.
    while (gateway.status().conversations.length > 0) await lab.run({ for: SECOND / 4 })
    expect(host.stack.memory.snapshot().byPurpose).toMatchObject({ 'TCP connections half open': 0 })
  })
})

it('headers that are too long, or longer than what they are in, open nothing and are counted', async () => {
  const port = await answering()
  const scene = await gatewayScene({ allow: [`127.0.0.1:${port}`] })
  const { gateway, host } = scene
  const from = '192.168.7.2'
  const whole = syn(5000, port)
  const longHeader = [...whole]
  longHeader[12] = 0xf0
  const shortHeader = [...whole]
  shortHeader[12] = 0x40
  await hear(scene, [
    // TCP: a header of 60 octets in 20, one of 16; options whose lengths lead out of it.
    frameTo(scene, 6, from, GATEWAY_ADDRESS.ipv4, longHeader),
    frameTo(scene, 6, from, GATEWAY_ADDRESS.ipv4, shortHeader),
    // IPv4: an option that is longer than the header, a source route that goes on from here.
    frameTo(scene, 6, from, '10.0.0.9', whole, [0x94, 40, 0, 0]),
    frameTo(scene, 6, from, GATEWAY_ADDRESS.ipv4, whole, [0x83, 7, 4, 9, 9, 9, 9, 0]),
  ])
  expect(gateway.status()).toMatchObject({ conversations: [], counters: { begun: 0 } })
  expect(Object.values(host.stack.tcp.counters.dropped).reduce((sum, count) => sum + count, 0)).toBe(2)
  expect(host.stack.ipv4.counters.dropped).toMatchObject({ 'IPv4 options': 2 })
  // A SYN with text that is longer than a frame, in fragments, is not kept.
  const fragment = (offset: number, more: boolean, payload: readonly number[]) => {
    const frame = frameTo(scene, 6, from, GATEWAY_ADDRESS.ipv4, payload)
    const view = new DataView(frame.buffer)
    view.setUint16(18, 77)
    view.setUint16(20, (more ? 0x2000 : 0) | (offset / 8))
    view.setUint16(24, 0)
    view.setUint16(24, checksum(frame, 14, 34))
    return frame
  }
  const text = new Array(2_980).fill(65)
  const segment = [...syn(5001, port), ...text]
  const sum = checksum(
    Uint8Array.from(segment),
    0,
    segment.length,
    6 + segment.length + words([...ip(from), ...ip(GATEWAY_ADDRESS.ipv4)]),
  )
  segment[16] = sum >> 8
  segment[17] = sum & 255
  const parts = [
    fragment(0, true, segment.slice(0, 1480)),
    fragment(1480, true, segment.slice(1480, 2960)),
    fragment(2960, false, segment.slice(2960)),
  ]
  // `frameTo` wrote sums of TCP where there are none.
  parts[0].set([sum >> 8, sum & 255], 34 + 16)
  for (const [at, part] of parts.entries()) if (at > 0) part.set(segment.slice(at * 1480 + 16, at * 1480 + 18), 34 + 16)
  await hear(scene, parts)
  expect(gateway.status().dropped).toEqual({ 'SYN too long': 1 })
  await works(scene, port)
})

it.each([1, 2, 3])(
  'whatever the board sends: nothing is thrown, the bounds hold, the next one is served (seed %i)',
  async (seed) => {
    const port = await answering()
    const scene = await gatewayScene({
      allow: [`127.0.0.1:${port}`, '127.0.0.1:9'],
      onlyAllowed: true,
      nameServers: ['127.0.0.1:9'],
      ping: '/bin/true',
      limits: { conversations: 16, openings: 16, connections: 16, openingSeconds: 1, conversationSeconds: 1 },
    })
    const { gateway, host, lab } = scene
    const random = new SeededRandom(seed)
    const octet = () => random.below(256)
    const some = (count: number) => Array.from({ length: count }, octet)
    const places = [
      GATEWAY_ADDRESS.ipv4,
      '192.168.7.9',
      '10.1.1.1',
      '8.8.8.8',
      '224.0.0.1',
      '255.255.255.255',
      '0.0.0.0',
      '127.0.0.1',
    ]
    const ports = [port, 9, 53, 67, 0, 65_535]
    const pick = <Each>(all: readonly Each[]): Each => all[random.below(all.length)]
    function* noise() {
      for (let at = 0; at < 3_000; at++) {
        const source = random.below(4) === 0 ? some(4).join('.') : `192.168.7.${random.below(256)}`
        const to = pick(places)
        const [from, toPort] = [random.below(65_536), pick(ports)]
        const udp = [from >> 8, from & 255, toPort >> 8, toPort & 255, 0, 0, 0, 0, ...some(random.below(60))]
        udp[4] = udp.length >> 8
        udp[5] = udp.length & 255
        const payload = pick([
          syn(from, toPort, some(4 * random.below(10)), octet() & 0x3f),
          syn(from, toPort),
          udp,
          [8, 0, 0, 0, ...some(random.below(40))],
          [octet(), octet(), 0, 0, ...some(4), 0x45, ...some(27)],
          some(random.below(80)),
        ])
        const protocol =
          random.below(8) === 0 ? octet() : payload === udp ? 17 : payload[0] === 8 || payload.length === 36 ? 1 : 6
        const frame = frameTo(
          scene,
          protocol,
          source,
          to,
          payload,
          random.below(10) === 0 ? some(4 * random.below(10)) : [],
        )
        for (let spoilt = random.below(3); spoilt > 0; spoilt--)
          if (random.below(2) === 0) frame[12 + random.below(frame.length - 12)] = octet()
        yield random.below(20) === 0 ? frame.slice(0, 14 + random.below(frame.length - 14)) : frame
      }
    }
    await hear(scene, noise(), 50)
    expect(gateway.status().conversations.length).toBeLessThanOrEqual(48)
    expect(host.stack.memory.snapshot().peak).toBeLessThan(1 << 20)
    // Nothing that was reached was not to be: what is refused is all else.
    for (const { outside } of gateway.status().conversations) expect(outside).toMatch(/^127\.0\.0\.1:/)
    while (gateway.status().conversations.length > 0) await lab.run({ for: SECOND / 4 })
    await works(scene, port)
  },
)
