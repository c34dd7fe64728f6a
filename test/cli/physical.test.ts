/** Connectors, cables and line standards on the command line, and a box on the way of a check. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli, scratch } from './command.js'

describe('linkpulse connectors', () => {
  it('lists them, and finds one by its name or by what it carries', async () => {
    const { stdout } = await runCli('connectors')
    for (const name of ['DE-9', 'DB-25', 'DC-37', 'M/34', 'RJ-45']) expect(stdout).toContain(name)
    for (const [asked, first] of [
      ['de9', 'DE-9: RS-232'],
      ['rs-449', 'DC-37: RS-449'],
      ['V.35', 'M/34: V.35'],
      ['8p8c', 'RJ-45: '],
    ]) {
      expect((await runCli('connectors', asked)).stdout.startsWith(first), asked).toBe(true)
    }
  })

  it('draws a face as SVG and as PNG, and prints it as JSON', async () => {
    const path = join(scratch(), 'face.png')
    expect((await runCli('connectors', 'M/34', '--out', path)).status).toBe(0)
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG')
    expect((await runCli('connectors', 'RJ-45', '--out', '-')).stdout).toMatch(/^<svg .*T568B.*<\/svg>\n$/s)
    const { pins } = JSON.parse((await runCli('connectors', 'DE-9', '--json')).stdout)
    expect(pins[2]).toEqual({ pin: '3', name: 'TXD', circuit: '103', direction: 'out', title: 'transmitted data' })
  })
})

describe('linkpulse cables', () => {
  it('shows each from pin to pin', async () => {
    const names = (await runCli('cables')).stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0])
    expect(names).toHaveLength(7)
    for (const name of names) {
      expect((await runCli('cables', name)).stdout, name).toContain('───')
      expect((await runCli('cables', name, '--out', '-')).stdout, name).toMatch(/^<svg .*<\/svg>\n$/s)
    }
    expect((await runCli('cables', 'null-modem', '--ends', 'DB-25')).stdout).toMatch(/TXD +2 +─── +3 +RXD/)
    expect((await runCli('cables', 'serial-straight')).stdout).toMatch(/TXD +3 +─── +2 +TXD/)
  })
})

describe('linkpulse lines', () => {
  it('compares them, and shows one', async () => {
    const { stdout } = await runCli('lines')
    expect(stdout).toMatch(/^rs-232 +inverted, damages +right/m)
    expect(stdout).toMatch(/^v\.35 +nothing +nothing, undefined +right/m)
    const { standards, matrix } = JSON.parse((await runCli('lines', '--json')).stdout)
    expect(standards).toHaveLength(5)
    expect(matrix).toHaveLength(25)
    expect((await runCli('lines', 'eia-449')).stdout).toContain('rs-422')
  })

  it('draws an octet, the same each time, and says what was received', async () => {
    const path = join(scratch(), 'octet.svg')
    const { stderr } = await runCli('lines', 'rs-422', '--octet', '0x41,0x42', '--out', path)
    expect(stderr).toMatch(/received: 41h, 42h; written to/)
    expect((await runCli('lines', 'rs-422', '--octet', '65,66')).stdout).toBe(readFileSync(path, 'utf8'))
    const upsideDown = await runCli('lines', 'rs-232', '--receiver', 'ttl', '--out', path)
    expect(upsideDown.stderr).toMatch(/framing error/)
  })
})

describe('linkpulse check --through', () => {
  it('says what is on the way, and counts what its ports saw', async () => {
    const { stdout, status } = await runCli('check', '--only', 'network.ping', '--through', 'switch')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Checking model:uno \(uno and its partner on a switch, seed 1, view desk\)/)
    const { counters } = JSON.parse(
      (await runCli('check', '--only', 'phy', '--through', 'repeater', '--view', 'bench', '--json')).stdout,
    )
    // What is sent with the link forced, by two checks.
    expect(counters.repeater).toMatchObject({ collisions: 0, 'ports: 1: received': 3 })
  })
})

describe('wrong usage (exit status 2)', () => {
  it.each<[string[], RegExp]>([
    [['connectors', 'DE-8'], /no connector "DE-8"; did you mean "DE-9"\?/],
    [['connectors', '--out', 'x.svg'], /--out draws one connector: name it/],
    [['connectors', 'DE-9', '--out', 'x.gif'], /ends in \.svg or \.png/],
    [['cables', 'null-modm'], /did you mean "null-modem"\?/],
    [['cables', 'null-modem', '--ends', 'RJ-45'], /--ends takes one or two serial connectors/],
    [['cables', 'rj45-straight', '--ends', 'DE-9'], /has an RJ-45 plug at both ends/],
    [['cables', '--out', 'x.svg'], /want one cable: name it/],
    [['lines', 'rs-233'], /no line standard "rs-233"; did you mean "rs-232"\?/],
    [['lines', 'RJ-45'], /scope --probe td/],
    [['lines', 'rs-449', '--octet', '1'], /rs-422 \(data\) and rs-423/],
    [['lines', 'ttl', '--octet', '256'], /--octet takes 0 to 255/],
    [['lines', 'ttl', '--framing', '9N1'], /take 5 to 8 data bits/],
    [['lines', 'ttl', '--baud', '0'], /--baud takes a number from 1 to 100000000, not "0"/],
    [['lines', '--out', 'x.svg'], /drawn on one standard: name it/],
    [['check', '--through', 'swich'], /--through takes hub, repeater, switch.*did you mean "switch"\?/],
    [['check', '--through', 'hub', '--over-pty'], /do not go together/],
    [['check', '--through', 'hub', '--fault', 'cable-intermittent'], /leave --through out/],
    [['check', '/dev/ttyACM0', '--through', 'hub'], /--through is for a simulated cable/],
  ])('linkpulse %j', async (words, message) => {
    const { status, stdout, stderr } = await runCli(...words)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n {4}at |Error:/)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})
