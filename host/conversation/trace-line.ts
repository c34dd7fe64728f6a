/** A conversation in lines, as it happens: each packet of our end in the words of RFC 9293, and each state that it enters. */
import { SECOND } from '../../firmware/hal/clock.js'
import { formatEndpoint } from '../../firmware/net/ip.js'
import { keyed } from '../text/keyed.js'
import { say } from '../text/say.js'
import type { Words } from '../text/words.js'
import type { ConversationListener } from './conversation.js'

/** So many columns for the time: conversations of a day keep their form. */
const TIME = 12

/**
 * What prints the lines.
 * @param print takes a line with its end
 */
export function traceLines(words: Words, print: (line: string) => void): ConversationListener {
  let began: number | undefined
  const time = (at: number): string => {
    began ??= at
    return ((at - began) / SECOND).toFixed(6).padStart(TIME)
  }
  return {
    packet(direction, { tag = '', between, what }, again, at) {
      const ends = between === undefined ? '' : `${between.words.join(' > ')}: `
      const mark = again ? ` (${say(words, keyed('ladder.again'))})` : ''
      print(`${time(at)} ${direction.padEnd(3)} ${tag}${ends}${what}${mark}\n`)
    },
    state({ local, state, previous }, at) {
      const now = say(words, keyed('trace.state', { end: formatEndpoint(local), state, previous }))
      print(`${time(at)} ${' '.repeat(3)} ${now}\n`)
    },
  }
}
