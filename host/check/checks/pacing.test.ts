import { expect, it } from 'vitest'
import { MICROSECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { CheckContext } from '../context.js'
import { runPaced } from './pacing.js'

const APART = 700 * MICROSECOND
const NORMAL = 8_000_000

/** A board that sets SCK as `setTo` has it, and notes what becomes of it. */
function board(setTo: (hertz: number) => number | undefined = (hertz) => hertz) {
  const done: string[] = []
  const chip = {
    async setClock(hertz: number) {
      done.push(`clock ${hertz}`)
      return setTo(hertz)
    },
    async run<T>(program: SpiProgram<T>): Promise<T> {
      let step = program.next()
      while (!step.done) step = program.next([])
      return step.value
    },
  }
  const context = { chip } as unknown as CheckContext
  const run = () =>
    runPaced(context, NORMAL, APART, function* (padding) {
      yield { wait: 1 }
      done.push('program')
      return padding
    })
  return { context, done, run }
}

it('takes so few octets on a slow SCK', async () => {
  const { done, run } = board()
  const padding = (await run())!
  expect(done).toEqual(['clock 125000', 'program', 'clock 8000000'])
  // Five octets of commands are between the two transmissions as well.
  const apart = ((padding + 5) * 8 * SECOND) / 125_000
  expect(Math.abs(apart - APART)).toBeLessThan((8 * SECOND) / 125_000)
})

it('runs nothing where SCK comes to no right time, and leaves it as it was', async () => {
  for (const setTo of [() => 4_000_000, () => undefined]) {
    const { done, run } = board(setTo)
    expect(await run()).toBeUndefined()
    expect(done).toEqual(['clock 125000', 'clock 8000000'])
  }
  const { done, context } = board()
  // A programmer that does not say what SCK it has is not set to another.
  expect(await runPaced(context, undefined, APART, () => expect.fail('it was run'))).toBeUndefined()
  expect(done).toEqual([])
})

it('sets SCK back when the program fails', async () => {
  const { context, done } = board()
  const failing = runPaced(context, NORMAL, APART, () => {
    throw new Error('the board is gone')
  })
  await expect(failing).rejects.toThrow('the board is gone')
  expect(done).toEqual(['clock 125000', 'clock 8000000'])
})
