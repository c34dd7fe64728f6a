/**
 * What is written from the table of the serial link (firmware/serial-link/link-table.ts): the C header of the bridge firmware,
 * and the parts of docs/serial-link.md that say the same to a reader; `lua-tables.ts` has those of the Wireshark dissectors. `make link-table`
 * writes them, a test compares them.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  BAUD,
  CAPABILITIES,
  CAPABILITY,
  CELL,
  CELL_FIELDS,
  CHANNEL,
  COUNTER_NAMES,
  COUNTERS_SINCE,
  DELINEATION,
  HEADER,
  KIND,
  LINK_EVENT,
  type LinkField,
  MANAGEMENT,
  MESSAGE,
  OPERATION,
  OPERATIONS,
  PIN,
  PIN_STEP,
  RESET_PIN,
  S_CMD,
  SERPROG,
  SERPROG_COMMANDS,
  SESSION,
  SESSION_FIELDS,
  SESSION_STEP,
  STATUS,
  STATUSES,
  TIME_MS,
} from '../../firmware/serial-link/link-table.js'
import { writeWhole } from '../support/write-whole.js'
import { DISSECTORS, withLuaTables } from './lua-tables.js'

const ROOT = join(import.meta.dirname, '../..')
export const HEADER_FILE = join(ROOT, 'firmware/bridge/core/link-table.h')
export const DOCUMENT = join(ROOT, 'docs/serial-link.md')

// The C header

const decimal = (value: number) => String(value)
const hexadecimal = (value: number) => `0x${value.toString(16).padStart(2, '0')}`
/** Unsigned: the highest bit of a mask must not be taken for a sign where an int has 16 bits. */
const mask = (value: number) => `${hexadecimal(value)}u${value > 0xffff ? 'l' : ''}`

function defines(prefix: string, values: Readonly<Record<string, number>>, written = decimal): string[] {
  return Object.entries(values).map(([name, value]) => `#define ${prefix}_${name} ${written(value)}`)
}

function places(prefix: string, fields: Readonly<Record<string, LinkField>>): string[] {
  return Object.entries(fields).map(([name, { at }]) => `#define ${prefix}_${name}_AT ${at}`)
}

/** `octetsReceived` with another separator: `octets_received`, `octets received`. */
const separated = (name: string, separator: string) =>
  name.replace(/[A-Z]/g, (letter) => separator + letter.toLowerCase())

function counters(): string[] {
  const fields = COUNTER_NAMES.map((name) => `  uint32_t ${separated(name, '_')};`)
  return ['struct counters {', ...fields, '};', `#define COUNTERS ${COUNTER_NAMES.length}`]
}

function commands(): string[] {
  const rows = Object.entries(SERPROG_COMMANDS).map(([name, row]) => `  X(S_CMD_${name}, ${row.parameters})`)
  const width = 118
  return ['#define SERPROG_COMMANDS(X)', ...rows].map((line, i, all) =>
    i + 1 < all.length ? `${line.padEnd(width)} \\` : line,
  )
}

const SECTIONS: readonly (readonly [title: string, lines: () => readonly string[]])[] = [
  ['The cell.', () => [...defines('CELL', CELL), ...places('CELL', CELL_FIELDS)]],
  ['The first octet of its header, and its check.', () => defines('HEADER', HEADER, hexadecimal)],
  ['Kinds of cell.', () => defines('KIND', KIND)],
  ['Channels.', () => defines('CHANNEL', CHANNEL)],
  ['Delineation (ITU-T I.432.1 4.5).', () => defines('DELINEATION', DELINEATION)],
  [
    'The payload of a session cell.',
    () => [
      ...defines('SESSION', SESSION),
      ...defines('SESSION_STEP', SESSION_STEP),
      ...places('SESSION', SESSION_FIELDS),
    ],
  ],
  ['Capability bits.', () => defines('CAPABILITY', CAPABILITY, mask)],
  ['Rates of the line, symbols a second.', () => defines('BAUD', BAUD)],
  ['Milliseconds.', () => defines('TIME_MS', TIME_MS)],
  [
    'Channel 0: management.',
    () => [
      ...defines('OPERATION', OPERATION, hexadecimal),
      ...defines('MANAGEMENT', MANAGEMENT, hexadecimal),
      ...defines('STATUS', STATUS),
      ...defines('COUNTERS_SINCE', COUNTERS_SINCE),
      ...defines('RESET_PIN', RESET_PIN),
      ...defines('PIN', PIN, hexadecimal),
      ...defines('PIN_STEP', PIN_STEP, hexadecimal),
    ],
  ],
  [
    'Messages, and the first octet of those on channel 2.',
    () => [...defines('MESSAGE', MESSAGE), ...defines('EVENT', LINK_EVENT)],
  ],
  ['Line counters, in the order in which management reports them.', counters],
  ['Channel 1: serprog.', () => [...defines('SERPROG', SERPROG, hexadecimal), ...defines('S_CMD', S_CMD, hexadecimal)]],
  ['X(command, octets of fixed parameters) for every command there is.', commands],
]

