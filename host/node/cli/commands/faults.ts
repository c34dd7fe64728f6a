import { faultDocument } from '../../../../boards/faults/document.js'
import { FAULT_LAYERS, type Fault } from '../../../../boards/faults/fault.js'
import { type FaultParameter, isChoice, rangeOf, sayParameter } from '../../../../boards/faults/parameter.js'
import { FAULTS, type FaultName } from '../../../../boards/faults/registry.js'
import { faultNamed } from '../../../../boards/faults/settle.js'
import { remedyOf } from '../../../check/diagnosis/remedy.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { EN } from '../../../text/en.js'
import { say } from '../../../text/say.js'
import { wordWrap } from '../../../text/word-wrap.js'
import type { ArgumentsOf } from '../arguments.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import { width } from '../terminal.js'
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
    text += `${layer}\n`
    for (const { name, title, symptom, parameters } of here) {
      text += entry(name, [title, symptom, ...parameters.map(briefly)], columns)
    }
    text += '\n'
  }
  const hint =
    'Break one with `linkpulse check model:uno --fault NAME`, or with how much of it: `--fault cable-noise:0.32V`, ' +
    '`--fault brown-out:every=30s,volts=2.4V`. `linkpulse faults NAME` tells all of one.'
  return `${text}${wordWrap(hint, columns ?? WIDE).join('\n')}\n`
}

const HARMLESS = 'no ping suffers from it'

function briefly(parameter: FaultParameter): string {
  const usual = `by default ${sayParameter(parameter, parameter.default)}`
  return `${parameter.name}: ${rangeOf(parameter)} (${[usual, ...suffering(parameter)].join('; ')})`
}

function familyText(fault: Fault): string {
  const { name, layer, side, title, symptom, boards, modes, harmless, parameters } = fault
  const columns = width(process.stdout)
  const where = [
    `layer: ${layer}; to be mended: ${SIDES[side]}`,
    ...(boards === undefined ? [] : [`only on ${boards.join(', ')}`]),
    ...(harmless === true ? [HARMLESS] : []),
    ...(modes === undefined ? [] : [`only on targets ${modes.map((mode) => `${mode}:`).join(', ')}`]),
  ]
  const told = parameters.map((parameter) => entry(parameter.name, parameterText(parameter), columns)).join('')
  const example = parameters
    .map((each) => `${each.name}=${sayParameter(each, each.default).replace(' ', '')}`)
    .join(',')
  const how = parameters.length === 0 ? `--fault ${name}` : `--fault ${name}:${example}`
  const words = [title, symptom, say(EN, remedyOf(name as FaultName)), ...where]
  return `${entry(name, words, columns)}${told === '' ? '' : `\n${told}`}\n${how}\n`
}

const SIDES: Readonly<Record<Fault['side'], string>> = {
  board: 'the board',
  chip: 'the chip',
  wire: 'a wire',
  partner: 'the partner',
  computer: 'this computer',
}

function parameterText(parameter: FaultParameter): string[] {
  const range = `${rangeOf(parameter)}; by default ${sayParameter(parameter, parameter.default)}`
  return [parameter.title, range, ...suffering(parameter)]
}

function suffering(parameter: FaultParameter): string[] {
  if (isChoice(parameter)) {
    return parameter.suffers === undefined ? [] : [`a user suffers from ${parameter.suffers.join(', ')}`]
  }
  const { suffers, worse } = parameter
  if (suffers === undefined || worse === undefined) return []
  const at = sayParameter(parameter, suffers)
  const which = { higher: `${at} and more`, lower: `${at} and less`, away: `${at} and more, either way` }
  return [`a user suffers from ${which[worse]}`]
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
