/** Recordings of checks: run again without the target, they end in the same report, octet for octet. */
import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../boards/faults/registry.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { jsonReport } from '../../host/check/report/document.js'
import { type CheckOptions, checkTarget } from '../../host/check/run.js'
import { TargetError, TimeLimitError, UsageError } from '../../host/errors/errors.js'
import { openTarget, type TargetOptions } from '../../host/node/serial/open-target.js'
import { concatenated } from '../../host/octets.js'
import { ENTRY, encodeNumber, RecordingReader } from '../../host/recording/format.js'
import { TargetRecorder } from '../../host/recording/recorder.js'
import { TargetReplay } from '../../host/recording/replay.js'
import type { Target } from '../../host/target/target.js'
import { extentOf } from '../judge/parts.js'

const LINKPULSE = 'of the test'

interface Recorded {
  readonly octets: Uint8Array
  /** As it was printed; undefined where the run threw. */
  readonly report: string | undefined
  readonly error: unknown
}

async function checked(target: Target, options: CheckOptions): Promise<Pick<Recorded, 'report' | 'error'>> {
  try {
    return { report: jsonReport(await checkTarget(target, options)), error: undefined }
  } catch (error) {
    return { report: undefined, error }
  } finally {
    await target.close()
  }
}

async function record(
  name: string,
  options: TargetOptions,
  told: CheckOptions = {},
  limit = Number.POSITIVE_INFINITY,
): Promise<Recorded> {
  const parts: Uint8Array[] = []
  const { signal, listener, ...plain } = told
  const around = (target: Target): Target =>
    new TargetRecorder(target, {
      write: (octets) => parts.push(octets),
      linkpulse: LINKPULSE,
      options: plain,
      limit,
      ...(signal === undefined ? {} : { signal }),
    }).target
  const outcome = await checked(await openTarget(name, { ...options, around }), told)
  return { octets: concatenated(parts), ...outcome }
}

function replayOf(octets: Uint8Array, linkpulse = LINKPULSE): TargetReplay {
  return new TargetReplay(octets, { source: 'board.lpr', linkpulse })
}

async function replayed(octets: Uint8Array, told: CheckOptions = {}, linkpulse = LINKPULSE) {
  const { target } = replayOf(octets, linkpulse)
  return { ...(await checked(target, told)), leftOver: target.recorded?.leftOver }
}

/** Every fault, and nothing broken, under one seed after another. */
const CASES = [undefined, ...FAULTS.keys()]

describe('a recording of a check', () => {
  const { first, count } = extentOf('replays')
  const numbers = Array.from({ length: count }, (_, at) => first + at)

  it.each(numbers)(
    'number %i runs again to the same report, and is no other run than one without it',
    async (number) => {
      // A slice is spread over the layers.
      const fault = CASES[(number * 37) % CASES.length]
      const seed = 1 + Math.floor(number / CASES.length)
      const board = (fault === undefined ? undefined : FAULTS.get(fault)?.boards?.[0]) ?? 'uno'
      const options = { seed, faults: fault === undefined ? [] : [fault] }
      const plain = await checked(await openTarget(`model:${board}`, options), {})
      const { octets, report } = await record(`model:${board}`, options)
      expect(report).toBe(plain.report)
      expect(await replayed(octets)).toEqual({ report, error: undefined, leftOver: undefined })
    },
  )

  it('of an emulated board, and of one across a pseudo-terminal, is one as well', async () => {
    for (const [name, options] of [
      ['avr:uno', {}],
      ['model:uno', { overPty: true }],
    ] as const) {
      const { octets, report } = await record(
        name,
        { ...options, faults: ['serial-noise'] },
        { only: ['serial', 'chip'] },
      )
      expect(report).toContain('"verdict"')
      expect(await replayed(octets)).toEqual({ report, error: undefined, leftOver: undefined })
    }
  })

  it('that does not say what was repeated is of a version that repeated nothing', async () => {
    const faults = { seed: 1, faults: ['cable-bursts'] }
    const repeated = await record('model:uno', faults)
    const once = await record('model:uno', faults, { again: false })
    expect(repeated.report).toContain('"again"')
    expect(once.report).not.toContain('"again"')
    expect((await replayed(once.octets)).report).toBe(once.report)
    // As it was written before there was such an option.
    const { recorded } = replayOf(once.octets).target
    const { again, ...before } = recorded!.options as Record<string, unknown>
    expect(again).toBe(false)
    const { target } = replayOf(once.octets)
    const old = await checked({ ...target, recorded: { ...target.recorded!, options: before } }, {})
    expect(old).toEqual({ report: once.report, error: undefined })
  })

  it('keeps what the run was told: addresses, checks', async () => {
    const { octets, report } = await record('model:uno', {}, { only: ['network.ping', 'spi.memory'] })
    expect(JSON.parse(report!).checks).toHaveLength(2)
    expect((await replayed(octets)).report).toBe(report)
  })

  it('ends as the run did: at a time limit, and when it was ended from outside', async () => {
    const late = await record('model:uno', { timeLimit: 500_000_000 })
    expect(late.error).toBeInstanceOf(TimeLimitError)
    const again = await replayed(late.octets)
    expect(again.error).toBeInstanceOf(TimeLimitError)
    expect((again.error as Error).message).toContain('0.5 s of simulated time')

    const control = new AbortController()
    const stopped = await record(
      'model:uno',
      {},
      {
        signal: control.signal,
        listener: { started: ({ id }) => void (id === 'chip.clock' && setImmediate(() => control.abort())) },
      },
    )
    expect(stopped.report).toContain('interrupted')
    expect(await replayed(stopped.octets)).toMatchObject({ report: stopped.report, error: undefined })
  })
})

