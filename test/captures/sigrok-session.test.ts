import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSigrokSession } from './sigrok-session.js'

/** A session file as sigrok-cli writes it: four probes at 1 MHz. */
function session(samples: Uint8Array): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'linkpulse-sigrok-'))
  try {
    const [raw, file] = [join(folder, 'raw.bin'), join(folder, 'out.sr')]
    writeFileSync(raw, samples)
    execFileSync('sigrok-cli', ['-I', 'binary:numchannels=4:samplerate=1000000', '-i', raw, '-o', file])
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('a sigrok session', () => {
  it('is read as the samples that differ from the one before, at the sample rate', () => {
    // longer than one piece of sigrok-cli, so that levels must be carried from piece to piece
    const samples = new Uint8Array(11 << 20).fill(5)
    samples.fill(4, 3, 5)
    samples.fill(13, samples.length - 1)
    const { sampleRate, probes, changes } = readSigrokSession(session(samples))
    expect(sampleRate).toBe(1e6)
    expect(probes).toHaveLength(4)
    expect(changes).toEqual([
      { at: 0, levels: 5 },
      { at: 3_000, levels: 4 },
      { at: 5_000, levels: 5 },
      { at: (samples.length - 1) * 1_000, levels: 13 },
    ])
  })

  it('that is no zip, or is cut short, is an error that says so', () => {
    expect(() => readSigrokSession(new TextEncoder().encode('not a session at all, but text'))).toThrow(/no zip/)
    const whole = session(Uint8Array.of(0, 1, 2))
    expect(() => readSigrokSession(whole.subarray(0, whole.length >> 1))).toThrow(/no zip/)
    const damaged = whole.slice()
    damaged.fill(0, whole.length - 22 - 8, whole.length - 22)
    damaged.fill(0, 0, whole.length - 22)
    expect(() => readSigrokSession(damaged)).toThrow(/directory is damaged/)
  })
})
