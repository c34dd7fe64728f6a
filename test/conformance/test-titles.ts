/**
 * The titles of the tests in a file, as they stand in its source: what a ledger names, and misses when it is gone. The rows of a table
 * (`it.each`) have titles of their own where they are literals. Skipped tests have none; a variation has one, although `make test` runs a quarter of them.
 */
import { transformSync } from 'esbuild'

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/y
/** A call that makes a test, up to its opening bracket; what stands between is a table or a condition. */
const CALL = /\b(?:it|test|variation)((?:\.(?:only|concurrent))*|\.(?:each|skipIf|runIf))\(/g

/** Every title, once for each test that has it. A row's `%s` and `$name` are filled in; what is no literal stays as it is written. */
export function testTitles(source: string): string[] {
  // Without types and comments: what is left is strings, brackets and names.
  const { code } = transformSync(source, {
    loader: 'ts',
    charset: 'utf8',
    minifyWhitespace: true,
    legalComments: 'none',
  })
  const titles: string[] = []
  for (const match of code.matchAll(CALL)) {
    let at = match.index + match[0].length
    const kind = match[1]
    let table: string[] = []
    if (kind === '.each' || kind === '.skipIf' || kind === '.runIf') {
      const end = endOfBrackets(code, at - 1)
      if (kind === '.each') table = rowsOf(code.slice(at, end - 1).replace(/^variationsOf\(([\s\S]*)\)$/, '$1'))
      // A template behind `each` is a table of another form, which this house does not use.
      at = end + (/^\s*\(/.exec(code.slice(end))?.[0].length ?? 0)
    }
    const title = literalAt(code, at + (/^\s*/.exec(code.slice(at))?.[0].length ?? 0))
    if (title === undefined) continue
    if (table.length === 0) titles.push(title)
    else titles.push(...table.map((row) => filledIn(title, row)))
  }
  return titles
}

/** The string that begins at `at`; undefined where none does. */
function literalAt(code: string, at: number): string | undefined {
  STRING.lastIndex = at
  const literal = STRING.exec(code)?.[0]
  return literal === undefined ? undefined : textOf(literal)
}

function textOf(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/gs, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
}

/** Behind the bracket that closes the one at `at`. */
function endOfBrackets(code: string, at: number): number {
  let depth = 0
  for (let here = at; here < code.length; here++) {
    STRING.lastIndex = here
    const literal = STRING.exec(code)?.[0]
    if (literal !== undefined) here += literal.length - 1
    else if ('([{'.includes(code[here])) depth++
    else if (')]}'.includes(code[here]) && --depth === 0) return here + 1
  }
  return code.length
}

/** The elements of an array's source; empty where it is none. */
function rowsOf(code: string): string[] {
  const text = code.trim()
  return text.startsWith('[') ? elementsOf(text.slice(1, endOfBrackets(text, 0) - 1)) : []
}

/** What commas separate, those in brackets and strings apart. */
function elementsOf(code: string): string[] {
  const elements: string[] = []
  let begin = 0
  for (let here = 0; here < code.length; here++) {
    STRING.lastIndex = here
    const literal = STRING.exec(code)?.[0]
    if (literal !== undefined) here += literal.length - 1
    else if ('([{'.includes(code[here])) here = endOfBrackets(code, here) - 1
    else if (code[here] === ',') {
      elements.push(code.slice(begin, here).trim())
      begin = here + 1
    }
  }
  elements.push(code.slice(begin).trim())
  return elements.filter((element) => element !== '')
}

function filledIn(title: string, row: string): string {
  const plain = (code: string | undefined, written: string) => {
    if (code === undefined) return written
    if (/^["'`]/.test(code)) return textOf(code)
    if (/^(?:true|false|undefined)$/.test(code)) return code
    if (code === 'void 0') return 'undefined' // as esbuild writes it
    return /^-?[\d.e]+$/.test(code) ? String(Number(code)) : written
  }
  if (row.startsWith('{')) {
    const properties = new Map(
      elementsOf(row.slice(1, -1)).map((property): [string, string] => {
        const [, name, value] = /^"?(\w+)"?\s*:\s*([\s\S]*)$/.exec(property) ?? []
        return [name, value]
      }),
    )
    return title.replace(/\$(\w+)/g, (written, name: string) => plain(properties.get(name), written))
  }
  const values = row.startsWith('[') ? elementsOf(row.slice(1, -1)) : [row]
  let next = 0
  return title.replace(/%[sdio]/g, (written) => plain(values[next++], written))
}
