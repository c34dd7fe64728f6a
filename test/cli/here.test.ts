import { describe, expect, it } from 'vitest'
import { runCli } from './command.js'
import { runHere } from './here.js'

describe('a line in this process and in one of its own', () => {
  it.each([
    [['--version']],
    [['help', 'check']],
    [[]],
    [['chekc']],
    [['check', '--only', 'serial', '--fault', 'serial-noise', '--json']],
    [['check', 'model:uno', '--only', 'nosuch']],
    [['scope', '--fault', 'cable-noise', '--damaged', '--window', '5us']],
    [['net', 'ping', '192.168.7.2', '--count', '2']],
    [['lines', 'rs-422', '--octet', '0x41', '--out', '-']],
  ])('say the same of %j, also when it is not the first', async (words) => {
    const alone = await runCli(...words)
    expect(await runHere(...words)).toEqual(alone)
    expect(await runHere(...words)).toEqual(alone)
  })
})
