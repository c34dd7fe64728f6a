import { describe, expect, it } from 'vitest'
import { parseCode } from './expression.js'

function value(text: string, variables: Record<string, number> = {}): number | string {
  return parseCode(`print(${text})`)[0].evaluate(new Map(Object.entries(variables)))
}

describe('code in scripts', () => {
  it("computes with Python's precedence", () => {
    expect(value('1 + 2 * 3 - 4')).toBe(3)
    expect(value('(1 + 2) * 3')).toBe(9)
    expect(value('7 // 2 + 7 % 4')).toBe(6)
    expect(value('1 << 4 | 2 & 3 ^ 1')).toBe(19)
    expect(value('-3 % 5')).toBe(2)
    expect(value('0x10 == 16')).toBe(1)
    expect(value('1 < 2 < 3')).toBe(1)
    expect(value('1 < 3 < 2')).toBe(0)
    expect(value('not 1 == 2 and 3 > 2 or 0')).toBe(1)
    expect(value('max(1, abs(-5), min(7, 9))')).toBe(7)
    expect(value('"a"')).toBe('a')
  })

  it('knows variables, and tells which it asks for', () => {
    const [statement] = parseCode('assert tcpi_unacked == 2 and tcpi_snd_cwnd >= 10, tcpi_unacked')
    expect(statement.names).toEqual(['tcpi_unacked', 'tcpi_snd_cwnd', 'tcpi_unacked'])
    expect(statement.evaluate(new Map(Object.entries({ tcpi_unacked: 2, tcpi_snd_cwnd: 10 })))).toBe(1)
    expect(statement.evaluate(new Map(Object.entries({ tcpi_unacked: 2, tcpi_snd_cwnd: 9 })))).toBe(0)
  })

  it('has several statements, comments and empty lines', () => {
    const code = parseCode('\nassert 1 # so\n\n  print 2; assert 3, "why"\n')
    expect(code.map(({ kind }) => kind)).toEqual(['assert', 'print', 'assert'])
  })

  it.each(['(', 'not ', '-', '~', 'min(', '1+', '1 < ', '1 or '])(
    'refuses 200,000 times "%s" in one statement',
    (word) => {
      expect(() => parseCode(`assert ${word.repeat(200_000)}1`)).toThrow(
        /^"assert .{33}\.\.\." has more than 500 words: write several assertions$/,
      )
      // What is taken can be evaluated.
      const [{ evaluate }] = parseCode(`assert ${'not '.repeat(498)}1`)
      expect(evaluate(new Map())).toBe(1)
    },
  )

  it('refuses by name what it does not understand', () => {
    expect(() => parseCode('import os')).toThrow('"import os" is more Python than is understood here')
    expect(() => parseCode('assert tcpi_rto = 3')).toThrow('"= 3" in "assert tcpi_rto = 3" is not understood')
    expect(() => parseCode('assert (1')).toThrow('a ")" is missing')
    expect(() => parseCode('assert 1 +')).toThrow('ends too early')
    expect(() => parseCode('assert 1 2')).toThrow('"2" in "assert 1 2" is not understood')
  })
})
