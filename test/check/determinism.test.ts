import { describe, expect, it } from 'vitest'
import { jsonReport } from '../../host/check/report/document.js'
import { runCheck } from './run-check.js'

async function bytes(seed: number, faults: readonly string[] = []): Promise<{ json: string; capture: Buffer }> {
  const { report, capture } = await runCheck({ seed, faults, capture: true })
  return { json: jsonReport(report), capture: Buffer.from(capture) }
}

/** A good board's run, which the others are compared with. */
let good: ReturnType<typeof bytes> | undefined
function goodBoard(): ReturnType<typeof bytes> {
  good ??= bytes(7)
  return good
}

describe('the same seed', () => {
  for (const faults of [[], ['serial-noise'], ['cable-noise'], ['miso-open']] as const) {
    const what = faults.length === 0 ? 'a good board' : faults.join(', ')
    it(`gives the same bytes of JSON and the same capture: ${what}`, async () => {
      const first = await (faults.length === 0 ? goodBoard() : bytes(7, faults))
      const second = await bytes(7, faults)
      expect(second.json).toBe(first.json)
      expect(second.capture.equals(first.capture)).toBe(true)
      expect(first.capture.length).toBeGreaterThan(100)
    })
  }

  it('gives the same bytes when another run goes on at the same time', async () => {
    const alone = await goodBoard()
    const [together] = await Promise.all([bytes(7), bytes(8, ['cable-noise']), bytes(9)])
    expect(together.json).toBe(alone.json)
    expect(together.capture.equals(alone.capture)).toBe(true)
  })
})

describe('another seed', () => {
  it('gives another run', async () => {
    expect((await bytes(8)).json).not.toBe((await goodBoard()).json)
  })
})
