/** `make docs`: writes the generated parts of docs/ anew. */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { wiringDiagram } from '../../host/physical/wiring-diagram.js'
import { writeWhole } from '../support/write-whole.js'
import { bitErrorRateFigure, bitErrorRates } from './bit-error-rate.js'
import { captureFigure } from './capture.js'
import { frameFigure } from './frame.js'
import { PHYSICAL_FIGURES } from './physical.js'
import { rs232Figure } from './rs232.js'
import { withToleranceTable } from './sampling-tolerance.js'

const docs = join(import.meta.dirname, '../../docs')
const figures: Record<string, () => string> = {
  'figures/bit-error-rate.svg': () => bitErrorRateFigure(bitErrorRates(2000)),
  'figures/capture.svg': captureFigure,
  'figures/frame.svg': frameFigure,
  'figures/rs232.svg': rs232Figure,
  ...PHYSICAL_FIGURES,
  'rs232.md': () => withToleranceTable(readFileSync(join(docs, 'rs232.md'), 'utf8')),
}
for (const board of BOARDS.values()) figures[`wiring/${board.name}.svg`] = () => wiringDiagram(board)
for (const [name, draw] of Object.entries(figures)) {
  const path = join(docs, name)
  mkdirSync(dirname(path), { recursive: true })
  writeWhole('generated', path, draw())
  console.log(`wrote ${path}`)
}
