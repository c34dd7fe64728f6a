import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { parseDiagram } from './diagram.js'
import { FileProblem } from './place.js'

type Wire = readonly [string, string]
const CHIP: readonly Wire[] = [
  ['uno:10', 'eth:CS'],
  ['uno:13', 'eth:SCK'],
  ['uno:11', 'eth:SI'],
  ['uno:12', 'eth:SO'],
  ['uno:2', 'eth:INT'],
]
const diagram = (parts: Readonly<Record<string, string>>, wires: readonly Wire[]) =>
  JSON.stringify({
    version: 1,
    author: 'me',
    editor: 'wokwi',
    parts: Object.entries({ uno: 'wokwi-arduino-uno', eth: 'chip-enc28j60', ...parts }).map(([id, type]) => ({
      ...{ id, type, top: 0, left: 0, attrs: {} },
    })),
    connections: [...CHIP, ...wires].map(([a, b]) => [a, b, 'green', ['v10', '*', 'h5']]),
  })

describe('a diagram of Wokwi’s', () => {
  it('says which board it is, and on which pins the chip is', () => {
    const circuit = parseDiagram('diagram.json', diagram({}, [['uno:8', 'eth:RST']]))
    expect(circuit).toMatchObject({ board: 'uno', boardId: 'uno', chip: { cs: 10, int: 2, reset: 8 }, warnings: [] })
  })

  it('has buttons, potentiometers, LEDs behind resistors, pull-ups and breadboards', () => {
    const circuit = parseDiagram(
      'diagram.json',
      diagram(
        {
          btn1: 'wokwi-pushbutton',
          btn2: 'wokwi-pushbutton-6mm',
          pot1: 'wokwi-potentiometer',
          led1: 'wokwi-led',
          r1: 'wokwi-resistor',
          r2: 'wokwi-resistor',
          bb1: 'wokwi-breadboard',
        },
        [
          ['btn1:1.l', 'bb1:10t.a'],
          ['bb1:10t.e', 'uno:4'],
          ['btn1:2.r', 'uno:GND.1'],
          ['btn2:2.l', 'uno:5'],
          ['btn2:1.r', 'uno:5V'],
          ['r2:1', 'uno:5'],
          ['r2:2', 'uno:GND.2'],
          ['pot1:SIG', 'uno:A0'],
          ['uno:7', 'r1:1'],
          ['r1:2', 'led1:A'],
          ['led1:C', 'uno:GND.3'],
        ],
      ),
    )
    expect(circuit.parts).toEqual([
      { kind: 'pull', id: 'r2', pin: 5, to: 'ground' },
      { kind: 'button', id: 'btn1', pin: 4, to: 'ground' },
      { kind: 'button', id: 'btn2', pin: 5, to: 'supply' },
      { kind: 'potentiometer', id: 'pot1', pin: 14, value: 0 },
    ])
    expect(circuit.netAt('led1', 'A')).toEqual({ pins: [7], rail: undefined })
    expect(circuit.netAt('led1', 'C')).toMatchObject({ rail: 'ground' })
    expect(circuit.netAt('led1', 'X')).toBeUndefined()
    expect(circuit.warnings).toEqual([])
  })

  it('names what is not simulated, and goes on', () => {
    const { warnings } = parseDiagram('d.json', diagram({ servo1: 'wokwi-servo', btn1: 'wokwi-pushbutton' }, []))
    expect(warnings).toEqual([
      'the part "servo1" (wokwi-servo) is not simulated: its pins are left open',
      'the part "btn1" is not between a pin of the board and ground or supply: nothing happens when it is used',
    ])
  })

  it('takes an ENC28J60 to be there where the diagram has none', () => {
    const text = '{ "version": 1, "parts": [{ "id": "m", "type": "wokwi-arduino-mega" }], "connections": [] }'
    const { board, chip, warnings } = parseDiagram('d.json', text)
    expect([board, chip.cs]).toEqual(['mega2560', undefined])
    expect(warnings[0]).toMatch(/no part of type chip-enc28j60/)
  })

  it.each([
    ['{', /^d\.json:1:\d+: this is not JSON/],
    ['[]', /^d\.json:1:1: a diagram is an object with "parts" and "connections"/],
    ['{ "parts": [],\n "connections": [] }', /^d\.json:1:12: parts: there is no board; give one of wokwi-arduino-uno/],
    [
      '{ "parts": [{ "id": "e", "type": "board-esp32-devkit-c-v4" }], "connections": [] }',
      /the board board-esp32-devkit-c-v4 is not emulated; give one of wokwi-arduino-uno, /,
    ],
    [
      diagram({}, [['uno:3', 'nobody:1']]),
      /^d\.json:1:\d+: connections\[6\]: there is no part "nobody" for "nobody:1"/,
    ],
    [
      diagram({}, []).replace('"uno:13","eth:SCK"', '"uno:9","eth:SCK"'),
      /eth:SCK is on pin 9, and the board has it on 13/,
    ],
    [
      diagram({}, []).replace('"uno:10","eth:CS"', '"uno:10","eth:CX"'),
      /eth:CS is connected to no pin of the board; connect it/,
    ],
    [diagram({ eth2: 'chip-enc28j60' }, []), /there are 2 parts of type chip-enc28j60/],
  ])('says what is wrong, and where: %#', (text, message) => {
    expect(() => parseDiagram('d.json', text)).toThrow(FileProblem)
    expect(() => parseDiagram('d.json', text)).toThrow(message)
  })

  it('ends with a problem or a circuit, whatever octets it is given', () => {
    const random = new SeededRandom(4)
    const sound = diagram({ btn1: 'wokwi-pushbutton', r1: 'wokwi-resistor' }, [['btn1:1.l', 'r1:1']])
    let wrong = 0
    for (let run = 0; run < 1000; run++) {
      const characters = [...sound]
      for (let change = 0; change <= random.below(3); change++)
        characters[random.below(characters.length)] = String.fromCharCode(0x20 + random.below(0x60))
      try {
        parseDiagram('d.json', characters.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(FileProblem)
        wrong++
      }
    }
    expect(wrong).toBeGreaterThan(100)
  })
})
