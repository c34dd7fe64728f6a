/** An SPI transfer in words: the instruction, its register by the bank that the controller has chosen, its bits by name (DS39662 4.2). */
import { BITS, type ControlRegister, OPCODE, registerAt } from '../../../../firmware/enc28j60/registers.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { type Told, told } from '../../words/told.js'

export interface DecodedTransfer {
  readonly instruction: 'RCR' | 'RBM' | 'WCR' | 'WBM' | 'BFS' | 'BFC' | 'SRC' | '?'
  readonly text: string
  readonly told: Told
  /** What the bank is behind it, as the controller knows it. */
  readonly bank: number
}

const BY_OPCODE = ['RCR', 'RBM', 'WCR', 'WBM', 'BFS', 'BFC'] as const
/** The argument of RBM and WBM (DS39662 table 4-1). */
const BUFFER = 0x1a
const ECON1 = 0x1f

/** Flags that are set, and numbers with their value: `PKTIF RXERIF`. */
export function fieldsText(register: ControlRegister | undefined, value: number): string {
  const fields = register?.fields ?? []
  if (fields.length === 1 && register?.name === fields[0].name) return ''
  return fields
    .filter(({ mask }) => (value & mask) !== 0)
    .map(({ name, high, low, mask }) => (high === low ? name : `${name}=${(value & mask) >>> low}`))
    .join(' ')
}

/**
 * @param read what came in behind what was written
 * @param bank as the controller has chosen it
 */
export function decodeTransfer(write: Uint8Array, read: Uint8Array, bank: number): DecodedTransfer {
  const first = write[0] ?? 0
  if (first === OPCODE.SRC) return { instruction: 'SRC', text: 'SRC', told: told('controller.spi.src'), bank: 0 }
  const instruction = BY_OPCODE[first >> 5]
  const address = first & 0x1f
  if (instruction === 'RBM' || instruction === 'WBM') {
    if (address !== BUFFER) return unknown(first, bank)
    const octets = instruction === 'RBM' ? read.length : write.length - 1
    const key = instruction === 'RBM' ? 'controller.spi.rbm' : 'controller.spi.wbm'
    return { instruction, text: `${instruction} × ${octets}`, told: told(key, { octets }), bank }
  }
  if (instruction === undefined) return unknown(first, bank)
  const register = registerAt(bank, address)
  const name = register?.name ?? `${hexText(address)}`
  if (instruction === 'RCR') {
    // Behind the dummy octet of a MAC or MII register.
    const value = read[read.length - 1] ?? 0
    const bits = fieldsText(register, value)
    const text = `RCR ${name} → ${hexText(value)}${bits === '' ? '' : ` ${bits}`}`
    return {
      instruction,
      text,
      told: told('controller.spi.rcr', { register: name, value: hexText(value), bits }),
      bank,
    }
  }
  const value = write[1] ?? 0
  const bits = fieldsText(register, value)
  const told_ = { register: name, value: hexText(value), bits }
  if (instruction === 'WCR') {
    const chosen = address === ECON1 ? value & BITS.ECON1.BSEL : bank
    const text = `WCR ${name} ← ${hexText(value)}${bits === '' ? '' : ` ${bits}`}`
    return { instruction, text, told: told('controller.spi.wcr', told_), bank: chosen }
  }
  const set = instruction === 'BFS'
  const banked = address !== ECON1 ? bank : (set ? bank | value : bank & ~value) & BITS.ECON1.BSEL
  return {
    instruction,
    text: `${instruction} ${name} ${bits === '' ? hexText(value) : bits}`,
    told: told(set ? 'controller.spi.bfs' : 'controller.spi.bfc', told_),
    bank: banked,
  }
}

function unknown(first: number, bank: number): DecodedTransfer {
  const value = hexText(first)
  return { instruction: '?', text: value, told: told('controller.spi.none', { value }), bank }
}
