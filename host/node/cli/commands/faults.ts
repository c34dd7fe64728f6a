import { faultDocument } from '../../../../boards/faults/document.js'
import { FAULT_LAYERS, type Fault } from '../../../../boards/faults/fault.js'
import { type FaultParameter, isChoice, sayParameter } from '../../../../boards/faults/parameter.js'
import { FAULTS, type FaultName } from '../../../../boards/faults/registry.js'
import { faultNamed } from '../../../../boards/faults/settle.js'
import { sayQuantity } from '../../../../boards/faults/units.js'
import { remedyOf } from '../../../check/diagnosis/remedy.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { keyed, type LocalizableText, type Sentence } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { wordWrap } from '../../../text/word-wrap.js'
import type { ArgumentsOf } from '../arguments.js'
import { faultText } from '../fault-text.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import { width } from '../terminal.js'
import { WORDS } from '../words.js'
import type { FAULTS_COMMAND } from './faults.command.js'

type Given = ArgumentsOf<typeof FAULTS_COMMAND>

/** `linkpulse faults [NAME] [--json]`: what can be broken, by layer, with what a person would see and what it can be told. */
export async function listFaults(given: Given): Promise<number> {
  const [name] = given.operands
  const one = name === undefined ? undefined : rangeAsUsage(() => faultNamed(name))
  if (given.has('json')) printJson(one === undefined ? [...FAULTS.values()].map(faultDocument) : faultDocument(one))
  else print(one === undefined ? listText() : familyText(one))
  return 0
}

function listText(): string {
  const columns = width(process.stdout)
  let text = ''
  for (const layer of FAULT_LAYERS) {
    const here = [...FAULTS.values()].filter((fault) => fault.layer === layer)
    if (here.length === 0) continue
    text += `${say(WORDS, keyed(`faults.layer.${layer}`))}\n`
    for (const fault of here) {
      const { title, symptom } = faultText(fault)
      text += entry(fault.name, [title, symptom, ...fault.parameters.map(briefly)], columns)
    }
    text += '\n'
  }
  return `${text}${wordWrap(say(WORDS, keyed('faults.hint')), columns ?? WIDE).join('\n')}\n`
}

function briefly(parameter: FaultParameter): string {
  const { name } = parameter
  const suffers = suffering(parameter) ?? ''
  return say(WORDS, keyed('faults.brief', { name, range: rangeOf(parameter), usual: usualOf(parameter), suffers }))
}

function familyText(fault: Fault): string {
  const { name, layer, side, boards, modes, harmless, parameters } = fault
  const { title, symptom, parameters: titles } = faultText(fault)
  const columns = width(process.stdout)
  const targets = modes?.map((mode) => `${mode}:`)
  const told: LocalizableText[] = [
    title,
    symptom,
    remedyOf(name as FaultName),
    keyed('faults.place', { layer: keyed(`faults.layer.${layer}`), side: keyed(`faults.side.${side}`) }),
    ...(boards === undefined ? [] : [keyed('faults.boards', { boards })]),
    ...(harmless === true ? [keyed('faults.harmless')] : []),
    ...(targets === undefined ? [] : [keyed('faults.targets', { targets })]),
  ]
  const words = told.map((each) => say(WORDS, each))
  const each = parameters.map((parameter) =>
    entry(parameter.name, parameterText(parameter, titles[parameter.name]), columns),
  )
  const example = parameters
    .map((parameter) => `${parameter.name}=${sayParameter(parameter, parameter.default).replace(' ', '')}`)
    .join(',')
  const how = parameters.length === 0 ? `--fault ${name}` : `--fault ${name}:${example}`
  return `${entry(name, words, columns)}${each.length === 0 ? '' : `\n${each.join('')}`}\n${how}\n`
}

function parameterText(parameter: FaultParameter, title: string): string[] {
  const range = keyed('faults.range-and-usual', { range: rangeOf(parameter), usual: usualOf(parameter) })
  const suffers = suffering(parameter)
  return [title, range, ...(suffers === undefined ? [] : [suffers])].map((each) => say(WORDS, each))
}

function rangeOf(parameter: FaultParameter): Sentence {
  if (isChoice(parameter)) return keyed('faults.choices', { choices: parameter.choices })
  const { unit, whole } = parameter
  const [min, max] = [parameter.min, parameter.max].map((value) => sayQuantity(value, unit))
  return keyed(whole && unit === 'count' ? 'faults.range-whole' : 'faults.range', { min, max })
}

function usualOf(parameter: FaultParameter): Sentence {
  return keyed('faults.usual', { value: sayParameter(parameter, parameter.default) })
}

function suffering(parameter: FaultParameter): Sentence | undefined {
  const { suffers } = parameter
  if (suffers === undefined) return undefined
  if (isChoice(parameter))
    return keyed('faults.suffers', { from: keyed('faults.from-choices', { choices: parameter.suffers ?? [] }) })
  if (parameter.worse === undefined) return undefined
  const value = sayParameter(parameter, suffers as number)
  return keyed('faults.suffers', { from: keyed(`faults.from-${parameter.worse}`, { value }) })
}

const NAMES = 22
/** On a narrower terminal names stand above what is said of them. */
const SIDE_BY_SIDE = 70
/** Where the terminal does not say how wide it is. */
const WIDE = 120

function entry(name: string, sentences: readonly string[], columns = Number.POSITIVE_INFINITY): string {
  const beside = columns >= SIDE_BY_SIDE
  const indent = ' '.repeat(beside ? NAMES + 3 : 6)
  const lines = sentences.flatMap((sentence) => wordWrap(sentence, columns - indent.length))
  const about = lines.map((line) => `${indent}${line}\n`).join('')
  return beside ? `  ${name.padEnd(NAMES)} ${about.slice(indent.length)}` : `  ${name}\n${about}`
}
