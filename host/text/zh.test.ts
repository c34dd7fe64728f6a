import { describe, expect, it } from 'vitest'
import { EN } from './en.js'
import { keyed } from './keyed.js'
import { say } from './say.js'
import { ZH } from './zh.js'

type Said = string | ((values: never) => string)

/** With a letter, a number or a list of them in the place of each value. */
function sample(words: Said): string {
  if (typeof words === 'string') return words
  return (words as (values: object) => string)(new Proxy({}, { get: () => ['7'] }))
}

const SENTENCES: readonly (readonly [key: string, english: string, chinese: string])[] = Object.entries(
  EN.sentences as Readonly<Record<string, Said>>,
).map(([key, words]) => [key, sample(words), sample((ZH.sentences as Readonly<Record<string, Said>>)[key])])

const FIGURES = Object.entries(EN.figures as Readonly<Record<string, Readonly<Record<string, Said>>>>).flatMap(
  ([check, names]) =>
    Object.entries(names).map(
      ([key, words]) =>
        [
          `${check} ${key}`,
          sample(words),
          sample((ZH.figures as Readonly<Record<string, Readonly<Record<string, Said>>>>)[check][key]),
        ] as const,
    ),
)

/** Values with signs between them, names, and a command: they are the same in every language. */
const SAME = [
  'measured.quantity',
  'doctor.clauses',
  'compare.named',
  'compare.figure',
  'compare.from-to',
  'compare.percent',
  'watch.layer',
  'watch.layers',
  'port.next.bridge',
  'faults.from-choices',
  'lines.and',
  'lines.with-error',
  'pkt.note.command',
  'lab.cable',
  'lab.state',
  'lab.loss',
]

/** Signs, which are others in Chinese. */
const WITHOUT_CHARACTERS = [
  'diagnose.stored',
  'doctor.who',
  'doctor.chance',
  'report.colon',
  'report.brackets',
  'diagnosis.certainty',
  'picture.spi',
  'picture.phy',
  'compare.report',
  'compare.because',
  'compare.ratio',
  'compare.limit',
  'against.left-out-of',
  'port.heard.refused',
  'evidence.of',
  'faults.brief',
  'faults.range-and-usual',
  'lines.title',
  'board-sheet.title',
  'board-sheet.chip-is',
  'chip-says.place',
  'chip-says.phy-place',
  'demo.line',
  'extcap.title',
]

describe('Chinese', () => {
  it('has every sentence and every figure of English, in the same order', () => {
    expect(Object.keys(ZH.sentences)).toEqual(Object.keys(EN.sentences))
    expect(Object.keys(ZH.figures)).toEqual(Object.keys(EN.figures))
    for (const [check, names] of Object.entries(EN.figures))
      expect(Object.keys(ZH.figures[check as keyof typeof ZH.figures]), check).toEqual(Object.keys(names))
  })

  it('says none of them in English, but for names', () => {
    const same = [...SENTENCES, ...FIGURES].filter(([, english, chinese]) => english === chinese).map(([key]) => key)
    expect(same).toEqual(SAME)
    const without = [...SENTENCES, ...FIGURES].filter(([, , chinese]) => !/\p{Script=Han}/u.test(chinese))
    expect(without.map(([key]) => key).filter((key) => !SAME.includes(key))).toEqual(WITHOUT_CHARACTERS)
  })

  it('has no piece of an English sentence left, and no English mark behind a Chinese character', () => {
    const left = [...SENTENCES, ...FIGURES].filter(([, , chinese]) =>
      /[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(chinese.replace(/`[^`]*`|linkpulse [ -~]*/g, '')),
    )
    expect(left.map(([, , chinese]) => chinese)).toEqual([])
    const marks = [...SENTENCES, ...FIGURES].filter(([, , chinese]) => /\p{Script=Han}[,;:!?.]/u.test(chinese))
    expect(marks.map(([, , chinese]) => chinese)).toEqual([])
  })

  it('ends a sentence where English does', () => {
    const ends = (text: string): boolean => /[.。]$/.test(text)
    const unlike = SENTENCES.filter(([, english, chinese]) => ends(english) !== ends(chinese)).map(([key]) => key)
    expect(unlike).toEqual([])
  })

  it('has a space between a Chinese character and what is in Latin letters or digits, and only there', () => {
    const edge = /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{Script=Han}/u
    const joined = [...SENTENCES, ...FIGURES].filter(([, , chinese]) => edge.test(chinese))
    expect(joined.map(([key, , chinese]) => `${key}: ${chinese}`)).toEqual([])
    const spaced = [...SENTENCES, ...FIGURES].filter(([, , chinese]) =>
      /[\p{Script=Han}，。；：（）] [\p{Script=Han}，。；：（）]/u.test(chinese),
    )
    expect(spaced.map(([key, , chinese]) => `${key}: ${chinese}`)).toEqual([])
  })

  it('keeps a sentence apart from a word in Latin letters that is given to it', () => {
    expect(say(ZH, keyed('limit.must-be', { limit: '80h' }))).toBe('应为 80h')
    expect(say(ZH, keyed('limit.must-be', { limit: keyed('limit.at-most', { max: '6 s' }) }))).toBe('应为至多 6 s')
    expect(say(ZH, keyed('diagnosis.side', { side: keyed('side.wire') }))).toBe('查看导线和线缆')
    const sound = keyed('unexplained.healthy')
    const what = keyed('chip.clock')
    expect(say(ZH, keyed('unexplained.figure', { what, was: keyed('evidence.fail'), cause: sound }))).toMatch(
      /失败，而完好的板子几乎从不这样。$/,
    )
    expect(say(ZH, keyed('unexplained.figure', { what, was: keyed('evidence.fail'), cause: 'miso-open' }))).toMatch(
      /失败，而 miso-open 几乎从不这样。$/,
    )
  })
})
