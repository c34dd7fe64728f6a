import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { arpFrame, echoFrame, ipv4Frame, OWN_MAC, PEER_MAC, TestDevice } from '../../test/support/network.js'
import { Stack } from '../stack.js'
import { BROADCAST_MAC, mac } from './address.js'

const OTHER_MAC = mac('02:00:00:00:00:77')
/** Differs in one bit of one octet. */
const NEIGHBOURING = Array.from({ length: 6 }, (_, at) => OWN_MAC.map((octet, i) => (i === at ? octet ^ 0x80 : octet)))

function bench(options: { promiscuous?: boolean; forwarding?: boolean } = {}) {
  const { forwarding = false, ...settings } = options
  const device = new TestDevice()
  const far = new TestDevice(mac('02:00:00:00:01:01'))
  const stack = new Stack({ clock: new Scheduler(), random: new SeededRandom(1), forwarding })
  const network = stack.addInterface({ name: 'eth0', device, address: '10.0.0.1/24', ...settings })
  stack.addInterface({ name: 'eth1', device: far, address: '10.1.0.1/24' })
  return { device, far, stack, network }
}

describe('the destination address of a frame (IEEE 802.3 3.2.4)', () => {
  it.each([OTHER_MAC, ...NEIGHBOURING].map((to) => [Array.from(to).join(' '), to] as const))(
    'of another station has it dropped and counted, whatever the device lets through: %s',
    (_, to) => {
      const { device, network, stack } = bench()
      device.inject(arpFrame({ to }))
      device.inject(echoFrame(8, { to }))
      device.inject(ipv4Frame({ to, protocol: 17, payload: [0, 7, 0, 9, 0, 8, 0, 0] }))
      expect(device.sent).toEqual([])
      expect(network.counters.dropped).toEqual({ 'frame for another station': 3 })
      expect(network.neighbours.entries()).toEqual([])
      expect(stack.ipv4.counters.received).toBe(0)
    },
  )

  it('of another station keeps a router from passing it on: it goes there by itself', () => {
    const { device, far, stack } = bench({ forwarding: true })
    far.inject(arpFrame({ to: far.address, from: OTHER_MAC, sender: '10.1.0.2', target: '10.1.0.1' }))
    far.take()
    device.inject(ipv4Frame({ to: OTHER_MAC, destination: '10.1.0.2' }))
    expect(far.sent).toEqual([])
    expect(stack.ipv4.counters.forwarded).toBe(0)
    device.inject(ipv4Frame({ destination: '10.1.0.2' }))
    expect(far.sent.length).toBe(1)
  })

  it('of another station claims no address: what is not for this one says nothing about it', () => {
    const { device, network } = bench()
    for (let i = 0; i < 2; i++) device.inject(arpFrame({ to: OTHER_MAC, sender: '10.0.0.1' }))
    expect(network.addresses.length).toBe(1)
  })

  it('of this station, of a group or of everybody has it taken', () => {
    const { device, network } = bench()
    device.inject(arpFrame())
    device.inject(arpFrame({ to: OWN_MAC }))
    device.inject(arpFrame({ to: mac('01:00:5e:00:00:01') }))
    device.inject(arpFrame({ to: BROADCAST_MAC }))
    expect(device.take().length).toBe(4)
    expect(network.counters.dropped).toEqual({})
  })

  it('is looked at before anything else of a tagged frame, too', () => {
    const { device, network } = bench()
    const tagged = (to: Uint8Array) => {
      const frame = echoFrame(8, { to })
      return Uint8Array.of(...frame.subarray(0, 12), 0x81, 0, 0, 0, ...frame.subarray(12))
    }
    device.inject(arpFrame())
    device.take()
    device.inject(tagged(OTHER_MAC))
    expect(device.take()).toEqual([])
    device.inject(tagged(OWN_MAC))
    expect(device.take().length).toBe(1)
    expect(network.counters.dropped).toEqual({ 'frame for another station': 1 })
  })

  it('does not matter to an interface that is promiscuous', () => {
    const { device, network } = bench({ promiscuous: true })
    device.inject(arpFrame({ to: OTHER_MAC }))
    device.inject(echoFrame(8, { to: OTHER_MAC }))
    const [reply, echo] = device.take()
    for (const frame of [reply, echo]) expect(Array.from(frame.subarray(0, 6))).toEqual(Array.from(PEER_MAC))
    expect(network.counters.dropped).toEqual({})
  })
})
