/**
 * Domain names on the wire (RFC 1035 3.1, 4.1.4) and as text. Text has no dot at its end and the root is the empty text;
 * a dot or backslash within a label is written `\.` or `\\`, and an octet that is not printable ASCII `\DDD` (5.1).
 */
import { writeUint16 } from './octets.js'

const LABEL_LIMIT = 63
/** Length octets and labels, the root's included (2.3.4). */
const NAME_LIMIT = 255

export type DnsNameFault = 'truncated' | 'name pointer' | 'name label' | 'name too long'

/** A pointer to a pointer to a pointer …: more of them than a name can have labels are no name. */
const POINTER_LIMIT = 128
const POINTER = 0xc0
const HEADER_OCTETS = 12

export interface ParsedName {
  readonly name: string
  /** Where the octets go on behind it. */
  readonly end: number
}

/**
 * Steps that the names of one message may take, labels and pointers together: the largest message has room for 32,768 labels, each
 * of which somebody may point at once more. A message that needs more was made to slow its reader, and counts as invalid.
 */
const STEP_LIMIT = 131_072

interface KnownName {
  readonly name: string
  /** Octets of it on the wire without pointers, the root's included. */
  readonly length: number
  readonly pointers: number
}

/**
 * Reads the names of the message `octets[start .. end)`. What a pointer leads to is read once for the whole message, so ten
 * thousand pointers to one long name cost ten thousand steps and not a million.
 */
export class NameReader {
  /** Labels and pointers that were read so far. */
  steps = 0
  readonly #octets: Uint8Array
  readonly #start: number
  readonly #end: number
  readonly #known = new Map<number, KnownName>()

  constructor(octets: Uint8Array, start: number, end: number) {
    this.#octets = octets
    this.#start = start
    this.#end = end
  }

  /**
   * The name at `at`. A pointer leads to a place before where it stands, after the header, and each further one to a place before
   * that: so the way ends.
   * @param end where the octets end that the name may have, its pointers' targets aside
   */
  read(at: number, end = this.#end): ParsedName | DnsNameFault {
    return this.#read(at, end, 0)
  }

  /** @param depth pointers that led here */
  #read(at: number, end: number, depth: number): ParsedName | DnsNameFault {
    if (depth > POINTER_LIMIT) return 'name pointer'
    const octets = this.#octets
    let name = ''
    let length = 1
    for (let i = at; ; ) {
      if (i >= end) return 'truncated'
      if (++this.steps > STEP_LIMIT) return 'name pointer'
      const head = octets[i]
      if (head === 0) return this.#ends(at, { name, length, pointers: 0 }, i + 1)
      if ((head & POINTER) === POINTER) {
        if (i + 1 >= end) return 'truncated'
        const to = this.#start + (((head & ~POINTER) << 8) | octets[i + 1])
        if (to >= at || to < this.#start + HEADER_OCTETS) return 'name pointer'
        const rest = this.#target(to, depth + 1)
        if (typeof rest === 'string') return rest
        const pointers = rest.pointers + 1
        if (pointers > POINTER_LIMIT) return 'name pointer'
        length += rest.length - 1
        if (length > NAME_LIMIT) return 'name too long'
        if (rest.name !== '') name = name === '' ? rest.name : `${name}.${rest.name}`
        return this.#ends(at, { name, length, pointers }, i + 2)
      }
      // 01 and 10 are reserved (4.1.4).
      if (head > LABEL_LIMIT) return 'name label'
      if (i + 1 + head > end) return 'truncated'
      length += head + 1
      if (length > NAME_LIMIT) return 'name too long'
      if (name !== '') name += '.'
      name += labelText(octets, i + 1, i + 1 + head)
      i += 1 + head
    }
  }

  #target(to: number, depth: number): KnownName | DnsNameFault {
    const known = this.#known.get(to)
    if (known !== undefined) return known
    const read = this.#read(to, this.#end, depth)
    if (typeof read === 'string') return read
    return this.#known.get(to) ?? 'name pointer'
  }

  #ends(at: number, known: KnownName, end: number): ParsedName {
    this.#known.set(at, known)
    return { name: known.name, end }
  }
}

