/**
 * `linkpulse audit` on recordings of UARTs (sigrok-dumps, in the public domain), with sigrok's own decoder as the judge: the same octets, and a
 * frame error or a parity error wherever it has one.
 */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { auditUart, type UartAudit, uartHasTrouble } from '../../host/audit/audit.js'
import { parseFormat } from '../../host/audit/uart-format.js'
import type { LogicRecording } from '../../host/logic/logic-recording.js'
import { readSigrokSession } from '../../host/node/logic/sigrok-session.js'
import { capturePath, NO_CAPTURES } from './captures.js'

const run = promisify(execFile)
const folder = capturePath('uart')

/** What each recording is, by its name (sigrok-dumps says so): channel, rate, format. */
function saidOf(file: string): { channel: string; rate: number; format: string; given: boolean } {
  const [, hello] = /^hello_world_(\d[neo]1_\d+)/.exec(file) ?? []
  if (hello !== undefined) {
    const [format, rate] = hello.split('_')
    return { channel: 'TX', rate: Number(rate), format: format.toUpperCase(), given: false }
  }
  const [, bits] = /^uart_count_19200_(\d)n1/.exec(file) ?? []
  if (bits !== undefined) return { channel: 'tx', rate: 19200, format: `${bits}N1`, given: false }
  if (file.startsWith('mtk3339')) return { channel: 'TX', rate: 9600, format: '8N1', given: false }
  if (file.startsWith('ampel64')) return { channel: 'TX', rate: 4800, format: '8N1', given: true }
  // An octet or three: nobody finds out a rate from that.
  return { channel: file === 'glitch_0x4f_0x4b_0x0a.sr' ? 'TX' : 'RX', rate: 115200, format: '8N1', given: true }
}

/** sigrok's decoder, with the rate and the format that the audit found. */
async function judge(path: string, { channel, rate, format, line }: UartAudit) {
  const decoder = [
    `uart:rx=${channel}`,
    `baudrate=${Math.round(rate)}`,
    `data_bits=${format.dataBits}`,
    `parity=${format.parity}`,
    `invert_rx=${line.inverted ? 'yes' : 'no'}`,
  ].join(':')
  const classes = 'uart=rx-data:rx-warnings:rx-parity-err'
  const { stdout } = await run('sigrok-cli', ['-i', path, '-P', decoder, '-A', classes])
  const lines = stdout
    .trim()
    .split('\n')
    .map((each) => each.replace('uart-1: ', ''))
  return {
    octets: lines.filter((each) => /^[0-9A-F]+$/.test(each)).map((each) => Number.parseInt(each, 16)),
    frameErrors: lines.filter((each) => each === 'Frame error').length,
    parityErrors: lines.filter((each) => each === 'Parity error').length,
  }
}

function audited(file: string, { channel, rate, format, given }: ReturnType<typeof saidOf>): UartAudit {
  const recording = readSigrokSession(readFileSync(join(folder!, file)))
  const known = given ? { rate, format: parseFormat(format) } : { rate: undefined, format: undefined }
  const audit = auditUart(recording, channel, known)
  if (audit === undefined) throw new Error(`${file}: no octet`)
  return audit
}

describe.skipIf(folder === undefined)(`recordings of UARTs (${NO_CAPTURES} where they are skipped)`, () => {
  const files = folder === undefined ? [] : readdirSync(folder).filter((file) => file.endsWith('.sr'))

  it('there are forty', () => expect(files).toHaveLength(40))

  it.each(files)('%s: rate, format, and the octets and errors that sigrok has', async (file) => {
    const said = saidOf(file)
    const audit = audited(file, said)
    expect({ rate: audit.rate, format: `${audit.format.dataBits}${audit.format.parity[0].toUpperCase()}1` }).toEqual({
      rate: said.rate,
      format: said.format,
    })
    const { reading, frameErrors, parityErrors } = audit
    expect({ octets: reading.octets.map(({ value }) => value), frameErrors, parityErrors }).toEqual(
      await judge(join(folder!, file), audit),
    )
    if (/^(hello|uart_count|mtk)/.test(file)) expect(uartHasTrouble(audit)).toBe(false)
  })

  it('what interference did to single octets is flagged as a glitch, also where the octet is right', () => {
    const glitched = files.filter((file) => file.startsWith('glitch_'))
    const flagged = glitched.filter((file) => uartHasTrouble(audited(file, saidOf(file))))
    expect(flagged).toEqual(glitched)
  })
})

describe('a UART of our own', () => {
  /** `octets` as 8N1 at `rate`, whose edges are drawn as voltages. */
  function drawn(octets: readonly number[], rate: number, low: number, high: number): LogicRecording {
    const bit = 1e9 / rate
    const levels = octets.flatMap((octet) => [0, ...Array.from({ length: 8 }, (_, i) => (octet >> i) & 1), 1, 1])
    const all = [1, 1, 1, ...levels, 1, 1, 1]
    const times = Float64Array.from(all, (_, i) => i * bit)
    const volts = Float32Array.from(all, (level) => (level === 1 ? high : low))
    const empty = { channels: [], period: 0, times: new Float64Array(0), levels: new Uint32Array(0) }
    return { ...empty, analogue: [{ name: 'A0', times, volts }], duration: all.length * bit }
  }
  const TEXT = [...'The quick brown fox jumps over the lazy dog'].map((each) => each.charCodeAt(0))
  const unknown = { rate: undefined, format: undefined }

  it('that was recorded as voltages at an RS-232 connector is read, rests low, and has its levels', () => {
    const audit = auditUart(drawn(TEXT, 9600, 5.5, -5.5), 'A0', unknown)!
    expect(audit.reading.octets.map(({ value }) => value)).toEqual(TEXT)
    expect(audit).toMatchObject({
      rate: 9600,
      frameErrors: 0,
      line: { inverted: true, volts: { low: -5.5, high: 5.5 } },
    })
  })

  it('whose sender is 4 % too slow has trouble, and 2 % are none', () => {
    const slow = auditUart(drawn(TEXT, 9600 * 0.96, 0, 3.3), 'A0', { ...unknown, rate: 9600 })!
    expect(slow.deviation).toBeCloseTo(-0.04, 2)
    expect(uartHasTrouble(slow)).toBe(true)
    expect(uartHasTrouble(auditUart(drawn(TEXT, 9600 * 0.98, 0, 3.3), 'A0', unknown)!)).toBe(false)
  })
})
