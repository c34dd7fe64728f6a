/**
 * What a program does with a chip, one thing at a time: each operation with the SPI work that it is, and with what is read while it is done.
 * All of them are use as the data sheet allows it.
 */
import { Batch, type ChipAccess, type PairName, readPair, readRegisters } from '../../../firmware/enc28j60/access.js'
import { ChipError } from '../../../firmware/enc28j60/chip-error.js'
import { readPhy, writePhy } from '../../../firmware/enc28j60/phy.js'
import { BITS, BUFFER_SIZE, type PhyRegisterName, type RegisterName } from '../../../firmware/enc28j60/registers.js'
import { resetChip } from '../../../firmware/enc28j60/reset.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { hexText } from '../../../firmware/text/hex-text.js'
import { hexOctets } from '../../hex-octets.js'

export type ChipOperation =
  | { readonly do: 'reset' }
  | { readonly do: 'read'; readonly register: RegisterName }
  | { readonly do: 'write'; readonly register: RegisterName; readonly value: number }
  /** BFS and BFC. */
  | { readonly do: 'set' | 'clear'; readonly register: RegisterName; readonly mask: number }
  | { readonly do: 'write pair'; readonly pair: PairName; readonly value: number }
  | { readonly do: 'read pair'; readonly pair: PairName }
  /** The receive buffer from 0000h to its end (DS80349C item 5), and ERXRDPT on that, which is odd (item 14). */
  | { readonly do: 'fifo'; readonly end: number }
  /** EWRPT, then WBM. */
  | { readonly do: 'fill'; readonly address: number; readonly octets: readonly number[] }
  /** ERDPT, then RBM. */
  | { readonly do: 'fetch'; readonly address: number; readonly length: number }
  | { readonly do: 'phy write'; readonly register: PhyRegisterName; readonly value: number }
  | { readonly do: 'phy read'; readonly register: PhyRegisterName }
  /** By the DMA, from one address to another, both included. */
  | { readonly do: 'checksum'; readonly from: number; readonly to: number }
  | { readonly do: 'copy'; readonly from: number; readonly to: number; readonly target: number }

/** Something that an operation read. */
export interface RegisterReading {
  /** A register, a pair, or the place of an octet in what RBM gave. */
  readonly of: string
  readonly value: number
  readonly digits: number
}

/** The DMA takes an octet in 80 ns (DS39662 13.1): 8 Kbyte are done in less than a millisecond. */
const DMA_POLLS = 10

/** The SPI work of an operation. @throws ChipError where the chip does not do it */
export function* perform(access: ChipAccess, operation: ChipOperation): SpiProgram<readonly RegisterReading[]> {
  switch (operation.do) {
    case 'reset':
      yield* resetChip(access)
      return []
    case 'read': {
      const [value] = yield* readRegisters(access, [operation.register])
      return [{ of: operation.register, value, digits: 2 }]
    }
    case 'write':
      yield* new Batch(access).write(operation.register, operation.value).run()
      return []
    case 'set':
      yield* new Batch(access).set(operation.register, operation.mask).run()
      return []
    case 'clear':
      yield* new Batch(access).clear(operation.register, operation.mask).run()
      return []
    case 'write pair':
      yield* new Batch(access).writePair(operation.pair, operation.value).run()
      return []
    case 'read pair':
      return [yield* pair(access, operation.pair)]
    case 'fifo':
      yield* new Batch(access)
        .writePair('ERXST', 0)
        .writePair('ERXND', operation.end)
        .writePair('ERXRDPT', operation.end)
        .run()
      return []
    case 'fill':
      yield* new Batch(access)
        .writePair('EWRPT', operation.address)
        .writeBuffer(Uint8Array.from(operation.octets))
        .run()
      return [yield* pair(access, 'EWRPT')]
    case 'fetch': {
      const batch = new Batch(access).writePair('ERDPT', operation.address)
      const reply = batch.readBuffer(operation.length)
      yield* batch.run()
      const octets = [...reply.octets].map((value, at) => ({ of: `octet ${at}`, value, digits: 2 }))
      return [...octets, yield* pair(access, 'ERDPT')]
    }
    case 'phy write':
      yield* writePhy(access, operation.register, operation.value)
      return []
    case 'phy read':
      return [{ of: operation.register, value: yield* readPhy(access, operation.register), digits: 4 }]
    case 'checksum':
      yield* dma(access, operation, true)
      return [yield* pair(access, 'EDMACS')]
    case 'copy':
      yield* dma(access, operation, false)
      return []
  }
}

function* pair(access: ChipAccess, name: PairName): SpiProgram<RegisterReading> {
  return { of: name, value: yield* readPair(access, name), digits: 4 }
}

