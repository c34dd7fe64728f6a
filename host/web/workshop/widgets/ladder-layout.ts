/** Where on a ladder each thing stands: downwards in the order of time, with room for what is written beside it. */
import type { Ladder, LadderEnd, LadderMark, LadderRow } from '../../../workshop/ladder.js'

export const LINE = 17
const MARK = 22
const MILLISECOND = 1e6
const SECOND = 1e9
/** A pause of so long is said in words. */
const LONG = 0.15 * SECOND

export interface PlacedRow {
  readonly row: LadderRow
  /** Where it leaves its sender; undefined: it was made on the way. */
  readonly sent: number | undefined
  readonly box: number | undefined
  /** Of each copy: where it leaves the box, and where it arrives. */
  readonly copies: readonly { readonly leaves: number | undefined; readonly arrives: number | undefined }[]
}

export interface LadderLayout {
  readonly rows: readonly PlacedRow[]
  readonly marks: readonly { readonly mark: LadderMark; readonly y: number }[]
  readonly pauses: readonly { readonly y: number; readonly span: number }[]
  readonly now: number
}

interface Happening {
  readonly at: number
  /** At one instant: what arrives, then what it makes of an end, then what is sent. */
  readonly order: number
  readonly side: LadderEnd | undefined
  readonly height: number
  place(y: number): void
}

/** More for longer, and never very much. */
function gap(span: number): number {
  if (span <= 0) return 0
  return 3 + 25 * Math.min(1, Math.sqrt(span / (20 * MILLISECOND))) + 24 * Math.min(1, Math.sqrt(span / SECOND))
}

export function layLadder({ rows, marks, now }: Ladder, top: number): LadderLayout {
  const happenings: Happening[] = []
  const placed = rows.map((row) => {
    const copies = row.copies.map(() => ({ leaves: undefined, arrives: undefined }) as Placed)
    const result = { row, sent: undefined as number | undefined, box: undefined as number | undefined, copies }
    const height = row.lines.length * LINE + 4
    const far = row.from === 'left' ? 'right' : 'left'
    const add = (at: number, order: number, side: LadderEnd | undefined, room: number, place: (y: number) => void) =>
      happenings.push({ at, order, side, height: room, place })
    if (row.sentAt !== undefined)
      add(row.sentAt, 2, row.from, height, (y) => {
        result.sent = y
      })
    if (row.boxAt !== undefined)
      add(row.boxAt, 0, row.sentAt === undefined ? row.from : undefined, row.sentAt === undefined ? height : 0, (y) => {
        result.box = y
      })
    for (const [i, { leavesAt, arrivedAt }] of row.copies.entries()) {
      if (leavesAt <= now)
        add(leavesAt, 0, undefined, 0, (y) => {
          copies[i].leaves = y
        })
      if (arrivedAt !== undefined)
        add(arrivedAt, 0, far, 0, (y) => {
          copies[i].arrives = y
        })
    }
    return result
  })
  const placedMarks = marks.map((mark) => {
    const result = { mark, y: 0 }
    const place = (y: number) => {
      result.y = y
    }
    happenings.push({ at: mark.at, order: 1, side: mark.end, height: MARK, place })
    return result
  })
  happenings.sort((a, b) => a.at - b.at || a.order - b.order)
  const bottom = { left: top, right: top }
  const pauses: { y: number; span: number }[] = []
  let y = top
  let last = happenings[0]?.at ?? now
  const pass = (at: number) => {
    const more = gap(at - last)
    if (at - last > LONG) pauses.push({ y: y + more / 2, span: at - last })
    y += more
    last = at
  }
  for (const { at, side, height, place } of happenings) {
    pass(at)
    if (side !== undefined) {
      y = Math.max(y, bottom[side])
      bottom[side] = y + height
    }
    place(y)
  }
  pass(now)
  return { rows: placed, marks: placedMarks, pauses, now: Math.max(y, bottom.left - LINE, bottom.right - LINE) }
}

interface Placed {
  leaves: number | undefined
  arrives: number | undefined
}
