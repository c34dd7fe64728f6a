import { describe, expect, it } from 'vitest'
import { type CodeValue, parseCode } from './expression.js'

function value(text: string, variables: Record<string, number> = {}): CodeValue {
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

  it('gives names a value, which code further down asks for', () => {
    const code = parseCode('seen = tcpi_snd_cwnd\nseen += 2 * 3\nassert seen == 16; ok = seen // 5')
    expect(code.map(({ kind, target, names }) => [kind, target, names])).toEqual([
      ['assign', 'seen', ['tcpi_snd_cwnd']],
      ['assign', 'seen', ['seen']],
      ['assert', undefined, ['seen']],
      ['assign', 'ok', ['seen']],
    ])
    const variables = new Map<string, CodeValue>([['tcpi_snd_cwnd', 10]])
    for (const { target, evaluate } of code) if (target !== undefined) variables.set(target, evaluate(variables))
    expect([variables.get('seen'), variables.get('ok')]).toEqual([16, 3])
  })

  it("prints several values, and puts them into a text as Python's % does", () => {
    expect(value('"state", tcpi_state', { tcpi_state: 2 })).toBe('state 2')
    expect(parseCode('print "state", 2')[0].evaluate(new Map())).toBe('state 2')
    expect(value("'rtt=%d us, %s of %5.2f %%' % (7, 'a', 3.14159)")).toBe('rtt=7 us, a of 3.14 %')
    expect(value("'0x%x' % 255")).toBe('0xff')
    expect(value('"a" + str(1)')).toBe('a1')
  })

  it('asks whether a value is one of several', () => {
    expect(value('2 in (1, 2)')).toBe(1)
    expect(value('3 not in [1, 2]')).toBe(1)
    expect(value('3 in (1, 2)')).toBe(0)
    expect(value('(1)')).toBe(1)
    expect(value('(1,) == (1,)')).toBe(1)
  })

  it('goes on in brackets and behind a backslash, and a text may have any sign in it', () => {
    const code = parseCode('assert 1 == 1, "a; # b"; \\\n   assert (2 ==\n 2) # two\nprint("it\'s # so")')
    expect(code.map(({ text }) => text)).toEqual(['assert 1 == 1, "a; # b"', 'assert (2 ==  2)', 'print("it\'s # so")'])
  })

  it('refuses by name what it does not understand', () => {
    expect(() => parseCode('import os')).toThrow('"import os" is more Python than is understood here')
    expect(() => parseCode('assert tcpi_rto = 3')).toThrow('"= 3" in "assert tcpi_rto = 3" is not understood')
    expect(() => parseCode('assert (1')).toThrow('a ")" is missing')
    expect(() => parseCode('assert 1 +')).toThrow('ends too early')
    expect(() => parseCode('assert 1 2')).toThrow('"2" in "assert 1 2" is not understood')
  })
})