/** The whole of `firmware/bridge/core/link-table.h`. */
export function linkHeader(): string {
  const sections = SECTIONS.map(([title, lines]) => `/* ${title} */\n${lines().join('\n')}\n`)
  return [
    '/* Written by `make link-table` from firmware/serial-link/link-table.ts, which says what each is: change it there. */\n' +
      '#ifndef BRIDGE_LINK_TABLE_H\n#define BRIDGE_LINK_TABLE_H\n',
    '#include <stdint.h>\n',
    ...sections,
    '#endif\n',
  ].join('\n')
}

// The document

const hex = (code: number) => `${code.toString(16).toUpperCase().padStart(2, '0')}h`

/** A table in Markdown; cells without words are left empty. */
function table(...rows: readonly (readonly string[])[]): string {
  const [heading, ...rest] = rows
  const lines = [heading, heading.map(() => '---'), ...rest].map((cells) =>
    cells.every((cell) => cell === '---')
      ? `|${cells.join('|')}|`
      : `|${cells.map((cell) => (cell === '' ? ' |' : ` ${cell} |`)).join('')}`,
  )
  return lines.join('\n')
}

function fields(all: Readonly<Record<string, LinkField>>): string {
  const rows = Object.values(all).map(({ at, octets, words }) => [
    octets === 1 ? String(at) : `${at}-${at + octets - 1}`,
    words,
  ])
  return table(['octet', 'field'], ...rows)
}

const PARTS: Readonly<Record<string, () => string>> = {
  cell: () => fields(CELL_FIELDS),
  session: () => fields(SESSION_FIELDS),
  capabilities: () => {
    const bits = Object.values(CAPABILITIES).map(({ code, words }) => `${Math.log2(code)} ${words}`)
    return `Capabilities: bit ${bits.join(' · ')}. The others are reserved.`
  },
  statuses: () =>
    `Status: ${Object.values(STATUSES)
      .map(({ code, words }) => `${code} ${words}`)
      .join(' · ')}.`,
  operations: () =>
    table(
      ['operation', 'argument', 'result'],
      ...Object.values(OPERATIONS).map(({ code, words, argument, result }) => [
        `${hex(code)} ${words}`,
        argument,
        result,
      ]),
    ),
  counters: () => `Counters, in this order: ${COUNTER_NAMES.map((name) => separated(name, ' ')).join(', ')}.`,
  commands: () =>
    table(
      ['command', 'parameters', 'answer behind ACK'],
      ...Object.values(SERPROG_COMMANDS).map(({ code, words, takes, answers }) => [
        `${hex(code)} ${words}`,
        takes,
        answers,
      ]),
    ),
}

/** The document with its parts made anew. @throws Error when the place of one is gone */
export function withLinkTable(document: string): string {
  return Object.entries(PARTS).reduce((text, [name, write]) => {
    const begin = `<!-- ${name}: make link-table -->`
    const end = `<!-- end of ${name} -->`
    const from = text.indexOf(begin)
    const to = text.indexOf(end)
    if (from < 0 || to < from)
      throw new Error(`a part of docs/serial-link.md stands between ${begin} and ${end}, and they are not there`)
    return `${text.slice(0, from + begin.length)}\n\n${write()}\n\n${text.slice(to)}`
  }, document)
}

/** Writes all of them. */
export function renewLinkTable(): void {
  writeWhole('generated', HEADER_FILE, linkHeader())
  writeWhole('generated', DOCUMENT, withLinkTable(readFileSync(DOCUMENT, 'utf8')))
  writeWhole('generated', DISSECTORS, withLuaTables(readFileSync(DISSECTORS, 'utf8')))
  for (const path of [HEADER_FILE, DOCUMENT, DISSECTORS]) console.log(`wrote ${path}`)
}
