import { BOARDS } from '../../../../boards/catalogue/catalogue.js'
import { FAULT_LAYERS } from '../../../../boards/faults/fault.js'
import { FAULTS } from '../../../../boards/faults/registry.js'
import { jsonText } from '../../../json-text.js'
import { wordWrap } from '../../../text/word-wrap.js'
import type { ArgumentsOf } from '../arguments.js'
import { print } from '../say.js'
import { width } from '../terminal.js'
import type { FAULTS_COMMAND } from './faults.command.js'

type Given = ArgumentsOf<typeof FAULTS_COMMAND>

/** `linkpulse faults [--json]`: what can be broken, by layer, with what a person would see. */
export async function listFaults(given: Given): Promise<number> {
  const all = [...FAULTS.values()]
  if (given.has('json')) {
    const list = all.map(({ name, layer, title, symptom, boards }) => ({
      name,
      layer,
      title,
      symptom,
      boards: boards ?? [...BOARDS.keys()],
    }))
    print(jsonText(list))
    return 0
  }
  let text = ''
  for (const layer of FAULT_LAYERS) {
    const here = all.filter((fault) => fault.layer === layer)
    if (here.length === 0) continue
    text += `${layer}\n`
    for (const { name, title, symptom } of here) text += entry(name, [title, symptom], width(process.stdout))
    text += '\n'
  }
  const hint = wordWrap(
    'Break one with `linkpulse check model:uno --fault NAME`.',
    width(process.stdout) ?? text.length,
  )
  print(`${text}${hint.join('\n')}\n`)
  return 0
}

const NAMES = 22
/** On a narrower terminal names stand above what is said of them. */
const SIDE_BY_SIDE = 70

function entry(name: string, sentences: readonly string[], columns = Number.POSITIVE_INFINITY): string {
  const beside = columns >= SIDE_BY_SIDE
  const indent = ' '.repeat(beside ? NAMES + 3 : 6)
  const lines = sentences.flatMap((sentence) => wordWrap(sentence, columns - indent.length))
  const about = lines.map((line) => `${indent}${line}\n`).join('')
  return beside ? `  ${name.padEnd(NAMES)} ${about.slice(indent.length)}` : `  ${name}\n${about}`
}
