/** What a scope saw as comma-separated values. */
import { SECOND } from '../../firmware/hal/clock.js'
import type { ScopeProbe, ScopeWindow } from './probe.js'

/** Lines that a file may have: more is a slip of the hand, and no program opens it. */
export const MOST_SAMPLES = 5_000_000

/**
 * Nanoseconds, volts of each probe, and what each row says at that instant; what lasts shorter than from one line to the
 * next is in no row.
 * @param origin from when nanoseconds count; from power-on by default
 */
export function* scopeRecordingCsv(
  probes: readonly ScopeProbe[],
  window: ScopeWindow,
  sampleRate: number,
  origin = 0,
): Generator<string> {
  const least = (SECOND / sampleRate) * (1 - 1e-9)
  const rows = probes.map((probe) =>
    probe.rows(window, least).map((row) => ({ ...row, marks: row.marks.toSorted((a, b) => a.from - b.from), next: 0 })),
  )
  const names = probes.flatMap(({ name }, i) => [`${name} V`, ...rows[i].map((row) => `${name} ${row.name}`)])
  yield `ns,${names.join(',')}\n`
  const step = SECOND / sampleRate
  const count = Math.floor((window.to - window.from) / step + 1e-9) + 1
  for (let i = 0; i < count; i++) {
    const time = window.from + i * step
    const fields = [Number((time - origin).toFixed(3)).toString()]
    for (const [p, probe] of probes.entries()) {
      fields.push(probe.trace.at(time).toFixed(4))
      for (const row of rows[p]) {
        // What has no length is reported in the next line.
        const events: string[] = []
        for (; row.next < row.marks.length && row.marks[row.next].to <= time; row.next++) {
          const { from, to, text } = row.marks[row.next]
          if (from === to && from > time - step) events.push(text)
        }
        const mark = row.marks[row.next]
        if (mark !== undefined && mark.from <= time) events.push(mark.text)
        fields.push(quoted(events.join('; ')))
      }
    }
    yield `${fields.join(',')}\n`
  }
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
