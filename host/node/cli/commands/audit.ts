import { auditSpi, auditUart, type UartAudit } from '../../../audit/audit.js'
import { type AuditResult, auditDocument, isWrong } from '../../../audit/document.js'
import {
  activity,
  channelNamed,
  guessProbes,
  type NamedWires,
  type ProbedWire,
  WIRES,
} from '../../../audit/guess-probes.js'
import { isUsualRate, type UartGiven } from '../../../audit/guess-uart.js'
import { auditLines } from '../../../audit/in-sentences.js'
import type { WireFrame } from '../../../audit/replay.js'
import { parseFormat } from '../../../audit/uart-format.js'
import { PcapngWriter } from '../../../capture/pcapng.js'
import { UsageError } from '../../../errors/errors.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import type { LogicRecording } from '../../../logic/logic-recording.js'
import { say } from '../../../text/say.js'
import { readRecording } from '../../logic/read-recording.js'
import type { ArgumentsOf } from '../arguments.js'
import { interruptible } from '../interruption.js'
import { Outputs } from '../outputs.js'
import { printJson } from '../print-json.js'
import { REMEDY_WORDS } from '../remedy-words.js'
import { print } from '../say.js'
import { WORDS } from '../words.js'
import type { AUDIT_COMMAND } from './audit.command.js'

type Given = ArgumentsOf<typeof AUDIT_COMMAND>

const INDENT = '  '

/** `linkpulse audit FILE`: a recording of a real chip, held against the data sheet and the model. */
export async function audit(given: Given): Promise<number> {
  const [file] = given.operands
  const format = given.text('format')
  const uart = {
    rate: given.whole('baud', 50, 20_000_000),
    format: format === undefined ? undefined : rangeAsUsage(() => parseFormat(format)),
  }
  const named = WIRES.flatMap((wire) => given.text(wire) ?? [])
  const uarts = given.all('uart')
  if (named.length > 0 && uarts.length > 0)
    throw new UsageError('--uart reads a UART, and --cs and its like an SPI: give one or the other')
  const outputs = new Outputs(given)
  try {
    const wanted = [...named, ...uarts].some((name) => /^D\d+$/.test(name)) ? [] : [...named, ...uarts]
    const complete = uarts.length > 0 || WIRES.slice(0, 4).every((wire) => given.text(wire) !== undefined)
    const recording = await interruptible((signal) =>
      readRecording(file, complete && wanted.length > 0 ? wanted : undefined, signal),
    )
    const result = examine(given, file, recording, uart)
    const capture = outputs.file('capture')
    if (capture !== undefined) {
      if (result.spi === undefined)
        throw new UsageError('--capture writes the frames of an SPI, and there is none in the recording; leave it out')
      writeFrames(result.spi.audit.wire, (octets) => capture.write(octets))
      capture.close()
    }
    if (given.has('json')) printJson(auditDocument(result))
    else
      for (const { text, depth } of auditLines(result, REMEDY_WORDS))
        print(`${INDENT.repeat(depth)}${say(WORDS, text)}\n`)
    return isWrong(result) ? 1 : 0
  } finally {
    outputs.discard()
  }
}

/** @throws UsageError where there is neither an SPI nor a UART in it, or not the channel that was named */
function examine(given: Given, file: string, recording: LogicRecording, uart: UartGiven): AuditResult {
  const uarts = given.all('uart')
  if (uarts.length > 0) {
    return {
      file,
      recording,
      uarts: uarts.map((name) => {
        const channel = anyChannel(recording, name, 'uart', file)
        const found = auditUart(recording, channel, uart)
        if (found === undefined)
          throw new UsageError(`${file}: there is no octet of a UART on ${channel}; ${channelList(recording)}`)
        return found
      }),
    }
  }
  const named: NamedWires = Object.fromEntries(
    WIRES.flatMap((wire) => {
      const name = given.text(wire)
      return name === undefined ? [] : [[wire, digitalChannel(recording, name, wire, file)]]
    }),
  )
  const guess = guessProbes(recording, named)
  if (guess !== undefined) {
    const found = auditSpi(recording, guess.probes)
    const { cs, sck } = guess.probes
    if (found === undefined) {
      throw new UsageError(
        `${file}: nothing crosses the SPI: SCK (${recording.channels[sck]}) never rises while CS (${recording.channels[cs]}) is low; ${channelList(recording)}`,
      )
    }
    return { file, recording, spi: { audit: found, guess }, uarts: [] }
  }
  const found = Object.keys(named).length > 0 ? [] : uartsIn(recording, uart)
  if (found.length > 0) return { file, recording, uarts: found }
  throw new UsageError(
    `${file}: no channel is known as an ENC28J60’s SPI or as a UART: name them, as --cs D0 --sck D1 --mosi D2 --miso D3, or --uart D0; ${channelList(recording)}`,
  )
}

/** Channels on which most octets are right. */
function uartsIn(recording: LogicRecording, given: UartGiven): readonly UartAudit[] {
  const names = [...recording.channels, ...recording.analogue.map(({ name }) => name)]
  return names.flatMap((name) => {
    const found = auditUart(recording, name, given)
    if (found === undefined) return []
    const usual = given.rate !== undefined || isUsualRate(found.rate)
    return usual && found.frameErrors + found.parityErrors <= found.reading.octets.length / 4 ? [found] : []
  })
}

function writeFrames(frames: readonly WireFrame[], write: (octets: Uint8Array) => void): void {
  const writer = new PcapngWriter(write)
  const port = writer.addInterface({ name: 'enc28j60', description: 'frames that a recording of the SPI tells of' })
  for (const { at, direction, octets, whole } of frames) {
    const comment = whole ? {} : { comment: 'the driver did not read all of it; what it left is 0' }
    writer.packet(port, octets, { at: Math.max(0, at), direction, ...comment })
  }
}

/** @throws UsageError for a channel that there is not, or a voltage */
function digitalChannel(recording: LogicRecording, name: string, wire: ProbedWire, file: string): number {
  const place = channelNamed(recording, name)
  if (place === undefined) throw noChannel(recording, name, wire, file)
  return place
}

function anyChannel(recording: LogicRecording, name: string, option: 'uart', file: string): string {
  const analogue = recording.analogue.find((each) => each.name === name)
  const place = channelNamed(recording, name)
  if (analogue === undefined && place === undefined) throw noChannel(recording, name, option, file)
  return analogue?.name ?? recording.channels[place ?? 0]
}

function noChannel(recording: LogicRecording, name: string, option: string, file: string): UsageError {
  return new UsageError(`${file}: there is no channel "${name}" for --${option}; ${channelList(recording)}`)
}

/** Of each channel, how often it changes: that of a clock much, that of a chip select little. */
function channelList(recording: LogicRecording): string {
  const moves = activity(recording)
  const digital = recording.channels.map((name, place) => `D${place} ${name}: ${moves[place]}`)
  const analogue = recording.analogue.map(({ name }) => `${name}: V`)
  return `these are there, with how often each changes: ${[...digital, ...analogue].join(', ')}`
}
