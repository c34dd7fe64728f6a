/** Checks that send two frames so long apart, on fast and on slow serial lines. */
import { describe, expect, it } from 'vitest'
import { runCheck } from './run-check.js'

/** What a check measured, by name of the figure in English. */
async function measured(check: string, baud: number, ...faults: string[]) {
  const { report } = await runCheck({ only: [check], baud, faults })
  const { verdict, measurements } = report.checks.find(({ id }) => id === check)!
  return { verdict, values: measurements.map(({ value }) => value) }
}

describe.each([1_000_000, 115_200, 9_600])('at %d baud', (baud) => {
  const rounds = baud < 100_000 ? 3 : 12

  it('each of two echoes is answered, and in their order', async () => {
    // overtaken, rounds with both answers, answers, rounds
    expect(await measured('mac.order', baud)).toEqual({ verdict: 'pass', values: [0, rounds, 2 * rounds, rounds] })
  })

  it('the second request meets the answer to the first: it is lost at a partner in half duplex, and heard at one in full', async () => {
    // both sent at once and nothing was lost, both sent at once, answers, answers damaged, rounds
    expect(await measured('mac.duplex-flood', baud)).toEqual({ verdict: 'pass', values: [0, 10, 0, 10, 10] })
    const mismatch = await measured('mac.duplex-flood', baud, 'partner-full-duplex')
    expect(mismatch).toEqual({ verdict: 'fail', values: [10, 10, 20, 0, 10] })
  })
})
