import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import {
  atModem,
  bootLoader,
  type DeskOptions,
  deskTarget,
  getty,
  gps,
  loopback,
  PortDesk,
  type PortDevice,
  sketch,
} from '../../test/support/port-device.js'
import { TimeLimitError } from '../errors/errors.js'
import { checkTarget } from './run.js'
import type { Report } from './types.js'

const LINK = { baud: 1_000_000 }

async function check(device: PortDevice, desk: DeskOptions, mayAsk?: () => boolean) {
  const bench = new PortDesk(device, { ...LINK, ...desk })
  const only = ['serial.session', 'serial.rate']
  const report = await checkTarget(deskTarget(bench), { only, ...(mayAsk === undefined ? {} : { mayAsk }) })
  return { report, bench, text: JSON.stringify(report.diagnosis) }
}

describe('a check of a port that somebody else is at', () => {
  it.each([
    ['a GPS receiver at the same rate', gps, { follows: true }, 'port-gps', /GPS receiver.*NMEA sentences/],
    ['a GPS receiver at 9600', gps, { deviceBaud: 9_600 }, 'port-gps', /speaks at 9600 baud, and 1000000/],
    [
      'a sketch at 115200',
      sketch,
      { deviceBaud: 115_200 },
      'port-sketch',
      /Sensor value.*No bridge firmware: linkpulse flash uno/,
    ],
    ['a login prompt', getty, { follows: true }, 'port-login', /login prompt.*do not flash it/],
    ['a loopback', loopback, { follows: true }, 'port-loopback', /TXD and RXD are joined.*Take away the plug/],
  ] as const)(
    'names %s within 10 s, and nothing that a board of ours could have',
    async (_, device, desk, cause, words) => {
      const { report, bench, text } = await check(device, desk)
      expect(report.diagnosis.map((each) => each.cause)).toEqual([cause])
      expect(text).toMatch(words)
      const [session, rate] = report.checks
      expect(session).toMatchObject({
        id: 'serial.session',
        verdict: 'fail',
        reason: expect.stringMatching(/^no session came about: /),
      })
      expect(rate?.verdict ?? 'skip').toBe('skip')
      expect(bench.scheduler.now).toBeLessThan(10 * SECOND)
    },
  )

  it.each([
    ['a login prompt at another rate', getty, { deviceBaud: 115_200 }, 'port-login', /login prompt.*do not flash it/],
    ['a modem', atModem, { follows: true }, 'port-modem', /answers AT with OK/],
    [
      'a boot loader',
      bootLoader,
      { deviceBaud: 115_200 },
      'port-boot-loader',
      /No bridge firmware: linkpulse flash uno/,
    ],
  ] as const)('names %s where it may ask', async (_, device, desk, cause, words) => {
    const { report, text } = await check(device, desk, () => true)
    expect(report.diagnosis.map((each) => each.cause)).toEqual([cause])
    expect(text).toMatch(words)
  })

  it('says who was overheard when the time limit runs out before the session does', async () => {
    const bench = new PortDesk(sketch, { ...LINK, follows: true })
    const target = deskTarget(bench)
    bench.scheduler.after(0.7 * SECOND, () => bench.pump.abandon(new TimeLimitError(0.7 * SECOND, true)))
    const reports: Report[] = []
    await expect(checkTarget(target, { onTimeLimit: (report) => reports.push(report) })).rejects.toThrow(TimeLimitError)
    expect(reports).toHaveLength(1)
    expect(reports[0]).toMatchObject({ verdict: 'skip', diagnosis: [{ cause: 'port-sketch' }] })
    expect(reports[0].checks.every(({ reason }) => reason === 'the time limit ran out before')).toBe(true)
  })
})
