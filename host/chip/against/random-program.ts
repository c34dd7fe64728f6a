/** Programs of operations as chance has them: each legal, and each different with its seed. */

import type { PairName } from '../../../firmware/enc28j60/access.js'
import type { PhyRegisterName, RegisterName } from '../../../firmware/enc28j60/registers.js'
import { BITS, BUFFER_SIZE, PHY_BITS, PHY_REGISTERS, REGISTERS } from '../../../firmware/enc28j60/registers.js'
import type { Random } from '../../../firmware/hal/random.js'
import { comparedBits } from './masks.js'
import { type ChipOperation, isLegal } from './operation.js'

/** Operations of a program, without the readings at its end. */
const LENGTH = 24
/** Octets of one WBM, at most. */
const MOST_OCTETS = 48
/** Octets of memory that a program tries whole: a bridge takes no more in one step. */
const PIECE = 256
/** Draws for one operation before another kind is drawn. */
const TRIES = 8

/**
 * Registers that may be written with anything in these bits while the chip neither sends nor receives. Left out are those that do
 * something (DMAST, MIIRD, BISTST, pause frames), CLKOUT, which no reset puts back (DS39662 2.3), and settings that contradict each other.
 */
const WRITABLE: Partial<Record<RegisterName, number>> = {
  ...Object.fromEntries(
    ['EHT', 'EPMM'].flatMap((name) => [0, 1, 2, 3, 4, 5, 6, 7].map((index) => [`${name}${index}`, 0xff])),
  ),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((index) => [`MAADR${index}`, 0xff])),
  EIE: 0xff & ~REGISTERS.EIE.reserved,
  // DS80349C item 18: not with the pattern filter
  ERXFCON: 0xff & ~BITS.ERXFCON.PMEN,
  MACON1: BITS.MACON1.TXPAUS | BITS.MACON1.RXPAUS | BITS.MACON1.PASSALL | BITS.MACON1.MARXEN,
  MACON3: BITS.MACON3.PHDREN | BITS.MACON3.HFRMEN | BITS.MACON3.FRMLNEN,
  MACON4: BITS.MACON4.DEFER | BITS.MACON4.BPEN | BITS.MACON4.NOBKOFF,
  MABBIPG: 0x7f,
  MAIPGL: 0x7f,
  MAIPGH: 0x7f,
  MACLCON1: 0x0f,
  MACLCON2: 0x3f,
  MIREGADR: 0x1f,
  EBSTSD: 0xff,
}

/** For BFS and BFC, which ETH registers alone have (DS39662 4.2.5). */
const BIT_FIELDS: Partial<Record<RegisterName, number>> = {
  ...Object.fromEntries(Object.entries(WRITABLE).filter(([name]) => REGISTERS[name as RegisterName].kind === 'ETH')),
  ECON1: BITS.ECON1.TXRST | BITS.ECON1.RXRST | BITS.ECON1.CSUMEN,
  ECON2: BITS.ECON2.AUTOINC | BITS.ECON2.VRPS,
}

const PAIRS: Partial<Record<PairName, number>> = {
  ERDPT: 0x1fff,
  EWRPT: 0x1fff,
  ETXST: 0x1fff,
  ETXND: 0x1fff,
  EDMAST: 0x1fff,
  EDMAND: 0x1fff,
  EDMADST: 0x1fff,
  EPMCS: 0xffff,
  EPMO: 0x1ffe,
  MAMXFL: 0xffff,
  EPAUS: 0xffff,
}

const PHY_WRITABLE: Partial<Record<PhyRegisterName, number>> = {
  PHCON1: PHY_BITS.PHCON1.PLOOPBK,
  PHCON2: PHY_BITS.PHCON2.HDLDIS | PHY_BITS.PHCON2.JABBER,
  PHIE: PHY_BITS.PHIE.PLNKIE | PHY_BITS.PHIE.PGEIE,
  PHLCON: PHY_BITS.PHLCON.STRCH,
}
/** LED codes that are not reserved (DS39662 register 2-2). */
const LED_CODES = [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14] as const

/** What may be read at any time, and says something of the chip. */
const READABLE = (Object.keys(REGISTERS) as RegisterName[]).filter(
  (name) => !REGISTERS[name].withdrawn && comparedBits(name) !== 0,
)

/**
 * @param number of the program, from 1 on: 32 in a row write every octet of memory, and each bit of it both ways
 * @returns a program that begins with a reset and ends with a reading of everything that it has written
 */
