/**
 * Firmware images: Intel HEX (Intel, Hexadecimal Object File Format Specification, 1988) and ELF (TIS ELF 1.2) as avr-gcc
 * makes them. Any octets may be handed in: what is wrong is said with the line or offset, never guessed around.
 */
import { ElfFile } from './elf.js'
import { ImageError } from './image-error.js'

export interface FlashSegment {
  readonly address: number
  readonly octets: Uint8Array
}

export interface FlashImage {
  readonly format: 'hex' | 'elf'
  readonly flash: readonly FlashSegment[]
  readonly eeprom: readonly FlashSegment[]
  /** Variables by name, where the format has them: data addresses, without the 0x800000 of avr-gcc. */
  readonly symbols: ReadonlyMap<string, number>
  /** Functions and labels by name: octet addresses in flash. */
  readonly functions: ReadonlyMap<string, number>
  /** The whole file, where it is ELF, and not a copy: what is read of it only when somebody asks (source lines) is found there. */
  readonly file?: Uint8Array
}

/** avr-gcc's places in one address space (avr-libc, "Memory Areas and Using malloc()"; binutils ld scripts). */
const DATA_BASE = 0x800000
const EEPROM_BASE = 0x810000
const FUSE_BASE = 0x820000
/** More than any AVR: an address beyond it is an error, not an allocation. */
export const FLASH_LIMIT = 0x40000

/**
 * Reads an image, whichever of the two it is.
 * @throws ImageError when it is neither, or damaged.
 */
export function parseImage(octets: Uint8Array): FlashImage {
  if (octets.length >= 4 && octets[0] === 0x7f && octets[1] === 0x45 && octets[2] === 0x4c && octets[3] === 0x46) {
    return parseElf(octets)
  }
  let first = 0
  while (first < octets.length && (octets[first] <= 0x20 || octets[first] === 0xef)) first++
  if (octets[first] === 0x3a) return parseHex(octets)
  throw new ImageError('this is neither an Intel HEX file (lines that begin with ":") nor an ELF file')
}

function hexDigit(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30
  const letter = octet & 0xdf
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : -1
}

/** Intel HEX, record types 00 to 05. */
export function parseHex(text: Uint8Array): FlashImage {
  const records: FlashSegment[] = []
  let base = 0
  let line = 0
  let ended = false
  let start = 0
  while (start < text.length) {
    let end = start
    while (end < text.length && text[end] !== 0x0a && text[end] !== 0x0d) end++
    line++
    let first = start
    let last = end
    while (first < last && text[first] <= 0x20) first++
    while (last > first && text[last - 1] <= 0x20) last--
    start = end + 1
    if (text[end] === 0x0d && text[end + 1] === 0x0a) start++
    if (first === last) continue
    if (ended) throw new ImageError(`Intel HEX, line ${line}: a record after the end-of-file record`)
    const record = hexRecord(text.subarray(first, last), line)
    const data = record.subarray(4, record.length - 1)
    const offset = (record[1] << 8) | record[2]
    switch (record[3]) {
      case 0: {
        const address = base + offset
        if (address + data.length > FLASH_LIMIT) {
          throw new ImageError(`Intel HEX, line ${line}: address 0x${address.toString(16)} is beyond any AVR's flash`)
        }
        if (data.length > 0) records.push({ address, octets: data.slice() })
        break
      }
      case 1:
        ended = true
        break
      case 2:
      case 4:
        if (data.length !== 2) throw new ImageError(`Intel HEX, line ${line}: an address record has two data octets`)
        base = ((data[0] << 8) | data[1]) * (record[3] === 2 ? 0x10 : 0x10000)
        break
      case 3:
      case 5:
        break // start addresses: an AVR starts where its fuses say
      default:
        throw new ImageError(`Intel HEX, line ${line}: record type ${record[3]} does not exist`)
    }
  }
  if (!ended) throw new ImageError('Intel HEX: the end-of-file record is missing; the file was cut short')
  if (records.length === 0) throw new ImageError('Intel HEX: the file has no data')
  return { format: 'hex', flash: joined(records), eeprom: [], symbols: new Map(), functions: new Map() }
}

