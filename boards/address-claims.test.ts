/** Two forged ARP frames, from outside: what happens to an address that another station claims (RFC 5227 2.4). */
import { describe, expect, it } from 'vitest'
import type { StateChange } from '../firmware/controller/report.js'
import { MILLISECOND, SECOND } from '../firmware/hal/clock.js'
import type { AddressDefence } from '../firmware/net/link/address-conflicts.js'
import { arpFrame } from '../test/support/network.js'
import { createBareLab } from './lab.js'
import type { LabHost } from './lab-host.js'

const BOARD = '192.168.7.2'
const FORGER = '02:00:00:00:00:02'

/** Claims the address by an announcement that nobody sent (RFC 5227 1.1). */
function forge(from: LabHost, address: string): void {
  from.station.send(arpFrame({ sender: address, target: address }))
}

function pings(from: LabHost, address: string, run: (time: number) => void): boolean {
  let answered = false
  from.network.ping(address, {}, ({ ok }) => {
    answered = ok
  })
  run(2 * SECOND)
  return answered
}

function bench(options: { addressDefence?: AddressDefence } = {}) {
  const lab = createBareLab({ seed: 3 })
  const peer = lab.addHost({ name: 'peer', address: '192.168.7.1/24' })
  const board = lab.addBoard('uno', { ...options, timedBus: false, powered: false })
  const changes: StateChange[] = []
  board.onReport((change) => {
    if (change.region === 'address') changes.push(change)
  })
  board.powerOn()
  lab.connect(board.port, peer.port)
  const run = (time: number) => lab.runFor(time)
  lab.runUntil(() => board.state.matches({ on: { link: 'up', address: 'configured' } }), 5 * SECOND)
  changes.length = 0
  const told = () =>
    changes.map(({ from, to, reason }) => `${from} → ${to}${reason === undefined ? '' : `: ${reason}`}`)
  return { lab, peer, board, run, told }
}

describe('a board whose address is forged', () => {
  it('keeps the one that a person gave it, says who claims it, and is reached all the while', () => {
    const { lab, peer, board, run, told } = bench()
    for (let i = 0; i < 20; i++) {
      forge(peer, BOARD)
      run(100 * MILLISECOND)
    }
    expect(pings(peer, BOARD, run)).toBe(true)
    expect(board.controller.network.counters.addressConflicts).toBe(20)
    const claim = `${FORGER} claims ${BOARD} too: kept`
    expect(told()).toEqual([`configured → contested: ${claim}`])
    lab.runFor(10 * SECOND)
    expect(told().slice(1)).toEqual(['contested → configured'])
  })

  it('gives it up where it is told to defend only, says so, tries again, and is back', () => {
    const { lab, peer, board, run, told } = bench({ addressDefence: 'defend' })
    for (let i = 0; i < 2; i++) {
      forge(peer, BOARD)
      run(100 * MILLISECOND)
    }
    expect(board.state.matches({ on: { address: 'given-up' } })).toBe(true)
    expect(pings(peer, BOARD, run)).toBe(false)
    lab.runFor(20 * SECOND)
    expect(told()).toEqual([
      `configured → contested: ${FORGER} claims ${BOARD} too: kept`,
      `contested → given-up: ${FORGER} claims ${BOARD} too: given up, and asked for again`,
      'given-up → configured',
    ])
    expect(pings(peer, BOARD, run)).toBe(true)
  })

  it('has the address that a person gave it again after its supply was gone', () => {
    const { lab, peer, board, run } = bench({ addressDefence: 'cease' })
    forge(peer, BOARD)
    run(100 * MILLISECOND)
    board.powerOff()
    run(SECOND)
    board.powerOn()
    lab.runUntil(() => board.state.matches({ on: { link: 'up' } }), 5 * SECOND)
    expect(board.state.matches({ on: { address: 'configured' } })).toBe(true)
    expect(pings(peer, BOARD, run)).toBe(true)
  })

  it('gives up one that a server gave, says so, and gets another', () => {
    const lab = createBareLab({ seed: 4 })
    const server = lab.addHost({
      name: 'server',
      address: '10.9.0.1/24',
      dhcpServer: { pool: ['10.9.0.100', '10.9.0.199'] },
    })
    const board = lab.addBoard('uno', { address: 'dhcp', timedBus: false, powered: false })
    const changes: StateChange[] = []
    board.onReport((change) => {
      if (change.region === 'address') changes.push(change)
    })
    board.powerOn()
    lab.connect(board.port, server.port)
    const bound = () => board.state.matches({ on: { address: 'BOUND' } })
    lab.runUntil(bound, 60 * SECOND)
    for (let i = 0; i < 2; i++) {
      forge(server, '10.9.0.100')
      lab.runFor(100 * MILLISECOND)
    }
    expect(changes.find(({ to }) => to === 'given-up')?.reason).toBe(
      `${FORGER} claims 10.9.0.100 too: given up, and asked for again`,
    )
    expect(changes.at(-1)?.reason).toBeUndefined()
    expect(lab.runUntil(bound, 60 * SECOND)).toBe(true)
    expect(board.controller.network.address).not.toBe(0)
  })
})

describe('a host whose address is forged', () => {
  it('keeps the one that a person gave it, on each of its cards', () => {
    const lab = createBareLab({ seed: 5 })
    const a = lab.addHost({ name: 'a', address: '10.9.0.1/24' })
    const b = lab.addHost({ name: 'b', address: '10.9.0.2/24' })
    const card = b.addCard('10.10.0.1/24')
    const c = lab.addHost({ name: 'c', address: '10.10.0.2/24' })
    lab.connect(a.port, b.port)
    lab.connect(c.port, card.port)
    lab.runFor(100 * MILLISECOND)
    for (let i = 0; i < 5; i++) {
      forge(a, '10.9.0.2')
      forge(c, '10.10.0.1')
      lab.runFor(100 * MILLISECOND)
    }
    expect(pings(a, '10.9.0.2', (time) => lab.runFor(time))).toBe(true)
    expect(pings(c, '10.10.0.1', (time) => lab.runFor(time))).toBe(true)
  })

  it('gives it up where it is told to, and has it again', () => {
    const lab = createBareLab({ seed: 6 })
    const a = lab.addHost({ name: 'a', address: '10.9.0.1/24' })
    const b = lab.addHost({ name: 'b', address: '10.9.0.2/24', addressDefence: 'defend' })
    lab.connect(a.port, b.port)
    lab.runFor(100 * MILLISECOND)
    for (let i = 0; i < 2; i++) forge(a, '10.9.0.2')
    lab.runFor(100 * MILLISECOND)
    expect(b.network.addresses).toEqual([])
    lab.runFor(20 * SECOND)
    expect(pings(a, '10.9.0.2', (time) => lab.runFor(time))).toBe(true)
  })
})
