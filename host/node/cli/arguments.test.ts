import { describe, expect, it } from 'vitest'
import { UsageError } from '../../errors/errors.js'
import { type CommandHelp, readArguments } from './arguments.js'

const command: CommandHelp = {
  name: 'try',
  operands: '[TARGET]',
  minimum: 0,
  maximum: 1,
  summary: '',
  options: {
    fault: { value: 'NAME', multiple: true, help: '' },
    seed: { value: 'N', help: '' },
    limit: { value: 'SECONDS', help: '' },
    json: { help: '' },
  },
}

describe('reading arguments', () => {
  it('takes options before, after and between operands, and with an equals sign', () => {
    const given = readArguments(command, ['--fault', 'a', 'model:uno', '--json', '--fault=b', '--seed', '7'])
    expect(given.operands).toEqual(['model:uno'])
    expect(given.all('fault')).toEqual(['a', 'b'])
    expect(given.has('json')).toBe(true)
    expect(given.whole('seed', 0, 100)).toBe(7)
    expect(given.text('limit')).toBeUndefined()
  })

  it.each([
    [['--sed', '7'], /no option --sed; did you mean "--seed"/],
    [['-q'], /no option -q/],
    [['--seed'], /--seed needs a value: --seed N/],
    [['--seed='], /--seed needs a value/],
    [['--seed', '--json'], /--seed needs a value \(N\), but "--json" follows it/],
    [['--json=yes'], /--json takes no value/],
    [['--seed', '1', '--seed', '2'], /--seed was given twice/],
    [['a', 'b'], /does not know what to do with "b"/],
  ])('refuses %j as wrong usage, naming the word', (words, message) => {
    expect(() => readArguments(command, words)).toThrow(UsageError)
    expect(() => readArguments(command, words)).toThrow(message)
  })

  it.each(['1.5', '-1', 'x', '0x10', '101', '1e2', ' 1'])(
    'refuses %j where a whole number up to 100 is wanted',
    (word) => {
      expect(() => readArguments(command, [`--seed=${word}`]).whole('seed', 0, 100)).toThrow(
        /whole number from 0 to 100/,
      )
    },
  )

  it.each(['0', '-1', 'soon', 'Infinity', '1e2', '0.4', '2001'])('refuses %j where 0.5 to 2000 is wanted', (word) => {
    expect(() => readArguments(command, [`--limit=${word}`]).number('limit', 0.5, 2_000)).toThrow(
      `--limit takes a number from 0.5 to 2000, not "${word}"`,
    )
  })

  // A timer of Node that is to hold for 2^31 ms or more ends at once.
  it.each(['0', '0.0009', '1e99', '2147484'])('refuses %j where seconds are wanted', (word) => {
    expect(() => readArguments(command, [`--limit=${word}`]).seconds('limit')).toThrow(
      /takes a number from 0\.001 to 2147483, not/,
    )
  })

  it.each([
    ['0.001', 0.001],
    ['2147483', 2_147_483],
    ['1.5', 1.5],
  ])('takes %j seconds', (word, value) => {
    expect(readArguments(command, [`--limit=${word}`]).seconds('limit')).toBe(value)
  })

  it('takes what follows -- as operands, whatever it looks like', () => {
    expect(readArguments(command, ['--', '--json']).operands).toEqual(['--json'])
  })
})
