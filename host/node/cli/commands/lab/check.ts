import { documentHead } from '../../../../../boards/schema/published.js'
import { LAB_FILE_VERSION } from '../../../../lab-file/schema.js'
import { keyed } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import { labFromFile } from '../../../lab-file/read.js'
import type { ArgumentsOf } from '../../arguments.js'
import { loadCatalogue } from '../../catalogue.js'
import { interruptible } from '../../interruption.js'
import { Outputs } from '../../outputs.js'
import { printJson } from '../../print-json.js'
import { print } from '../../say.js'
import { WORDS } from '../../words.js'
import type { LAB_CHECK_COMMAND } from './check.command.js'
import { checkGraph, drawGraph } from './picture.js'

/** `linkpulse lab check FILE`: whether it can be built, and why not. */
export async function labCheck(given: ArgumentsOf<typeof LAB_CHECK_COMMAND>): Promise<number> {
  const [path] = given.operands
  checkGraph(given)
  const outputs = new Outputs(given)
  try {
    const boards = await loadCatalogue(given.text('board-file'))
    const lab = await interruptible((signal) => labFromFile(path, { boards, signal }))
    const { definition } = lab
    // Before anything is said of the lab: a picture may need what is not installed.
    await drawGraph(given, outputs, lab)
    if (given.has('json'))
      printJson({ ...documentHead('lab', LAB_FILE_VERSION), ...definition, ...documentHead('lab', LAB_FILE_VERSION) })
    else {
      const count = (entries: object = {}) => Object.keys(entries).length
      const { boards: all, hosts, boxes, cables, steps } = definition
      const counts = {
        boards: count(all),
        hosts: count(hosts),
        boxes: count(boxes),
        cables: count(cables),
        steps: count(steps),
      }
      print(`${say(WORDS, keyed('lab.checked', { file: path, ...counts }))}\n`)
    }
    return 0
  } finally {
    outputs.discard()
  }
}
