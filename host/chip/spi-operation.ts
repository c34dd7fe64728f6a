/** What an SPI instruction of an ENC28J60 is, by its first octet (DS39662 table 4-1). */
import { OPCODE } from '../../firmware/enc28j60/registers.js'

export type SpiOperation = 'RCR' | 'RBM' | 'WCR' | 'WBM' | 'BFS' | 'BFC' | 'SRC' | 'invalid'

const BY_BITS: Readonly<Record<number, SpiOperation>> = {
  [OPCODE.RCR]: 'RCR',
  [OPCODE.WCR]: 'WCR',
  [OPCODE.BFS]: 'BFS',
  [OPCODE.BFC]: 'BFC',
}
const BY_OCTET: Readonly<Record<number, SpiOperation>> = {
  [OPCODE.RBM]: 'RBM',
  [OPCODE.WBM]: 'WBM',
  [OPCODE.SRC]: 'SRC',
}

export function spiOperation(opcode: number): SpiOperation {
  return BY_OCTET[opcode] ?? BY_BITS[opcode & 0xe0] ?? 'invalid'
}
