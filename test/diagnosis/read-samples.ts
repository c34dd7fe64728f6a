/** Symptoms of runs that `writeSamples` has kept, as this version has symptoms. */
import type { JudgedRun } from '../../host/campaign/learn/metrics.js'
import { FEATURES } from '../../host/check/diagnosis/features/features.js'

const LEFT_OUT = '-'
const FIRST_CASE = 'a'.charCodeAt(0)

/** Symptoms that this version does not have are left out, and those that were not kept are as if they had not been taken. */
export function readSamples(text: string): JudgedRun[] {
  const [head, ...lines] = text.trimEnd().split('\n')
  const place = new Map(head.split(';').map((each, index) => [each, index]))
  const from = FEATURES.map(({ id, cases }) => place.get(`${id}/${cases}`))
  return lines.map((line) => {
    const [cause, severity, letters] = line.split(' ')
    const symptoms = Int8Array.from(from, (index) => {
      const letter = index === undefined ? LEFT_OUT : letters[index]
      return letter === LEFT_OUT ? -1 : letter.charCodeAt(0) - FIRST_CASE
    })
    return { cause, suffered: severity === 'suffered', symptoms }
  })
}
