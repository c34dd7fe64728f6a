import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../docs/shown.js'
import { citations, citationsIn, citedLabels, labelsIn } from './citations.js'
import {
  citationFaults,
  countsOf,
  labelFaults,
  labelsOf,
  pageOf,
  sentenceFaults,
  sentencePage,
  titlesIn,
} from './sentence-ledger.js'
import {
  labelled,
  must,
  noDemand,
  notApplicable,
  open,
  type Standard,
  section,
  tested,
  testsOf,
} from './sentences/sentence.js'
import { STANDARDS } from './sentences/standards.js'
import { testTitles } from './test-titles.js'

const cited = citations()

describe('the ledger of sentences', () => {
  it('names tests that are there, and has a state for each sentence', () => {
    expect(sentenceFaults(STANDARDS, titlesIn())).toEqual([])
  })

  it('has each section that a source file cites', () => {
    expect(citationFaults(STANDARDS, cited)).toEqual([])
  })

  it('has each label of RFC 9293 appendix B once, and each label that a source file cites', () => {
    const numbered = (kind: string, last: number) => Array.from({ length: last }, (_, i) => `${kind}-${i + 1}`)
    const appendix = [...numbered('MUST', 69), ...numbered('SHLD', 31), ...numbered('MAY', 18), 'REC-1']
    expect(labelsOf(STANDARDS).sort()).toEqual(appendix.sort())
    expect(labelFaults(STANDARDS, citedLabels())).toEqual([])
  })

  it('stands in docs/conformance/ as `make docs` writes it, page by page, and no page is left over', () => {
    for (const standard of STANDARDS) {
      const path = join(ROOT, pageOf(standard))
      expect(existsSync(path) ? readFileSync(path, 'utf8') : 'no such page', pageOf(standard)).toBe(
        sentencePage(standard, cited),
      )
    }
    const pages = readdirSync(join(ROOT, 'docs/conformance')).map((file) => `docs/conformance/${file}`)
    expect(pages.sort()).toEqual(STANDARDS.map(pageOf).sort())
  })

  it('has each line of the summary tables of RFC 1122: as many in each section as name it there', () => {
    const lines = {
      ...{ '2.3.1': 2, '2.3.2.1': 3, '2.3.2.2': 1, '2.3.3': 6, '2.4': 3 },
      ...{ '3.1': 9, '3.2.1.1': 1, '3.2.1.2': 1, '3.2.1.3': 5, '3.2.1.4': 1, '3.2.1.5': 1, '3.2.1.6': 3, '3.2.1.7': 4 },
      ...{ '3.2.1.8': 12, '3.2.2': 10, '3.2.2.1': 4, '3.2.2.2': 4, '3.2.2.3': 3, '3.2.2.4': 1, '3.2.2.5': 3 },
      ...{ '3.2.2.6': 10, '3.2.2.7': 1, '3.2.2.8': 8, '3.2.2.9': 12, '3.3.1.1': 2, '3.3.1.2': 6, '3.3.1.3': 2 },
      ...{ '3.3.1.4': 6, '3.3.1.5': 1, '3.3.1.6': 1, '3.3.2': 6, '3.3.3': 5, '3.3.4.2': 4, '3.3.5': 10, '3.3.6': 7 },
      ...{ '3.3.7': 4, '3.3.8': 1, '3.4': 6, '3.5': 1 },
      ...{ '4.1.3.1': 1, '4.1.3.2': 3, '4.1.3.3': 1, '4.1.3.4': 5, '4.1.3.5': 4, '4.1.3.6': 2, '4.1.4': 3 },
      ...{ '4.2.2.2': 7, '4.2.2.3': 2, '4.2.2.4': 4, '4.2.2.5': 3, '4.2.2.6': 5, '4.2.2.7': 2, '4.2.2.9': 1 },
      ...{ '4.2.2.10': 1, '4.2.2.11': 1, '4.2.2.12': 1, '4.2.2.13': 5, '4.2.2.15': 3, '4.2.2.16': 2, '4.2.2.17': 6 },
      ...{ '4.2.2.18': 2, '4.2.2.19': 1, '4.2.2.20': 2, '4.2.2.21': 1, '4.2.3.1': 5, '4.2.3.2': 3, '4.2.3.3': 1 },
      ...{ '4.2.3.4': 3, '4.2.3.5': 7, '4.2.3.6': 7, '4.2.3.7': 2, '4.2.3.8': 7, '4.2.3.9': 7, '4.2.3.10': 3 },
      ...{ '4.2.3.14': 2, '4.2.4.1': 2, '4.2.4.2': 4, '4.2.4.3': 1, '4.2.4.4': 1 },
    }
    const listed = STANDARDS.find(({ rfc }) => rfc === 1122)?.sections.filter(({ sentences }) => sentences.length > 0)
    expect(Object.fromEntries(listed?.map(({ number, sentences }) => [number, sentences.length]) ?? [])).toEqual(lines)
  })

  it('has each standard once', () => {
    const all = STANDARDS.map(({ rfc }) => rfc)
    expect(all.sort((a, b) => a - b)).toEqual([
      791, 792, 826, 1122, 2131, 4443, 4861, 4862, 8200, 8201, 8504, 9293, 9777,
    ])
  })
})

