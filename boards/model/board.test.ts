import { describe, expect, it } from 'vitest'
import { Controller } from '../../firmware/controller/controller.js'
import { RemoteInterrupt } from '../../firmware/controller/remote-interrupt.js'
import type { StateChange } from '../../firmware/controller/report.js'
import { ChipAccess } from '../../firmware/enc28j60/access.js'
import { resetChip } from '../../firmware/enc28j60/reset.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiOutcome } from '../../firmware/hal/spi.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { readRegister } from '../../test/support/read-register.js'
import { createBareLab, type Lab } from '../lab.js'
import type { LabHost } from '../lab-host.js'

function bench(options: Parameters<Lab['addBoard']>[1] = {}, peerOptions: Partial<Parameters<Lab['addHost']>[0]> = {}) {
  const lab = createBareLab({ seed: 1 })
  const board = lab.addBoard('uno', { ...options, powered: false })
  const changes: StateChange[] = []
  board.onReport((change) => changes.push(change))
  board.powerOn()
  const peer = lab.addHost({ address: '192.168.7.1/24', ...peerOptions })
  const cable = lab.connect(board.port, peer.port, { length: 20 })
  const up = () => board.state.matches({ on: { link: 'up' } }) && peer.network.linkUp
  return { lab, board, peer, cable, changes, up }
}

/** Echo requests one after another; how many were answered. */
function pings(lab: Lab, from: LabHost, count: number, size = 56, to = '192.168.7.2'): number {
  let answered = 0
  for (let sequence = 0; sequence < count; sequence++) {
    let done = false
    from.network.ping(to, { size, sequence }, (result) => {
      if (result.ok) answered++
      done = true
    })
    lab.runUntil(() => done, 5 * SECOND)
  }
  return answered
}

function value<T>(lab: Lab, ask: (settle: (outcome: SpiOutcome<T>) => void) => void): T {
  let outcome: SpiOutcome<T> | undefined
  ask((result) => {
    outcome = result
  })
  lab.runUntil(() => outcome !== undefined, 10 * SECOND)
  if (outcome === undefined) throw new Error('it did not end')
  if (!outcome.ok) throw outcome.error
  return outcome.value
}

