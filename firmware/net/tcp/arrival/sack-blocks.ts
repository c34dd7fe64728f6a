/** The blocks of a SACK option (RFC 2018), with the duplicate that the first may report (RFC 2883). */
import type { TcpView } from '../../wire/tcp-view.js'
import type { Acknowledged } from '../acknowledged.js'
import type { ControlBlock } from '../control-block.js'
import { after, afterOrAt, before, beforeOrAt } from '../sequence.js'

/**
 * Takes in what the blocks report, after SND.UNA has moved on; those that make no sense are passed over.
 * @param acknowledged is called for a duplicate
 * @returns how many octets are reported now that were not before
 */
export function takeBlocks(block: ControlBlock, segment: TcpView, acknowledged: Acknowledged): number {
  const { sackEdges, sackBlocks } = segment
  const { sent, rack, sndUna, sndNxt } = block
  let fresh = 0
  for (let i = 0; i < sackBlocks; i++) {
    const left = sackEdges[2 * i]
    const right = sackEdges[2 * i + 1]
    if (!before(left, right) || after(right, sndNxt)) continue
    // RFC 2883 4: only the first block can be a duplicate. It is what has been acknowledged, or lies within the second.
    const old = before(left, sndUna)
    const within = sackBlocks > 1 && afterOrAt(left, sackEdges[2]) && beforeOrAt(right, sackEdges[3])
    if (i === 0 && (old ? beforeOrAt(right, sndUna) : within)) {
      acknowledged.repeatedFrom = left
      acknowledged.repeatedTo = right
    }
    if (!old) fresh += sent.report(left, right, rack)
  }
  return fresh
}
