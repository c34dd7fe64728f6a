import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { createBareLab } from '../lab.js'
import { SeededRandom } from '../simulation/random.js'
import { BOARDS, findBoard } from './catalogue.js'
import { type BoardDefinition, LONGEST_START_UP_MILLISECONDS } from './definition.js'
import { BoardFileError, parseBoard } from './parse.js'
import { uno } from './uno.js'

type Json = { [key: string]: unknown }

function problemsOf(change: (board: Json) => void): readonly string[] {
  const board = JSON.parse(JSON.stringify(uno)) as Json
  change(board)
  try {
    parseBoard(JSON.stringify(board), 'my-board.json')
  } catch (error) {
    if (error instanceof BoardFileError) return error.problems
    throw error
  }
  return []
}

describe('the catalogue', () => {
  it('knows four boards and names them when asked for another', () => {
    expect([...BOARDS.keys()]).toEqual(['uno', 'nano', 'mega2560', 'promini'])
    expect(() => findBoard('due')).toThrow('there is no board "due"; known are uno, nano, mega2560, promini')
  })

  it('gives the Uno the pins of its SPI header and an address on 192.168.7.0/24', () => {
    const board = findBoard('uno')
    expect(board.chip.pins).toEqual({ cs: 8, sck: 13, mosi: 11, miso: 12, int: 2, reset: 9 })
    expect(board.network).toMatchObject({ address: '192.168.7.2/24', gateway: '192.168.7.1' })
    expect(board.serial.window).toBe(4)
  })

  it('has a station address for each board, so that two can share a cable', () => {
    expect(new Set([...BOARDS.values()].map((board) => board.network.station)).size).toBe(BOARDS.size)
  })
})

