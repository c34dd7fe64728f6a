/** The receive window: how much is offered, and when it is worth saying so (RFC 9293 3.8.6). */
import type { ControlBlock } from './control-block.js'
import { add, after, sequenceDistance } from './sequence.js'

const LARGEST_FIELD = 0xffff
/** Fr of RFC 9293 3.8.6.2.2: an edge moves by a segment or by half of the buffer. */
const FRACTION = 2

/**
 * The right edge to tell the peer. It moves only when it moves enough (RFC 9293 MUST-39), and never back (SHLD-14); what the
 * buffer may hold and what the memory budget can give both bound it.
 */
export function rightEdge(block: ControlBlock): number {
  const edge = add(block.rcvNxt, roomFor(block))
  return sequenceDistance(block.rcvAdv, edge) >= worthwhile(block) ? edge : block.rcvAdv
}

/** Octets from RCV.NXT on that there is room for, as far as the field can tell of them. */
function roomFor(block: ControlBlock): number {
  return Math.min(block.receiver.ring.free, LARGEST_FIELD << block.receiveShift)
}

function worthwhile(block: ControlBlock): number {
  return Math.max(1, Math.min(half(block), block.largestText))
}

/** Half of what the buffer can be now: where memory is scarce, less than the option says, or the window would stay closed. */
function half(block: ControlBlock): number {
  const { ring } = block.receiver
  return Math.floor(Math.min(block.options.receiveBuffer, ring.length + ring.free) / FRACTION)
}

/**
 * SEG.WND: the window up to the edge, in units of the scale. Scaling down rounds; where the rest would take back what was
 * promised, the next unit is promised instead if the buffer has room for it. If not, the window told is less than a unit short
 * of the promise, which is kept all the same (RFC 7323 2.4): RCV.ADV does not go back.
 */
export function windowField(block: ControlBlock, unscaled: boolean): number {
  const shift = unscaled ? 0 : block.receiveShift
  const edge = rightEdge(block)
  const window = sequenceDistance(block.rcvNxt, edge)
  if (window <= 0) return 0
  let field = window >>> shift
  if (field > LARGEST_FIELD) field = LARGEST_FIELD
  if (after(block.rcvAdv, add(block.rcvNxt, field << shift)) && (field + 1) << shift <= roomFor(block)) field++
  const told = add(block.rcvNxt, field << shift)
  if (after(told, block.rcvAdv)) block.rcvAdv = told
  return field
}

/**
 * The application read: is the news worth an acknowledgement of its own? At two segments or half of the buffer, or as soon as
 * a window that was too small for a segment is not any more.
 */
export function isWindowUpdateDue(block: ControlBlock): boolean {
  const gained = sequenceDistance(block.rcvAdv, rightEdge(block))
  if (gained <= 0) return false
  return (
    gained >= Math.min(half(block), 2 * block.largestText) ||
    sequenceDistance(block.rcvNxt, block.rcvAdv) < block.largestText
  )
}