export function randomProgram(random: Random, number: number): readonly ChipOperation[] {
  const program: ChipOperation[] = [{ do: 'reset' }, ...pieceOfMemory(random, ((number - 1) * PIECE) % BUFFER_SIZE)]
  for (let drawn = 0; drawn < LENGTH; drawn++) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const operation = draw(random, program)
      if (!isLegal([...program, operation])) continue
      program.push(operation)
      break
    }
  }
  return [...program, ...readBack(program)].filter((operation, at, all) => isLegal([...all.slice(0, at), operation]))
}

function pieceOfMemory(random: Random, address: number): ChipOperation[] {
  const octets = Array.from({ length: PIECE }, () => random.below(256))
  const fetch: ChipOperation = { do: 'fetch', address, length: PIECE }
  const inverted = octets.map((octet) => octet ^ 0xff)
  return [{ do: 'fill', address, octets }, fetch, { do: 'fill', address, octets: inverted }, fetch]
}

function draw(random: Random, before: readonly ChipOperation[]): ChipOperation {
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)]
  const among = (mask: number): number => random.next32() & mask
  const entry = <Name extends string>(table: Partial<Record<Name, number>>): [Name, number] =>
    pick(Object.entries(table) as [Name, number][])
  const address = (): number => random.below(BUFFER_SIZE)
  const octets = (): number[] => Array.from({ length: 1 + random.below(MOST_OCTETS) }, () => random.below(256))
  switch (random.below(14)) {
    case 0:
    case 1: {
      const [register, mask] = entry(WRITABLE)
      return { do: 'write', register, value: among(mask) }
    }
    case 2: {
      const [register, mask] = entry(BIT_FIELDS)
      return { do: pick(['set', 'clear'] as const), register, mask: among(mask) }
    }
    case 3: {
      const [pair, mask] = entry(PAIRS)
      return { do: 'write pair', pair, value: among(mask) }
    }
    case 4:
      return { do: 'read', register: pick(READABLE) }
    case 5:
      return { do: 'read pair', pair: pick(Object.keys(PAIRS) as PairName[]) }
    case 6:
    case 7:
      return { do: 'fill', address: address(), octets: octets() }
    case 8:
    case 9: {
      const place = known(random, before)
      return { do: 'fetch', address: place.from, length: place.length }
    }
    case 10: {
      const place = known(random, before)
      return { do: 'checksum', from: place.from, to: place.from + place.length - 1 }
    }
    case 11: {
      const place = known(random, before)
      return { do: 'copy', from: place.from, to: place.from + place.length - 1, target: address() }
    }
    case 12: {
      if (random.below(3) === 0) return { do: 'fifo', end: address() | 1 }
      if (random.below(12) === 0) return { do: 'reset' }
      return { do: 'phy read', register: pick(Object.keys(PHY_REGISTERS) as PhyRegisterName[]) }
    }
    default: {
      const [register, mask] = entry(PHY_WRITABLE)
      const leds = register === 'PHLCON' ? 0x3000 | (pick(LED_CODES) << 8) | (pick(LED_CODES) << 4) : 0
      return { do: 'phy write', register, value: among(mask) | leds }
    }
  }
}

/** A piece of what was written before; address 0 where nothing was, which is then not known. */
function known(random: Random, before: readonly ChipOperation[]): { readonly from: number; readonly length: number } {
  const fills = before.flatMap((operation) =>
    operation.do === 'fill' && operation.octets.length < PIECE ? [operation] : [],
  )
  if (fills.length === 0) return { from: 0, length: 1 }
  const { address, octets } = fills[random.below(fills.length)]
  const skipped = random.below(octets.length)
  return { from: (address + skipped) % BUFFER_SIZE, length: 1 + random.below(octets.length - skipped) }
}

function readBack(program: readonly ChipOperation[]): ChipOperation[] {
  const back = new Map<string, ChipOperation>()
  for (const operation of program) {
    if (operation.do === 'write' || operation.do === 'set' || operation.do === 'clear')
      back.set(operation.register, { do: 'read', register: operation.register })
    if (operation.do === 'write pair') back.set(operation.pair, { do: 'read pair', pair: operation.pair })
    if (operation.do === 'phy write') back.set(operation.register, { do: 'phy read', register: operation.register })
    if (operation.do === 'fifo') back.set('ERXND', { do: 'read pair', pair: 'ERXND' })
    if (operation.do === 'fill' && operation.octets.length < PIECE)
      back.set(`at ${operation.address}`, { do: 'fetch', address: operation.address, length: operation.octets.length })
    if (operation.do === 'copy') {
      const { from, to, target } = operation
      back.set(`at ${target}`, { do: 'fetch', address: target, length: to - from + 1 })
    }
  }
  return [...back.values()]
}
