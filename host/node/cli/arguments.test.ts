import { describe, expect, it } from 'vitest'
import { UsageError } from '../../errors/errors.js'
import type { Arguments } from './arguments.js'
import type { CommandHelp } from './command.js'
import { readLine } from './read-line.js'

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

function readArguments(help: CommandHelp, words: readonly string[]): Arguments {
  const line = readLine([help], [help.name, ...words])
  if (!('given' in line)) throw new Error('no command')
  return line.given
}

describe('a line', () => {
  const up: CommandHelp = { ...command, name: 'net up', minimum: 1 }
  const line = (...words: readonly string[]) => {
    const read = readLine([command, up], words)
    return 'given' in read ? [read.command.name, ...read.given.operands] : [read.group, read.word]
  }

  it('is a command of one word or two, or what is none', () => {
    expect(line('try', 'net')).toEqual(['try', 'net'])
    expect(line('net', 'up', 'up')).toEqual(['net up', 'up'])
    expect(line()).toEqual(['', undefined])
    expect(line('net')).toEqual(['net', undefined])
    expect(line('net', '--help')).toEqual(['net', '--help'])
    expect(line('net', 'down', '--json')).toEqual(['net', 'down'])
    expect(line('up', '--json')).toEqual(['', 'up'])
    expect(line('--json', 'try')).toEqual(['', '--json'])
    expect(() => line('net', 'up')).toThrow(/^net up needs \[TARGET\]; `linkpulse help net up`/)
  })
})

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

  it('takes short options, in clusters and with their values joined', () => {
    const short: CommandHelp = {
      ...command,
      maximum: 2,
      options: {
        count: { value: 'N', short: 'c', help: '' },
        udp: { short: 'u', help: '' },
        listen: { short: 'l', help: '' },
        'no-verify': { help: '' },
      },
    }
    for (const words of [['-ulc5'], ['-u', '-l', '-c', '5'], ['-luc', '5'], ['--udp', '--listen', '--count=5']]) {
      const given = readArguments(short, words)
      expect([given.has('udp'), given.has('listen'), given.text('count')]).toEqual([true, true, '5'])
      expect([given.has('no-verify'), given.names]).toEqual([false, ['count', 'udp', 'listen']])
    }
    expect(readArguments(short, ['--no-verify']).has('no-verify')).toBe(true)
    expect(readArguments(short, ['-c', '-5', '-']).text('count')).toBe('-5')
    expect(() => readArguments(short, ['--verify'])).toThrow(/no option --verify/)
    expect(() => readArguments(short, ['-ux'])).toThrow(/no option -x/)
    expect(() => readArguments(short, ['-uc'])).toThrow(/--count needs a value: --count N/)
  })

  it('takes a value that looks like an option where it is joined, or has one hyphen', () => {
    expect(readArguments(command, ['--seed=--json', '--limit', '-1us']).text('seed')).toBe('--json')
    expect(readArguments(command, ['--limit', '-1us']).text('limit')).toBe('-1us')
  })

  it('takes --help before it counts operands, and a flag as often as it is given', () => {
    expect(readArguments(command, ['a', 'b', '--help']).has('help')).toBe(true)
    expect(readArguments(command, ['--json', '-h', '--json']).has('json')).toBe(true)
  })

  it('takes what follows -- as operands, whatever it looks like', () => {
    expect(readArguments(command, ['--', '--json']).operands).toEqual(['--json'])
  })
})
