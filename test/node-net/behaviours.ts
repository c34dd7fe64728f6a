/** All rows of the table, and the part of docs/node.md that lists them. */
import type { Behaviour } from './behaviour.js'
import { DATAGRAMS } from './datagrams.js'
import { SERVERS } from './servers.js'
import { SOCKETS } from './sockets.js'

export const BEHAVIOURS: readonly (readonly [name: string, rows: readonly Behaviour[]])[] = [
  ['net.Socket', SOCKETS],
  ['net.Server and the module net', SERVERS],
  ['dgram.Socket and dns.lookup', DATAGRAMS],
]

export const BEHAVIOURS_PAGE = 'docs/node.md'
const MARKS = /(<!-- behaviours -->\n)[\s\S]*(<!-- end of behaviours -->)/

/** The page with the list as it is now. @throws Error where it has no place for it */
export function withBehaviours(page: string): string {
  if (!MARKS.test(page)) throw new Error(`${BEHAVIOURS_PAGE} has no place for the list of behaviours`)
  const lists = BEHAVIOURS.map(
    ([name, rows]) => `**${name}** (${rows.length})\n\n${rows.map(({ says }) => `- ${says}`).join('\n')}\n`,
  )
  return page.replace(MARKS, (_whole, before: string, after: string) => `${before}\n${lists.join('\n')}\n${after}`)
}
