import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { build } from '../../test/avr/assembler.js'
import { findBoard } from '../catalogue/catalogue.js'
import { createBareLab } from '../lab.js'
import { parseArduinoPin } from './arduino-pins.js'
import { AvrBoard } from './avr-board.js'
import { ATMEGA328P } from './parts/atmega328p.js'
import { emulatedPart } from './parts/parts.js'

const PING = fileURLToPath(new URL('../../test/avr/sketches/ping.c', import.meta.url))

function pingBench() {
  const lab = createBareLab({ seed: 3 })
  const board = new AvrBoard({
    clock: lab.clock,
    random: lab.random.fork('avr'),
    definition: findBoard('uno'),
    image: build([PING]).image,
    pins: { cs: 10, int: 2, reset: undefined },
  })
  const peer = lab.addHost({ address: '192.168.7.1/24' })
  lab.connect(board.port, peer.port)
  let text = ''
  board.serial.setBaud(115_200)
  board.serial.handleOctets = (octets) => {
    text += String.fromCharCode(...octets)
  }
  board.powerOn()
  return { lab, board, peer, text: () => text }
}

describe('a board with an emulated ATmega328P', () => {
  it('runs a sketch with its own driver that answers ARP and ping', () => {
    const { lab, board, peer, text } = pingBench()
    lab.runFor(3 * SECOND)
    expect(text()).toContain('up\r\n')
    const answers: unknown[] = []
    for (let sequence = 1; sequence <= 5; sequence++) {
      peer.network.ping('192.168.7.2', { size: 56, sequence }, (answer) => answers.push(answer))
      lab.runFor(SECOND / 5)
    }
    lab.runFor(SECOND)
    expect(answers).toHaveLength(5)
    for (const answer of answers) expect(answer).toMatchObject({ ok: true })
    expect(text().match(/echo/g)).toHaveLength(5)
    expect(board.chip.counters.sent).toBe(6)
    expect(board.chip.findings).toEqual([])
  })

  it('reads pin numbers as Arduino writes them', () => {
    expect(
      ['10', 'D8', 'A0', 'a5', '19', '20', 'A6', 'x', ''].map((text) => parseArduinoPin(ATMEGA328P, text)),
    ).toEqual([10, 8, 14, 19, 19, undefined, undefined, undefined, undefined])
  })

  it('names the parts that are emulated to a board that has another', () => {
    const uno = findBoard('uno')
    const definition = { ...uno, name: 'leonardo', controller: { ...uno.controller, part: 'ATmega32U4' as const } }
    expect(() => emulatedPart(definition)).toThrow(
      'leonardo has an ATmega32U4, and only the ATmega328P and the ATmega2560 are emulated; use a board that has one',
    )
  })
})
