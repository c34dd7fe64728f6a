import { describe, expect, it } from 'vitest'
import { UNPRINTABLE } from '../../../../test/setup/unprintable.js'
import type { CommandHelp } from '../command.js'
import { COMMANDS } from '../commands.js'
import { propose, type WordPlace } from './propose.js'
import { lookUp } from './values.js'

const TRY: CommandHelp = {
  name: 'try',
  operands: '[BOARD] FILE...',
  minimum: 0,
  maximum: 3,
  takes: ['board', { files: ['.hex'] }],
  summary: 'try it',
  options: {
    seed: { value: 'N', help: 'a number' },
    size: { value: 'N', short: 's', help: '' },
    mode: { value: 'MODE', takes: ['fast', 'slow'], help: '' },
    pins: { value: 'A,B', takes: ['a1', 'a2', 'b'], commas: true, help: '' },
    fault: { value: 'NAME', takes: 'fault', multiple: true, help: '' },
    'board-file': { value: 'FILE', file: 'input', help: '' },
    udp: { short: 'u', help: 'a flag' },
  },
}
const UP: CommandHelp = { ...TRY, name: 'net up', takes: [], options: {} }

const asked: (readonly [string, WordPlace])[] = []
async function words(...line: readonly string[]): Promise<string[]> {
  asked.length = 0
  const found = await propose([TRY, UP], line, async (kind, place) => {
    asked.push([kind, place])
    return { words: [{ word: `${kind}-1`, help: '' }], files: ['.x'] }
  })
  return [...found.words.map(({ word }) => word), ...(found.files === undefined ? [] : [`files ${found.files.join()}`])]
}

describe('what may stand next', () => {
  it('is a command, or the second word of one', async () => {
    expect(await words('')).toEqual(['try', 'net', '--help', '--version'])
    expect(await words('n')).toEqual(['net'])
    expect(await words('net', '')).toEqual(['up', '--help'])
    expect(await words('nothing', '')).toEqual([])
    expect(await words('--', 'n')).toEqual([])
  })

  it.each<[string[], string[]]>([
    [
      ['try', ''],
      ['board-1', 'files .x'],
    ],
    [['try', 'x'], ['files .x']],
    [['try', 'uno', ''], ['files .hex']],
    [['try', 'uno', 'a', 'b'], ['files .hex']],
    [['try', '--m'], ['--mode']],
    [
      ['try', '--mode', ''],
      ['fast', 'slow'],
    ],
    [['try', '--mode', 's'], ['slow']],
    [['try', '--mode=f'], ['--mode=fast']],
    [['try', '--mode=slow', '--m'], []],
    [['try', '--fault', 'x', '--f'], ['--fault']],
    [['try', '--seed', ''], []],
    [['try', '--udp=x'], []],
    [['try', '--none=x'], []],
    [
      ['try', '--pins', ''],
      ['a1', 'a2', 'b'],
    ],
    [
      ['try', '--pins', 'b,a'],
      ['b,a1', 'b,a2'],
    ],
    [
      ['try', '--pins=a1,'],
      ['--pins=a1,a2', '--pins=a1,b'],
    ],
    [['try', '--board-file', 'y'], ['files ']],
    // A cluster of letters, the last of which awaits a value, or has it.
    [['try', '-us', '5'], []],
    [['try', '-us5', 'uno', ''], ['files .hex']],
    [
      ['try', '-u', ''],
      ['board-1', 'files .x'],
    ],
    [['try', '--', '--m'], ['files .x']],
    [['try', '--', '--mode', ''], ['files .hex']],
    [['net', 'up', '--'], ['--help']],
  ])('behind %j is %j', async (line, expected) => {
    expect(await words(...line)).toEqual(expected)
  })

  it('is every option that may still be given, where no more operands may', async () => {
    expect(await words('try', 'uno', 'a', 'b', '--udp', '')).toEqual([
      ...['--seed', '--size', '--mode', '--pins', '--fault', '--board-file', '--help'],
    ])
  })

  it('is looked up with what stands in front of it', async () => {
    await words('try', '--board-file', 'b.json', '--fault', 'mi')
    expect(asked).toEqual([['fault', { operands: [], boardFile: 'b.json', current: 'mi' }]])
  })
})

it('every kind of value there is has values, each on a line of its own', async () => {
  const place: WordPlace = { operands: [], boardFile: undefined, current: '' }
  for (const { takes = [], options } of COMMANDS) {
    for (const each of [...takes, ...Object.values(options).map((option) => option.takes)]) {
      if (typeof each !== 'string') continue
      const { words: found } = await lookUp(each, place)
      if (each !== 'running net') expect(found.length, each).toBeGreaterThan(0)
      expect(found.filter(({ word, help }) => word === '' || UNPRINTABLE.test(word + help))).toEqual([])
    }
  }
})

it('a board of an invalid --board-file is passed over: the command itself will say why', async () => {
  const place: WordPlace = { operands: [], boardFile: '/nowhere/x.json', current: '' }
  expect((await lookUp('board', place)).words.map(({ word }) => word)).toContain('uno')
})
