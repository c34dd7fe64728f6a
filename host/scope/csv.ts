/** What a scope saw as comma-separated values. */
import { SECOND } from '../../firmware/hal/clock.js'
import type { Probe, Window } from './probe.js'

/** Lines that a file may have: more is a slip of the hand, and no program opens it. */
export const MOST_SAMPLES = 5_000_000

/** Nanoseconds, volts of each probe, and what each row says at that instant. */
export function* recordedCsv(probes: readonly Probe[], window: Window, sampleRate: number): Generator<string> {
  const rows = probes.map((probe) => probe.rows(window).map((row) => ({ ...row, next: 0 })))
  const names = probes.flatMap(({ name }, i) => [`${name} V`, ...rows[i].map((row) => `${name} ${row.name}`)])
  yield `ns,${names.join(',')}\n`
  const step = SECOND / sampleRate
  const count = Math.floor((window.to - window.from) / step + 1e-9) + 1
  for (let i = 0; i < count; i++) {
    const time = window.from + i * step
    const fields = [Number(time.toFixed(3)).toString()]
    for (const [p, probe] of probes.entries()) {
      fields.push(probe.trace.at(time).toFixed(4))
      for (const row of rows[p]) {
        while (row.next < row.marks.length && row.marks[row.next].to <= time) row.next++
        const mark = row.marks[row.next]
        fields.push(quoted(mark !== undefined && mark.from <= time ? mark.text : ''))
      }
    }
    yield `${fields.join(',')}\n`
  }
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