function labelText(octets: Uint8Array, at: number, end: number): string {
  let text = ''
  for (let i = at; i < end; i++) {
    const code = octets[i]
    if (code === 0x2e || code === 0x5c) text += `\\${String.fromCharCode(code)}`
    else if (code > 0x20 && code < 0x7f) text += String.fromCharCode(code)
    else text += `\\${String(code).padStart(3, '0')}`
  }
  return text
}

/** The labels of a name as text; or what is wrong with it. A dot at the end is allowed. */
export function nameLabels(name: string): Uint8Array[] | string {
  const labels: Uint8Array[] = []
  if (name === '' || name === '.') return labels
  let label: number[] = []
  let total = 1
  for (let i = 0; i <= name.length; i++) {
    const code = i < name.length ? name.charCodeAt(i) : 0x2e
    if (i === name.length || code === 0x2e) {
      // The dot at the end of an absolute name (RFC 1034 3.1).
      if (i === name.length && label.length === 0 && labels.length > 0) break
      if (label.length === 0) return 'an empty label'
      if (label.length > LABEL_LIMIT) return `a label of more than ${LABEL_LIMIT} octets`
      total += label.length + 1
      if (total > NAME_LIMIT) return `more than ${NAME_LIMIT} octets`
      labels.push(Uint8Array.from(label))
      label = []
    } else if (code === 0x5c) {
      const digits = /^\d{3}/.exec(name.slice(i + 1, i + 4))?.[0]
      if (digits !== undefined && Number(digits) > 0xff) return `the escape \\${digits}, which is no octet`
      if (digits === undefined && i + 1 >= name.length) return 'a backslash at its end'
      label.push(digits === undefined ? name.charCodeAt(i + 1) & 0xff : Number(digits))
      i += digits === undefined ? 1 : 3
    } else {
      if (code <= 0x20 || code >= 0x7f) return 'a character that is not printable ASCII'
      label.push(code)
    }
  }
  return labels
}

/**
 * A name as `NameReader` writes it: without the dot at the end.
 * @throws RangeError that names the text when it is no domain name
 */
export function dnsName(text: string): string {
  const labels = nameLabels(text)
  if (typeof labels === 'string') throw new RangeError(`"${text}" is not a domain name: it has ${labels}`)
  return labels.map((label) => labelText(label, 0, label.length)).join('.')
}

/** What two names have alike that are the same name: letters in lower case (RFC 1034 3.1, RFC 4343). */
export function nameKey(name: string): string {
  let key = ''
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    key += code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 0x20) : name[i]
  }
  return key
}

/** The name one label up; undefined for the root. */
export function parentName(name: string): string | undefined {
  if (name === '') return undefined
  for (let i = 0; i < name.length; i++) {
    if (name[i] === '\\') i++
    else if (name[i] === '.') return name.slice(i + 1)
  }
  return ''
}

/** Whether a name is `ancestor` or below it. */
export function isWithin(name: string, ancestor: string): boolean {
  if (ancestor === '') return true
  const key = nameKey(ancestor)
  for (let each: string | undefined = nameKey(name); each !== undefined; each = parentName(each))
    if (each === key) return true
  return false
}

/** Writes names into a message that begins at octet 0, each ending in a pointer to where its tail already stands. */
export class NameWriter {
  readonly #places = new Map<string, number>()

  /**
   * Appends a name to `octets`.
   * @throws RangeError when it is no domain name
   */
  write(octets: number[], name: string, compress = true): void {
    const labels = nameLabels(name)
    if (typeof labels === 'string') throw new RangeError(`"${name}" is not a domain name: it has ${labels}`)
    let rest: string | undefined = name.endsWith('.') ? dnsName(name) : name
    for (const label of labels) {
      // Compared as they are written, so that what is read back has its own capitals.
      const place = compress ? this.#places.get(rest) : undefined
      if (place !== undefined) {
        octets.push(POINTER | (place >> 8), place & 0xff)
        return
      }
      if (octets.length < 1 << 14 && !this.#places.has(rest)) this.#places.set(rest, octets.length)
      octets.push(label.length, ...label)
      rest = parentName(rest) ?? ''
    }
    octets.push(0)
  }
}

/** Sets the two octets at `at` of an array that is being written. */
export function patchUint16(octets: number[], at: number, value: number): void {
  const pair = new Uint8Array(2)
  writeUint16(pair, 0, value)
  octets[at] = pair[0]
  octets[at + 1] = pair[1]
}
