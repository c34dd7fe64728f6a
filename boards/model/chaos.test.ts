import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { createBareLab } from '../lab.js'
import { SeededRandom } from '../simulation/random.js'

/** Does things to a board in an order that chance decides, at moments that chance decides. */
function mistreat(random: Random) {
  const lab = createBareLab({ seed: random.next32() })
  const revision = (['B1', 'B4', 'B5', 'B7'] as const)[random.below(4)]
  const board = lab.addBoard('uno', { revision, timedBus: random.below(2) === 0 })
  const peer = lab.addHost({ address: '192.168.7.1/24', duplex: random.below(2) === 0 ? 'auto' : 'half' })
  const cable = lab.connect(board.port, peer.port, { length: 1 + random.below(100) })
  const host = new HostLink({ clock: lab.clock, random: random.fork('host'), line: board.serial, timeLimit: SECOND })
  const log: string[] = []
  const nothing = () => {}
  const deeds: Record<string, () => void> = {
    'power off': () => board.powerOff(),
    'power on': () => board.powerOn(),
    press: () => board.setResetPin(false),
    release: () => board.setResetPin(true),
    restart: () => board.restart(),
    hang: () => board.hang(),
    sag: () => board.sagSupply(2 + random.float(), (1 + random.below(50)) * MILLISECOND),
    'sag chip': () => board.sagChipSupply((1 + random.below(50)) * MILLISECOND),
    unplug: () => cable.plugged && cable.unplug(),
    plug: () => !cable.plugged && cable.plug(board.port, peer.port),
    'miso open': () => Object.assign(board.wires, { misoOpen: true }),
    'miso whole': () => Object.assign(board.wires, { misoOpen: false }),
    'cs stuck': () => Object.assign(board.wires, { csStuckLow: true }),
    'cs free': () => Object.assign(board.wires, { csStuckLow: false }),
    'int open': () => Object.assign(board.wires, { intOpen: true }),
    'int whole': () => Object.assign(board.wires, { intOpen: false }),
    noise: () => Object.assign(board.wires, { bitErrorRate: 0.01 * random.float() }),
    quiet: () => Object.assign(board.wires, { bitErrorRate: 0 }),
    'open session': () => host.open(),
    bridge: () => host.bridge(nothing),
    give: () => host.release(nothing),
    ping: () => peer.network.ping('192.168.7.2', { size: random.below(1400), sequence: 1 }, nothing),
    'ping back': () => board.controller.network.ping('192.168.7.1', { size: 56, sequence: 1 }, nothing),
  }
  const names = Object.keys(deeds)
  for (let i = 0; i < 60; i++) {
    const name = names[random.below(names.length)]
    log.push(`${lab.now} ${name}`)
    deeds[name]()
    lab.runFor(random.below(random.below(4) === 0 ? SECOND : 20 * MILLISECOND))
  }
  return { lab, board, peer, cable, host, log }
}

describe('a board that is mistreated at random', () => {
  it('works again when everything is put right', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { lab, board, peer, cable, host, log } = mistreat(new SeededRandom(seed))
      Object.assign(board.wires, { misoOpen: false, csStuckLow: false, intOpen: false, bitErrorRate: 0 })
      if (!cable.plugged) cable.plug(board.port, peer.port)
      board.setResetPin(true)
      board.powerOn()
      host.open()
      lab.runFor(3 * SECOND)
      host.release(() => {}) // it may have been given the chip that it had asked for while the board was down
      lab.runFor(17 * SECOND)
      let answered = 0
      for (let sequence = 0; sequence < 5; sequence++) {
        peer.network.ping('192.168.7.2', { size: 100, sequence }, ({ ok }) => {
          if (ok) answered++
        })
        lab.runFor(SECOND)
      }
      const state = JSON.stringify(board.state.value)
      expect({ seed, answered, state, log }).toMatchObject({ answered: 5 })
      expect(board.state.matches({ on: { link: 'up', chip: 'running', fault: 'none', mode: 'controlling' } })).toBe(
        true,
      )
    }
  })
})
