import { describe, expect, it } from 'vitest'
import { BOARDS, findBoard } from '../catalogue/catalogue.js'
import { SeededRandom } from '../simulation/random.js'
import { isChoice } from './parameter.js'
import { FAULTS } from './registry.js'
import { drawFault, faultNamed, settleFault, worstFault } from './settle.js'

const UNO = findBoard('uno')

/** A board that can have it. */
function boardOf(name: string) {
  return findBoard(FAULTS.get(name)?.boards?.[0] ?? 'uno')
}

describe('a fault as a person writes it', () => {
  it('is at its defaults without a word more', () => {
    const { values, text } = settleFault('cable-noise', UNO)
    expect(values).toEqual({ noise: 0.386, length: 100 })
    expect(text).toBe('cable-noise:noise=0.386V,length=100m')
    expect(settleFault('miso-open', UNO).text).toBe('miso-open')
  })

  it.each([
    ['cable-noise:0.32V', { noise: 0.32, length: 100 }],
    ['cable-noise:320mV,length=50m', { noise: 0.32, length: 50 }],
    ['brown-out:every=30s', { every: 30, volts: 2.2, length: 0.02 }],
    ['brown-out:length=50us, volts=2.4V', { every: 3, volts: 2.4, length: 50e-6 }],
    ['buffer-memory-bad:0x1234,bit=0,level=low', { address: 0x1234, bit: 0, level: 'low' }],
    ['baud-off-6-percent:-4.7%', { error: -4.7 }],
  ])('%s', (text, values) => {
    expect(settleFault(text, UNO).values).toEqual(values)
  })

  it.each([
    ['miso-opne', 'there is no fault "miso-opne"; did you mean "miso-open"? (`linkpulse faults` lists them)'],
    ['mystery', 'there is no fault "mystery" (`linkpulse faults` lists them)'],
    ['miso-open:3', 'miso-open has no parameters; leave ":3" out'],
    [
      'cable-noise:nois=0.3V',
      'cable-noise has no parameter "nois"; did you mean "noise"? (cable-noise takes noise, 100 mV to 800 mV; length, 1 m to 100 m)',
    ],
    ['cable-noise:5V', 'cable-noise: noise is 100 mV to 800 mV; 5V is outside'],
    ['cable-noise:0.3s', 'cable-noise: noise is 100 mV to 800 mV; "0.3s" is not a number in V, mV'],
    ['cable-noise:1e999V', 'cable-noise: noise is 100 mV to 800 mV; 1e999V is outside'],
    ['buffer-memory-bad:bit=1.5', 'buffer-memory-bad: bit is a whole number, 0 to 7; 1.5 is not a whole number'],
    [
      'serial-wrong-parity:evn',
      'serial-wrong-parity: parity is one of even, odd, mark, space; "evn" is none of them; did you mean "even"?',
    ],
    ['cable-noise:', /^cable-noise: a value is missing in ""; cable-noise takes noise,/],
    ['cable-noise:noise=', /^cable-noise: a value is missing/],
    ['cable-noise:0.3V,50m', /^cable-noise: only the first value may stand without its name;/],
    ['cable-noise:0.3V,noise=0.2V', 'cable-noise: noise is given twice; give it once'],
    ['wrong-revision', 'the fault wrong-revision cannot happen to uno, only to promini'],
    ['serial-wrong-baud:1000000', 'serial-wrong-baud: uno talks at 1000000 baud anyway; take another rate'],
  ])('%s is answered with what would do', (text, message) => {
    expect(() => settleFault(text, UNO)).toThrow(RangeError)
    expect(() => settleFault(text, UNO)).toThrow(message)
  })

  it('of any octets is read, or refused by a RangeError', () => {
    const random = new SeededRandom(7)
    const pieces = [
      ...FAULTS.keys(),
      ':',
      '=',
      ',',
      'noise',
      'every',
      '0x',
      '1e',
      'V',
      ' ',
      '-',
      '9',
      '\u0000',
      'µ',
      '🔌',
    ]
    let read = 0
    for (let i = 0; i < 1000; i++) {
      let text = ''
      for (let n = random.below(6); n >= 0; n--) text += pieces[random.below(pieces.length)]
      try {
        settleFault(text, UNO)
        read++
      } catch (error) {
        expect(error, text).toBeInstanceOf(RangeError)
      }
    }
    expect(read).toBeGreaterThan(30)
  })
})

