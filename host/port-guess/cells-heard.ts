/** Cells of the serial link in whatever was heard, and who says in them that they are at the port. */
import { CELL_OCTETS, headerHolds, payloadHolds, readCell } from '../../firmware/serial-link/cell.js'
import { KIND } from '../../firmware/serial-link/link-table.js'
import { decodeSession, type SessionPayload } from '../../firmware/serial-link/session.js'

export interface CellsHeard {
  /** Cells with both checks right: by chance one place in 2^24 looks like one. */
  readonly whole: number
  /** The session cell that came last. */
  readonly session: SessionPayload | undefined
}

export function findCells(octets: Uint8Array): CellsHeard {
  let whole = 0
  let session: SessionPayload | undefined
  let at = 0
  while (at + CELL_OCTETS <= octets.length) {
    if (!headerHolds(octets, at) || !payloadHolds(octets, at)) {
      at++
      continue
    }
    whole++
    const cell = readCell(octets, at)
    if (cell.kind === KIND.SESSION) session = decodeSession(cell.payload) ?? session
    at += CELL_OCTETS
  }
  return { whole, session }
}

/** The same octets without the cells that this end itself had sent and got back: its session names no board. */
export function withoutOwnCells(octets: Uint8Array): Uint8Array {
  if (findCells(octets).session?.identity.board !== '') return octets
  const rest: number[] = []
  let at = 0
  while (at < octets.length) {
    if (at + CELL_OCTETS <= octets.length && headerHolds(octets, at) && payloadHolds(octets, at)) at += CELL_OCTETS
    else rest.push(octets[at++])
  }
  return Uint8Array.from(rest)
}