describe('a replay', () => {
  it('tells the first thing that the run does otherwise, with its place, and that another version made it', async () => {
    const { octets } = await record('model:uno', { seed: 3 })
    const { target } = replayOf(octets, '9.9.9')
    const { error } = await checked(target, { only: ['phy'] })
    expect(error).toBeInstanceOf(TargetError)
    expect((error as Error).message).toMatch(
      /^this run is not the recorded one: at \d\.\d{9} s.*, it (sends|does).*; in entry \d+ \(octet \d+, \d\.\d{9} s\) the recording has: .* \(board\.lpr\); it was recorded with linkpulse of the test, and this is 9\.9\.9/,
    )
  })

  it('tells what the recording goes on with when the run is over', async () => {
    const { octets } = await record('model:uno', {})
    const reader = new RecordingReader(octets)
    const entries: { readonly kind: number; readonly at: number }[] = []
    for (let entry = reader.next(); entry !== undefined; entry = reader.next()) entries.push(entry)
    const [last, end] = entries.slice(-2)
    expect(end.kind).toBe(ENTRY.end)
    const since = encodeNumber(end.at - last.at)
    // What follows the last octets of the run: as if the recorded one had sent more when it was over.
    const more = Uint8Array.of(ENTRY.sent, ...since, 2, 0xaa, 0x55, ENTRY.end, 0, 0)
    const whole = octets.subarray(0, octets.length - 2 - since.length)
    const { leftOver } = await replayed(concatenated([whole, more]))
    expect(leftOver).toMatch(
      /^the run is over, and in entry \d+ .* the recording goes on: the host sends 2 octets AA 55$/,
    )
  })

  it('of a file that was cut off, or is full, says where it ends and what it was about', async () => {
    const { octets } = await record('model:uno', {})
    const cut = await replayed(octets.subarray(0, Math.floor(octets.length / 2)))
    expect((cut.error as Error).message).toMatch(
      /^the recording board\.lpr ends at \d+\.\d{9} s, before the run does: it was cut off/,
    )
    const short = await record('model:uno', {}, {}, 50_000)
    expect(short.octets.length).toBeLessThan(50_010)
    expect(((await replayed(short.octets)).error as Error).message).toContain('it is as long as a recording may be')
  })

  it('refuses what is no recording', () => {
    expect(() => replayOf(new Uint8Array(0))).toThrow(UsageError)
    expect(() => replayOf(Uint8Array.from({ length: 64 }, (_, at) => at))).toThrow('is no recording of linkpulse')
  })

  it('of octets that were changed ends in a report or in a sentence, never in a fault of ours', async () => {
    const { octets } = await record('model:uno', {}, { only: ['chip.revision'] })
    const random = new SeededRandom(7)
    const ends = { report: 0, sentence: 0 }
    for (let run = 0; run < 60; run++) {
      const changed = octets.slice()
      const from = run % 3 === 0 ? 0 : 1_500
      for (let change = 1 + random.below(3); change > 0; change--) {
        changed[from + random.below(changed.length - from)] = random.below(256)
      }
      try {
        const { error } = await replayed(changed)
        if (error !== undefined) throw error
        ends.report++
      } catch (error) {
        expect([
          TargetError.name,
          TimeLimitError.name,
          UsageError.name,
          RangeError.name,
          'UnknownCheckError',
        ]).toContain((error as Error).name)
        ends.sentence++
      }
    }
    expect(ends.sentence).toBeGreaterThan(20)
  })
})
