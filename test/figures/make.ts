/** `make docs`: writes the generated parts of docs/ anew. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bitErrorRateFigure, bitErrorRates } from './bit-error-rate.js'
import { frameFigure } from './frame.js'

const folder = join(import.meta.dirname, '../../docs/figures')
mkdirSync(folder, { recursive: true })
const figures = {
  'bit-error-rate.svg': () => bitErrorRateFigure(bitErrorRates(2000)),
  'frame.svg': frameFigure,
}
for (const [name, draw] of Object.entries(figures)) {
  const path = join(folder, name)
  writeFileSync(path, draw())
  console.log(`wrote ${path}`)
}
