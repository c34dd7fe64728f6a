/** What an end sends, on a lane: each from when it leaves to when it arrives or is lost. */
import type { LaneMark } from '../protocol.js'
import type { EndName, Flight } from './flights.js'
import { segmentText } from './frame-reading.js'

/** @param from the lane's left edge, ns */
export function sentMarks(end: EndName, flights: readonly Flight[], from: number, now: number): LaneMark[] {
  return flights.flatMap(({ from: sender, sentAt, boxAt, reading, copies, deed, number }) => {
    if (sender !== end || sentAt === undefined || (reading.kind !== 'tcp' && reading.kind !== 'udp')) return []
    const arrived = copies.flatMap(({ arrivedAt }) => (arrivedAt === undefined ? [] : [arrivedAt]))
    const ends = deed === 'drop' ? boxAt : arrived.length > 0 ? Math.max(...arrived) : undefined
    return [
      {
        from: sentAt - from,
        to: (ends ?? now) - from,
        text: reading.kind === 'tcp' ? segmentText(reading) : 'UDP',
        ...(number === undefined ? {} : { short: `${number}` }),
        ...(deed === 'drop' ? { wrong: true } : {}),
      },
    ]
  })
}
