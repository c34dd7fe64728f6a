import { describe, expect, it } from 'vitest'
import { findBoard } from './catalogue.js'
import type { BoardDefinition } from './definition.js'
import { portName, type Signal, wiresOf, wiringNotes } from './wiring.js'

function wire(board: BoardDefinition, signal: Signal) {
  const found = wiresOf(board).find((each) => each.signal === signal)
  if (found === undefined) throw new Error(`no wire ${signal}`)
  return found
}

describe('the ports behind Arduino pins (pins_arduino.h of the standard and mega variants)', () => {
  it.each([
    ['ATmega328P', 0, 'PD0'],
    ['ATmega328P', 7, 'PD7'],
    ['ATmega328P', 8, 'PB0'],
    ['ATmega328P', 13, 'PB5'],
    ['ATmega328P', 19, 'PC5'],
    ['ATmega328P', 20, undefined],
    ['ATmega2560', 2, 'PE4'],
    ['ATmega2560', 4, 'PG5'],
    ['ATmega2560', 13, 'PB7'],
    ['ATmega2560', 14, 'PJ1'],
    ['ATmega2560', 16, 'PH1'],
    ['ATmega2560', 18, 'PD3'],
    ['ATmega2560', 29, 'PA7'],
    ['ATmega2560', 30, 'PC7'],
    ['ATmega2560', 41, 'PG0'],
    ['ATmega2560', 42, 'PL7'],
    ['ATmega2560', 50, 'PB3'],
    ['ATmega2560', 53, 'PB0'],
    ['ATmega2560', 69, 'PK7'],
    ['RP2040', 3, undefined],
  ])('%s pin %i is %s', (part, pin, port) => {
    expect(portName(part, pin)).toBe(port)
  })
})

describe('wires', () => {
  it('go to the pins of the 28-pin packages (DS39662 table 1-1)', () => {
    const pins = wiresOf(findBoard('uno')).map(({ module, chipPin }) => [module, chipPin])
    expect(Object.fromEntries(pins)).toMatchObject({ INT: 4, SO: 6, SI: 7, SCK: 8, CS: 9, RESET: 10 })
  })

  it('of an Uno are those of its SPI, with CS on 8, INT on 2 and RESET on 9', () => {
    const uno = findBoard('uno')
    const ends = wiresOf(uno).map(({ signal, board, port }) => [signal, board, port])
    expect(ends).toEqual([
      ['SCK', '13', 'PB5'],
      ['MOSI', '11', 'PB3'],
      ['CS', '8', 'PB0'],
      ['MISO', '12', 'PB4'],
      ['INT', '2', 'PD2'],
      ['RESET', '9', 'PB1'],
      ['3V3', '5V', undefined],
      ['GND', 'GND', undefined],
    ])
  })

  it('of the chip’s two outputs pass a buffer at 5 V (VOH 2.6 V, VIH 3.0 V), and none at 3.3 V', () => {
    const buffered = (name: string) =>
      wiresOf(findBoard(name)).flatMap(({ signal, through }) => (through === 'buffer' ? [signal] : []))
    expect(buffered('uno')).toEqual(['MISO', 'INT'])
    expect(buffered('mega2560')).toEqual(['MISO', 'INT'])
    expect(buffered('promini')).toEqual([])
  })

  it('leave out RESET where the board file does', () => {
    expect(wire(findBoard('nano'), 'RESET').board).toBeUndefined()
  })

  it('bring the chip 180 mA from where they are: 5V and a regulator, or a supply of its own', () => {
    expect(wire(findBoard('nano'), '3V3')).toMatchObject({ board: '5V', through: 'regulator' })
    expect(wire(findBoard('promini'), '3V3').board).toBeUndefined()
    // Arduino: 50 mA at most from the 3.3 V pin of an Uno, a Mega and a Nano; MIC5205 of a Pro Mini: 150 mA.
    for (const name of ['uno', 'mega2560', 'nano']) {
      expect(wiringNotes(findBoard(name))[0], name).toMatch(
        /180.mA, and this board’s 3\.3.V pin is specified for 50.mA/,
      )
    }
    expect(wiringNotes(findBoard('promini'))[0]).toMatch(/specified for 150.mA/)
  })

  it('name analogue inputs as they are printed', () => {
    const uno = findBoard('uno')
    const board = { ...uno, chip: { ...uno.chip, pins: { ...uno.chip.pins, reset: 14 } } }
    expect(wire(board, 'RESET')).toMatchObject({ board: 'A0', port: 'PC0' })
  })
})
