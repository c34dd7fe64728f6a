/** Formats of a UART by their names: 8N1, 7E1. Stop bits are read as one: a second is the line at rest. */
import { framingName } from '../../boards/rs232/framing.js'
import type { UartFormat } from './uart-line.js'

const PARITIES: Readonly<Record<string, UartFormat['parity']>> = { N: 'none', E: 'even', O: 'odd' }

/** @throws RangeError for what is no format */
export function parseFormat(text: string): UartFormat {
  const [, bits, parity] = /^([5-9])([NEO])[12]?$/i.exec(text) ?? []
  if (bits === undefined) throw new RangeError(`--format takes data bits and parity, as 8N1 or 7E1, not "${text}"`)
  return { dataBits: Number(bits) as UartFormat['dataBits'], parity: PARITIES[parity.toUpperCase()] }
}

export function formatName(format: UartFormat): string {
  return framingName({ ...format, stopBits: 1 })
}
