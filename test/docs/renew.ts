/** Part of `make docs`: the READMEs show what the command line prints now. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { READMES, ROOT, renewed } from './shown.js'

for (const file of READMES) {
  const path = join(ROOT, file)
  writeFileSync(path, renewed(readFileSync(path, 'utf8')))
  console.log(`wrote ${path}`)
}