describe('a simulated board', () => {
  it('boots, brings its chip up and gets a link, in this order', () => {
    const { lab, changes, up } = bench()
    expect(lab.runUntil(up, 3 * SECOND)).toBe(true)
    expect(changes.map(({ region, to }) => `${region} ${to}`)).toEqual([
      'controller on',
      'reset power-on',
      'boot running',
      'chip bringing-up',
      'chip running',
      'address configured',
      'services running',
      'link up',
    ])
    expect(changes.find(({ region }) => region === 'boot')?.at).toBe(65 * MILLISECOND)
  })

  it.each([
    ['timed', true],
    ['untimed', false],
  ])('answers ARP and every ping up to the largest, on a %s bus', (_, timedBus) => {
    const { lab, board, peer, up } = bench({ timedBus })
    lab.runUntil(up, 3 * SECOND)
    for (const size of [0, 1, 18, 56, 57, 1471, 1472]) expect(pings(lab, peer, 3, size)).toBe(3)
    expect(board.controller.device.dropped).toEqual({})
    expect(board.chip.findings).toEqual([])
  })

  it('pings as well as it is pinged', () => {
    const { lab, board, up } = bench()
    lab.runUntil(up, 3 * SECOND)
    let answered = 0
    board.controller.network.ping('192.168.7.1', { size: 56, sequence: 0 }, (result) => {
      if (result.ok) answered++
    })
    lab.runFor(SECOND)
    expect(answered).toBe(1)
  })

  it.each(['B1', 'B4', 'B5', 'B7'] as const)('works on silicon %s with all its errata', (revision) => {
    const { lab, board, peer, up } = bench({ revision })
    lab.runUntil(up, 3 * SECOND)
    expect(board.controller.device.identity?.revision).toBe(revision)
    expect(pings(lab, peer, 100, 400)).toBe(100)
    expect(board.chip.findings).toEqual([])
  })

  it('works in full duplex with a partner that is forced to it', () => {
    const { lab, board, peer, up } = bench({ driver: { fullDuplex: true } }, { duplex: 'full' })
    lab.runUntil(up, 3 * SECOND)
    expect(pings(lab, peer, 50, 1400)).toBe(50)
    expect(board.chip.findings).toEqual([])
  })

  it('sees the link go and come back', () => {
    const { lab, board, peer, cable, up } = bench()
    lab.runUntil(up, 3 * SECOND)
    cable.unplug()
    expect(lab.runUntil(() => board.state.matches({ on: { link: 'down' } }), SECOND)).toBe(true)
    cable.plug(board.port, peer.port)
    expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
    expect(pings(lab, peer, 5)).toBe(5)
  })

  it('boots anew when RESET is pressed, and its host notices by a new session', () => {
    const { lab, board, up } = bench()
    lab.runUntil(up, 3 * SECOND)
    const host = new HostLink({ clock: lab.clock, random: lab.random.fork('host'), line: board.serial })
    const sessions: string[] = []
    host.onSession(({ kind }) => sessions.push(kind))
    host.open()
    lab.runFor(SECOND)
    board.restart()
    expect(board.state.matches({ on: { reset: 'pin', boot: 'starting' } })).toBe(true)
    lab.runFor(SECOND)
    expect(sessions).toEqual(['opened', 'reset'])
    expect(up()).toBe(true)
  })

  it('is saved by the watchdog when its main loop stands still', () => {
    const { lab, board, peer, up } = bench()
    lab.runUntil(up, 3 * SECOND)
    board.hang()
    expect(pings(lab, peer, 1)).toBe(0)
    lab.runFor(3 * SECOND)
    expect(board.state.matches({ on: { reset: 'watchdog', link: 'up' } })).toBe(true)
    expect(pings(lab, peer, 1)).toBe(1)
  })

  it('finds out that its chip lost its registers to a sagging supply, and initialises it again', () => {
    const { lab, board, peer, changes, up } = bench()
    lab.runUntil(up, 3 * SECOND)
    board.sagChipSupply(5 * MILLISECOND)
    lab.runFor(4 * SECOND)
    expect(changes.some(({ region, to }) => region === 'fault' && to === 'registers')).toBe(true)
    expect(up()).toBe(true)
    expect(pings(lab, peer, 3)).toBe(3)
  })

  it('stops at once without supply, whatever was going on, and starts again', () => {
    for (let at = 0; at < 40; at++) {
      const { lab, board, peer, up } = bench()
      lab.runFor((60 + at * 3) * MILLISECOND)
      board.powerOff()
      expect(board.state.matches('off')).toBe(true)
      lab.runFor(SECOND)
      board.powerOn()
      expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
      expect(pings(lab, peer, 1)).toBe(1)
    }
  })
})

