import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  CAPABILITY,
  CELL_FIELDS,
  CHANNEL,
  COUNTER_NAMES,
  KIND,
  LINK_EVENT,
  type LinkField,
  OPERATION,
  S_CMD,
  SESSION_FIELDS,
  STATUS,
} from '../../firmware/serial-link/link-table.js'
import { DOCUMENT, HEADER_FILE, linkHeader, withLinkTable } from './link-table.js'
import { DISSECTORS, withLuaTables } from './lua-tables.js'

const read = (path: string) => readFileSync(path, 'utf8')

describe('the table that both ends of the serial link share', () => {
  it('is what the C header of the bridge firmware says (otherwise: `make link-table`, then `make firmware`)', () => {
    expect(read(HEADER_FILE)).toBe(linkHeader())
  })

  it('is what docs/serial-link.md says (otherwise: `make link-table`)', () => {
    expect(withLinkTable(read(DOCUMENT))).toBe(read(DOCUMENT))
  })

  it('is what the Wireshark dissectors say, with the registers of the chip (otherwise: `make link-table`)', () => {
    expect(withLuaTables(read(DISSECTORS))).toBe(read(DISSECTORS))
  })

  it('gives no number of a set to two names', () => {
    for (const codes of [CAPABILITY, CHANNEL, LINK_EVENT, KIND, OPERATION, S_CMD, STATUS]) {
      expect(new Set(Object.values(codes)).size).toBe(Object.keys(codes).length)
    }
    expect(new Set(COUNTER_NAMES).size).toBe(COUNTER_NAMES.length)
  })

  it('has capabilities of one bit each, and commands that serprog may have: under 20h', () => {
    for (const bit of Object.values(CAPABILITY)) expect(Number.isInteger(Math.log2(bit))).toBe(true)
    for (const code of Object.values(S_CMD)) expect(code).toBeLessThan(0x20)
  })

  it.each<[string, Readonly<Record<string, LinkField>>, number]>([
    ['a cell', CELL_FIELDS, 64],
    ['a session payload', SESSION_FIELDS, 57],
  ])('leaves no octet of %s without a field, and none with two', (_, fields, size) => {
    const end = Object.values(fields).reduce((at, field) => {
      expect(field.at).toBe(at)
      return at + field.octets
    }, 0)
    expect(end).toBe(size)
  })

  it('is the only place where the C sources have these numbers: none defines a name of the header again', () => {
    const defined = (path: string) => [...read(path).matchAll(/^#define (\w+)/gm)].map(([, name]) => name)
    const shared = new Set(defined(HEADER_FILE))
    expect(shared.size).toBeGreaterThan(100)
    const bridge = join(dirname(HEADER_FILE), '..')
    const sources = ['core', 'avr', 'host'].flatMap((folder) =>
      readdirSync(join(bridge, folder)).map((name) => join(bridge, folder, name)),
    )
    const again = sources
      .filter((path) => path !== HEADER_FILE)
      .flatMap((path) => defined(path).flatMap((name) => (shared.has(name) ? [`${basename(path)}: ${name}`] : [])))
    expect(again).toEqual([])
  })
})
