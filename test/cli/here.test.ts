import { describe, expect, it } from 'vitest'
import { variationsOf } from '../judge/variations.js'
import { runCli, start } from './command.js'
import { runHere, runHereWith } from './here.js'

describe('a line in this process and in one of its own', () => {
  it.each(
    variationsOf([
      [['--version']],
      [['help', 'check']],
      [[]],
      [['chekc']],
      [['check', '--only', 'serial', '--fault', 'serial-noise', '--json']],
      [['check', 'model:uno', '--only', 'nosuch']],
      [['scope', '--fault', 'cable-noise', '--damaged', '--window', '5us']],
      [['net', 'ping', '192.168.7.2', '--count', '2']],
      [['lines', 'rs-422', '--octet', '0x41', '--out', '-']],
    ]),
  )('say the same of %j, also when it is not the first', async (words) => {
    const alone = await runCli(...words)
    expect(await runHere(...words)).toEqual(alone)
    expect(await runHere(...words)).toEqual(alone)
  })
  it.each(
    variationsOf([
      [['net', 'nc', '192.168.7.2', '7'], 'a line\n'.repeat(500)],
      [['net', 'nc', '192.168.7.2', '4711'], ''],
      [['mission', 'silence', '--seed', '3'], 'look\nprobe rx\n'],
      [['chip', 'model:uno', '--json'], 'reset\nreda EREVID\n'],
    ]),
  )('read the same from a pipe: %j', async (words, input) => {
    const alone = await start(words, {}, Buffer.from(input)).ended
    expect(await runHereWith(input, ...words)).toEqual(alone)
    expect(await runHereWith(input, ...words)).toEqual(alone)
  })
})
