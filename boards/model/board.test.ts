import { describe, expect, it } from 'vitest'
import type { StateChange } from '../../firmware/controller/report.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { createLab } from '../lab.js'

function bench(options: { seed?: number; timedBus?: boolean } = {}) {
  const lab = createLab({ seed: options.seed ?? 1 })
  const board = lab.addBoard('uno', { timedBus: options.timedBus ?? true, powered: false })
  const changes: StateChange[] = []
  board.onReport = (change) => changes.push(change)
  board.powerOn()
  const peer = lab.addHost({ address: '192.168.7.1/24' })
  const cable = lab.connect(board.port, peer.port, { length: 20 })
  return { lab, board, peer, cable, changes }
}

describe('a simulated board', () => {
  it('boots, brings its chip up and gets a link', () => {
    const { lab, board, changes } = bench()
    expect(lab.runUntil(() => board.state.matches({ on: { link: 'up' } }), 3 * SECOND)).toBe(true)
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
  })

  it('answers ARP and ping', () => {
    const { lab, board, peer } = bench()
    lab.runUntil(() => board.state.matches({ on: { link: 'up' } }) && peer.network.linkUp, 3 * SECOND)
    const results: unknown[] = []
    peer.network.ping('192.168.7.2', { size: 56, sequence: 1 }, (result) => results.push(result))
    lab.runFor(SECOND)
    expect(results).toHaveLength(1)
    console.log(results, board.controller.device.statistics, board.controller.device.dropped, board.chip.findings)
  })
})
