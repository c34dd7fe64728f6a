import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { FrameDevice } from '../../../firmware/hal/frame-device.js'
import { formatIpv4, ipv4Interface } from '../../../firmware/net/address.js'
import { impairedWire, parseImpairments } from '../../network/impaired-wire.js'
import { Waiters } from '../../network/waiters.js'
import { bringUp, kernelAddress } from './kernel-side.js'
import { stationAddress } from './tap-device.js'

describe("the kernel's address", () => {
  it.each([
    ['10.9.0.2/24', '10.9.0.1/24'],
    ['10.9.0.1/24', '10.9.0.2/24'],
    ['192.168.255.254/16', '192.168.0.1/16'],
    ['10.0.0.1/30', '10.0.0.2/30'],
    ['10.0.0.0/31', '10.0.0.1/31'],
    ['10.0.0.1/31', '10.0.0.0/31'],
  ])('beside %s is the first other one a host can have: %s', (own, expected) => {
    const { address, prefixLength } = kernelAddress(ipv4Interface(own), undefined)!
    expect(`${formatIpv4(address)}/${prefixLength}`).toBe(expected)
  })

  it('is none where there is no other, where none is wanted, and where DHCP has yet to tell', () => {
    expect(kernelAddress(ipv4Interface('10.0.0.1/32'), undefined)).toBeUndefined()
    expect(kernelAddress(ipv4Interface('10.0.0.1/24'), 'none')).toBeUndefined()
    expect(kernelAddress(undefined, undefined)).toBeUndefined()
  })

  it('is what a person says, with the prefix length of the stack by default', () => {
    expect(kernelAddress(ipv4Interface('10.0.0.1/24'), '10.0.0.9')).toEqual(ipv4Interface('10.0.0.9/24'))
    expect(kernelAddress(undefined, '10.0.0.9/16')).toEqual(ipv4Interface('10.0.0.9/16'))
    expect(() => kernelAddress(undefined, '10.0.0.9')).toThrow(/with --dhcp its prefix length is needed/)
    expect(() => kernelAddress(ipv4Interface('10.0.0.1/24'), '10.0.0.1')).toThrow(/address of the stack itself/)
  })
})

describe("the kernel's end of a device that is not there", () => {
  it('is not brought up, and a person is told what to run', () => {
    const side = bringUp('lp-none', ipv4Interface('10.9.0.1/24'))
    expect(side.done).toBe(false)
    if (side.done) return
    expect(side.reason).not.toBe('')
    expect(side.remedy).toBe('sudo ip addr replace 10.9.0.1/24 dev lp-none && sudo ip link set lp-none up')
  })
})

describe('the station address of a TAP device', () => {
  it('is individual, locally administered, the same for a name and another for another', () => {
    expect(stationAddress('lp0')).toEqual(stationAddress('lp0'))
    expect(stationAddress('lp0')).not.toEqual(stationAddress('lp1'))
    expect(stationAddress('lp0')[0] & 3).toBe(2)
  })
})

describe('a bad wire', () => {
  it('is told as a person types it', () => {
    expect(parseImpairments('loss=10,duplicate=5%, reorder=25,corrupt=0.5,delay=10,jitter=2.5ms')).toEqual({
      loss: 0.1,
      duplicate: 0.05,
      reorder: 0.25,
      corrupt: 0.005,
      delay: 10 * MILLISECOND,
      jitter: 2.5 * MILLISECOND,
    })
    for (const wrong of ['', 'los=1', '=3', 'loss=10,,delay=1'])
      expect(() => parseImpairments(wrong), wrong).toThrow(/--impair does not know/)
    expect(() => parseImpairments('los=1')).toThrow(/did you mean "loss"\?$/)
    for (const name of ['loss', 'duplicate', 'reorder', 'corrupt', 'mark'])
      for (const wrong of [name, `${name}=150`, `${name}=-1`, `${name}=10ms`, `${name}=x`])
        expect(() => parseImpairments(`delay=1,${wrong}`), wrong).toThrow(
          `--impair takes ${name}=0 to ${name}=100 (percent), not "${wrong}"`,
        )
    for (const name of ['delay', 'jitter'])
      for (const wrong of [`${name}=10%`, `${name}=60001`])
        expect(() => parseImpairments(wrong), wrong).toThrow(
          `--impair takes ${name}=0 to ${name}=60000 (milliseconds), not "${wrong}"`,
        )
  })

  it('does to frames of both directions what it is told', () => {
    const clock = new Scheduler()
    const sent: number[] = []
    const device: FrameDevice = {
      address: stationAddress('x'),
      linkUp: true,
      dropped: {},
      handleFrame: undefined,
      handleLink: undefined,
      send: (frame) => sent.push(frame[0]) > 0,
    }
    const wire = impairedWire(device, clock, new SeededRandom(1), parseImpairments('loss=30,delay=5'))
    const received: number[] = []
    wire.handleFrame = (frame) => received.push(frame[0])
    for (let i = 0; i < 100; i++) {
      wire.send(Uint8Array.of(i))
      device.handleFrame?.(Uint8Array.of(i))
    }
    expect([sent.length, received.length]).toEqual([0, 0])
    clock.runFor(5 * MILLISECOND)
    for (const passed of [sent, received]) {
      expect(passed.length).toBeGreaterThan(50)
      expect(passed.length).toBeLessThan(90)
      expect([...passed].sort((a, b) => a - b)).toEqual(passed)
    }
    expect(sent).not.toEqual(received)
  })
})

describe('waiting', () => {
  it('ends when the condition holds after something changed, or when the time is over', async () => {
    const clock = new Scheduler()
    const waiters = new Waiters()
    let ready = false
    const first = waiters.until(clock, () => ready)
    const second = waiters.until(clock, () => ready, MILLISECOND)
    clock.runFor(MILLISECOND)
    expect(await second).toBe(false)
    ready = true
    waiters.changed()
    expect(await first).toBe(true)
    expect(await waiters.until(clock, () => ready)).toBe(true)
    expect(clock.nextAt).toBeUndefined()
  })
})
