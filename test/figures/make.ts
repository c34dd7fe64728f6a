/** `make docs`: writes the generated parts of docs/ anew. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bitErrorRateFigure, bitErrorRates } from './bit-error-rate.js'

const folder = join(import.meta.dirname, '../../docs/figures')
mkdirSync(folder, { recursive: true })
const path = join(folder, 'bit-error-rate.svg')
writeFileSync(path, bitErrorRateFigure(bitErrorRates(2000)))
console.log(`wrote ${path}`)
