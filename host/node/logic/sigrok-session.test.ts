import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { readSigrokSession } from './sigrok-session.js'

/** A session file as sigrok-cli writes it. */
function session(samples: Uint8Array, channels: number): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-sigrok-'))
  try {
    const [raw, file] = [join(folder, 'raw.bin'), join(folder, 'out.sr')]
    writeFileSync(raw, samples)
    execFileSync('sigrok-cli', ['-I', `binary:numchannels=${channels}:samplerate=1000000`, '-i', raw, '-o', file])
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const changes = (file: Uint8Array) => {
  const { times, levels } = readSigrokSession(file)
  return [...times].map((at, i) => [at, levels[i]])
}

/** A zip of our own: names, what is in them, and what the directory says of their size. */
function zipOf(entries: readonly { name: string; octets: Uint8Array; says?: number }[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, octets, says = octets.length } of entries) {
    const packed = deflateRawSync(octets)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(says, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

const METADATA = Buffer.from(
  '[device 1]\ncapturefile=logic-1\ntotal probes=2\nsamplerate=1 MHz\nprobe1=A\nprobe2=B\nunitsize=1\n',
)

describe('a sigrok session', () => {
  it('is read as the samples that differ from the one before, at the sample rate', () => {
    // longer than one piece of sigrok-cli, so that levels must be carried from piece to piece
    const samples = new Uint8Array(11 << 20).fill(5)
    samples.fill(4, 3, 5)
    samples.fill(13, samples.length - 1)
    const file = session(samples, 4)
    const { channels, period, duration } = readSigrokSession(file)
    expect({ channels: channels.length, period, duration }).toEqual({
      channels: 4,
      period: 1000,
      duration: (samples.length - 1) * 1000,
    })
    expect(changes(file)).toEqual([
      [0, 5],
      [3_000, 4],
      [5_000, 5],
      [(samples.length - 1) * 1_000, 13],
    ])
  })

  it('of more than eight probes has samples of two octets, the low one first', () => {
    expect(changes(session(Uint8Array.of(1, 0, 1, 8, 0, 8), 12))).toEqual([
      [0, 0x001],
      [1000, 0x801],
      [2000, 0x800],
    ])
  })

  it('has the voltages of its analogue channels', () => {
    const volts = Buffer.from(Float32Array.of(0, 3.25, 3.25, -5.5).buffer)
    const metadata = Buffer.from('[device 1]\nsamplerate=1 kHz\ntotal analog=1\nanalog1=A0\n')
    const { analogue } = readSigrokSession(
      zipOf([
        { name: 'metadata', octets: metadata },
        { name: 'analog-1-1-1', octets: volts },
      ]),
    )
    expect(analogue).toEqual([
      { name: 'A0', times: Float64Array.of(0, 1e6, 3e6), volts: Float32Array.of(0, 3.25, -5.5) },
    ])
  })

  it('that is no zip, or is cut short, is an error that says so', () => {
    expect(() => readSigrokSession(new TextEncoder().encode('not a session at all, but text'))).toThrow(/no zip/)
    const whole = session(Uint8Array.of(0, 1, 2), 4)
    expect(() => readSigrokSession(whole.subarray(0, whole.length >> 1))).toThrow(/no zip/)
    const damaged = whole.slice()
    damaged.fill(0, 0, whole.length - 22)
    expect(() => readSigrokSession(damaged)).toThrow(/directory is damaged/)
  })

  it('that would unpack to more than it says, or to gigabytes, is refused before it does', () => {
    const bomb = new Uint8Array(1 << 20)
    const metadata = { name: 'metadata', octets: METADATA }
    expect(() => readSigrokSession(zipOf([metadata, { name: 'logic-1-1', octets: bomb, says: 100 }]))).toThrow(
      /cannot be unpacked/,
    )
    expect(() => readSigrokSession(zipOf([metadata, { name: 'logic-1-1', octets: bomb, says: 2 ** 31 }]))).toThrow(
      /67108864 are read at most/,
    )
    // Pieces that all claim the largest size: the sum is bounded before any of them is unpacked.
    const many = Array.from({ length: 70 }, (_, i) => ({
      name: `logic-1-${i + 1}`,
      octets: Uint8Array.of(0),
      says: 64 << 20,
    }))
    expect(() => readSigrokSession(zipOf([metadata, ...many]))).toThrow(/4697620572 octets of samples in it/)
  })

  it('with any octets changed is read, or refused with a RangeError', () => {
    const whole = session(
      Uint8Array.from({ length: 64 }, (_, i) => i & 15),
      4,
    )
    const random = new SeededRandom(17)
    let refused = 0
    for (let round = 0; round < 400; round++) {
      const hostile = whole.slice()
      for (let i = 0; i <= random.below(4); i++) hostile[random.below(hostile.length)] = random.below(256)
      try {
        readSigrokSession(hostile)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(40)
  })
})
