import { describe, expect, it } from 'vitest'
import { BOARDS, findBoard } from './catalogue.js'
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
      'chip.revison: unknown key; remove it or use one of revision, spiClock, highestSpiClock, floatingMiso, pins, supply, feed',
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
    expect(problemsOf((board) => Object.assign(board.chip as Json, { feed: title }))).toEqual([
      `chip.feed: ${what}, which nobody can see; take it out`,
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

  it('that is cut short says that it is not JSON', () => {
    expect(() => parseBoard('{"name": "uno"', 'my-board.json')).toThrow(/my-board\.json.*\n.*not JSON/)
  })

  it('of hostile content never throws anything but a BoardFileError', () => {
    for (const text of ['', 'null', '[]', '1', '"x"', '{"__proto__":{}}', '{"controller":null}', '{"modes":[1]}']) {
      expect(() => parseBoard(text, 'x.json')).toThrow(BoardFileError)
    }
  })
})
