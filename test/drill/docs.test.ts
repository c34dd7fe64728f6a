import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { drill } from '../../host/drill/drill.js'
import { parseScript } from '../../host/drill/parse.js'
import { prepareScript } from '../../host/drill/prepare.js'
import { reportText } from '../../host/drill/report.js'

const DOCS = readFileSync(new URL('../../docs/drill.md', import.meta.url), 'utf8')

describe('docs/drill.md', () => {
  it('shows a script that passes', () => {
    const scripts = [...DOCS.matchAll(/```pkt\n([\s\S]*?)```/g)].map(([, text]) => text)
    expect(scripts.length).toBeGreaterThan(0)
    for (const text of scripts) {
      const report = drill('drill.md', text, { strict: true })
      expect(report.verdict, reportText(report, false)).toBe('pass')
    }
  })

  it('names calls that are supported, all of them', () => {
    const [, list] = /\*\*Calls\*\*: ([\s\S]*?)\. `\.\.\.`/.exec(DOCS) ?? []
    const named = list
      .replace(/\([^)]*\)/g, '')
      .split(/[\s,]+/)
      .filter((word) => word !== '')
    const { unsupported } = prepareScript(parseScript('x.pkt', '0 nothing() = 0').script)
    const [, known] = /the calls are (.*)$/.exec(unsupported[0].message) ?? []
    expect(named.sort()).toEqual(known.split(', ').sort())
  })

  it('names fields of tcp_info that are there', () => {
    const [, list] = /that the stack has: ([\s\S]*?)\.\n/.exec(DOCS) ?? []
    const names = list.split(/[\s,]+/)
    const code = names.map((name) => `assert tcpi_${name} >= 0`).join('\n')
    expect(names.length).toBeGreaterThan(20)
    expect(prepareScript(parseScript('x.pkt', `0 %{ ${code} }%`).script).unsupported).toEqual([])
  })
})
