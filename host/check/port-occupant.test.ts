import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { SECOND } from '../../firmware/hal/clock.js'
import type { SerialLine } from '../../firmware/hal/serial-line.js'
import { BoardLink } from '../../firmware/serial-link/board-link.js'
import {
  atModem,
  bootLoader,
  type DeskOptions,
  deskTarget,
  getty,
  gps,
  loopback,
  nobody,
  PortDesk,
  type PortDevice,
  sketch,
} from '../../test/support/port-device.js'
import { TimeLimitError } from '../errors/errors.js'
import { guessDocument } from '../port-guess/guess-document.js'
import { askFurther } from './diagnosis/ask-further.js'
import { checkTarget } from './run.js'
import type { Report } from './types.js'

const LINK = { baud: 1_000_000 }

async function check(device: PortDevice, desk: DeskOptions, mayAsk?: () => boolean) {
  const bench = new PortDesk(device, { ...LINK, ...desk })
  const only = ['serial.session', 'serial.rate']
  const report = await checkTarget(deskTarget(bench), { only, ...(mayAsk === undefined ? {} : { mayAsk }) })
  return { report, bench, text: JSON.stringify(report.diagnosis) }
}

/** A board of ours that has said what it had to say before anybody listened. */
const shyBoard: PortDevice = ({ clock, say, hear }) => {
  const line: SerialLine = { baud: 115_200, setBaud() {}, write: say, pending: 0, handleOctets: undefined }
  new BoardLink({
    clock,
    random: new SeededRandom(1),
    line,
    identity: { board: 'uno', firmware: '0.1.0', window: 4, highestSpiClock: 8_000_000, capabilities: 0, cells: 4 },
    bus: { transfer: (_write, read) => new Uint8Array(read) },
  })
  hear((octets) => line.handleOctets?.(octets))
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
      expect(report.occupant).toMatchObject({ who: cause.replace('port-', '').replace('gps', 'nmea') })
      expect(report.diagnosis[0].evidence).toEqual(expect.arrayContaining([...report.occupant!.evidence]))
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

  it('says what doctor says of a port that nobody speaks at, within 10 s', async () => {
    const { report, bench } = await check(nobody, {})
    expect(bench.scheduler.now).toBeLessThan(10 * SECOND)
    const doctor = guessDocument(await new PortDesk(nobody).guess(), '/dev/ttyUSB0')
    expect(report.occupant).toMatchObject({ who: 'silence', title: doctor.title, next: doctor.next })
    expect(report.occupant?.evidence).toEqual(['Not one octet came in 6.0 s.'])
    expect(report.diagnosis[0].cause).toBe('no-power')
  })

  it('names the board that the adapter belongs to as what to flash', async () => {
    const bench = new PortDesk(sketch, { ...LINK, follows: true })
    const report = await checkTarget(deskTarget(bench), { only: ['serial.session'], adapterBoard: 'nano' })
    expect(report.diagnosis[0].remedy).toMatch(/^No bridge firmware: linkpulse flash nano \/dev\/ttyUSB0/)
    expect(report.occupant?.next).toEqual([report.diagnosis[0].remedy])
  })

  it('finds a board that was silent at another rate all the same, and then nobody else is at the port', async () => {
    const { report } = await check(shyBoard, { deviceBaud: 115_200 })
    expect(report.checks.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['serial.session', 'fail'],
      ['serial.rate', 'fail'],
    ])
    expect(report.checks[1].measurements.find(({ name }) => /answered/.test(name))?.value).toBe(115_200)
    expect(report.board).toBe('uno')
    expect(report.occupant).toBeNull()
  })

  it('says that nobody spoke when the time limit runs out first', async () => {
    const bench = new PortDesk(nobody, LINK)
    bench.scheduler.after(3 * SECOND, () => bench.pump.abandon(new TimeLimitError(3 * SECOND, true)))
    const reports: Report[] = []
    const checking = checkTarget(deskTarget(bench), { onTimeLimit: (report) => reports.push(report) })
    await expect(checking).rejects.toThrow(TimeLimitError)
    expect(reports[0].occupant).toMatchObject({ who: 'silence', evidence: ['Not one octet came in 3.0 s.'] })
  })

  it('keeps its diagnosis when it is asked further: a stranger has none of our faults', async () => {
    const { report } = await check(sketch, { follows: true })
    expect(await askFurther(report, () => expect.unreachable('there is nothing to ask'))).toBe(report)
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
