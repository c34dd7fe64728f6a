/** TCP options of a segment, between `<` and `>`. */
import { keyed } from '../text/keyed.js'
import { hexadecimalOctets, numberBehind, numberOrAny, UINT16, UINT24, UINT32, WORD } from './parse-number.js'
import type { Reader } from './reader.js'
import type { TcpFields, TcpOption } from './script.js'

/** Kinds of IANA's registry: a signature (RFC 2385), the counters of Accurate ECN (RFC 9768 3.2.3), and one for experiments (RFC 4727). */
const [MD5, ACCURATE_ECN_0, ACCURATE_ECN_1, EXPERIMENT] = [19, 172, 174, 254]
/** Fast Open before it had a number of its own (RFC 7413 8). */
const FAST_OPEN_MAGIC = [0xf9, 0x89]
const BLOCK = /\d+:\d+/y
const COUNTER = /(?:e0b|e1b|ceb)\b/y

/** The opening `<` is taken. */
export function parseOptions(reader: Reader): TcpFields['options'] {
  if (reader.accept('...')) {
    reader.expect('>', keyed('pkt.where.any-options'))
    return 'any'
  }
  const options: TcpOption[] = []
  if (reader.accept('>')) return options
  do options.push(parseOption(reader))
  while (reader.accept(','))
  reader.expect('>', keyed('pkt.where.comma-option'))
  return options
}

function parseOption(reader: Reader): TcpOption {
  reader.skip()
  const begin = reader.at
  const word = reader.take(WORD)
  switch (word) {
    case 'nop':
    case 'eol':
    case 'sackOK':
      return { kind: word }
    case 'mss':
      return { kind: word, value: numberBehind(reader, word, UINT16) }
    case 'wscale':
      return { kind: word, value: numberBehind(reader, word, 255) }
    case 'TS': {
      reader.expect('val', keyed('pkt.where.ts'))
      const value = numberOrAny(reader, 'val', UINT32)
      reader.expect('ecr', keyed('pkt.where.ts-val'))
      return { kind: word, value, echo: numberOrAny(reader, 'ecr', UINT32) }
    }
    case 'sack':
      return { kind: word, blocks: parseBlocks(reader) }
    case 'FO':
      return { kind: word, cookie: hexadecimalOctets(reader) }
    case 'FOEXP': {
      const cookie = hexadecimalOctets(reader)
      return { kind: 'unknown', number: EXPERIMENT, octets: Uint8Array.of(...FAST_OPEN_MAGIC, ...cookie) }
    }
    case 'md5':
      return { kind: 'unknown', number: MD5, octets: hexadecimalOctets(reader) }
    case 'ECN':
      return parseCounters(reader)
    case 'unknown':
      return { kind: word, number: numberBehind(reader, word, 255), octets: hexadecimalOctets(reader) }
    case 'raw':
      return { kind: word, octets: hexadecimalOctets(reader) }
    default:
      return reader.fail(keyed('pkt.no-such-option', { found: reader.foundAt(begin) }), begin)
  }
}

function parseBlocks(reader: Reader): (readonly [number, number])[] {
  const blocks: [number, number][] = []
  for (let block = reader.take(BLOCK); block !== undefined; block = reader.take(BLOCK)) {
    const [left, right] = block.split(':').map(Number)
    blocks.push([left, right])
  }
  if (blocks.length === 0) reader.fail(keyed('pkt.expected-blocks', { found: reader.found() }))
  return blocks
}

/** `ECN e0b 1 ceb 0 e1b 1`: up to three counters of 24 bits, in the order of their kind. */
function parseCounters(reader: Reader): TcpOption {
  reader.skip()
  const begin = reader.at
  const names: string[] = []
  const octets: number[] = []
  for (let name = reader.take(COUNTER); name !== undefined; name = reader.take(COUNTER)) {
    names.push(name)
    const value = numberBehind(reader, name, UINT24)
    octets.push(value >> 16, (value >> 8) & 0xff, value & 0xff)
  }
  const order = names.join(' ')
  const kind = 'e0b ceb e1b'.startsWith(order) ? ACCURATE_ECN_0 : ACCURATE_ECN_1
  if (names.length > 0 && kind === ACCURATE_ECN_1 && !'e1b ceb e0b'.startsWith(order))
    reader.fail(keyed('pkt.ecn-counters'), begin)
  return { kind: 'unknown', number: kind, octets: Uint8Array.from(octets) }
}
