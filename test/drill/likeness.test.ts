import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { TCP_DEFAULTS } from '../../firmware/net/tcp/tcp.js'
import { doublesBuffers } from '../../host/drill/likeness.js'
import { LIKENESSES } from '../../host/drill/likeness-names.js'
import { defaultSettings } from '../../host/drill/settings.js'

const DOCS = readFileSync(new URL('../../docs/drill.md', import.meta.url), 'utf8')

/** What the table of docs/drill.md says of each stack. */
function documented(): Record<string, string[]> {
  const [, table] = /\| choice \|[^\n]*\n\|[-|]+\n([\s\S]*?)\n\n/.exec(DOCS) ?? []
  return Object.fromEntries(
    table.split('\n').map((row) => {
      const [choice, ...cells] = row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
      return [choice, cells.slice(0, LIKENESSES.length)]
    }),
  )
}

/** What is so, in the words of the table. */
function actual(): Record<string, string[]> {
  const rows = LIKENESSES.map((like) => {
    const { tcp, tolerancePart } = defaultSettings({ like })
    const { delayedAck, initialSegments, receiveBuffer, sendBuffer, habits } = { ...TCP_DEFAULTS, ...tcp }
    return {
      'acknowledgements at once, after a connection opens': String(habits.quickAcks),
      'an acknowledgement is put off for (ms)': String(delayedAck / MILLISECOND),
      'first window (segments)': initialSegments === undefined ? 'RFC 6928' : String(initialSegments),
      'what holds a short segment back (Nagle)': habits.nagle,
      'a reset by which this end gives up has ACK': habits.resetAcknowledges ? 'yes' : 'no',
      'options of a SYN': habits.synOptions,
      'least window scale': String(habits.leastWindowShift),
      'receive and send buffer (octets)': `${receiveBuffer}, ${sendBuffer}`,
      'getsockopt gives twice SO_RCVBUF, SO_SNDBUF': doublesBuffers(like) ? 'yes' : 'no',
      'a time may be off by (% of the time since the statement before)': String(100 * tolerancePart),
    }
  })
  return Object.fromEntries(Object.keys(rows[0]).map((key) => [key, rows.map((row) => row[key as keyof typeof row])]))
}

describe('choices that a standard leaves open', () => {
  it('are all in the table of docs/drill.md, as they are made', () => {
    expect(documented()).toEqual(actual())
    const habits = Object.keys(TCP_DEFAULTS.habits)
    // A habit that nobody listed: 5 of them are rows above.
    expect(habits).toHaveLength(5)
  })
})
