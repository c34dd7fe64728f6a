/** Writes the scripts of the segment matrix, to be read or run: `npx tsx test/drill/write-matrix.ts FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { matrixFile, matrixScript } from './matrix-scripts.js'
import { matrixCells } from './segment-matrix.js'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write('name the folder to write to: npx tsx test/drill/write-matrix.ts FOLDER\n')
  process.exit(2)
}
mkdirSync(folder, { recursive: true })
const cells = matrixCells()
for (const cell of cells) writeFileSync(join(folder, matrixFile(cell)), matrixScript(cell))
process.stdout.write(`${cells.length} scripts in ${folder}; run them with: linkpulse drill --strict ${folder}\n`)
