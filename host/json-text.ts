import { printableJson } from '../firmware/text/printable.js'

/** A value as a JSON document that a terminal can show: what is unprintable in its strings is escaped, and none of it lost. */
export function jsonText(value: unknown): string {
  return `${printableJson(JSON.stringify(value, null, 2))}\n`
}

/** The same in one line. */
export function jsonLine(value: unknown): string {
  return `${printableJson(JSON.stringify(value))}\n`
}
