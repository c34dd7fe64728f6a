/** The C core against the vectors that the TypeScript end is held to. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Vectors } from '../vectors/serial-link.js'
import { buildHost } from './build.js'

const vectors = JSON.parse(readFileSync(new URL('../vectors/serial-link.json', import.meta.url), 'utf8')) as Vectors

describe('the bridge firmware in C agrees with the test vectors', () => {
  let program: string
  beforeAll(() => {
    program = join(buildHost(), 'bridge-vectors')
  })
  const ask = (commands: string[]): string[] =>
    execFileSync(program, { input: `${commands.join('\n')}\n`, encoding: 'utf8' })
      .trimEnd()
      .split('\n')

  it('makes the same cells', () => {
    const commands = vectors.cells.map(
      ({ kind, channel, sequence, acknowledge, payload }) =>
        `cell ${kind} ${channel} ${sequence} ${acknowledge} ${payload === '' ? '-' : payload}`,
    )
    expect(ask(commands)).toEqual(vectors.cells.map(({ octets }) => octets))
  })

  it('takes whole cells and says what is wrong with others', () => {
    const good = vectors.cells.map(({ octets }) => [octets, 'cell'])
    const broken = vectors.broken.map(({ octets, error }) => [octets, error])
    const all = [...good, ...broken]
    expect(ask(all.map(([octets]) => `check ${octets}`))).toEqual(all.map(([, verdict]) => verdict))
  })

  it('says who it is in the same octets', () => {
    const steps = { open: 0, accept: 1, confirm: 2, reply: 3 }
    const board = vectors.sessions.filter(
      ({ role, step, speaks }) => role === 'board' && (step === 'reply' || speaks > 1),
    )
    expect(board.map(({ step }) => step)).toEqual(['open', 'accept', 'confirm', 'reply'])
    const commands = board.map(({ step, identifier, peer }) => {
      const [own, theirs] = step === 'reply' ? [peer, identifier] : [identifier, peer]
      return `session ${steps[step]} ${own} ${theirs}`
    })
    expect(ask(commands)).toEqual(board.map(({ payload }) => payload))
  })

  it.each(vectors.delineation)('finds the same cells: $what', (vector) => {
    const commands = ['start', ...vector.steps.map(({ push }) => `push ${push}`), 'rest', 'counters']
    const expected = [
      'ready',
      ...[...vector.steps, vector.rest].map(({ state, cells }) => `${state} ${cells}`.trimEnd()),
      [vector.cells, vector.headerErrors, vector.payloadErrors, vector.suspects, vector.discardedOctets].join(' '),
    ]
    expect(ask(commands)).toEqual(expected)
  })
})
