/**
 * Reads sigrok session files (`.sr`, https://sigrok.org/wiki/File_format:Sigrok/v2): a zip with `version`, `metadata` (an
 * ini file), the samples of all probes in `logic-1-1`, `logic-1-2` and so on (`logic-1` in sessions of version 1), and 32-bit floats of each
 * analogue channel in `analog-1-N-1` and so on.
 */
import { type LogicRecording, MOST_CHANNELS, RecordingBuilder, tooManyChannels } from '../../logic/logic-recording.js'
import { unzip, type ZipEntry, zipEntries } from './zip.js'

/** sigrok cuts its samples into pieces of 10 MiB; sessions of version 1 are one piece. */
const LARGEST_PIECE = 64 << 20
/** Of samples in all: 4 s at 1 GHz. */
const MOST_OCTETS = 4 * 2 ** 30
const MOST_METADATA = 1 << 20
/** An octet holds 8 probes, a sample 32 at most. */
const WIDEST_SAMPLE = 4
const FLOAT_OCTETS = 4

const UNITS: Readonly<Record<string, number>> = { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9 }

/** Reads a session file. @throws RangeError that says what is wrong with it */
export function readSigrokSession(file: Uint8Array): LogicRecording {
  const entries = zipEntries(file)
  refuseTooMuch(entries)
  const settings = settingsOf(entries)
  const rate = /^([\d.]+) ?((?:k|M|G)?Hz)?$/.exec(settings.get('samplerate') ?? '')
  const sampleRate = rate === null ? 0 : Number(rate[1]) * UNITS[rate[2] ?? 'Hz']
  if (!(sampleRate > 0)) throw new RangeError(`its sample rate is "${settings.get('samplerate') ?? ''}", which is none`)
  const period = 1e9 / sampleRate
  const named = (prefix: string) =>
    [...settings].flatMap(([key, name]) => {
      const [, number] = new RegExp(`^${prefix}(\\d+)$`).exec(key) ?? []
      return number === undefined ? [] : [{ number: Number(number), name }]
    })
  const probes = named('probe').filter(({ number }) => number >= 1)
  const analogue = named('analog')
  if (probes.length + analogue.length > MOST_CHANNELS) throw tooManyChannels(probes.length + analogue.length)
  const width = Number(settings.get('unitsize') ?? 0)
  if (probes.length > 0 && !(width >= 1 && width <= WIDEST_SAMPLE && Number.isInteger(width)))
    throw new RangeError(`its samples have ${settings.get('unitsize')} octets; 1 to ${WIDEST_SAMPLE} are read`)
  for (const { number } of probes) if (number > 8 * width) throw tooManyChannels(number)
  const builder = new RecordingBuilder(
    probes.map(({ name }) => name),
    period,
    analogue.map(({ name }) => name),
  )
  const prefix = settings.get('capturefile') ?? 'logic-1'
  let samples = probes.length === 0 ? 0 : readLogic(builder, piecesOf(entries, prefix), width, probes)
  analogue.forEach(({ number }, place) => {
    samples = Math.max(samples, readVolts(builder, place, piecesOf(entries, `analog-1-${number}`)))
  })
  if (samples === 0) throw new RangeError('there are no samples in it')
  return builder.finish((samples - 1) * period)
}

/** Before any of it is unpacked. */
function refuseTooMuch(entries: ReadonlyMap<string, ZipEntry>): void {
  let octets = 0
  for (const { size } of entries.values()) octets += size
  if (octets > MOST_OCTETS)
    throw new RangeError(`there are ${octets} octets of samples in it; ${MOST_OCTETS} are read at most: record less`)
}

function settingsOf(entries: ReadonlyMap<string, ZipEntry>): ReadonlyMap<string, string> {
  const metadata = entries.get('metadata')
  if (metadata === undefined) throw new RangeError('it is a zip without metadata: no sigrok session')
  const settings = new Map<string, string>()
  for (const line of new TextDecoder().decode(unzip('metadata', metadata, MOST_METADATA)).split(/\r?\n/)) {
    const equals = line.indexOf('=')
    if (equals > 0) settings.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim())
  }
  return settings
}

interface Piece extends ZipEntry {
  readonly name: string
}

/** In order; the first that is missing ends them. */
function* piecesOf(entries: ReadonlyMap<string, ZipEntry>, prefix: string): Generator<Piece> {
  const whole = entries.get(prefix)
  if (whole !== undefined) yield { name: prefix, ...whole }
  for (let number = 1; ; number++) {
    const name = `${prefix}-${number}`
    const entry = entries.get(name)
    if (entry === undefined) return
    yield { name, ...entry }
  }
}

/** @returns how many samples there are */
function readLogic(
  builder: RecordingBuilder,
  pieces: Iterable<Piece>,
  width: number,
  probes: readonly { readonly number: number }[],
): number {
  const { period } = builder
  // Probes may stand anywhere in a sample: where they are the first in order, a sample is the level.
  const inOrder = probes.every(({ number }, bit) => number === bit + 1)
  const mask = probes.length === 32 ? 0xffff_ffff : 2 ** probes.length - 1
  /** What pieces hold that are one sample from end to end: a line at rest is packed alike, and need not be unpacked again. */
  const flat = new Map<string, number>()
  let sample = -1
  let before = 0
  for (const piece of pieces) {
    if (piece.size % width !== 0) throw new RangeError(`${piece.name} in it ends within a sample`)
    const key = `${piece.crc} ${piece.size} ${piece.packed.length}`
    if (flat.get(key) !== sample || sample < 0) {
      const octets = unzip(piece.name, piece, LARGEST_PIECE)
      let changes = 0
      for (let i = 0; i < octets.length; i += width) {
        if (width === 1) {
          // Most of what is recorded is lines at rest.
          while (i < octets.length && octets[i] === sample) i++
          if (i === octets.length) break
        }
        let value = octets[i]
        for (let octet = 1; octet < width; octet++) value += octets[i + octet] * 256 ** octet
        if (value === sample) continue
        sample = value
        changes++
        const at = (before + i / width) * period
        builder.change(Math.round(at * 1000) / 1000, inOrder ? (sample & mask) >>> 0 : picked(sample, probes))
      }
      if (changes === 0) flat.set(key, sample)
    }
    before += piece.size / width
  }
  return before
}

function picked(sample: number, probes: readonly { readonly number: number }[]): number {
  return probes.reduce((levels, { number }, bit) => levels | (((sample >>> (number - 1)) & 1) << bit), 0)
}

/** @returns how many samples there are */
function readVolts(builder: RecordingBuilder, place: number, pieces: Iterable<Piece>): number {
  let before = 0
  for (const piece of pieces) {
    const octets = unzip(piece.name, piece, LARGEST_PIECE)
    const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
    const count = Math.floor(octets.length / FLOAT_OCTETS)
    for (let i = 0; i < count; i++) {
      const volts = view.getFloat32(FLOAT_OCTETS * i, true)
      if (Number.isFinite(volts)) builder.voltage(place, (before + i) * builder.period, volts)
    }
    before += count
  }
  return before
}
