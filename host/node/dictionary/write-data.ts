/** Writes a dictionary to where it is read from. */
import { writeFileSync } from 'node:fs'
import type { DictionaryData } from '../../check/diagnosis/dictionary/dictionary.js'

/** @returns how many characters of data */
export function writeDictionaryData(path: string, data: DictionaryData): number {
  const text = JSON.stringify(data, null, 2)
  writeFileSync(
    path,
    [
      '/** What `make dictionary` learned; `dictionary.ts` says what it means. Written by a program: do not edit. */',
      "import type { DictionaryData } from './dictionary.js'",
      '',
      '// biome-ignore format: written by a program',
      `export const DICTIONARY_DATA: DictionaryData = ${text}`,
      '',
    ].join('\n'),
  )
  return text.length
}
