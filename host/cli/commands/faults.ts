import { BOARDS } from '../../../boards/catalogue/catalogue.js'
import { FAULT_LAYERS } from '../../../boards/faults/fault.js'
import { FAULTS } from '../../../boards/faults/registry.js'
import type { Arguments } from '../arguments.js'

/** `linkpulse faults [--json]`: what can be broken, by layer, with what a person would see. */
export async function faults(given: Arguments): Promise<number> {
  const all = [...FAULTS.values()]
  if (given.has('json')) {
    const list = all.map(({ name, layer, title, symptom, boards }) => ({
      name,
      layer,
      title,
      symptom,
      boards: boards ?? [...BOARDS.keys()],
    }))
    process.stdout.write(`${JSON.stringify(list, null, 2)}\n`)
    return 0
  }
  let text = ''
  for (const layer of FAULT_LAYERS) {
    const here = all.filter((fault) => fault.layer === layer)
    if (here.length === 0) continue
    text += `${layer}\n`
    for (const { name, title, symptom } of here)
      text += `  ${name.padEnd(22)} ${title}\n  ${' '.repeat(22)} ${symptom}\n`
    text += '\n'
  }
  process.stdout.write(`${text}Break one with \`linkpulse check model:uno --fault NAME\`.\n`)
  return 0
}
