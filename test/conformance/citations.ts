/** Sections of standards that source files cite, as `RFC 4861 7.2.2` and `RFC 4861 7.3.2 and appendix C`. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ROOT } from '../docs/shown.js'

export interface Citation {
  readonly rfc: number
  /** `7.2.2`, or an appendix's letter. */
  readonly section: string
  /** From the root, with slashes. */
  readonly file: string
  /** From 1. */
  readonly line: number
}

const ROOMS = ['firmware', 'boards', 'host', 'test']
/** Lists of sections, not users of them; and examples. */
const OTHERS = ['test/conformance/sentences/', 'test/conformance/sentence-ledger.test.ts']

/** A line of a comment may end within a citation. */
const GAP = String.raw`(?:[ ,]|\n[ \t]*(?:\*|\/\/)?[ \t]*)`
const SECTION = String.raw`(?:§|section |appendix )?(?:\d+(?:\.\d+)*(?![.\w]*\w)|(?<=appendix )[A-Z]\b)`
const CITED = new RegExp(String.raw`\bRFC${GAP}(\d+)((?:${GAP}+(?:and (?=appendix|\d+\.\d))?${SECTION})+)`, 'g')

/** A sentence that is cited by the label that its standard gives it, as `MUST-41` (RFC 9293 appendix B). */
export interface CitedLabel {
  readonly label: string
  readonly file: string
  readonly line: number
}

/** Those of one file's text. */
export function labelsIn(text: string, file: string): CitedLabel[] {
  return Array.from(text.matchAll(/\b(?:MUST|SHLD|MAY|REC)-\d+\b/g), ({ index, 0: label }) => ({
    label,
    file,
    line: text.slice(0, index).split('\n').length,
  }))
}

/** Those of one file's text. A citation's line is the one that it begins on. */
export function citationsIn(text: string, file: string): Citation[] {
  return Array.from(text.matchAll(CITED)).flatMap(({ index, 1: rfc, 2: sections }) => {
    const line = text.slice(0, index).split('\n').length
    return (
      Array.from(sections.matchAll(/\d+(?:\.\d+)*|(?<=appendix )[A-Z]/g), ([section]) => ({
        rfc: Number(rfc),
        section,
        file,
        line,
      }))
        // `RFC 792, 1122` are two standards.
        .filter(({ section }) => !(Number(section) > 99))
    )
  })
}

/** Those of all source files, in the order of their files' names. */
export function citations(): Citation[] {
  return inSources(citationsIn).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
}

/** Labels that source files cite. */
export const citedLabels = (): CitedLabel[] => inSources(labelsIn)

function inSources<T>(find: (text: string, file: string) => T[]): T[] {
  const found: T[] = []
  for (const room of ROOMS)
    for (const entry of readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const file = relative(ROOT, path).split(sep).join('/')
      if (!OTHERS.some((other) => file.startsWith(other))) found.push(...find(readFileSync(path, 'utf8'), file))
    }
  return found
}
