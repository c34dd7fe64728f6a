import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { drill } from '../../drill/drill.js'
import { drillStoryInChinese, drillVerdictInChinese } from './drill-story.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
const HAN = /\p{Script=Han}/u

/** What the source says of a packet or a call that is not as expected, with `{1}` for the first value. */
function formsIn(file: string): string[] {
  const source = readFileSync(join(root, 'host', 'drill', file), 'utf8')
  const written = source.matchAll(
    /(?:(?:wrong|faults)\.push\(|\bmessage: |return (?=`it carries|`octet |'it has no flow))(?:`([^`]+)`|'([^']+)')/g,
  )
  return [...written].map(([, template, text]) => {
    let value = 0
    return (template ?? text).replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, () => `{${++value}}`)
  })
}

/** Put together of others. */
const LISTS = ['the stack sent another packet at {1}: {2}', '{1}(): {2}', '{1} does not hold: {2}', '{1} by {2}']

describe('the story of a script in Chinese', () => {
  it('has a sentence for each thing that happens in the scripts that there are', () => {
    const folder = join(root, 'test', 'drill')
    const scripts = readdirSync(folder).filter((file) => file.endsWith('.pkt'))
    const story = scripts.flatMap((file) => drill(file, readFileSync(join(folder, file), 'utf8')).result?.story ?? [])
    expect(story.length).toBeGreaterThan(1_000)
    expect(story.filter(({ text }) => !HAN.test(drillStoryInChinese(text)))).toEqual([])
  })

  it('has words for all that may be wrong', () => {
    const files = ['run', 'match', 'wire-ipv4', 'wire-ipv6', 'wire-transport', 'calls-connection', 'calls-data', 'flow']
    const forms = files.flatMap((file) => formsIn(`${file}.ts`))
    expect(forms.length).toBeGreaterThan(35)
    const told = forms.filter((form) => !LISTS.includes(form)).map((form) => form.replace(/\{(\d)\}/g, '⟨$1⟩'))
    expect(told.filter((form) => !HAN.test(drillVerdictInChinese(form)))).toEqual([])
    expect(drillVerdictInChinese('nobody says this')).toBe('nobody says this')
  })

  it('tells each of several differences', () => {
    expect(
      drillVerdictInChinese('the stack sent another packet at 0.100000: its ack is 1, not 2; its win is 3, not 4'),
    ).toBe('协议栈在 0.100000 发出了别的包：它的 ack 是 1，不是 2；它的 win 是 3，不是 4')
    expect(drillVerdictInChinese('read() returned 0, not 5')).toBe('read() 返回 0，而不是 5')
    expect(drillVerdictInChinese('tcpi_state == 1 does not hold: it never does')).toBe(
      'tcpi_state == 1 不成立：它从不成立',
    )
    expect(
      drillVerdictInChinese(
        'accept() blocks: say when it returns (0.1...0.2 accept(…)), or make the socket non-blocking',
      ),
    ).toMatch(/^accept\(\) 阻塞：请写明/)
    expect(drillVerdictInChinese('accept(): the peer is [fd::3]:80')).toBe('accept()：对端是 [fd::3]:80')
    for (const other of ['the same as before', 'another than before'])
      expect(drillVerdictInChinese(`the stack sent another packet at 0.1: its flow label is ${other}`)).toMatch(
        /：它的流标签与之前.同$/,
      )
    expect(drillStoryInChinese('read(3, "a returns b", 5) returns 5')).toMatch(/返回/)
  })
})
