/**
 * Vitest's `test` with a lab in it: each test has one of its own, empty, with the seed that was asked for. What a test leaves in its lab ends
 * with it: virtual time passes no more, so nothing needs to be closed.
 *
 *     import { expect, test } from 'linkpulse/vitest'
 *     test('a link comes up', async ({ lab }) => {
 *       const [a, b] = ['10.0.0.1/24', '10.0.0.2/24'].map((address) => lab.addHost({ address }))
 *       lab.connect(a.port, b.port)
 *       await lab.run({ until: () => a.network.linkUp })
 *     })
 */
import { test as plain, type TestAPI } from 'vitest'
import { createLab, type HostLab, type HostLabOptions } from '../lab.js'

/** What a test has beside vitest's own context. */
export interface LabFixtures {
  /** Options of the lab: `test.override({ labOptions: { seed: 7 } })` sets them for a file or a `describe`. */
  readonly labOptions: HostLabOptions
  /** A lab of the test's own. */
  readonly lab: HostLab
}

export const test: TestAPI<LabFixtures> = plain.extend<LabFixtures>({
  labOptions: {},
  lab: async ({ labOptions }, use) => {
    const lab = createLab(labOptions)
    await use(lab)
    // A test that failed while it waited has tasks that wait still: they are to stay where they are.
    lab.pace.speed = 0
  },
})

export { expect } from 'vitest'
