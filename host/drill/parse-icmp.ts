/** ICMP messages of a script: `icmp unreachable frag_needed mtu 1200 [1:1001(1000)]`. */
import { keyed } from '../text/keyed.js'
import { ICMP_NAMES } from './icmp-names.js'
import { definedWord, numberBehind, parenthesised, parseSequence, UINT16, UINT32, WORD } from './parse-number.js'
import type { Reader } from './reader.js'
import type { IcmpFields } from './script.js'

/** @param before what is quoted, where it stands in front of `icmp`, which is taken */
export function parseIcmpMessage(reader: Reader, before: IcmpFields['quotes']): IcmpFields {
  const type = parseType(reader)
  const { codes, name } = type
  let code = 0
  let mtu: number | undefined
  let identifier: number | undefined
  let quotes = before
  for (;;) {
    reader.skip()
    const place = reader.at
    const next = definedWord(reader)
    if (next === 'mtu') mtu = numberBehind(reader, next, reader.family === 'ipv6' ? UINT32 : UINT16)
    else if (next === 'code') code = numberBehind(reader, next, 255)
    else if (next === 'id') identifier = numberBehind(reader, next, UINT16)
    else if (next !== undefined) {
      const found = numbered(next, 'code') ?? codes.get(next)
      if (found === undefined)
        reader.fail(keyed('pkt.no-such-code', { type: name, code: next, codes: [...codes.keys()] }), place)
      code = found
    } else if (reader.accept('[')) {
      quotes = parseQuoted(reader)
      if (quotes === undefined) reader.fail(keyed('pkt.expected-quoted', { found: reader.found() }))
      reader.expect(']', keyed('pkt.where.quoted'))
    } else break
  }
  return {
    kind: 'icmp',
    family: reader.family,
    type: type.number,
    code,
    ...(mtu !== undefined && { mtu }),
    ...(identifier !== undefined && { identifier }),
    ...(quotes !== undefined && { quotes }),
  }
}

function parseType(reader: Reader): { name: string; number: number; codes: ReadonlyMap<string, number> } {
  reader.skip()
  const begin = reader.at
  const name = definedWord(reader) ?? ''
  const { types, codes } = ICMP_NAMES[reader.family]
  const type = numbered(name, 'type') ?? types.get(name)
  if (type === undefined) reader.fail(keyed('pkt.no-such-type', { type: name, types: [...types.keys()] }), begin)
  return { name, number: type, codes: codes.get(type) ?? new Map() }
}

/** tcpdump's way of one without a name: `type_40`, `code_3`. */
function numbered(text: string, what: string): number | undefined {
  const [, digits] = new RegExp(`^${what}_(\\d{1,3})$`).exec(text) ?? []
  return digits === undefined || Number(digits) > 255 ? undefined : Number(digits)
}

/** What stands between the brackets; undefined where it is nothing of the kind. */
export function parseQuoted(reader: Reader): IcmpFields['quotes'] {
  reader.skip()
  if (/^\d+:/.test(reader.text.slice(reader.at, reader.at + 12))) return { kind: 'tcp', ...parseSequence(reader) }
  const place = reader.at
  const kind = reader.take(WORD)
  if (kind === 'udp' || kind === 'raw') return { kind, length: parenthesised(reader, keyed('pkt.what.datagram')) }
  reader.at = place
  return undefined
}