describe('a board whose supply, RESET pin or processor fails it', () => {
  function running(options: Parameters<typeof bench>[0] = {}) {
    const parts = bench(options)
    parts.lab.runUntil(parts.up, 3 * SECOND)
    const { lab, board } = parts
    const host = new HostLink({
      clock: lab.clock,
      random: lab.random.fork('host'),
      line: board.serial,
      timeLimit: SECOND / 2,
    })
    host.open()
    lab.runUntil(() => host.endpoint.state === 'open', SECOND)
    return { ...parts, host }
  }

  it('is held in reset while any one of several sags is too deep, each by its own time', () => {
    const { lab, board } = running()
    board.sagSupply(2.5, 100 * MILLISECOND)
    lab.runFor(50 * MILLISECOND)
    board.sagSupply(1.8, 100 * MILLISECOND)
    expect(board.supply.board).toBe(1.8)
    lab.runFor(99 * MILLISECOND)
    expect(board.state.matches({ held: { 'brown-out': 'active' } })).toBe(true)
    expect(board.chip.powered).toBe(false)
    lab.runFor(MILLISECOND)
    expect(board.supply).toEqual({ board: 5, chip: 3.3 })
    expect(board.state.matches({ on: { reset: 'brown-out', boot: 'starting' } })).toBe(true)
    expect(board.chip.powered).toBe(true)
  })

  it('keeps nothing of a sag over a power cycle: a second sag is not ended by the first one’s timer', () => {
    const { lab, board } = running()
    board.sagSupply(2.5, 200 * MILLISECOND)
    board.powerOff()
    board.powerOn()
    expect(board.supply.board).toBe(5)
    lab.runFor(150 * MILLISECOND)
    board.sagSupply(2.5, 200 * MILLISECOND)
    lab.runFor(199 * MILLISECOND)
    expect(board.supply.board).toBe(2.5)
    expect(board.state.matches('held')).toBe(true)
  })

  it('resets its chip by a sag below 2.95 V, and by none above', () => {
    const { board } = running()
    board.sagChipSupply(MILLISECOND, 3)
    expect(board.chip.powered).toBe(true)
    board.sagChipSupply(MILLISECOND, 2.9)
    expect(board.chip.powered).toBe(false)
  })

  it('lets the chip’s RESET go in reset, and drives it on while the processor hangs', () => {
    const { lab, board, host } = running()
    const levels: boolean[] = []
    board.chip.observePins({ reset: (high) => levels.push(high) })
    value(lab, (settle) => host.setResetPin(false, settle))
    board.hang()
    lab.runFor(2 * SECOND)
    expect(levels).toEqual([false])
    lab.runFor(48 * MILLISECOND)
    expect(levels).toEqual([false, true])
    lab.runFor(SECOND)
    value(lab, (settle) => host.setResetPin(false, settle))
    board.powerOff()
    expect(levels).toEqual([false, true, false, true])
  })

  it('does nothing while its processor hangs: no retry, no service, no chip for whoever asks', () => {
    const { lab, board, peer, host, changes } = running()
    board.wires.misoOpen = true
    lab.runUntil(() => board.state.matches({ on: { chip: 'failed' } }), 3 * SECOND)
    board.wires.misoOpen = false
    board.hang()
    changes.length = 0
    const { transfers } = board.bus
    let granted: boolean | undefined
    board.controller.askForChip((answer) => {
      granted = answer
    })
    expect(granted).toBe(false)
    let echo: boolean | undefined
    host.echo(Uint8Array.of(1), ({ ok }) => {
      echo = ok
    })
    expect(pings(lab, peer, 1)).toBe(0)
    lab.runFor(500 * MILLISECOND)
    expect(echo).toBe(false)
    expect(changes).toEqual([])
    expect(board.bus.transfers).toBe(transfers)
    expect([...board.controller.services.running]).toEqual([])
  })

  it('stops a transfer of its SPI in the middle when its processor hangs', () => {
    const { lab, board } = bench()
    lab.runUntil(() => board.bus.transfers > 20, SECOND)
    expect(board.state.matches({ on: { chip: 'bringing-up' } })).toBe(true)
    board.hang()
    const { transfers } = board.bus
    lab.runFor(2 * SECOND)
    expect(board.bus.transfers).toBe(transfers)
  })

  it('cannot lend its chip before its firmware runs', () => {
    const { board } = running()
    board.restart()
    let granted: boolean | undefined
    board.controller.askForChip((answer) => {
      granted = answer
    })
    expect(granted).toBe(false)
  })

  it('says nothing more than the octet under way, whatever its buffers held, when it is reset', () => {
    const { lab, board, host } = running()
    host.echo(new Uint8Array(1_000), () => {})
    const { counters } = board.uart.b
    lab.runUntil(() => board.uart.b.pending > 2, SECOND)
    board.setResetPin(false)
    const octet = Math.ceil((10 * SECOND) / board.uart.b.baud)
    lab.runFor(octet)
    const { sent } = board.uart.counters.bToA
    expect(counters.flushed).toBeGreaterThan(0)
    lab.runFor(SECOND)
    expect(board.uart.counters.bToA.sent).toBe(sent)
  })

  it('forgets over a restart what is in RAM: counters, the SPI clock a host asked for, whom the chip was lent', () => {
    const { lab, board, host } = running()
    const { spiClock } = board.definition.chip
    value(lab, (settle) => host.bridge(settle))
    let rate: number | undefined
    host.serprog.setSpiClock(250_000, (reply) => {
      rate = reply.ok ? 250_000 : undefined
    })
    lab.runUntil(() => rate !== undefined, SECOND)
    expect(board.wires.clockRate).toBe(250_000)
    board.restart()
    expect(board.controller.device.statistics).toEqual({})
    expect(board.controller.device.identity).toBeUndefined()
    lab.runFor(SECOND)
    expect(board.wires.clockRate).toBe(spiClock)
    expect(board.state.matches({ on: { mode: 'controlling', chip: 'running' } })).toBe(true)
    expect(board.serialPort.link?.granted).toBe(false)
  })

  it('begins anew by itself when a host asks it to, and says that no reset was the cause', () => {
    const { lab, host } = running()
    const sessions: string[] = []
    host.onSession(({ kind }) => sessions.push(kind))
    value(lab, (settle) => host.restart(settle))
    lab.runFor(60 * MILLISECOND)
    expect(sessions).toEqual(['reset'])
    expect(JSON.parse(value(lab, (settle) => host.readState(settle)))).toMatchObject({ states: { reset: 'none' } })
  })
})

