/** What a family of faults is called in the process's language, and what is seen of it. */
import type { Fault } from '../../../boards/faults/fault.js'
import type { FaultName } from '../../../boards/faults/registry.js'
import { LANGUAGE } from './language.js'

const OTHER = LANGUAGE === 'zh' ? (await import('../../text/zh/faults.js')).FAULT_TEXTS_ZH : undefined

interface FaultText {
  readonly title: string
  readonly symptom: string
  /** What each is, by name. */
  readonly parameters: Readonly<Record<string, string>>
}

export function faultText({ name, title, symptom, parameters }: Fault): FaultText {
  return (
    OTHER?.[name as FaultName] ?? {
      title,
      symptom,
      parameters: Object.fromEntries(parameters.map((each) => [each.name, each.title])),
    }
  )
}
