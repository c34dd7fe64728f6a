/** Connectors, cables and line standards on the command line, and a box on the way of a check. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratch } from './command.js'
import { runHere } from './here.js'

describe('linkpulse connectors', () => {
  it('lists them, and finds one by its name or by what it carries', async () => {
    const { stdout } = await runHere('connectors')
    for (const name of ['DE-9', 'DB-25', 'DC-37', 'M/34', 'RJ-45']) expect(stdout).toContain(name)
    for (const [asked, first] of [
      ['de9', 'DE-9: RS-232'],
      ['rs-449', 'DC-37: RS-449'],
      ['V.35', 'M/34: V.35'],
      ['8p8c', 'RJ-45: '],
    ]) {
      expect((await runHere('connectors', asked)).stdout.startsWith(first), asked).toBe(true)
    }
  })

  it('draws a face as SVG and as PNG, and prints it as JSON', async () => {
    const path = join(scratch(), 'face.png')
    expect((await runHere('connectors', 'M/34', '--out', path)).status).toBe(0)
    expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG')
    expect((await runHere('connectors', 'RJ-45', '--out', '-')).stdout).toMatch(/^<svg .*T568B.*<\/svg>\n$/s)
    const { pins } = JSON.parse((await runHere('connectors', 'DE-9', '--json')).stdout)
    expect(pins[2]).toEqual({ pin: '3', name: 'TXD', circuit: '103', direction: 'out', title: 'transmitted data' })
  })
})

describe('linkpulse cables', () => {
  it('shows each from pin to pin', async () => {
    const names = (await runHere('cables')).stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0])
    expect(names).toHaveLength(7)
    for (const name of names) {
      expect((await runHere('cables', name)).stdout, name).toContain('───')
      expect((await runHere('cables', name, '--out', '-')).stdout, name).toMatch(/^<svg .*<\/svg>\n$/s)
    }
    expect((await runHere('cables', 'null-modem', '--ends', 'DB-25')).stdout).toMatch(/TXD +2 +─── +3 +RXD/)
    expect((await runHere('cables', 'serial-straight')).stdout).toMatch(/TXD +3 +─── +2 +TXD/)
  })
})

describe('linkpulse lines', () => {
  it('compares them, and shows one', async () => {
    const { stdout } = await runHere('lines')
    expect(stdout).toMatch(/^rs-232 +inverted, damages +right/m)
    expect(stdout).toMatch(/^v\.35 +nothing +nothing, undefined +right/m)
    const { standards, matrix } = JSON.parse((await runHere('lines', '--json')).stdout)
    expect(standards).toHaveLength(5)
    expect(matrix).toHaveLength(25)
    expect((await runHere('lines', 'eia-449')).stdout).toContain('rs-422')
  })

  it('draws an octet, the same each time, and says what was received; without a file in characters', async () => {
    const path = join(scratch(), 'octet.svg')
    const { stderr } = await runHere('lines', 'rs-422', '--octet', '0x41,0x42', '--out', path)
    expect(stderr).toMatch(/received: 41h “A”, 42h “B”; written to/)
    const again = await runHere('lines', 'rs-422', '--octet', '65,66', '--out', '-')
    expect(again.stdout).toBe(readFileSync(path, 'utf8'))
    expect((await runHere('lines', 'rs-422', '--octet', '65,66')).stdout).toMatch(
      /^rs-422: 41h “A”, 42h “B”, .*\n\n41h “A” +idle start/,
    )
    const upsideDown = await runHere('lines', 'rs-232', '--receiver', 'ttl', '--out', path)
    expect(upsideDown.stderr).toMatch(/framing error/)
  })
})

describe('linkpulse lines --text', () => {
  it('shows a text at the pin and at the connector: in characters, and as a picture', async () => {
    const { stdout, status } = await runHere('lines', 'rs-232', '--text', 'Hi')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^rs-232: “Hi” \(48h, 69h\), 8N1 at 9600 baud over 2 m; a bit lasts 104\.167 µs\n/)
    expect(stdout).toMatch(/\npin +5 V [─┐┌ ]+\n +0 V [─└┘ ]+\nconnector +9 V [─┐┌ ]+\n +−9 V [─└┘ ]+\n/)
    const path = join(scratch(), 'hi.svg')
    const drawn = await runHere('lines', 'v.35', '--text', 'Hi', '--framing', '7E2', '--out', path)
    expect(drawn.stderr).toMatch(/^v\.35: “Hi” \(48h, 69h\), 7E2 .*; received: 48h “H”, 69h “i”; written to/)
    const svg = readFileSync(path, 'utf8')
    for (const words of [
      'at the pin (TXD)',
      'at the connector: conductor A over ground',
      'idle',
      'start',
      'P 0',
      'stop',
    ])
      expect(svg).toContain(`>${words}<`)
  })
})

describe('pictures with --theme and --aspect', () => {
  it.each([
    ['lines', 'rs-232', '--text', 'Hi', '--out'],
    ['connectors', 'DC-37', '--out'],
    ['cables', 'null-modem', '--out'],
    ['boards', 'nano', '--wiring'],
    ['scope', '--probe', 'rs232-txd', '--out'],
  ])('of %s %s have the form of a slide, and black ink', async (...words) => {
    const plain = (await runHere(...words, '-')).stdout
    const { stdout, status, stderr } = await runHere(...words, '-', '--theme', 'projector', '--aspect', '16:9')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^<svg [^>]*width="1280" height="720"/)
    expect(stdout).toContain('#000000')
    expect(plain).not.toContain('#000000')
  })

  it('as PNG are 1920 pixels wide', async () => {
    const path = join(scratch(), 'cable.png')
    await runHere('cables', 'null-modem', '--out', path, '--aspect', '16:9')
    const png = readFileSync(path)
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1920, 1080])
  })
})

describe('linkpulse check --through', () => {
  it('says what is on the way, and counts what its ports saw', async () => {
    const { stdout, status } = await runHere('check', '--only', 'network.ping', '--through', 'switch')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Checking model:uno \(uno and its partner on a switch, seed 1, view desk\)/)
    const { counters } = JSON.parse(
      (await runHere('check', '--only', 'phy', '--through', 'repeater', '--view', 'bench', '--json')).stdout,
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
    [['lines', 'ttl', '--text', 'Hi', '--octet', '1'], /--text and --octet both say what is sent: give one of them/],
    [['lines', 'ttl', '--text', 'Hi', '--json'], /a text or an octet is drawn, and --json prints a document/],
    [['lines', 'ttl', '--text', 'linkpulse'], /"linkpulse" is 9 octets: give a shorter one/],
    [
      ['lines', 'ttl', '--text', 'ö', '--framing', '7N1'],
      /"ö" does not fit into 7 data bits \(its octets are C3h, B6h\)/,
    ],
    [
      ['lines', 'ttl', '--text', 'Hi', '--theme', 'projector'],
      /--theme says how a picture looks, .* add --out FILE\.svg/,
    ],
    [['connectors', 'DE-9', '--aspect', '4:3'], /--aspect says how a picture looks, and none is drawn here/],
    [['boards', 'uno', '--theme', 'projector'], /add --wiring FILE\.svg/],
    [['cables', 'null-modem', '--out', '-', '--theme', 'beamer'], /--theme takes paper or projector, not "beamer"/],
    [['cables', 'null-modem', '--out', '-', '--aspect', 'wide'], /--aspect takes .* as 16:9 or 4:3, not "wide"/],
    [['scope', '--out', 'x.csv', '--theme', 'projector'], /name a file that ends in \.svg or \.png/],
    [['check', '--through', 'swich'], /--through takes hub, repeater, switch.*did you mean "switch"\?/],
    [['check', '--through', 'hub', '--over-pty'], /do not go together/],
    [['check', '--through', 'hub', '--fault', 'cable-intermittent'], /leave --through out/],
    [['check', '/dev/ttyACM0', '--through', 'hub'], /--through is for a simulated cable/],
  ])('linkpulse %j', async (words, message) => {
    const { status, stdout, stderr } = await runHere(...words)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n {4}at |Error:/)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})
