import { describe, expect, it } from 'vitest'
import { SECOND } from '../firmware/hal/clock.js'
import { createBareLab } from './lab.js'

describe('a lab', () => {
  it('is what the example in its documentation says', () => {
    const lab = createBareLab({ seed: 7 })
    const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
    const peer = lab.addHost({ address: '192.168.7.1/24' })
    lab.connect(board.port, peer.port, { length: 20 })
    expect(lab.runUntil(() => board.state.matches({ on: { link: 'up' } }), 5 * SECOND)).toBe(true)
  })

  it('joins two boards with one cable, each with an address of its own, and they ping each other', () => {
    const lab = createBareLab({ seed: 7 })
    const one = lab.addBoard('uno')
    const two = lab.addBoard('uno', { address: '192.168.7.3/24' })
    lab.connect(one.port, two.port)
    expect([one.name, two.name]).toEqual(['uno', 'uno-2'])
    expect([...one.controller.device.address]).not.toEqual([...two.controller.device.address])
    const up = () => [one, two].every((board) => board.state.matches({ on: { link: 'up' } }))
    expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
    let answered = 0
    one.controller.network.ping('192.168.7.3', { size: 56, sequence: 0 }, ({ ok }) => {
      if (ok) answered++
    })
    two.controller.network.ping('192.168.7.2', { size: 56, sequence: 0 }, ({ ok }) => {
      if (ok) answered++
    })
    lab.runFor(SECOND)
    expect(answered).toBe(2)
  })

  it.each(['hub', 'switch'] as const)('joins boards and hosts by a %s, and everybody pings everybody', (kind) => {
    const lab = createBareLab({ seed: 3 })
    const middle = kind === 'hub' ? lab.addHub() : lab.addSwitch()
    const boards = [2, 3, 4].map((n) => lab.addBoard('uno', { address: `10.0.0.${n}/24` }))
    const hosts = [5, 6].map((n) => lab.addHost({ address: `10.0.0.${n}/24`, duplex: 'half' }))
    const all = [...boards.map((board) => board.controller.network), ...hosts.map((host) => host.network)]
    ;[...boards, ...hosts].forEach((each, i) => {
      lab.connect(each.port, middle.ports[i], { length: 30 })
    })
    expect(lab.runUntil(() => all.every((network) => network.linkUp), 5 * SECOND)).toBe(true)
    let answered = 0
    for (const from of all) {
      for (const to of all) {
        if (from === to) continue
        // Four neighbours are asked for at once, and four datagrams wait for them: 200 octets each would be more than an Uno has for that.
        from.ping(to.address, { size: 56, sequence: 0 }, ({ ok }) => {
          if (ok) answered++
        })
      }
      lab.runFor(SECOND / 2)
    }
    lab.runFor(3 * SECOND)
    expect(answered).toBe(20)
    for (const board of boards) expect(board.chip.findings).toEqual([])
  })

  it('tells a condition that never holds from one that does, and stops at the limit', () => {
    const lab = createBareLab()
    expect(lab.runUntil(() => false, SECOND)).toBe(false)
    expect(lab.now).toBe(SECOND)
    expect(lab.runUntil(() => true, SECOND)).toBe(true)
    expect(lab.now).toBe(SECOND)
  })

  it('runs the same for the same seed, event for event', () => {
    const run = (seed: number) => {
      const lab = createBareLab({ seed })
      const board = lab.addBoard('uno')
      const log: string[] = []
      board.onReport((change) => log.push(JSON.stringify(change)))
      const peer = lab.addHost({ address: '192.168.7.1/24', duplex: 'half' })
      const cable = lab.connect(board.port, peer.port)
      cable.onFrame(({ at, direction, sent }) => log.push(`${at} ${direction} ${sent.join()}`))
      lab.runFor(SECOND)
      for (let i = 0; i < 10; i++) peer.network.ping('192.168.7.2', { size: 900, sequence: i }, () => {})
      lab.runFor(SECOND)
      return [...log, lab.clock.executed]
    }
    expect(run(5)).toEqual(run(5))
    expect(run(5)).not.toEqual(run(6))
  })

  it('knows the boards of the catalogue and no others', () => {
    expect(() => createBareLab().addBoard('due')).toThrow(/known are uno, nano, mega2560, promini/)
  })

  it.each([
    ['an unknown service', { services: ['echo', 'bogus'] as unknown as ['echo'] }, /no service "bogus".*echo/],
    ['a gateway that is the broadcast address', { gateway: '10.0.0.255' }, /10\.0\.0\.255 .*broadcast/],
    ['a gateway that is the network', { gateway: '10.0.0.0' }, /10\.0\.0\.0 .*the network itself/],
    ['itself as gateway', { gateway: '10.0.0.2' }, /10\.0\.0\.2 .*own address/],
    ['a gateway on another network', { gateway: '10.9.0.1' }, /10\.9\.0\.1 .*not on the network of 10\.0\.0\.2\/24/],
    ['a gateway that is no address', { gateway: '10.0.0' }, /"10\.0\.0" is not an IPv4 address/],
    ['the broadcast address for its own', { address: '10.0.0.255/24' }, /10\.0\.0\.255\/24: .*broadcast/],
  ])('refuses at once %s, for a board and for a host, and adds nothing', (_, wrong, words) => {
    const lab = createBareLab()
    const options = { address: '10.0.0.2/24', ...wrong }
    for (const add of [() => lab.addBoard('uno', options), () => lab.addHost(options)]) {
      expect(add).toThrow(RangeError)
      expect(add).toThrow(words)
    }
    expect([...lab.boards, ...lab.hosts]).toEqual([])
    lab.runFor(SECOND)
  })

  it('gives a board the gateway that it is told, by which it reaches another network', () => {
    const lab = createBareLab({ seed: 5 })
    const board = lab.addBoard('uno', { address: '10.0.0.2/24', gateway: '10.0.0.9' })
    const router = lab.addHost({ address: '10.0.0.9/24', forwarding: true })
    const far = lab.addHost({ address: '10.0.1.2/24', gateway: '10.0.1.9' })
    lab.connect(board.port, router.port)
    lab.connect(far.port, router.addCard('10.0.1.9/24').port)
    const up = () => board.state.matches({ on: { link: 'up' } }) && far.network.linkUp
    expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
    let answered = 0
    board.stack.ping('10.0.1.2', { size: 56 }, ({ ok }) => {
      if (ok) answered++
    })
    lab.runFor(SECOND)
    expect(answered).toBe(1)
  })

  it('runs ten idle minutes, its chip and its heartbeat included, without losing its mind', () => {
    const lab = createBareLab()
    const board = lab.addBoard('uno', { timedBus: false })
    lab.runFor(600 * SECOND)
    expect(board.state.matches({ on: { chip: 'running', link: 'down' } })).toBe(true)
  })
})