describe('a board file', () => {
  it('is read when it is whole', () => {
    expect(parseBoard(JSON.stringify(uno), 'my-board.json')).toEqual(uno)
    expect(problemsOf(() => {})).toEqual([])
  })

  it('is refused for a key that is unknown, with those that are known', () => {
    expect(problemsOf((board) => Object.assign(board.chip as Json, { revison: 'B7' }))).toEqual([
      'chip.revison: unknown key; remove it or use one of revision, spiClock, highestSpiClock, spiSynchronous, floatingMiso, pins, supply, feed; did you mean "revision"?',
    ])
  })

  it('is refused for a key that is missing, with what to add', () => {
    expect(problemsOf((board) => delete (board.serial as Json).baud)).toEqual([
      'serial.baud: missing; add a whole number from 9600 to 2000000 (baud)',
    ])
  })

  it('is refused for a value of the wrong type, with the value', () => {
    expect(problemsOf((board) => Object.assign(board.chip as Json, { spiClock: '8 MHz' }))[0]).toMatch(
      /^chip\.spiClock: expected a whole number .* found "8 MHz"$/,
    )
    expect(problemsOf((board) => Object.assign(board, { chip: [] }))[0]).toMatch(/^chip: expected an object/)
  })

  it('is refused for an SPI clock above the 20 MHz of the chip (reference 2.1)', () => {
    expect(problemsOf((board) => Object.assign(board.chip as Json, { highestSpiClock: 24_000_000 }))).toHaveLength(1)
  })

  it('is refused for a group address as its station address', () => {
    expect(problemsOf((board) => Object.assign(board.network as Json, { station: '01:00:5e:00:00:01' }))[0]).toMatch(
      /first one even/,
    )
  })

  it('is refused for two signals on one pin, and for cells that do not fit the memory', () => {
    expect(problemsOf((board) => Object.assign((board.chip as Json).pins as Json, { int: 8 }))).toEqual([
      'chip.pins.int: pin 8 is chip.pins.cs already; choose another',
    ])
    expect(problemsOf((board) => Object.assign(board.serial as Json, { window: 100 }))[0]).toMatch(/do not fit/)
    expect(problemsOf((board) => Object.assign(board.network as Json, { memory: 4096 }))).toEqual([
      'network.memory: 4096 octets do not fit the 2048 octets of controller.ram; lower it',
    ])
  })

  it('is refused where the cells and the buffers of the stack fit the memory only one at a time', () => {
    const sized = (window: number, memory: number | undefined) =>
      problemsOf((board) => {
        Object.assign(board.serial as Json, { window })
        // JSON leaves out what is undefined.
        Object.assign(board.network as Json, { memory })
      })
    // 2048 octets: 8 cells of 64 leave 1536.
    expect(sized(8, 1536)).toEqual([])
    expect(sized(8, undefined)).toEqual([])
    expect(sized(8, 1537)).toEqual([
      'network.memory: 1537, and 8 cells of 64 octets (serial.window) are 2049 octets, and do not fit the 2048 of controller.ram; lower one of them',
    ])
    expect(sized(9, undefined)).toEqual([
      'network.memory: 1536, three quarters of it where it is not said, and 9 cells of 64 octets (serial.window) are 2112 octets, and do not fit the 2048 of controller.ram; lower one of them',
    ])
  })

  it.each<[part: string, field: string, value: unknown, complaint: string]>([
    // Addresses that no host, or no router, can have (RFC 1122 3.2.1.3, 3.3.1.1).
    [
      'network',
      'address',
      '192.168.7.0/24',
      'network.address: no board has 192.168.7.0/24: it is the address of the network itself',
    ],
    ['network', 'address', '192.168.7.255/24', "no board has 192.168.7.255/24: it is the network's broadcast address"],
    ['network', 'address', '192.168.7.3/30', "it is the network's broadcast address"],
    ['network', 'address', '224.0.0.9/24', 'it is a multicast group'],
    ['network', 'address', '127.0.0.2/8', '127.0.0.0/8 is every host to itself'],
    ['network', 'address', '0.0.0.2/24', 'no host has one of 0.0.0.0/8'],
    ['network', 'address', '250.1.2.3/24', 'no host has one of 0.0.0.0/8 or 240.0.0.0/4'],
    ['network', 'gateway', '0.0.0.0', 'network.gateway: no router has 0.0.0.0: no host has one of'],
    [
      'network',
      'gateway',
      '192.168.7.2',
      "network.gateway: no router has 192.168.7.2: it is the interface's own address",
    ],
    ['network', 'gateway', '192.168.7.255', "it is the network's broadcast address"],
    ['network', 'gateway', '192.168.7.0', 'it is the address of the network itself'],
    ['network', 'gateway', '224.0.0.1', 'it is a multicast group'],
    [
      'network',
      'gateway',
      '10.0.0.1',
      'network.gateway: 10.0.0.1 is not on the network of network.address, 192.168.7.2/24',
    ],
    ['network', 'station', '00:00:00:00:00:00', 'network.station: 00:00:00:00:00:00 is no station'],
    ['network', 'memory', 0, 'network.memory: expected a whole number from 256'],
    // A session is opened within 4 s, and the board has one of them to answer.
    [
      'controller',
      'startUpMilliseconds',
      3_001,
      'controller.startUpMilliseconds: expected a whole number from 0 to 3000',
    ],
    ['controller', 'brownOut', 5, 'controller.brownOut: a detector at 5 V never lets a controller start'],
    // DS40002061B 19.5.2: SCK is at most half of 16 MHz.
    [
      'chip',
      'highestSpiClock',
      10_000_000,
      'chip.highestSpiClock: an ATmega328P at 16000000 Hz (controller.clock) makes 8000000',
    ],
    // DS40002061B table 19-5: the SPI divides by 2, 4, 8 to 128.
    [
      'chip',
      'spiClock',
      5_000_000,
      'chip.spiClock: an ATmega328P at 16000000 Hz (controller.clock) makes no 5000000; take one of 8000000, 4000000, 2000000, 1000000, 500000, 250000, 125000',
    ],
    ['chip', 'spiClock', 125_000, 'OK'],
    ['chip', 'spiSynchronous', 1, 'chip.spiSynchronous: expected true or false; found 1'],
    ['chip', 'spiSynchronous', false, 'OK'],
    // DS40002061B table 20-7: 230.4 kbaud at 16 MHz is 3.5 % off, 250 k none.
    [
      'serial',
      'baud',
      230_400,
      'serial.baud: the nearest to 230400 that an ATmega328P at 16000000 Hz (controller.clock) makes is 222222',
    ],
    ['serial', 'highestBaud', 1_500_000, 'serial.highestBaud: the nearest to 1500000 that an ATmega328P'],
    [
      'flash',
      'baud',
      921_600,
      'flash.baud: the nearest to 921600 that an ATmega328P at 16000000 Hz (controller.clock) makes is 1000000',
    ],
    ['flash', 'baud', 300, 'OK'],
    ['serial', 'baud', 115_200, 'OK'],
    ['serial', 'baud', 250_000, 'OK'],
    ['serial', 'baud', 500_000, 'OK'],
    ['network', 'address', '192.168.7.2/30', 'OK'],
    ['controller', 'startUpMilliseconds', 3_000, 'OK'],
  ])('is refused where no board could work so, with the reason: %s.%s %j', (part, field, value, complaint) => {
    const problems = problemsOf((board) => Object.assign(board[part] as Json, { [field]: value }))
    if (complaint === 'OK') expect(problems).toEqual([])
    else {
      expect(problems).toHaveLength(1)
      expect(problems[0]).toContain(complaint)
      expect(problems[0]).toMatch(/^[a-z]+\.[a-zA-Z]+: .*(; (take|lower|give|found)|found )/)
    }
  })

  it.each([
    ['B1', 8_000_000, true],
    ['B4', 8_000_000, true],
    ['B1', 4_000_000, false],
    ['B4', 4_000_000, false],
    ['B5', 4_000_000, true],
    ['B7', 4_000_000, true],
  ])(
    'with silicon %s at %d Hz on SPI: accepted %s (DS80349C, erratum 1: B1 and B4 below 8 MHz)',
    (revision, spiClock, accepted) => {
      const problems = problemsOf((board) => Object.assign(board.chip as Json, { revision, spiClock }))
      const complaint = `chip.spiClock: ${spiClock} is below 8000000, and silicon ${revision} loses MAC accesses there (DS80349C, erratum 1); raise it, say chip.spiSynchronous where SCK is derived from the chip's CLKOUT, or take a chip of B5 or B7`
      expect(problems).toEqual(accepted ? [] : [complaint])
    },
  )

  it('with a controller that CLKOUT clocks has 25 MHz by a whole number on SPI, on any silicon', () => {
    const synchronous = (clock: number, spiClock: number, part = 'ATmega328P') =>
      problemsOf((board) => {
        Object.assign(board.controller as Json, { part, clock })
        Object.assign(board.chip as Json, { revision: 'B1', spiClock, highestSpiClock: spiClock, spiSynchronous: true })
        Object.assign(board.serial as Json, { baud: 31_250, highestBaud: 31_250 })
        Object.assign(board.flash as Json, { baud: 9_600 })
      })
    expect(synchronous(12_500_000, 6_250_000)).toEqual([])
    expect(synchronous(6_250_000, 781_250)).toEqual([])
    expect(synchronous(8_333_333, 4_166_666)).toEqual([])
    expect(synchronous(16_000_000, 4_000_000)).toEqual([
      'chip.spiSynchronous: 4000000 (chip.spiClock) is not 25 MHz by a whole number, and no SCK derived from CLKOUT; take one that is, as 6250000, or false',
      'chip.spiSynchronous: an ATmega328P that CLKOUT clocks runs at one of 25000000, 12500000, 8333333, 6250000, 3125000 Hz, and not at 16000000 (controller.clock); take one of them, or false',
    ])
    // A PLL may stand between CLKOUT and another family's clock.
    expect(synchronous(125_000_000, 5_000_000, 'RP2040')).toEqual([])
  })

  it('with SCK from CLKOUT is a board on which erratum 1 does not strike', () => {
    const slow = structuredClone(findBoard('promini')) as unknown as Json
    Object.assign(slow.controller as Json, { clock: 6_250_000 })
    Object.assign(slow.chip as Json, {
      revision: 'B4',
      spiClock: 3_125_000,
      highestSpiClock: 3_125_000,
      spiSynchronous: true,
    })
    Object.assign(slow.serial as Json, { baud: 31_250, highestBaud: 31_250 })
    Object.assign(slow.flash as Json, { baud: 9_600 })
    const lab = createBareLab({ seed: 1 })
    const board = lab.addBoard(parseBoard(JSON.stringify(slow), 'my-board.json'))
    expect(board.chip.spiSynchronous).toBe(true)
    expect(lab.addBoard('uno', { address: '192.168.7.3/24' }).chip.spiSynchronous).toBe(false)
  })

  it('is refused for a pin that the part does not have, or that its serial port has', () => {
    const pin = (cs: number) => problemsOf((board) => Object.assign((board.chip as Json).pins as Json, { cs }))
    expect(pin(0)).toEqual(["chip.pins.cs: pin 0 is the serial port's; choose another"])
    expect(pin(20)).toEqual([
      'chip.pins.cs: an Arduino with an ATmega328P has digital pins 0 to 19, and no 20; choose another',
    ])
    expect(pin(19)).toEqual([])
  })

  it('has a controller and a pin for the regulator that are known, and is told the nearest that is', () => {
    const part = (name: string) => problemsOf((board) => Object.assign(board.controller as Json, { part: name }))
    expect(part('ATmega2561')).toEqual([
      expect.stringMatching(
        /^controller\.part: expected one of .*ATmega328P, .*; found "ATmega2561"; did you mean "ATmega2560"\?$/,
      ),
    ])
    expect(part('atmega2560')).toEqual([expect.stringContaining('did you mean "ATmega2560"?')])
    expect(part('PIC18F97J60')).toEqual([expect.stringMatching(/found "PIC18F97J60"$/)])
    const feed = (pin: unknown) => problemsOf((board) => Object.assign(board.chip as Json, { feed: pin }))
    expect(feed('VBUSS')).toEqual([
      expect.stringMatching(/^chip\.feed: expected one of 5V, .*; found "VBUSS"; did you mean "VBUS"\?$/),
    ])
    expect(feed(5)).toEqual([expect.stringMatching(/found 5$/)])
    expect(feed('VIN')).toEqual([])
  })

  it('of another family is not measured by what an ATmega can do', () => {
    const other = { part: 'RP2040', clock: 133_000_000, level: 3.3 }
    expect(
      problemsOf((board) => {
        Object.assign(board.controller as Json, other)
        Object.assign(board.serial as Json, { baud: 921_600 })
        Object.assign((board.chip as Json).pins as Json, { cs: 1, int: 28 })
      }),
    ).toEqual([])
  })

  it.each([
    ['\x1b[31mUno', 'character 1 is \\x1b'],
    ['Uno\x9b2J', 'character 4 is \\x9b'],
    ['\u00fc\u202eonU', 'character 2 is \\u202e'],
    ['Uno\u200b', 'character 4 is \\u200b'],
    ['Uno\nMega', 'character 4 is \\x0a'],
    ['\ud83d', 'character 1 is \\ud83d'],
  ])('is refused for a character that nobody can see, with its place: %j', (title, what) => {
    expect(problemsOf((board) => Object.assign(board, { title }))).toEqual([
      `title: ${what}, which nobody can see; take it out`,
    ])
    expect(problemsOf((board) => Object.assign(board.serial as Json, { bridge: title }))).toEqual([
      `serial.bridge: ${what}, which nobody can see; take it out`,
    ])
  })

  it('is complained about in words that can be printed, whatever its keys and values are', () => {
    const [key, value] = problemsOf((board) => Object.assign(board, { '\x1b[2J': 1, modes: ['\x9b\u202e'] }))
    expect(key).toMatch(/^\\x1b\[2J: unknown key/)
    expect(value).toMatch(/found \["\\x9b\\u202e"\]$/)
  })

  it('gets all complaints at once, under the name of the file', () => {
    expect(() => parseBoard('{"name":"x"}', 'my-board.json')).toThrow(
      /^my-board\.json is not a board file:\n {2}title: missing/,
    )
  })

  it('with nothing in it says so', () => {
    expect(() => parseBoard(' \n', 'my-board.json')).toThrow(
      /my-board\.json.*\n.*nothing is written here; begin with \{/,
    )
  })

  it('that is cut short says that it is not JSON', () => {
    expect(() => parseBoard('{"name": "uno"', 'my-board.json')).toThrow(/my-board\.json.*\n.*not JSON/)
  })

  it('with brackets in more brackets than any board has is refused with their line, however many there are', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ]) {
      for (const many of [33, 200_000]) {
        const text = `{"name":\n"[[[\\"{{{",\n"x": ${open.repeat(many)}1${close.repeat(many)}}`
        expect(() => parseBoard(text, 'x.json')).toThrow(BoardFileError)
        expect(() => parseBoard(text, 'x.json')).toThrow(/line 3: brackets in more than 32 others/)
      }
    }
    // Brackets beside each other, and those in a text, are none in each other.
    const flat = `{"x": [${'[],'.repeat(100)}"${'['.repeat(100)}"]}`
    expect(() => parseBoard(flat, 'x.json')).toThrow(/x: unknown key/)
  })

  it('with any value changed is refused as a board file, or is a board that can be built and started', () => {
    const values = [
      0,
      1,
      -1,
      1.5,
      255,
      256,
      4096,
      1e6,
      1e9,
      1e308,
      '',
      '0',
      'x',
      '192.168.07.2',
      '192.168.7.9',
      '192.168.07.2/24',
      '10.0.0.1/8',
      '1.2.3.4/31',
      '2e2.1.1.1/24',
      '02:00:00:00:00:02',
      'B1',
      null,
      true,
      [],
      ['avr'],
      {},
      'a'.repeat(10_000),
    ]
    let built = 0
    let refused = 0
    const leaves = (value: unknown, path: string[] = []): string[][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...leaves(inner, [...path, key])])
        : []
    for (const path of leaves(uno)) {
      for (const value of values) {
        const board = structuredClone(uno) as unknown as Json
        const holder = path.slice(0, -1).reduce<Json>((part, key) => part[key] as Json, board)
        holder[path[path.length - 1]] = value
        let definition: BoardDefinition
        try {
          definition = parseBoard(JSON.stringify(board), 'x.json')
        } catch (error) {
          expect(error, `${path.join('.')} = ${JSON.stringify(value)}`).toBeInstanceOf(BoardFileError)
          refused++
          continue
        }
        const lab = createBareLab({ seed: 1 })
        const added = lab.addBoard(definition)
        lab.runFor((LONGEST_START_UP_MILLISECONDS / 1_000 + 1) * SECOND)
        const { on } = added.state.value as { on?: unknown }
        expect(on, `${path.join('.')} = ${JSON.stringify(value)}`).toBeDefined()
        built++
      }
    }
    expect(refused).toBeGreaterThan(600)
    expect(built).toBeGreaterThan(40)
  })

  it('that is mutilated four thousand times is a board or a BoardFileError', () => {
    const random = new SeededRandom(11)
    const whole = JSON.stringify(findBoard('uno'), null, 1)
    const pieces = [
      '',
      '[',
      ']',
      '{',
      '}',
      '"',
      '\\',
      '\n',
      '0',
      '-',
      '1e999',
      'null',
      '\u0000',
      '[[{'.repeat(12),
      '\ud800',
    ]
    let refused = 0
    for (let round = 0; round < 4_000; round++) {
      let text = whole
      for (let change = 0; change <= random.below(3); change++) {
        const at = random.below(text.length)
        text = text.slice(0, at) + pieces[random.below(pieces.length)] + text.slice(at + random.below(4))
      }
      try {
        parseBoard(text, 'x.json')
      } catch (error) {
        if (!(error instanceof BoardFileError)) throw error
        refused++
      }
    }
    expect(refused).toBeGreaterThan(2_000)
  })

  it('of hostile content never throws anything but a BoardFileError', () => {
    for (const text of ['', 'null', '[]', '1', '"x"', '{"__proto__":{}}', '{"controller":null}', '{"modes":[1]}']) {
      expect(() => parseBoard(text, 'x.json')).toThrow(BoardFileError)
    }
  })
})
