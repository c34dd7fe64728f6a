import { describe, expect, it } from 'vitest'
import { OWN_MAC, PEER_MAC, TestDevice } from '../../../test/support/network.js'
import { BROADCAST_MAC } from '../address.js'
import { emitEthernet } from '../wire/ethernet.js'
import { EthernetLink } from './ethernet-link.js'

const EXPERIMENTAL = 0x88b5

function bench() {
  const device = new TestDevice()
  let batches = 0
  const link = new EthernetLink({ device, mtu: 1500, promiscuous: false, onBatchEnd: () => batches++ })
  const heard: string[] = []
  link.handle(EXPERIMENTAL, ({ octets }, end, toGroup, more) => {
    heard.push(`${octets[14]} to ${end}${toGroup ? ', group' : ''}${more ? ', more' : ''}`)
    return undefined
  })
  const arrive = (etherType: number, destination = OWN_MAC, more = false, tag?: number) => {
    const frame = new Uint8Array(64)
    const header = { destination, source: PEER_MAC, etherType }
    frame[emitEthernet(tag === undefined ? header : { ...header, tag }, frame)] = 7
    device.inject(frame, more)
  }
  return { device, link, heard, arrive, batches: () => batches }
}

describe('a link', () => {
  it('hands each frame to who handles its EtherType, with whom it was for, and whether more follow', () => {
    const { link, heard, arrive, batches } = bench()
    arrive(EXPERIMENTAL, OWN_MAC, true)
    arrive(EXPERIMENTAL, BROADCAST_MAC)
    arrive(0x88b6)
    expect(heard).toEqual(['7 to 64, more', '7 to 64, group'])
    expect(link.lost.snapshot()).toEqual({ 'EtherType not handled': 1 })
    expect(batches()).toBe(2)
    expect(link.counters.framesReceived).toBe(3)
  })

  it('takes a tag that is only a priority off before', () => {
    const { link, heard, arrive } = bench()
    arrive(EXPERIMENTAL, OWN_MAC, false, 0xe000)
    arrive(EXPERIMENTAL, OWN_MAC, false, 0xe001)
    expect(heard).toEqual(['7 to 60'])
    expect(link.lost.snapshot()).toEqual({ 'VLAN tag': 1 })
  })

  it('counts why a handler let a frame go no further', () => {
    const { link, arrive } = bench()
    link.handle(0x88b6, () => 'neighbour unknown')
    arrive(0x88b6)
    expect(link.lost.snapshot()).toEqual({ 'neighbour unknown': 1 })
  })

  it('takes nothing while it does not run', () => {
    const { link, heard, arrive } = bench()
    link.running = false
    arrive(EXPERIMENTAL)
    link.running = true
    arrive(EXPERIMENTAL)
    expect(heard).toHaveLength(1)
    expect(link.lost.snapshot()).toEqual({ 'interface stopped': 1 })
  })
})
