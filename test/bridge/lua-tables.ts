/**
 * The tables of the Wireshark dissectors (wireshark/linkpulse.lua), from those of the serial link and of the chip. `make link-table` writes them, a
 * test compares them.
 */
import { join } from 'node:path'
import { OPCODE, REGISTERS } from '../../firmware/enc28j60/registers.js'
import {
  CAPABILITIES,
  CHANNEL,
  KIND,
  OPERATIONS,
  SERPROG_COMMANDS,
  SESSION_FIELDS,
  SESSION_STEP,
  STATUSES,
} from '../../firmware/serial-link/link-table.js'

export const DISSECTORS = join(import.meta.dirname, '../../wireshark/linkpulse.lua')

const BEGIN = '-- begin of tables: make link-table\n'
const END = '-- end of tables\n'

const hex = (code: number) => `0x${code.toString(16).padStart(2, '0')}`
const lines = (name: string, rows: readonly string[]) =>
  `local ${name} = {\n${rows.map((row) => `  ${row},\n`).join('')}}\n`

/** Rows under their names, with these of their columns. */
function named<Row extends object>(
  name: string,
  rows: Readonly<Record<string, Row>>,
  columns: readonly (keyof Row & string)[],
): string {
  const cell = (value: unknown) => (typeof value === 'number' ? String(value) : JSON.stringify(value))
  return lines(
    name,
    Object.entries(rows).map(
      ([key, row]) => `${key} = { ${columns.map((column) => `${column} = ${cell(row[column])}`).join(', ')} }`,
    ),
  )
}

const coded = (codes: Readonly<Record<string, number>>, words: (name: string) => string) =>
  Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, { code, words: words(name) }]))

function registers(): readonly string[] {
  return Object.values(REGISTERS).map(({ name, address, kind, banks, fields }) => {
    const bank = banks.length === 1 ? `bank = ${banks[0]}, ` : ''
    const bits = fields.map((field) => `{ "${field.name}", ${hex(field.mask)} }`).join(', ')
    return `{ name = "${name}", ${bank}address = ${hex(address)}, kind = "${kind}", bits = { ${bits} } }`
  })
}

function tables(): string {
  const sessionOctets = Math.max(...Object.values(SESSION_FIELDS).map(({ at, octets }) => at + octets))
  return [
    named(
      'KINDS',
      coded(KIND, (name) => name.toLowerCase()),
      ['code', 'words'],
    ),
    lines(
      'CHANNELS',
      Object.entries(CHANNEL).map(([name, code]) => `${name} = ${code}`),
    ),
    named('SESSION_FIELDS', SESSION_FIELDS, ['at', 'octets']),
    `local SESSION_OCTETS = ${sessionOctets}\n`,
    named(
      'SESSION_STEPS',
      coded(SESSION_STEP, (name) => name),
      ['code', 'words'],
    ),
    named('CAPABILITIES', CAPABILITIES, ['code', 'words']),
    named('OPERATIONS', OPERATIONS, ['code', 'words']),
    named('STATUSES', STATUSES, ['code', 'words']),
    named('SERPROG_COMMANDS', SERPROG_COMMANDS, ['code', 'words', 'parameters']),
    lines(
      'OPCODES',
      Object.entries(OPCODE).map(([name, code]) => `${name} = ${hex(code)}`),
    ),
    lines('REGISTERS', registers()),
  ].join('\n')
}

/** The dissectors with their tables made anew. @throws Error when the place of these is gone */
export function withLuaTables(dissectors: string): string {
  const from = dissectors.indexOf(BEGIN)
  const to = dissectors.indexOf(END)
  if (from < 0 || to < from)
    throw new Error(
      `the tables of ${DISSECTORS} stand between ${BEGIN.trim()} and ${END.trim()}, and they are not there`,
    )
  return `${dissectors.slice(0, from + BEGIN.length)}\n${tables()}\n${dissectors.slice(to)}`
}