describe('what the ledger finds', () => {
  const proofs = testsOf('some.test.ts')
  const standard = (...sections: Standard['sections']): Standard => ({
    rfc: 8200,
    title: 'some',
    complete: true,
    extent: '',
    sections,
  })
  const titles = (file: string) => (file === 'some.test.ts' ? ['holds', 'holds twice', 'holds twice'] : undefined)

  it('is a test that is gone, one that stands twice, a state without a reason, a section without a sentence', () => {
    const list = standard(
      section('3', 'Header', must('a', tested(proofs('holds'))), must('b', tested(proofs('held')))),
      section('4', 'More', must('c', tested(proofs('holds twice'))), must('d', open(' ')), must('e', tested())),
      section('4', 'More', must('f', tested(testsOf('gone.test.ts')('holds'))), must('g', notApplicable(''))),
      section('5', 'Empty'),
    )
    expect(sentenceFaults([list], titles)).toEqual([
      'RFC 8200 3, "b": some.test.ts has no test "held"',
      'RFC 8200 4 stands twice in its list',
      'RFC 8200 4, "c": some.test.ts has 2 tests "holds twice"; give them names of their own',
      'RFC 8200 4, "d": open, and does not say why',
      'RFC 8200 4, "e": names no test',
      'RFC 8200 4 stands twice in its list',
      'RFC 8200 4, "f": there is no file gone.test.ts',
      'RFC 8200 4, "g": not applicable, and does not say why',
      'RFC 8200 5 has no sentence, and does not say why',
    ])
    expect(countsOf(list)).toEqual({ sentences: 7, tested: 5, notApplicable: 1, open: 1 })
  })

  it('is a label that stands twice, and one that is cited and not there', () => {
    const some = standard(
      section('3', 'Header', labelled('MUST-1', 'a', tested()), labelled('SHLD-2', 'b', tested())),
      section('4', 'More', labelled('MUST-1', 'c', tested()), must('d', tested())),
    )
    expect(some.sections[0].sentences.map(({ level }) => level)).toEqual(['MUST', 'SHOULD'])
    expect(labelFaults([some], labelsIn('// SHLD-2,\n// MUST-70 and MUST-1', 'a.ts'))).toEqual([
      'MUST-1 stands twice',
      'a.ts:2 cites MUST-70, which no standard has',
    ])
  })

  it('is a citation of a section that the list does not have, with file and line', () => {
    const text =
      '// one\n/** Two (RFC 8200 3, 4.5): three.\n * RFC\n * 8200 9. RFC 8201 4. RFC 8200, RFC 7. RFC 8200 and 12 octets */'
    const found = citationsIn(text, 'a.ts')
    expect(found.map(({ rfc, section: number, line }) => `${rfc} ${number} ${line}`)).toEqual([
      '8200 3 2',
      '8200 4.5 2',
      '8200 9 3',
      '8201 4 4',
    ])
    const list = standard(noDemand('3', 'Header', 'a form'), section('4.5.1', 'Deep'), section('10', 'Ten'))
    expect(citationFaults([list], found)).toEqual([
      'a.ts:3 cites RFC 8200 9, of which test/conformance/sentences/rfc8200.ts has nothing',
    ])
  })

  it('is read from tests as they stand: rows of a table have titles of their own, skipped tests have none', () => {
    const source = `
      describe('d', () => {
        it('plain, with an \\'apostrophe\\'', () => {})
        it.skip('skipped', () => {})
        // it('in a comment', () => {})
        it.each<[string, number]>([
          ['one, two', 1],
          [\`three\`, 4],
        ])('%s is %d', (_, n) => {})
        it.each([{ what: 'first', n: 1_000 }, { n: call('(', [1]), what: "second" }])('$what has $n', () => {})
        it.each(['a', 'b'])('of %s', () => {})
        it.each([true, undefined])('if %s', () => {})
        it.each(rows)('of %s somewhere', () => {})
        it.skipIf(missing(1))('where it can', async () => {})
      })`
    expect(testTitles(source)).toEqual([
      "plain, with an 'apostrophe'",
      'one, two is 1',
      'three is 4',
      'first has 1000',
      'second has $n',
      'of a',
      'of b',
      'if true',
      'if undefined',
      'of %s somewhere',
      'where it can',
    ])
  })
})
