/** Numbers, words and sequence numbers of a packet. */
import { keyed, type LocalizableText } from '../text/keyed.js'
import type { Reader } from './reader.js'

export const WORD = /[A-Za-z_]\w*/y
const DECIMAL = /\d+/y
const NUMBER = /0x[0-9a-f]+|\d+/iy
const SEQUENCE = /\d+:\d+\(\d+\)/y
const HEXADECIMAL = /(?:0x)?([0-9a-f]+)/iy
export const UINT16 = 0xffff
export const UINT20 = 0xfffff
export const UINT24 = 0xffffff
export const UINT32 = 0xffffffff

/** A word, or what `--define` puts in its place. */
export function definedWord(reader: Reader): string | undefined {
  const found = reader.take(WORD)
  return found === undefined ? undefined : (reader.definitions.get(found) ?? found)
}

/** @throws ScriptError for none, and for one beyond `largest` */
export function numberBehind(reader: Reader, what: string, largest: number): number {
  const at = behindSpace(reader)
  const text = reader.take(NUMBER)
  if (text === undefined) reader.fail(keyed('pkt.expected-number', { what, found: reader.found() }))
  if (Number(text) > largest) reader.fail(keyed('pkt.number-too-large', { what, largest, text }), at)
  return Number(text)
}

/** A number, or three dots. */
export function numberOrAny(reader: Reader, what: string, largest: number): number | 'any' {
  return reader.accept('...') ? 'any' : numberBehind(reader, what, largest)
}

/** `1:1001(1000)`: first octet, the one after the last, how many. SYN and FIN do not count. */
export function parseSequence(reader: Reader): { sequence: number; length: number } {
  const at = behindSpace(reader)
  const text = reader.take(SEQUENCE)
  if (text === undefined) reader.fail(keyed('pkt.expected-sequence', { found: reader.found() }))
  const [sequence, end, length] = text.split(/[:()]/).map(Number)
  if (sequence > UINT32 || end > UINT32) reader.fail(keyed('pkt.sequence-bits', { text }), at)
  if (length > UINT16) reader.fail(keyed('pkt.datagram-length', { text }), at)
  const sum = (sequence + length) % 2 ** 32
  if (sum !== end) reader.fail(keyed('pkt.sequence-sum', { text, sequence, length, sum }), at)
  return { sequence, length }
}

/** `(1000)` */
export function parenthesised(reader: Reader, what: LocalizableText): number {
  reader.expect('(', keyed('pkt.where.before', { what }))
  const at = behindSpace(reader)
  const text = reader.take(DECIMAL)
  if (text === undefined) reader.fail(keyed('pkt.expected-count', { what, found: reader.found() }))
  if (Number(text) > UINT16) reader.fail(keyed('pkt.datagram-length', { text }), at)
  reader.expect(')', keyed('pkt.where.after', { what }))
  return Number(text)
}

/** `0a0b`; a word that `--define` names stands for it; none where nothing of the kind comes. */
export function hexadecimalOctets(reader: Reader): Uint8Array {
  reader.skip()
  const { at } = reader
  const name = reader.take(WORD)
  const definition = name === undefined ? undefined : reader.definitions.get(name)
  if (definition === undefined) reader.at = at
  const digits = definition ?? reader.take(HEXADECIMAL) ?? ''
  const text = digits.length % 2 === 0 ? digits : `0${digits}`
  if (!/^[0-9a-f]*$/i.test(text)) reader.fail(keyed('pkt.hexadecimal', { text: digits }), at)
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Where what comes next begins. */
function behindSpace(reader: Reader): number {
  reader.skip()
  return reader.at
}
