/** What goes wrong once in half a minute is not seen by a run of some seconds, and is by one that watches for longer. */
import { describe, expect, it } from 'vitest'
import { checkOpened } from '../../host/check/run.js'
import { openTarget } from '../../host/target/open-target.js'

const FAULT = { seed: 1, faults: ['brown-out:every=31s'] }

function check(soakSeconds?: number) {
  return openTarget('model:uno', FAULT).then((target) =>
    checkOpened(target, soakSeconds === undefined ? {} : { soakSeconds }),
  )
}

describe('a supply that sags every 31 s', () => {
  it('is not seen by a check that is over before', async () => {
    expect((await check()).verdict).toBe('pass')
  })

  it('is named by one that watches for two minutes', async () => {
    const report = await check(120)
    expect(report.verdict).toBe('fail')
    expect(report.diagnosis[0]?.cause).toBe('brown-out')
    const { measurements } = report.checks.find(({ id }) => id === 'network.steady')!
    expect(measurements).toContainEqual(expect.objectContaining({ unit: 's', value: 120 }))
  })
})

describe('a watch of three minutes', () => {
  it('is over the time that any other check may take, and passes on a sound board', async () => {
    const report = await checkOpened(await openTarget('model:uno', { seed: 2 }), { soakSeconds: 180 })
    expect(report.verdict).toBe('pass')
  })

  it.each([-1, Number.NaN, 86_401])('of %d s is refused', async (soakSeconds) => {
    await expect(check(soakSeconds)).rejects.toThrow(/soakSeconds is a time from 0 to 86400 s/)
  })
})
