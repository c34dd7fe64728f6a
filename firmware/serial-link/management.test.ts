import { describe, expect, it } from 'vitest'
import { MANAGEMENT, OPERATION, STATUS } from './link-table.js'
import { ManagementClient, type ManagementReply } from './management.js'

/** Length (2), operation, identifier and status are around every reply (docs/serial-link.md, channel 0). */
const AROUND = 5

function client(credit: number) {
  const sent: Uint8Array[] = []
  const replies: ManagementReply[] = []
  const management = new ManagementClient(
    (message) => sent.push(message),
    () => credit,
  )
  const ask = (octets: number) =>
    management.request(OPERATION.ECHO, new Uint8Array(octets), (reply) => {
      replies.push(reply)
    })
  const answer = (message: Uint8Array) =>
    management.receive(Uint8Array.of(message[0] | MANAGEMENT.REPLY_BIT, message[1], STATUS.OK, ...message.subarray(2)))
  return { management, sent, replies, ask, answer }
}

describe('requests to a board with little memory', () => {
  it('wait here until the board has room for their replies, and go out in order', () => {
    const { sent, replies, ask, answer } = client(4 * 57)
    for (let i = 0; i < 100; i++) ask(48)
    let answered = 0
    while (answered < 100) {
      const due = sent.slice(answered).reduce((sum, message) => sum + AROUND + message.length - 2, 0)
      expect(due).toBeGreaterThan(0)
      expect(due).toBeLessThanOrEqual(4 * 57)
      answer(sent[answered++])
    }
    expect(sent).toHaveLength(100)
    expect(replies.every(({ ok }) => ok)).toBe(true)
    expect(new Set(sent.map(([, identifier]) => identifier)).size).toBe(100)
  })

  it('go out one at a time when even one is longer than the room', () => {
    const { sent, ask, answer } = client(10)
    ask(48)
    ask(48)
    expect(sent).toHaveLength(1)
    answer(sent[0])
    expect(sent).toHaveLength(2)
  })

  it('make room when they are given up, and are not sent when they had not been', () => {
    const { sent, replies, ask } = client(60)
    const first = ask(48)
    const second = ask(48)
    ask(1)
    second()
    expect(sent).toHaveLength(1)
    first()
    expect(sent.map(({ length }) => length)).toEqual([50, 3])
    expect(replies).toEqual([
      { ok: false, status: 'time limit' },
      { ok: false, status: 'time limit' },
    ])
  })

  it('are settled by a new session whether they were sent or not, and the next one goes out', () => {
    const { management, sent, replies, ask } = client(60)
    ask(48)
    ask(48)
    management.reset()
    expect(replies).toHaveLength(2)
    ask(48)
    expect(sent).toHaveLength(2)
  })
})
