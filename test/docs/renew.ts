/**
 * Part of `make docs`: the READMEs, docs/tour.md and docs/layers.md show what the command line prints now, docs/checks.md every check there is, docs/commands.md and its Chinese twin every command,
 * docs/node.md what is as in Node,
 * docs/conformance.md which test proves which requirement, the pages of docs/conformance/ each standard sentence by sentence, and docs/serial-link.md the table that both its ends share. And the JSON Schemas in schema/.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { renewLinkTable } from '../bridge/link-table.js'
import { withCheckTables } from '../check/check-tables.js'
import { citations } from '../conformance/citations.js'
import { LEDGER_FILE, ledger, numberedTests } from '../conformance/ledger.js'
import { pageOf, sentencePage } from '../conformance/sentence-ledger.js'
import { STANDARDS } from '../conformance/sentences/standards.js'
import { BEHAVIOURS_PAGE, withBehaviours } from '../node-net/behaviours.js'
import { renewSchemas } from '../schema/schemas.js'
import { writeWhole } from '../support/write-whole.js'
import { COMMAND_PAGES, withCommandTables } from './command-tables.js'
import { LAYER_PAGES, ROOT, renewed, SHOWING } from './shown.js'

for (const file of [...SHOWING, ...LAYER_PAGES]) {
  const path = join(ROOT, file)
  writeWhole('generated', path, renewed(readFileSync(path, 'utf8')))
  console.log(`wrote ${path}`)
}

const checks = join(ROOT, 'docs/checks.md')
writeWhole('generated', checks, withCheckTables(readFileSync(checks, 'utf8')))
console.log(`wrote ${checks}`)

for (const page of COMMAND_PAGES) {
  const path = join(ROOT, page.file)
  writeWhole('generated', path, withCommandTables(page, readFileSync(path, 'utf8')))
  console.log(`wrote ${path}`)
}

const programs = join(ROOT, BEHAVIOURS_PAGE)
writeWhole('generated', programs, withBehaviours(readFileSync(programs, 'utf8')))
console.log(`wrote ${programs}`)

const conformance = join(ROOT, LEDGER_FILE)
writeWhole('generated', conformance, ledger(numberedTests()))
console.log(`wrote ${conformance}`)
const cited = citations()
for (const standard of STANDARDS) {
  const path = join(ROOT, pageOf(standard))
  writeWhole('generated', path, sentencePage(standard, cited))
  console.log(`wrote ${path}`)
}

renewLinkTable()
renewSchemas()
