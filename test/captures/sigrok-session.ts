/**
 * Reads sigrok session files (`.sr`, https://sigrok.org/wiki/File_format:Sigrok/v2): a zip with `version`, `metadata` (an
 * ini file) and the samples of up to eight probes, an octet each, in `logic-1-1`, `logic-1-2` and so on.
 *
 * Zip (PKWARE APPNOTE 6.3.10): as much as sigrok writes. No zip64, no encryption.
 */
import { inflateRawSync } from 'node:zlib'

interface ZipEntry {
  readonly method: number
  readonly crc: number
  readonly size: number
  readonly packed: Uint8Array
}

const END_OF_DIRECTORY = 0x0605_4b50
const DIRECTORY_ENTRY = 0x0201_4b50
const STORED = 0
const DEFLATED = 8
/** sigrok cuts its samples into pieces of 10 MiB. */
const LARGEST_ENTRY = 64 << 20

/** 4.3.12, 4.3.16: the entries, as the directory at the end of the file lists them. @throws Error for what is no zip. */
function entriesOf(file: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let end = file.length - 22
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end--
  if (end < 0) throw new Error('this is no zip file: it has no directory at its end')
  const entries = new Map<string, ZipEntry>()
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new Error(`the zip directory is damaged at octet ${at}`)
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(file.subarray(at + 46, at + 46 + nameLength))
    const local = view.getUint32(at + 42, true)
    // 4.3.7: name and extra field of the local header have lengths of their own
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      packed: file.subarray(start, start + view.getUint32(at + 20, true)),
    })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function unpack(name: string, { method, size, packed }: ZipEntry): Uint8Array {
  if (size > LARGEST_ENTRY) throw new Error(`${name} has ${size} octets; ${LARGEST_ENTRY} are read at most`)
  if (method !== STORED && method !== DEFLATED)
    throw new Error(`${name} is packed by method ${method}; 0 and 8 are read`)
  const octets = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: size })
  if (octets.length !== size) throw new Error(`${name} has ${octets.length} octets, and its directory says ${size}`)
  return octets
}

const UNITS: Readonly<Record<string, number>> = { Hz: 1, kHz: 1e3, MHz: 1e6, GHz: 1e9 }

/** The probes have these levels from this instant on. */
export interface Change {
  /** Nanoseconds since the first sample. */
  readonly at: number
  /** Probe 1 in bit 0. */
  readonly levels: number
}

export interface SigrokSession {
  /** Hertz. */
  readonly sampleRate: number
  /** Names of the probes, probe 1 first. */
  readonly probes: readonly string[]
  /** The first sample, and each one that differs from the one before. */
  readonly changes: readonly Change[]
}

/** Reads a session file. @throws Error that says what is wrong with it. */
export function readSigrokSession(file: Uint8Array): SigrokSession {
  const entries = entriesOf(file)
  const metadata = entries.get('metadata')
  if (metadata === undefined) throw new Error('this zip has no metadata: it is no sigrok session')
  const settings = new Map<string, string>()
  for (const line of new TextDecoder().decode(unpack('metadata', metadata)).split(/\r?\n/)) {
    const equals = line.indexOf('=')
    if (equals > 0) settings.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim())
  }
  const rate = /^([\d.]+) (k?|M|G)Hz$/.exec(settings.get('samplerate') ?? '')
  if (rate === null) throw new Error(`"${settings.get('samplerate')}" is no sample rate`)
  if (settings.get('unitsize') !== '1') throw new Error('only sessions of up to eight probes are read')
  const sampleRate = Number(rate[1]) * UNITS[`${rate[2]}Hz`]
  const probes = Array.from(
    { length: Number(settings.get('total probes')) },
    (_, i) => settings.get(`probe${i + 1}`) ?? '',
  )
  return { sampleRate, probes, changes: changesOf(entries, settings.get('capturefile') ?? 'logic-1', 1e9 / sampleRate) }
}

function changesOf(entries: Map<string, ZipEntry>, prefix: string, period: number): Change[] {
  const changes: Change[] = []
  /** What pieces hold that are one level from end to end: a line at rest is packed alike, and need not be unpacked again. */
  const flat = new Map<string, number>()
  let levels = -1
  let before = 0
  for (let piece = 1; ; piece++) {
    const name = `${prefix}-${piece}`
    const entry = entries.get(name)
    if (entry === undefined) return changes
    const key = `${entry.crc} ${entry.size}`
    if (flat.get(key) !== levels || levels < 0) {
      const samples = unpack(name, entry)
      const had = changes.length
      for (let i = 0; i < samples.length; i++) {
        if (samples[i] === levels) continue
        levels = samples[i]
        changes.push({ at: Math.round((before + i) * period), levels })
      }
      if (changes.length === had) flat.set(key, levels)
    }
    before += entry.size
  }
}
