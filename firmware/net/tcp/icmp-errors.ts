/** ICMP errors about segments of ours (RFC 9293 3.9.2.2), as far as they are believed (RFC 5927 4). */
import type { IcmpError } from '../network-layer.js'
import { readUint16, readUint32 } from '../wire/octets.js'
import type { ControlBlock, TcpEngine } from './control-block.js'
import { endConnection, settle } from './events.js'
import { onFragmentationNeeded } from './path-mtu.js'
import { resendAll } from './retransmission.js'
import { before, sequenceDistance } from './sequence.js'

/** Of what ICMP quotes at least: ports and sequence number. */
const QUOTED_OCTETS = 8

export function icmpErrorArrives(engine: TcpEngine, error: IcmpError): void {
  const { dropped } = engine.counting
  const block = quotedConnection(engine, error)
  if (block === undefined) {
    dropped.add('ICMP error not ours')
    return
  }
  if (error.tooLong) {
    // What was too large is lost, and is cut anew at once (RFC 1191 6.5).
    if (onFragmentationNeeded(block, error) && block.synAcknowledged && block.sndUna !== block.sndNxt) resendAll(block)
  } else {
    const { code, final } = error.meaning
    // While it opens, a hard error ends it. Later, RFC 5927 5.2 has every error soft: whoever sees the path can forge one.
    if (final && block.state === 'SYN-SENT') endConnection(block, 'FAIL', code)
    else block.noteSoftError(code)
  }
  settle(block)
}

/**
 * The connection that sent what an error quotes, where it is still outstanding: SND.UNA =< SEG.SEQ < SND.NXT. Only who sees
 * our segments can quote one (RFC 5927 4.1).
 */
export function quotedConnection(engine: TcpEngine, error: IcmpError): ControlBlock | undefined {
  const { octets, quotedAt } = error
  if (error.quotedEnd - quotedAt < QUOTED_OCTETS) return undefined
  const sourcePort = readUint16(octets, quotedAt)
  const destinationPort = readUint16(octets, quotedAt + 2)
  const block = engine.table.find(error.source, sourcePort, error.destination, destinationPort)
  if (block === undefined) return undefined
  const sequence = readUint32(octets, quotedAt + 4)
  return sequenceDistance(block.sndUna, sequence) >= 0 && before(sequence, block.sndNxt) ? block : undefined
}