/** Joins records that follow each other without a gap. */
function joined(records: readonly FlashSegment[]): FlashSegment[] {
  const segments: FlashSegment[] = []
  for (let first = 0, next = 0; first < records.length; first = next) {
    const { address } = records[first]
    let end = address
    for (next = first; next < records.length && records[next].address === end; next++)
      end += records[next].octets.length
    const octets = new Uint8Array(end - address)
    for (let i = first; i < next; i++) octets.set(records[i].octets, records[i].address - address)
    segments.push({ address, octets })
  }
  return segments
}

function hexRecord(text: Uint8Array, line: number): Uint8Array {
  if (text[0] !== 0x3a) throw new ImageError(`Intel HEX, line ${line}: a record begins with ":"`)
  if (text.length < 11 || text.length % 2 === 0) {
    throw new ImageError(`Intel HEX, line ${line}: ${text.length} characters cannot be a record`)
  }
  const record = new Uint8Array((text.length - 1) / 2)
  let sum = 0
  for (let i = 0; i < record.length; i++) {
    const high = hexDigit(text[1 + 2 * i])
    const low = hexDigit(text[2 + 2 * i])
    if (high < 0 || low < 0) throw new ImageError(`Intel HEX, line ${line}: not a hexadecimal digit`)
    record[i] = (high << 4) | low
    sum = (sum + record[i]) & 0xff
  }
  if (record[0] !== record.length - 5) {
    throw new ImageError(`Intel HEX, line ${line}: says ${record[0]} data octets and has ${record.length - 5}`)
  }
  if (sum !== 0) throw new ImageError(`Intel HEX, line ${line}: the checksum is wrong`)
  return record
}

/**
 * ELF: program headers by their load address, and the symbol table. Headers cost next to nothing to write and may all point at the same octets,
 * so what they point at is counted: no address is loaded twice.
 */
export function parseElf(octets: Uint8Array): FlashImage {
  const elf = new ElfFile(octets)
  const flash: FlashSegment[] = []
  const eeprom: FlashSegment[] = []
  for (const { index, address, octets: loaded } of elf.segments()) {
    const end = address + loaded.length
    if (address < DATA_BASE) {
      if (end > FLASH_LIMIT) throw new ImageError(`ELF: segment ${index} is beyond any AVR's flash`)
      flash.push({ address, octets: loaded })
    } else if (address >= EEPROM_BASE && address < FUSE_BASE) {
      if (end > FUSE_BASE) throw new ImageError(`ELF: segment ${index} is beyond any AVR's EEPROM`)
      eeprom.push({ address: address - EEPROM_BASE, octets: loaded })
    }
  }
  if (flash.length === 0) throw new ImageError('ELF: no segment belongs into flash; is it an unlinked object file?')
  return { format: 'elf', flash: apart(flash), eeprom: apart(eeprom), ...elfSymbols(elf), file: octets }
}

/** Copies of segments that do not overlap: together no more than there are addresses. */
function apart(segments: readonly FlashSegment[]): FlashSegment[] {
  const sorted = segments.toSorted((a, b) => a.address - b.address)
  for (const [i, { address }] of sorted.entries()) {
    if (i === 0) continue
    const before = sorted[i - 1]
    if (before.address + before.octets.length > address) {
      throw new ImageError(`ELF: two segments load address 0x${address.toString(16)}`)
    }
  }
  return segments.map(({ address, octets }) => ({ address, octets: new Uint8Array(octets) }))
}

function elfSymbols(elf: ElfFile): Pick<FlashImage, 'symbols' | 'functions'> {
  const symbols = new Map<string, number>()
  const functions = new Map<string, number>()
  for (const { name, value } of elf.symbols()) {
    if (value >= DATA_BASE && value < EEPROM_BASE) symbols.set(name, value - DATA_BASE)
    else if (value < DATA_BASE) functions.set(name, value)
  }
  return { symbols, functions }
}