describe('every family', () => {
  it('has a default within its range, a severity too, and a worst that is severe', () => {
    for (const { name, parameters, harmless } of FAULTS.values()) {
      const definition = boardOf(name)
      expect(worstFault(faultNamed(name), definition).suffered, name).toBe(harmless !== true)
      for (const parameter of parameters) {
        const what = `${name}: ${parameter.name}`
        expect(parameter.name, what).toMatch(/^[a-z]+$/)
        expect(parameter.title.length, what).toBeGreaterThan(4)
        if (isChoice(parameter)) {
          expect(parameter.choices, what).toContain(parameter.default)
          expect(new Set(parameter.choices).size, what).toBe(parameter.choices.length)
          for (const choice of parameter.suffers ?? []) expect(parameter.choices, what).toContain(choice)
          continue
        }
        const { min, max, suffers, scale, worse } = parameter
        expect(min, what).toBeLessThan(max)
        for (const value of [parameter.default, worse === 'away' ? max : (suffers ?? max)]) {
          expect(value, what).toBeGreaterThanOrEqual(min)
          expect(value, what).toBeLessThanOrEqual(max)
        }
        if (scale === 'log') expect(min, what).toBeGreaterThan(0)
        if (harmless !== true) expect(suffers === undefined, what).toBe(worse === undefined)
      }
    }
  })

  it('is written so that the same is read, at its default, at its worst and as it is drawn', () => {
    for (const fault of FAULTS.values()) {
      const random = new SeededRandom(3).fork(fault.name)
      const definition = boardOf(fault.name)
      const drawn = Array.from({ length: 20 }, () => drawFault(fault, random, definition))
      for (const settled of [settleFault(fault.name, definition), worstFault(fault, definition), ...drawn]) {
        const again = settleFault(settled.text, definition)
        expect(again.values, settled.text).toEqual(settled.values)
        expect(again.text).toBe(settled.text)
      }
    }
  })

  it('is drawn over its whole range', () => {
    const random = new SeededRandom(11)
    for (const fault of FAULTS.values()) {
      const definition = boardOf(fault.name)
      const drawn = Array.from({ length: 400 }, () => drawFault(fault, random, definition).values)
      for (const parameter of fault.parameters) {
        const { name } = parameter
        const what = `${fault.name}: ${name}`
        const values = drawn.map((each) => each[name])
        if (isChoice(parameter)) {
          // One of them may be what the board is anyway.
          expect(new Set(values).size, what).toBeGreaterThanOrEqual(parameter.choices.length - 1)
          continue
        }
        const numbers = values as number[]
        const at = (share: number) =>
          parameter.scale === 'linear'
            ? parameter.min + share * (parameter.max - parameter.min)
            : parameter.min * (parameter.max / parameter.min) ** share
        expect(Math.min(...numbers), what).toBeLessThanOrEqual(at(0.2))
        expect(Math.max(...numbers), what).toBeGreaterThanOrEqual(at(0.8))
        const middle = numbers.filter((value) => value < at(0.5)).length / numbers.length
        expect(middle, what).toBeGreaterThan(0.3)
        expect(middle, what).toBeLessThan(0.7)
      }
    }
  })

  it('is on a side, and can happen to a board of the catalogue', () => {
    for (const { name, side, boards } of FAULTS.values()) {
      expect(['board', 'chip', 'wire', 'partner', 'computer'], name).toContain(side)
      for (const board of boards ?? []) expect(BOARDS.has(board), name).toBe(true)
    }
  })
})
