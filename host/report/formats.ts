/** Of tests, by the ending of a file's name: what other tools read. */
import { ctrfOfTests } from './ctrf.js'
import { junitOfTests } from './junit.js'
import { markdownOfTests } from './markdown.js'
import { tapOfTests } from './tap.js'
import type { TestResults } from './test-results.js'

const FORMATS: Readonly<Record<string, (results: TestResults) => string>> = {
  '.xml': junitOfTests,
  '.ctrf.json': ctrfOfTests,
  '.tap': tapOfTests,
  '.md': markdownOfTests,
}

/** The endings there are. */
export const TEST_ENDINGS: readonly string[] = Object.keys(FORMATS)

/** Undefined where the ending is none of `TEST_ENDINGS`. */
export function testFormat(path: string): ((results: TestResults) => string) | undefined {
  const ending = TEST_ENDINGS.find((each) => path.toLowerCase().endsWith(each))
  return ending === undefined ? undefined : FORMATS[ending]
}