describe('a board whose host asks for the chip', () => {
  function lent() {
    const parts = bench()
    parts.lab.runUntil(parts.up, 3 * SECOND)
    const { lab, board } = parts
    const host = new HostLink({ clock: lab.clock, random: lab.random.fork('host'), line: board.serial })
    host.open()
    lab.runUntil(() => host.endpoint.state === 'open', SECOND)
    return { ...parts, host }
  }

  it('releases it, is silent on the network, and initialises it again when it comes back', () => {
    const { lab, board, peer, host, up } = lent()
    value(lab, (settle) => host.bridge(settle))
    expect(board.state.matches({ on: { mode: 'bridging', chip: 'lent', link: 'down' } })).toBe(true)
    const access = new ChipAccess()
    expect(value(lab, (settle) => host.spi.run(readRegister(access, 'EREVID'), settle))).toBe(6)
    expect(pings(lab, peer, 1)).toBe(0)
    value(lab, (settle) => host.spi.run(resetChip(access), settle))
    value(lab, (settle) => host.release(settle))
    expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
    expect(pings(lab, peer, 3)).toBe(3)
  })

  it('takes it back by itself when that host begins a new session', () => {
    const { lab, board, host, up } = lent()
    value(lab, (settle) => host.bridge(settle))
    host.open()
    lab.runFor(SECOND)
    expect(board.state.matches({ on: { mode: 'controlling' } })).toBe(true)
    expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
  })

  it('reports its state changes to the host as JSON (channel 2), and its state when asked', () => {
    const { lab, board, host, cable } = lent()
    const events: unknown[] = []
    host.onEvent((json) => events.push(JSON.parse(json)))
    cable.unplug()
    lab.runUntil(() => board.state.matches({ on: { link: 'down' } }), SECOND)
    lab.runFor(50 * MILLISECOND)
    expect(events).toEqual([{ at: expect.any(Number), region: 'link', from: 'up', to: 'down' }])
    const state = JSON.parse(value(lab, (settle) => host.readState(settle)))
    expect(state).toMatchObject({ states: { controller: 'on', link: 'down', mode: 'controlling' }, revision: 'B7' })
  })

  it('is driven by the very same controller from the other side of the serial line', () => {
    const { lab, peer, host } = lent()
    value(lab, (settle) => host.bridge(settle))
    const controller = new Controller({
      clock: lab.clock,
      random: lab.random.fork('laptop'),
      runner: host.spi,
      pollInterval: 5 * MILLISECOND,
      config: {
        station: Uint8Array.of(2, 0, 0, 0, 0, 0x99),
        address: { address: 0xc0a80709, prefixLength: 24 },
        startUpNanoseconds: 0,
      },
    })
    controller.powerOn()
    expect(lab.runUntil(() => controller.state.matches({ on: { link: 'up' } }), 5 * SECOND)).toBe(true)
    expect(pings(lab, peer, 5, 56, '192.168.7.9')).toBe(5)
    controller.powerOff()
  })

  it('is driven from there by INT as well: edges cross the line, and nothing is polled', () => {
    const { lab, peer, host } = lent()
    value(lab, (settle) => host.bridge(settle))
    const interrupt = new RemoteInterrupt(host)
    let subscribed = false
    interrupt.subscribe((answer) => {
      subscribed = answer
    })
    lab.runUntil(() => subscribed, SECOND)
    const controller = new Controller({
      clock: lab.clock,
      random: lab.random.fork('laptop'),
      runner: host.spi,
      interrupt,
      config: {
        station: Uint8Array.of(2, 0, 0, 0, 0, 0x99),
        address: { address: 0xc0a80709, prefixLength: 24 },
        startUpNanoseconds: 0,
      },
    })
    controller.powerOn()
    expect(lab.runUntil(() => controller.state.matches({ on: { link: 'up' } }), 5 * SECOND)).toBe(true)
    expect(pings(lab, peer, 20, 200, '192.168.7.9')).toBe(20)
    lab.runFor(5 * SECOND)
    expect(controller.device.polling).toBe(false)
    expect(controller.device.statistics['interrupts missed']).toBeUndefined()
    controller.powerOff()
  })
})
