/**
 * Firmware images: Intel HEX (Intel, Hexadecimal Object File Format Specification, 1988) and ELF (TIS ELF 1.2) as avr-gcc
 * makes them. Any octets may be handed in: what is wrong is said with the line or offset, never guessed around.
 */

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
}

export class ImageError extends Error {
  override readonly name = 'ImageError'
}

/** avr-gcc's places in one address space (avr-libc, "Memory Areas and Using malloc()"; binutils ld scripts). */
const DATA_BASE = 0x800000
const EEPROM_BASE = 0x810000
const FUSE_BASE = 0x820000
/** More than any AVR: an address beyond it is an error, not an allocation. */
const FLASH_LIMIT = 0x40000

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

const EM_AVR = 83
const PT_LOAD = 1
const SHT_SYMTAB = 2
/** Characters of a symbol's name that count. */
const NAME_LENGTH = 256

/** Throws unless so many octets from `offset` on are in the file. */
type Need = (offset: number, length: number, what: string) => void

/**
 * ELF, 32-bit little-endian, machine AVR: program headers by their load address, and the symbol table. Headers cost next to
 * nothing to write and may all point at the same octets, so what they point at is counted: no address is loaded twice, and
 * there is one symbol table (TIS ELF 1.2, book I, "Section Header": a file may have only one section of this type).
 */
export function parseElf(octets: Uint8Array): FlashImage {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const need: Need = (offset, length, what) => {
    if (offset < 0 || offset + length > octets.length) {
      throw new ImageError(`ELF: ${what} at 0x${offset.toString(16)} is beyond the end of the file; it was cut short`)
    }
  }
  need(0, 52, 'the header')
  if (octets[4] !== 1 || octets[5] !== 1) throw new ImageError('ELF: an AVR image is 32-bit and little-endian')
  if (view.getUint16(18, true) !== EM_AVR) {
    throw new ImageError(`ELF: the machine is ${view.getUint16(18, true)}, not ${EM_AVR} (AVR). Build with avr-gcc`)
  }
  const flash: FlashSegment[] = []
  const eeprom: FlashSegment[] = []
  const headers = view.getUint32(28, true)
  const headerSize = view.getUint16(42, true)
  const headerCount = view.getUint16(44, true)
  if (headerCount > 0 && headerSize < 32) throw new ImageError('ELF: the program headers are too short')
  for (let i = 0; i < headerCount; i++) {
    const header = headers + i * headerSize
    need(header, 32, `program header ${i}`)
    const size = view.getUint32(header + 16, true)
    if (view.getUint32(header, true) !== PT_LOAD || size === 0) continue
    const offset = view.getUint32(header + 4, true)
    const address = view.getUint32(header + 12, true)
    need(offset, size, `segment ${i}`)
    const segment = { address, octets: octets.subarray(offset, offset + size) }
    if (address < DATA_BASE) {
      if (address + size > FLASH_LIMIT) throw new ImageError(`ELF: segment ${i} is beyond any AVR's flash`)
      flash.push(segment)
    } else if (address >= EEPROM_BASE && address < FUSE_BASE) {
      if (address + size > FUSE_BASE) throw new ImageError(`ELF: segment ${i} is beyond any AVR's EEPROM`)
      eeprom.push({ ...segment, address: address - EEPROM_BASE })
    }
  }
  if (flash.length === 0) throw new ImageError('ELF: no segment belongs into flash; is it an unlinked object file?')
  return { format: 'elf', flash: apart(flash), eeprom: apart(eeprom), ...elfSymbols(view, octets, need) }
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

function elfSymbols(view: DataView, octets: Uint8Array, need: Need): Pick<FlashImage, 'symbols' | 'functions'> {
  const symbols = new Map<string, number>()
  const functions = new Map<string, number>()
  const sections = view.getUint32(32, true)
  const size = view.getUint16(46, true)
  const count = view.getUint16(48, true)
  if (count > 0 && size < 40) throw new ImageError('ELF: the section headers are too short')
  let found: number | undefined
  for (let i = 0; i < count; i++) {
    const section = sections + i * size
    need(section, 40, `section header ${i}`)
    if (view.getUint32(section + 4, true) !== SHT_SYMTAB) continue
    if (found !== undefined) throw new ImageError(`ELF: section ${i} is a second symbol table`)
    found = section
  }
  if (found === undefined) return { symbols, functions }
  const link = view.getUint32(found + 24, true)
  if (link >= count) throw new ImageError('ELF: the symbol table names a string table that is not there')
  need(sections + link * size, 40, 'the string table header')
  const strings = view.getUint32(sections + link * size + 16, true)
  const stringsEnd = strings + view.getUint32(sections + link * size + 20, true)
  need(strings, stringsEnd - strings, 'the string table')
  const table = view.getUint32(found + 16, true)
  const length = view.getUint32(found + 20, true)
  need(table, length, 'the symbol table')
  // Names may share their ends (a linker merges them); more characters than the file has were not written by a linker.
  let characters = 0
  for (let at = table; at + 16 <= table + length; at += 16) {
    let end = strings + view.getUint32(at, true)
    let name = ''
    while (end < stringsEnd && octets[end] !== 0 && name.length < NAME_LENGTH)
      name += String.fromCharCode(octets[end++])
    characters += name.length
    if (characters > octets.length) {
      throw new ImageError('ELF: the names of its symbols are longer together than the file')
    }
    const value = view.getUint32(at + 4, true)
    if (name === '') continue
    if (value >= DATA_BASE && value < EEPROM_BASE) symbols.set(name, value - DATA_BASE)
    else if (value < DATA_BASE) functions.set(name, value)
  }
  return { symbols, functions }
}
