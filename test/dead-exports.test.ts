import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { variation } from './judge/variations.js'

/**
 * What nobody uses but its own test costs everybody who reads it. knip follows the imports from the package's doors and the command
 * line (knip.json) and names every file, export and exported type of the three floors that they do not reach. What only helps tests
 * stands in test/support/, where it needs a test that uses it.
 */
const root = dirname(import.meta.dirname)

/** What stays although nothing that ships uses it, and why. */
const KEPT: Readonly<Record<string, string>> = {
  'firmware/enc28j60/sleep.ts':
    'the driver can power the chip down (docs/driver.md); no board of ours does it by itself, and the errata of sleep are judged through it',
  'host/campaign-file/result.ts: RESULT_LINE':
    'what a line of results is for everybody else: schema/campaign-result.json is made of it',
  'host/campaign-file/schema.ts: CAMPAIGN_FILE':
    'what a person may write: schema/campaign.json is made of it, and what is read is first written out',
}

interface Unused {
  file: string
  files: unknown[]
  exports: { name: string }[]
  types: { name: string }[]
}

/** Files (`a.ts`) and exports (`a.ts: name`) that no entry of knip.json reaches. */
function unused(folder: string, ...options: string[]): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/knip/bin/knip.js'),
      ...['--include', 'files,exports,types', '--reporter', 'json', '--no-exit-code', '--no-progress'],
      ...options,
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  if (!stdout.startsWith('{')) throw new Error(`knip gave no report: ${stdout}${stderr}`)
  const { issues } = JSON.parse(stdout) as { issues: Unused[] }
  return issues
    .flatMap(({ file, files, exports, types }) => [
      ...(files.length > 0 ? [file] : []),
      ...[...exports, ...types].map(({ name }) => `${file}: ${name}`),
    ])
    .sort()
}

describe('everything that is exported', () => {
  it('on the three floors has a user that ships, but for what is kept for a reason', () => {
    expect(unused(root, '--production')).toEqual(Object.keys(KEPT))
  })

  variation('has another file that uses it, if only a test; types may be named where they are declared only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-knip-'))
    const config = join(folder, 'knip.json')
    const rules = JSON.parse(readFileSync(join(root, 'knip.json'), 'utf8')) as object
    writeFileSync(config, JSON.stringify({ ...rules, ignoreExportsUsedInFile: { interface: true, type: true } }))
    expect(unused(root, '--config', config)).toEqual([])
    rmSync(folder, { recursive: true })
  })
})

describe('knip.json', () => {
  let house: string
  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'linkpulse-exports-'))
    const files = {
      'package.json': '{ "name": "house", "type": "module" }',
      'firmware/used.ts': 'export const used = 1\nexport const tested = 2\nexport type Tested = number\n',
      'firmware/used.test.ts': "import { type Tested, tested } from './used.js'\nexport const of: Tested = tested\n",
      'boards/tested.ts': 'export const alone = 1\n',
      'boards/tested.test.ts': "import { alone } from './tested.js'\nconsole.log(alone)\n",
      'host/index.ts': "export { used } from '../firmware/used.js'\n",
      'test/support/nobody.ts': 'export const nobody = 1\n',
    }
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, name)), { recursive: true })
      writeFileSync(join(house, name), text)
    }
    cpSync(join(root, 'knip.json'), join(house, 'knip.json'))
  })
  afterAll(() => rmSync(house, { recursive: true, force: true }))

  variation('finds what a test alone uses: a file, an export, a type', () => {
    expect(unused(house, '--production')).toEqual([
      'boards/tested.ts',
      'firmware/used.ts: Tested',
      'firmware/used.ts: tested',
    ])
  })

  variation('finds what helps no test', () => {
    expect(unused(house)).toEqual(['test/support/nobody.ts'])
  })
})
