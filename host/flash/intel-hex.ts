/**
 * Intel HEX (Hexadecimal Object File Format Specification, revision A, 1988): the form in which firmware images for AVR
 * controllers travel. A person may hand us any file, so each complaint names the line.
 */

/** One line: colon, count, address, type, data, checksum. */
const RECORD = /^:([0-9A-Fa-f]{2})+$/

const DATA = 0
const END_OF_FILE = 1
const EXTENDED_SEGMENT_ADDRESS = 2
const START_SEGMENT_ADDRESS = 3
const EXTENDED_LINEAR_ADDRESS = 4
const START_LINEAR_ADDRESS = 5

/** What erased flash reads as; gaps between records are filled with it. */
const ERASED = 0xff

/** Flash of the largest AVR, in octets: an address beyond is no image for one. */
const HIGHEST = 1 << 20

export class ImageError extends Error {
  override readonly name = 'ImageError'
  readonly exitStatus = 2
}

/** Octets to be written from `start`, gaps filled as erased flash. */
export interface Image {
  readonly start: number
  readonly octets: Uint8Array
}

/**
 * @param source what to call the file in errors
 * @throws ImageError naming the line and what is wrong with it
 */
export function parseIntelHex(text: string, source: string): Image {
  const memory = new Map<number, number>()
  let base = 0
  let ended = false
  let lowest = Number.POSITIVE_INFINITY
  let highest = -1
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.trim()
    if (line === '') continue
    const refuse = (what: string): never => {
      throw new ImageError(`${source}, line ${index + 1}: ${what}; build or download the image again`)
    }
    if (ended) refuse('text after the end-of-file record')
    if (!RECORD.test(line)) refuse('not an Intel HEX record (a colon, then pairs of hexadecimal digits)')
    const record = Uint8Array.from(line.slice(1).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    if (record.length < 5 || record.length !== record[0] + 5)
      refuse(`the record says ${record[0]} octets and has another number`)
    if (record.reduce((sum, octet) => sum + octet, 0) % 256 !== 0) refuse('the checksum does not hold')
    const address = (record[1] << 8) | record[2]
    const data = record.subarray(4, -1)
    switch (record[3]) {
      case DATA:
        for (const [offset, octet] of data.entries()) {
          const at = base + address + offset
          if (at >= HIGHEST) refuse(`address ${at.toString(16)}h is beyond the flash of any AVR`)
          memory.set(at, octet)
          lowest = Math.min(lowest, at)
          highest = Math.max(highest, at)
        }
        break
      case END_OF_FILE:
        ended = true
        break
      case EXTENDED_SEGMENT_ADDRESS:
        if (data.length !== 2) refuse('an extended segment address has two octets')
        base = ((data[0] << 8) | data[1]) * 16
        break
      case EXTENDED_LINEAR_ADDRESS:
        if (data.length !== 2) refuse('an extended linear address has two octets')
        base = ((data[0] << 8) | data[1]) * 65_536
        break
      case START_SEGMENT_ADDRESS:
      case START_LINEAR_ADDRESS:
        break // where execution begins: an AVR begins at its reset vector
      default:
        refuse(`record type ${record[3]} is not one of 0 to 5`)
    }
  }
  if (!ended)
    throw new ImageError(`${source} has no end-of-file record: it is not an Intel HEX file, or not all of one`)
  if (memory.size === 0) throw new ImageError(`${source} holds no data`)
  const octets = new Uint8Array(highest - lowest + 1).fill(ERASED)
  for (const [at, octet] of memory) octets[at - lowest] = octet
  return { start: lowest, octets }
}
