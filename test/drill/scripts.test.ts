import { describe, expect, it } from 'vitest'
import { drill } from '../../host/drill/drill.js'
import { reportText } from '../../host/drill/report.js'
import { readScripts } from '../../host/node/drill/script-files.js'

const SCRIPTS = await readScripts([new URL('.', import.meta.url).pathname])

describe('scripts of the field against this stack', () => {
  it('each says where it is written', () => {
    const silent = SCRIPTS.filter(
      ({ text }) => !/RFC \d+|POSIX|accepted in the order/.test(text.split('\n').slice(0, 3).join(' ')),
    )
    expect(silent.map(({ file }) => file)).toEqual([])
  })

  for (const { file, text } of SCRIPTS)
    it(`${file.replace(/^.*\//, '')} passes, and nothing more is sent than it expects`, () => {
      const report = drill(file, text, { strict: true })
      expect(report.verdict, reportText(report, false)).toBe('pass')
    })
})
