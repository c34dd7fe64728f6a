import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locate } from '../setup/tools.js'
import { runCheck } from './run-check.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

function tshark(file: string, ...words: string[]): string[] {
  const command = locate('tshark')
  if (command === undefined) throw new Error('tshark is missing: run `make tools`')
  const options = ['-o', 'eth.check_fcs:TRUE', '-o', 'ip.check_checksum:TRUE']
  const text = execFileSync(command, ['-n', ...options, '-r', file, ...words], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return text.split('\n').filter((line) => line !== '')
}

async function captured(name: string, faults: readonly string[]): Promise<string> {
  const file = join(folder, `${name}.pcapng`)
  writeFileSync(file, (await runCheck({ seed: 3, faults, capture: true, view: 'bench' })).capture)
  return file
}

describe('tshark reads the capture of a check run', () => {
  let good = ''
  beforeAll(async () => {
    good = await captured('good', [])
  })

  it('without a malformed packet, a wrong FCS or a wrong checksum', () => {
    expect(tshark(good).length).toBeGreaterThan(100)
    // The flood of echoes collides on purpose: both ends send at once (mac.duplex-flood).
    const flood = 'icmp.ident == 0x4c54'
    const bad = '_ws.malformed || eth.fcs.status == 0 || ip.checksum.status == 0'
    expect(tshark(good, '-Y', `(${bad}) && !(${flood})`)).toEqual([])
    expect(tshark(good, '-Y', `eth.fcs.status == 0 && ${flood}`)).not.toEqual([])
    expect(tshark(good, '-Y', `icmp.checksum.status == 0 && !(${flood})`)).toEqual([])
  })

  it('and finds the echo requests of the ping check, each answered', () => {
    const requests = tshark(
      good,
      '-2',
      '-Y',
      'icmp.type == 8 && frame.len == 102',
      '-T',
      'fields',
      '-e',
      'icmp.resp_in',
    )
    // 20 from us, 5 from the peer while we answer, 5 while the board answers: 56 octets of data and FCS each.
    expect(requests).toHaveLength(30)
    for (const answer of requests) expect(Number(answer)).toBeGreaterThan(0)
  })

  it('with virtual timestamps: from zero, in nanoseconds, in order', () => {
    const epochs = tshark(good, '-T', 'fields', '-e', 'frame.time_epoch')
    const times = epochs.map(Number)
    expect(times[0]).toBeLessThan(10)
    expect(times.at(-1)).toBeLessThan(60)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    const fractions = epochs.map((time) => time.split('.')[1])
    expect(fractions.every((digits) => digits.length === 9)).toBe(true)
  })

  it('and sees frames of both directions, up to 1518 octets', () => {
    const fields = tshark(good, '-T', 'fields', '-e', 'frame.packet_flags_direction', '-e', 'frame.len')
    const [directions, lengths] = [0, 1].map((at) => fields.map((line) => Number(line.split('\t')[at])))
    expect(new Set(directions).size).toBe(2)
    expect(Math.max(...lengths)).toBe(1518)
    expect(Math.min(...lengths)).toBe(64)
  })

  it('and finds wrong FCSs when the cable is noisy', async () => {
    const noisy = await captured('noisy', ['cable-noise'])
    expect(tshark(noisy, '-Y', 'eth.fcs.status == 0').length).toBeGreaterThan(5)
  })
})
