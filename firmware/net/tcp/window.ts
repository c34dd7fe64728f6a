/** The receive window: how much is offered, and when it is worth saying so (RFC 9293 3.8.6). */
import type { ControlBlock } from './control-block.js'
import { add, after, sequenceDistance } from './sequence.js'

const LARGEST_FIELD = 0xffff
/** Fr of RFC 9293 3.8.6.2.2: an edge moves by a segment or by half of the buffer. */
const FRACTION = 2

/**
 * The right edge to tell the peer. It moves only when it moves enough (RFC 9293 MUST-39), and never back (SHLD-14); what the
 * buffer may hold and what the memory budget can give both bound it.
 * @param free of the buffer now: working that out asks the memory budget, so it is done once
 */
function rightEdge(block: ControlBlock, free: number): number {
  const edge = add(block.rcvNxt, told(block, free))
  return sequenceDistance(block.rcvAdv, edge) >= worthwhile(block, free) ? edge : block.rcvAdv
}

/** Of the room from RCV.NXT on as much as the field can tell. */
function told(block: ControlBlock, free: number): number {
  return Math.min(free, LARGEST_FIELD << block.receiveShift)
}

function worthwhile(block: ControlBlock, free: number): number {
  return Math.max(1, Math.min(half(block, free), block.largestText))
}

/** Half of what the buffer can be now: where memory is scarce, less than the option says, or the window would stay closed. */
function half(block: ControlBlock, free: number): number {
  return Math.floor(Math.min(block.options.receiveBuffer, block.receiver.ring.length + free) / FRACTION)
}

/**
 * SEG.WND: the window up to the edge, in units of the scale. Scaling down rounds; where the rest would take back what was
 * promised, the next unit is promised instead if the buffer has room for it. If not, the window told is less than a unit short
 * of the promise, which is kept all the same (RFC 7323 2.4): RCV.ADV does not go back.
 */
export function windowField(block: ControlBlock, unscaled: boolean): number {
  const shift = unscaled ? 0 : block.receiveShift
  const { free } = block.receiver.ring
  const edge = rightEdge(block, free)
  const window = sequenceDistance(block.rcvNxt, edge)
  if (window <= 0) return 0
  let field = window >>> shift
  if (field > LARGEST_FIELD) field = LARGEST_FIELD
  if (after(block.rcvAdv, add(block.rcvNxt, field << shift)) && (field + 1) << shift <= told(block, free)) field++
  const promised = add(block.rcvNxt, field << shift)
  if (after(promised, block.rcvAdv)) block.rcvAdv = promised
  return field
}

/**
 * The application read: is the news worth an acknowledgement of its own? At two segments or half of the buffer, or as soon as
 * a window that was too small for a segment is not any more.
 */
export function isWindowUpdateDue(block: ControlBlock): boolean {
  const { free } = block.receiver.ring
  const gained = sequenceDistance(block.rcvAdv, rightEdge(block, free))
  if (gained <= 0) return false
  return (
    gained >= Math.min(half(block, free), 2 * block.largestText) ||
    sequenceDistance(block.rcvNxt, block.rcvAdv) < block.largestText
  )
}
