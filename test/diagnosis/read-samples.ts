/** Symptoms of runs that `host/campaign/learn/kept-samples.ts` has kept, as this version has symptoms. */
import type { JudgedRun } from '../../host/campaign/learn/metrics.js'
import type { Witness } from '../../host/campaign/learn/witnesses.js'
import { FEATURES, type Symptoms } from '../../host/check/diagnosis/features/features.js'

const LEFT_OUT = '-'
const FIRST_CASE = 'a'.charCodeAt(0)

/** Symptoms that this version does not have are left out, and those that were not kept are as if they had not been taken. */
function reader(head: string): (letters: string) => Symptoms {
  const place = new Map(head.split(';').map((each, index) => [each, index]))
  const from = FEATURES.map(({ id, cases }) => place.get(`${id}/${cases}`))
  return (letters) =>
    Int8Array.from(from, (index) => {
      const letter = index === undefined ? LEFT_OUT : letters[index]
      return letter === LEFT_OUT ? -1 : letter.charCodeAt(0) - FIRST_CASE
    })
}

export function readSamples(text: string): JudgedRun[] {
  const [head, ...lines] = text.trimEnd().split('\n')
  const read = reader(head)
  return lines.map((line) => {
    const [cause, severity, letters] = line.split(' ')
    return { cause, suffered: severity === 'suffered', symptoms: read(letters) }
  })
}

export function readWitnesses(text: string): Witness[] {
  const [head, ...lines] = text.trimEnd().split('\n')
  const read = reader(head)
  return lines.map((line) => {
    const end = line.indexOf(' ')
    return { run: JSON.parse(line.slice(end)), symptoms: read(line.slice(0, end)) }
  })
}