/** DS39662 13.1 and 13.2: until the chip has cleared DMAST. */
function* dma(
  access: ChipAccess,
  { from, to, target }: { readonly from: number; readonly to: number; readonly target?: number },
  checksum: boolean,
): SpiProgram<void> {
  const batch = new Batch(access).writePair('EDMAST', from).writePair('EDMAND', to)
  if (target !== undefined) batch.writePair('EDMADST', target)
  if (checksum) batch.set('ECON1', BITS.ECON1.CSUMEN)
  else batch.clear('ECON1', BITS.ECON1.CSUMEN)
  yield* batch.set('ECON1', BITS.ECON1.DMAST).run()
  for (let poll = 0; poll < DMA_POLLS; poll++) {
    const [econ1] = yield* readRegisters(access, ['ECON1'])
    if ((econ1 & BITS.ECON1.DMAST) === 0) return
    yield { wait: MILLISECOND }
  }
  throw new ChipError('no-answer', `the DMA has not cleared ECON1.DMAST within ${DMA_POLLS} ms`)
}

/** What a program has done to memory and its pointers, as far as it decides which octets are known. */
interface Known {
  fifoStart: number
  fifoEnd: number
  increments: boolean
  readonly written: Uint8Array
}

/** DS39662 3.2.2: reading goes from ERXND to ERXST, and else from address to address. */
function readFrom(known: Known, address: number, length: number): number[] {
  const places: number[] = []
  for (let at = address; places.length < length; ) {
    places.push(at)
    if (!known.increments) continue
    at = at === known.fifoEnd ? known.fifoStart : (at + 1) % BUFFER_SIZE
  }
  return places
}

/**
 * Whether every octet that is read was written before: what else is in memory is chance, and no rule. A program begins with a reset,
 * and the DMA's pointers wrap where reading does (DS39662 13.1), so that its end can be reached.
 */
export function isLegal(program: readonly ChipOperation[]): boolean {
  if (program[0]?.do !== 'reset') return false
  const known: Known = { fifoStart: 0, fifoEnd: 0, increments: true, written: new Uint8Array(BUFFER_SIZE) }
  return program.every((operation) => follow(known, operation))
}

function follow(known: Known, operation: ChipOperation): boolean {
  const areKnown = (places: readonly number[]): boolean => places.every((at) => known.written[at] === 1)
  switch (operation.do) {
    case 'reset':
      // DS39662 table 3-2
      known.fifoStart = 0x05fa
      known.fifoEnd = 0x1fff
      known.increments = true
      return true
    case 'set':
    case 'clear':
      if (operation.register === 'ECON2' && (operation.mask & BITS.ECON2.AUTOINC) !== 0)
        known.increments = operation.do === 'set'
      return true
    case 'fifo':
      known.fifoStart = 0
      known.fifoEnd = operation.end
      return true
    case 'fill':
      for (const [index] of operation.octets.entries())
        known.written[known.increments ? (operation.address + index) % BUFFER_SIZE : operation.address] = 1
      return true
    case 'fetch':
      return areKnown(readFrom(known, operation.address, operation.length))
    case 'checksum':
      return areKnown(straight(known, operation.from, operation.to))
    case 'copy': {
      const { from, to, target } = operation
      const places = straight(known, from, to)
      if (places.length < 2 || !areKnown(places) || target + places.length > BUFFER_SIZE) return false
      if (target <= to && target + places.length > from) return false
      for (const [index] of places.entries()) known.written[target + index] = 1
      return true
    }
    default:
      return true
  }
}

/** What the DMA reads, where it does not wrap; nothing that is known otherwise. */
function straight({ fifoEnd }: Known, from: number, to: number): number[] {
  if (to < from || (from <= fifoEnd && fifoEnd < to)) return [Number.NaN]
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Octets that are shown of one operation. */
const SHOWN = 16

/** In hexadecimal, the first of them where they are many. */
export function someOctets(octets: readonly number[]): string {
  const first = hexOctets(Uint8Array.from(octets.slice(0, SHOWN)))
  return octets.length <= SHOWN ? first : `${first} … (${octets.length} octets)`
}

/** As a person reads it. */
export function operationWords(operation: ChipOperation): string {
  switch (operation.do) {
    case 'reset':
      return 'reset'
    case 'read':
    case 'phy read':
      return `${operation.do} ${operation.register}`
    case 'read pair':
      return `read ${operation.pair}`
    case 'write':
      return `write ${operation.register} ${hexText(operation.value)}`
    case 'set':
    case 'clear':
      return `${operation.do} ${operation.register} ${hexText(operation.mask)}`
    case 'write pair':
      return `write ${operation.pair} ${hexText(operation.value, 4)}`
    case 'phy write':
      return `phy write ${operation.register} ${hexText(operation.value, 4)}`
    case 'fifo':
      return `receive buffer 0000h to ${hexText(operation.end, 4)}`
    case 'fill':
      return `fill ${hexText(operation.address, 4)} ${someOctets(operation.octets)}`
    case 'fetch':
      return `fetch ${hexText(operation.address, 4)} ${operation.length}`
    case 'checksum':
      return `checksum ${hexText(operation.from, 4)} to ${hexText(operation.to, 4)}`
    case 'copy':
      return `copy ${hexText(operation.from, 4)} to ${hexText(operation.to, 4)} at ${hexText(operation.target, 4)}`
  }
}
