/** `--graph` of the commands about labs. */

import type { BuiltLab } from '../../../../lab-file/build.js'
import { describeLab } from '../../../../lab-file/describe.js'
import { labSvg } from '../../../../lab-file/graph-svg.js'
import { keyed } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import type { Arguments } from '../../arguments.js'
import type { Outputs } from '../../outputs.js'
import { checkPicturePath, givenLook, pictureFor, refuseLook } from '../../picture-file.js'
import { tell } from '../../say.js'
import { WORDS } from '../../words.js'

/** @throws UsageError for a file that is no picture, and for a look without a picture */
export function checkGraph(given: Arguments): void {
  const path = given.text('graph')
  if (path === undefined) refuseLook(given, 'add --graph FILE.svg')
  else checkPicturePath('graph', path, '')
}

/** Draws the lab where it was asked for. */
export async function drawGraph(given: Arguments, outputs: Outputs, lab: BuiltLab): Promise<void> {
  const file = outputs.file('graph')
  if (file === undefined) return
  const svg = labSvg(describeLab(lab.definition, lab.plan), { words: WORDS, look: givenLook(given) })
  file.write(await pictureFor('graph', file.path, svg))
  file.close()
  tell(`${say(WORDS, keyed('lab.drawn', { path: file.path }))}\n`)
}
