/** A host whose router falls silent goes by another (RFC 1122 3.3.1.5, 3.3.1.6). */
import { beforeEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { arpFrame, icmpMessage, ipv4Frame, TestDevice } from '../../../test/support/network.js'
import { MILLISECOND, SECOND } from '../../hal/clock.js'
import type { FrameDevice } from '../../hal/frame-device.js'
import { Stack } from '../../stack.js'
import { formatIpv4, type Ipv4Address, ipv4, mac } from '../address.js'
import { NEIGHBOUR_LIFETIME } from '../link/neighbour-cache.js'
import { ARP_REPLY, ARP_REQUEST } from '../wire/arp.js'
import { ETHERTYPE_ARP } from '../wire/ethernet.js'
import { readUint16, readUint32 } from '../wire/octets.js'
import { SILENCE } from './route-table.js'

const FAR = '198.51.100.1'
const OTHER = '203.0.113.1'

const macOf = (address: string) => mac(`02:00:00:00:07:${(ipv4(address) & 0xff).toString(16).padStart(2, '0')}`)

/** A wire with routers that answer ARP while they live, and do nothing else. */
class Wire extends TestDevice {
  readonly alive = new Set<string>()
  /** What hosts and routers were asked for by broadcast. */
  readonly asked: string[] = []
  /** IP datagrams: the last octet of the router's address, and the destination. */
  readonly datagrams: string[] = []

  constructor(
    readonly clock: Scheduler,
    last = 1,
  ) {
    super(mac(`02:00:00:00:00:0${last}`))
  }

  override send(frame: Uint8Array): boolean {
    if (!this.linkUp) return false
    if (readUint16(frame, 12) !== ETHERTYPE_ARP) {
      this.datagrams.push(`.${frame[5]} ${formatIpv4(readUint32(frame, 30))}`)
      return true
    }
    if (readUint16(frame, 20) !== ARP_REQUEST) return true
    const target = formatIpv4(readUint32(frame, 38))
    if (frame[0] === 0xff) this.asked.push(target)
    const sender = formatIpv4(readUint32(frame, 28))
    const from = macOf(target)
    const reply = arpFrame({ operation: ARP_REPLY, from, to: this.address, sender: target, target: sender })
    if (this.alive.has(target)) this.clock.after(MILLISECOND, () => this.inject(reply))
    return true
  }

  takeDatagrams(): string[] {
    return this.datagrams.splice(0)
  }

  setLink(up: boolean): void {
    this.linkUp = up
    this.handleLink?.(up)
  }
}

let clock: Scheduler
let stack: Stack
let wire: Wire
let told: string[]
let send: (to?: string) => void

function host(forwarding = false): void {
  clock = new Scheduler()
  stack = new Stack({ clock, random: new SeededRandom(12), forwarding })
  wire = new Wire(clock)
  const gateway = ['10.0.0.2', '10.0.0.3'].map(ipv4)
  stack.addInterface({ name: 'eth0', device: wire, address: '10.0.0.1/24', gateway })
  const socket = stack.socket('ipv4', 'datagram')
  socket.setOption('softErrors', true)
  told = []
  socket.onSoftError((code) => {
    told.push(code)
    socket.error()
  })
  send = (to = FAR) => socket.sendTo(Uint8Array.of(1), { address: to, port: 7 })
}

beforeEach(() => host())

describe('of two routers', () => {
  it('the first is used while it answers', () => {
    wire.alive.add('10.0.0.2').add('10.0.0.3')
    for (let i = 0; i < 200; i++) {
      send()
      clock.runFor(SECOND)
    }
    expect(new Set(wire.takeDatagrams())).toEqual(new Set([`.2 ${FAR}`]))
    expect(wire.asked).toEqual(['10.0.0.2'])
  })

  it('the second takes what waited for the first, each datagram once and in order, and nobody is notified of an error', () => {
    wire.alive.add('10.0.0.3')
    const destinations = [FAR, OTHER, FAR, '192.0.2.9']
    for (const to of destinations) send(to)
    clock.runFor(3 * SECOND - 1)
    expect(wire.takeDatagrams()).toEqual([])
    clock.runFor(SECOND)
    expect(wire.takeDatagrams()).toEqual(destinations.map((to) => `.3 ${to}`))
    expect(wire.asked).toEqual(['10.0.0.2', '10.0.0.2', '10.0.0.2', '10.0.0.3'])
    expect(told).toEqual([])
    expect(stack.interfaces[0].counters.dropped).toEqual({})
    expect(stack.memory.used).toBe(0)
    // What comes then, and what is new, goes by it at once.
    send()
    send('192.0.2.10')
    expect(wire.takeDatagrams()).toEqual([`.3 ${FAR}`, '.3 192.0.2.10'])
  })

  it('one that falls silent after it answered is noticed when its neighbour entry ends, at the latest', () => {
    wire.alive.add('10.0.0.2').add('10.0.0.3')
    send()
    clock.runFor(5 * SECOND)
    wire.alive.delete('10.0.0.2')
    wire.takeDatagrams()
    let first: number | undefined
    for (let i = 0; i < 100; i++) {
      send()
      clock.runFor(SECOND)
      if (wire.takeDatagrams().includes(`.3 ${FAR}`)) first ??= clock.now
    }
    // Three requests, a second apart, behind the last second that it is believed in.
    expect(first).toBeLessThanOrEqual(NEIGHBOUR_LIFETIME + 5 * SECOND)
    expect(told).toEqual([])
  })

  it('the second is asked at once when a transport says that nothing comes back', () => {
    wire.alive.add('10.0.0.2').add('10.0.0.3')
    send()
    clock.runFor(SECOND)
    wire.alive.delete('10.0.0.2')
    wire.takeDatagrams()
    stack.ipv4.doubt(stack.ipv4.route(ipv4(FAR))!)
    // Until it is known, what is sent goes as before: it may be the way that loses much.
    send()
    clock.runFor(4 * SECOND)
    expect(wire.takeDatagrams()).toEqual([`.2 ${FAR}`])
    send()
    clock.runFor(SECOND)
    expect(wire.takeDatagrams()).toEqual([`.3 ${FAR}`])
    // One that is doubted and there is only asked once more.
    stack.ipv4.doubt(stack.ipv4.route(ipv4(FAR))!)
    send()
    clock.runFor(SECOND)
    expect(wire.takeDatagrams()).toEqual([`.3 ${FAR}`])
    expect(wire.asked.slice(-2)).toEqual(['10.0.0.3', '10.0.0.3'])
  })

  it('neither answers: the sender is notified, once for each datagram, and the one silent the longest is asked next', () => {
    send()
    clock.runFor(10 * SECOND)
    expect(told).toEqual(['EHOSTUNREACH'])
    expect(wire.asked).toEqual([...Array(3).fill('10.0.0.2'), ...Array(3).fill('10.0.0.3')])
    expect(stack.interfaces[0].counters.dropped).toEqual({ 'neighbour unknown': 1 })
    wire.alive.add('10.0.0.2')
    send()
    clock.runFor(SECOND)
    expect(wire.takeDatagrams()).toEqual([`.2 ${FAR}`])
  })

  it('the first is tried again for what is new after a minute', () => {
    wire.alive.add('10.0.0.3')
    send()
    clock.runFor(4 * SECOND)
    wire.alive.add('10.0.0.2')
    clock.runFor(SILENCE - 2 * SECOND)
    send(OTHER)
    clock.runFor(SECOND)
    expect(wire.takeDatagrams()).toEqual([`.3 ${FAR}`, `.3 ${OTHER}`])
    clock.runFor(SECOND)
    send('192.0.2.10')
    clock.runFor(SECOND)
    expect(wire.takeDatagrams()).toEqual(['.2 192.0.2.10'])
  })
})

describe('another way', () => {
  it('is the default, where the router of a narrower route does not answer', () => {
    wire.alive.add('10.0.0.2')
    stack.addRoute('198.51.100.0/24', '10.0.0.9')
    send()
    clock.runFor(4 * SECOND)
    expect(wire.takeDatagrams()).toEqual([`.2 ${FAR}`])
    expect(wire.asked).toEqual([...Array(3).fill('10.0.0.9'), '10.0.0.2'])
  })

  it('is the router that sent a redirect, where the one that it names does not answer', () => {
    wire.alive.add('10.0.0.2')
    send()
    clock.runFor(SECOND)
    const quoted = ipv4Frame({ source: '10.0.0.1', destination: FAR, payload: new Uint8Array(8) }).subarray(14, 42)
    const message = icmpMessage(5, 1, ipv4('10.0.0.77'), quoted)
    wire.inject(ipv4Frame({ source: '10.0.0.2', protocol: 1, payload: message }))
    wire.takeDatagrams()
    send()
    expect(wire.asked.at(-1)).toBe('10.0.0.77')
    clock.runFor(4 * SECOND)
    expect(wire.takeDatagrams()).toEqual([`.2 ${FAR}`])
    expect(told).toEqual([])
  })

  it("is none for a host of the interface's own network", () => {
    wire.alive.add('10.0.0.2').add('10.0.0.3')
    send('10.0.0.99')
    clock.runFor(5 * SECOND)
    expect(told).toEqual(['EHOSTUNREACH'])
    expect(wire.takeDatagrams()).toEqual([])
  })

  it('is found for what a router passes on for others, too, and its sender is not told', () => {
    host(true)
    wire.alive.add('10.0.0.3')
    const inner = new TestDevice(mac('02:00:00:00:00:09'))
    stack.addInterface({ name: 'eth1', device: inner, address: '172.16.0.1/24' })
    inner.inject(ipv4Frame({ to: inner.address, source: '172.16.0.5', destination: FAR, payload: new Uint8Array(20) }))
    clock.runFor(4 * SECOND)
    expect(wire.takeDatagrams()).toEqual([`.3 ${FAR}`])
    expect(inner.takeLines()).toEqual([])
  })

  it('is the other interface while the link of the first is down, and the first again afterwards', () => {
    const second = new Wire(clock, 2)
    wire.alive.add('10.0.0.2')
    second.alive.add('172.16.0.3')
    stack.addInterface({ name: 'eth1', device: second, address: '172.16.0.1/24', gateway: '172.16.0.3' })
    send()
    clock.runFor(SECOND)
    expect([wire.takeDatagrams(), second.takeDatagrams()]).toEqual([[`.2 ${FAR}`], []])
    wire.setLink(false)
    send()
    clock.runFor(SECOND)
    expect([wire.takeDatagrams(), second.takeDatagrams()]).toEqual([[], [`.3 ${FAR}`]])
    wire.setLink(true)
    send()
    clock.runFor(SECOND)
    expect([wire.takeDatagrams(), second.takeDatagrams()]).toEqual([[`.2 ${FAR}`], []])
  })
})

/** One end of a wire that any number of stations are on: what one sends the others hear a millisecond later. */
class Station implements FrameDevice {
  handleFrame: ((frame: Uint8Array, more?: boolean) => void) | undefined
  handleLink: ((up: boolean) => void) | undefined
  readonly linkUp = true
  readonly dropped = {}
  dead = false

  constructor(
    readonly clock: Scheduler,
    readonly wire: Station[],
    readonly address: Uint8Array,
  ) {
    wire.push(this)
  }

  send(frame: Uint8Array): boolean {
    const copy = frame.slice()
    this.clock.after(MILLISECOND, () => {
      for (const other of this.wire) if (other !== this && !this.dead && !other.dead) other.handleFrame?.(copy)
    })
    return true
  }
}

it('a TCP connection goes on by the second router when the first dies under it (RFC 1122 4.2.3.5)', () => {
  const random = new SeededRandom(4)
  const near: Station[] = []
  const far: Station[] = []
  const stackOn = (name: string, forwarding = false) =>
    new Stack({ clock, random: random.fork(name), name, forwarding })
  let number = 0
  const plug = (on: Stack, onto: Station[], address: string, gateway: Ipv4Address[] = []) => {
    const device = new Station(clock, onto, Uint8Array.of(2, 0, 0, 0, 8, ++number))
    on.addInterface({ name: `eth${on.interfaces.length}`, device, address, gateway })
    return device
  }
  const client = stackOn('client')
  const server = stackOn('server')
  const routers = [stackOn('first', true), stackOn('second', true)]
  const routerPorts = routers.flatMap((router, i) => [
    plug(router, near, `10.1.0.${2 + i}/24`),
    plug(router, far, `10.2.0.${2 + i}/24`),
  ])
  plug(client, near, '10.1.0.9/24', ['10.1.0.2', '10.1.0.3'].map(ipv4))
  plug(server, far, '10.2.0.9/24', ['10.2.0.3'].map(ipv4))
  const listener = server.tcp.listen({ address: 0, port: 7 })
  const connection = client.tcp.connect({ address: ipv4('10.2.0.9'), port: 7 })
  clock.runFor(SECOND)
  const accepted = listener.accept()!
  connection.write(new Uint8Array(1000))
  clock.runFor(SECOND)
  const into = new Uint8Array(4000)
  expect(accepted.read(into)).toBe(1000)
  routerPorts[0].dead = true
  routerPorts[1].dead = true
  const diedAt = clock.now
  let heard = 0
  accepted.onReadable(() => {
    heard += accepted.read(into)
  })
  connection.write(new Uint8Array(500))
  clock.runWhile(() => heard === 0 && clock.now < diedAt + 60 * SECOND)
  expect(heard).toBe(500)
  // R1 is three retransmissions, of at most 0.2 to 3 s each here; then three requests by ARP, and one more retransmission.
  expect(clock.now - diedAt).toBeLessThan(10 * SECOND)
  expect(connection.state).toBe('ESTABLISHED')
})
