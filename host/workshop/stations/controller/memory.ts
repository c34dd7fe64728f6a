/**
 * The 8 KiB of buffer memory as it is shown: the receive ring, its pointers, the packets in it from one next packet pointer to the next, and what
 * waits to be sent (DS39662 3.2, 7.2).
 */
import { DEFAULT_CONFIG, transmitStart } from '../../../../firmware/enc28j60/initialise.js'
import { parseReceiveHeader, RECEIVE_STATUS } from '../../../../firmware/enc28j60/receive.js'
import { BITS, BUFFER_SIZE, RECEIVE_HEADER_OCTETS } from '../../../../firmware/enc28j60/registers.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { told } from '../../words/told.js'
import { frameLabel } from './frames.js'
import { type ChipContents, pairValue, registerValue } from './registers.js'
import type { MemoryPiece, MemoryPointer, ShownMemory } from './scene.js'

const POINTERS = [
  { name: 'ERXST', by: 'controller', key: 'controller.pointer.ERXST' },
  { name: 'ERXND', by: 'controller', key: 'controller.pointer.ERXND' },
  { name: 'ERXRDPT', by: 'controller', key: 'controller.pointer.ERXRDPT' },
  { name: 'ERXWRPT', by: 'chip', key: 'controller.pointer.ERXWRPT' },
  { name: 'ERDPT', by: 'controller', key: 'controller.pointer.ERDPT' },
  { name: 'EWRPT', by: 'controller', key: 'controller.pointer.EWRPT' },
  { name: 'ETXST', by: 'controller', key: 'controller.pointer.ETXST' },
  { name: 'ETXND', by: 'controller', key: 'controller.pointer.ETXND' },
] as const

const address = (at: number) => hexText(at, 4)

export function shownMemory(now: ChipContents): ShownMemory {
  const start = pairValue(now, 'ERXST')
  const end = pairValue(now, 'ERXND')
  const pointers = POINTERS.map(({ name, by, key }): MemoryPointer => {
    const at = pairValue(now, name)
    return { id: `pointer-${name}`, name, at, by, told: told(key, { at: address(at) }) }
  })
  return { start, end, pointers, pieces: [...packets(now, start, end), ...toSend(now)], free: freeOctets(now) }
}

/** Where the first packet that was not given back begins: behind ERXRDPT, which the driver keeps odd for erratum 14. */
export function firstPacket(now: Pick<ChipContents, 'registers'>): number {
  const read = pairValue(now, 'ERXRDPT')
  return read === pairValue(now, 'ERXND') ? pairValue(now, 'ERXST') : read + 1
}

/** Octets of the ring that a packet may still take (DS39662 7.2.4, equation 7-1). */
function freeOctets(now: ChipContents): number {
  const [start, end, read, write] = ['ERXST', 'ERXND', 'ERXRDPT', 'ERXWRPT'].map((name) => pairValue(now, name))
  const size = end - start + 1
  if (write === read) return size - 1
  return write > read ? size - 1 - (write - read) : read - write - 1
}

function packets(now: ChipContents, start: number, end: number): MemoryPiece[] {
  const { memory } = now
  const count = registerValue(now, 'EPKTCNT')
  if (count === 0 || start !== 0 || end <= start) return []
  const config = { ...DEFAULT_CONFIG, address: new Uint8Array(6), receiveEnd: end }
  const octet = (at: number) => memory[at > end ? at - (end + 1 - start) : at]
  const pieces: MemoryPiece[] = []
  let at = firstPacket(now)
  for (let i = 0; i < count; i++) {
    const from = at
    const header = parseReceiveHeader(
      Uint8Array.from({ length: RECEIVE_HEADER_OCTETS }, (_, k) => octet(from + k)),
      at,
      config,
    )
    if (header === undefined) {
      const values = { at: address(at) }
      const to = Math.min(at + RECEIVE_HEADER_OCTETS, end)
      pieces.push({
        ...{ id: `packet-${i}`, kind: 'lost', from: at, to, label: '?', next: undefined },
        ...{ told: told('controller.packet.corrupt', values), wrong: true },
      })
      break
    }
    const { next, count: octets, status } = header
    const frame = Uint8Array.from({ length: octets - 4 }, (_, k) => octet(from + RECEIVE_HEADER_OCTETS + k))
    const whole = (status & RECEIVE_STATUS.RECEIVED_OK) !== 0
    const label = frameLabel(frame)
    pieces.push({
      id: `packet-${i}`,
      kind: 'packet',
      from: at,
      to: next === start ? end : next - 1,
      label,
      next,
      told: told('controller.packet', { at: address(at), octets, next: address(next), says: label }),
      ...(whole ? {} : { wrong: true }),
    })
    at = next
  }
  return pieces
}

/** The frame between ETXST and ETXND, behind its control octet, while there is one (DS39662 7.1). */
function toSend(now: ChipContents): MemoryPiece[] {
  const from = pairValue(now, 'ETXST')
  const to = pairValue(now, 'ETXND')
  if (to <= from || to >= BUFFER_SIZE || from !== transmitStart({ ...DEFAULT_CONFIG, address: new Uint8Array(6) }))
    return []
  const sending = (registerValue(now, 'ECON1') & BITS.ECON1.TXRTS) !== 0
  const label = frameLabel(now.memory.subarray(from + 1, to + 1))
  const values = { from: address(from), to: address(to), says: label }
  const key = sending ? 'controller.transmit.now' : 'controller.transmit'
  return [{ id: 'transmit', kind: 'transmit', from, to, label, next: undefined, told: told(key, values) }]
}
