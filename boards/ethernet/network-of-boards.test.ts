import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { createBareLab } from '../lab.js'

describe('a network of boards', () => {
  it('runs a hundred of them on switches and hubs, and each answers a ping', () => {
    const lab = createBareLab({ seed: 1 })
    const core = lab.addSwitch({ ports: 12, name: 'core' })
    const boards = Array.from({ length: 10 }, (_, box) => {
      const { ports } =
        box % 2 === 0
          ? lab.addSwitch({ ports: 11, name: `switch ${box}` })
          : lab.addHub({ ports: 11, name: `hub ${box}` })
      lab.connect(core.ports[box], ports[10])
      return ports.slice(0, 10).map((jack, i) => {
        const number = box * 10 + i + 1
        const station = `02:00:00:00:00:${number.toString(16).padStart(2, '0')}`
        const board = lab.addBoard('uno', { name: `board ${number}`, address: `10.0.0.${number}/24`, station })
        lab.connect(board.port, jack, { length: 10 + number / 2 })
        return board
      })
    }).flat()
    const pc = lab.addHost({ address: '10.0.0.200/24' })
    lab.connect(pc.port, core.ports[10])
    const up = () => pc.network.linkUp && boards.every((board) => board.state.matches({ on: { link: 'up' } }))
    expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
    let answered = 0
    for (let number = 1; number <= 100; number++)
      lab.clock.after(number * 5 * MILLISECOND, () =>
        pc.network.ping(`10.0.0.${number}`, {}, (result) => {
          if (result.ok) answered++
        }),
      )
    lab.runFor(3 * SECOND)
    expect(answered).toBe(100)
    expect(boards.flatMap((board) => board.chip.findings)).toEqual([])
  })
})
