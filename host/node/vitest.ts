/**
 * Vitest's `test` with a lab in it: each test has one of its own, empty, with the seed that was asked for. What a test leaves in its lab ends
 * with it: virtual time passes no more, so nothing needs to be closed. And `expect` that asks for frames, serial output, links and misuse.
 *
 *     import { arp, expect, test } from 'linkpulse/vitest'
 *     test('the sketch asks for its router', async ({ lab }) => {
 *       const { sketch, cable } = lab.addBench('build/sketch.elf', { cs: 10 })
 *       await sketch.serial.line(/IP: (.*)/)
 *       await lab.frame(arp.request({ target: '192.168.7.1' }), { on: sketch })
 *       expect(sketch).not.toHaveFinding()
 *     })
 */
import { test as plain, expect as plainExpect, type TestAPI } from 'vitest'
import { TestLab } from '../expect/test-lab.js'
import type { SketchLabOptions } from '../sketch/sketch-lab.js'
import { IMAGE_INPUT, readInputNow } from './files/input.js'
import { aftermathOf } from './vitest/aftermath.js'
import { type LabMatchers, MATCHERS } from './vitest/matchers.js'

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: as vitest declares it, or the two are not one
  interface Matchers<T = any> extends LabMatchers<T> {}
}

/** What a test has beside vitest's own context. */
export interface LabFixtures {
  /** Options of the lab: `test.override({ labOptions: { seed: 7 } })` sets them for a file or a `describe`. */
  readonly labOptions: SketchLabOptions
  /** A lab of the test's own, which remembers what happens in it. */
  readonly lab: TestLab
}

/** Of the environment: the seed of a run that is to be seen again. */
function seedWanted(): { readonly seed?: number } {
  const text = process.env.LINKPULSE_SEED
  if (text === undefined || text === '') return {}
  if (!/^\d{1,10}$/.test(text))
    throw new RangeError(`LINKPULSE_SEED is a whole number from 0 to 4294967295, not "${text}"`)
  return { seed: Number(text) }
}

export const test: TestAPI<LabFixtures> = plain.extend<LabFixtures>({
  labOptions: {},
  lab: async ({ labOptions, task, onTestFailed }, use) => {
    const lab = new TestLab({
      readFile: (path) => readInputNow(path, IMAGE_INPUT),
      ...labOptions,
      ...seedWanted(),
    })
    onTestFailed(() => {
      const errors = task.result?.errors ?? []
      const names: string[] = [task.name]
      for (let suite = task.suite; suite !== undefined && suite.name !== ''; suite = suite.suite)
        names.unshift(suite.name)
      const shown = errors.some(({ message }) => message.includes('what happened in the lab'))
      const told = aftermathOf(lab, { fullName: names.join(' '), file: task.file.filepath }, shown)
      for (const error of errors) {
        // Some reporters show the message, others the trace, which begins with it.
        const { message, stack } = error
        error.message = message + told
        if (stack?.includes(message)) error.stack = stack.replace(message, () => message + told)
      }
    })
    await use(lab)
    // A test that failed while it waited has tasks that wait still: they are to stay where they are.
    lab.pace.speed = 0
  },
})

plainExpect.extend(MATCHERS)

export { expect } from 'vitest'
export {
  arpPattern as arp,
  ethernetPattern as ethernet,
  type FrameFields,
  type FramePattern,
  type FrameProtocol,
  framePattern,
  icmpPattern as icmp,
  ipv4Pattern as ipv4,
  tcpPattern as tcp,
  udpPattern as udp,
} from '../expect/frame-pattern.js'
export type { LoggedFrame } from '../expect/lab-log.js'
export type { FrameWire, QuietOptions, TestLab } from '../expect/test-lab.js'
export type { LabMatchers, SentOptions } from './vitest/matchers.js'
