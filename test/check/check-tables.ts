/** The last part of docs/checks.md: every check, a table a layer. Written by `make docs`, compared by a test. */
import { CHECKS } from '../../host/check/check-list.js'
import { LAYERS } from '../../host/check/types.js'

const HEADING = '## Every check'

function tables(): string {
  const parts = LAYERS.map((layer) => {
    const rows = CHECKS.filter((check) => check.layer === layer).map(({ id, title, needs, reference }) => {
      const stands = needs.map((need) => `\`${need}\``).join(' ')
      return `| \`${id}\` | ${title} | ${stands} | ${reference} |`
    })
    return [
      `### ${layer}`,
      '',
      '| check | what it establishes | stands on | from |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n')
  })
  return `${parts.join('\n\n')}\n`
}

/** The document with its tables as the check list has them now. */
export function withCheckTables(text: string): string {
  const at = text.indexOf(HEADING)
  if (at < 0) throw new Error(`docs/checks.md has no heading "${HEADING}" any more: its tables go below it`)
  return `${text.slice(0, at)}${HEADING}\n\n${tables()}`
}
