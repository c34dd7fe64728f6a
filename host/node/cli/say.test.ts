import { describe, expect, it } from 'vitest'
import { table } from '../../text/table.js'
import { ConsoleText } from './say.js'

const octets = (...values: (number | string)[]): Uint8Array =>
  Buffer.concat(values.map((value) => (typeof value === 'number' ? Buffer.of(value) : Buffer.from(value))))

describe('octets as text for a terminal', () => {
  it('are letters, line feeds and tabs, and what else they are is shown', () => {
    expect(new ConsoleText().take(octets('a\tb\x1b[2J\x07\n', 0x00, 'Grüße\u202e\n'))).toBe(
      'a\tb\\x1b[2J\\x07\n\\x00Grüße\\u202e\n',
    )
  })

  it('end their lines as serial ports do, with CR LF, wherever the pieces part', () => {
    const console = new ConsoleText()
    expect(['one\r', '\ntwo', '\r\n', 'three\r', 'four'].map((piece) => console.take(octets(piece)))).toEqual([
      'one',
      '\ntwo',
      '\n',
      'three',
      '\\x0dfour', // would have written over "three"
    ])
  })

  it('may part within a character; what is no UTF-8 is replaced (WHATWG Encoding)', () => {
    const console = new ConsoleText()
    const [first, second] = Buffer.from('ü')
    expect(console.take(octets('a', first)) + console.take(octets(second, 'b', 0x9b, 'c'))).toBe('aüb\ufffdc')
  })
})

describe('a table', () => {
  it('keeps a cell in its line and its column, whatever it holds', () => {
    expect(
      table([
        ['a\nb\x1b[2J', 'x'],
        ['c', 'y'],
      ]),
    ).toBe('a\\x0ab\\x1b[2J  x\nc              y\n')
  })
})
