/**
 * One bring-up and one ping, written as capture and as trace, and read by strangers: sigrok's spi and enc28j60 decoders
 * and tshark have to see the registers, values and frame octets that the chip saw.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBareLab } from '../../boards/lab.js'
import { registerAt } from '../../firmware/enc28j60/registers.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { installCommand, locate, TOOLS } from '../../test/setup/tools.js'
import { CableCapture } from './cable-capture.js'
import { PcapngWriter } from './pcapng.js'
import { PinTrace } from './pin-trace.js'
import { VcdWriter } from './vcd.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-outsiders-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(tool: string, parameters: readonly string[]): string {
  const command = locate(tool)
  const known = TOOLS.filter((each) => each.command === tool)
  if (command === undefined) throw new Error(`${tool} judges what we write and is missing: ${installCommand(known)}`)
  return execFileSync(command, parameters, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  })
}

/** One chip select frame as the chip's front end reported it. */
interface SpiFrame {
  mosi: number[]
  miso: (number | undefined)[]
}

function bringUpAndPing() {
  const lab = createBareLab({ seed: 7 })
  const board = lab.addBoard('uno', { address: '192.168.7.2/24', powered: false })
  const peer = lab.addHost({ address: '192.168.7.1/24', name: 'peer' })
  const cable = lab.connect(board.port, peer.port, { length: 20 })
  const vcd: string[] = []
  const writer = new VcdWriter({ write: (text) => vcd.push(text) })
  const trace = new PinTrace({ clock: lab.clock, chip: board.chip, writer })
  const frames: SpiFrame[] = []
  board.chip.observePins({
    chipSelect: (high) => {
      if (!high) frames.push({ mosi: [], miso: [] })
    },
    exchange: (mosi, miso) => {
      frames.at(-1)?.mosi.push(mosi)
      frames.at(-1)?.miso.push(miso)
    },
  })
  const blocks: Uint8Array[] = []
  const pcapng = new PcapngWriter((octets) => blocks.push(octets))
  const capture = new CableCapture({ cable, writer: pcapng, ports: { a: 'uno' } })
  board.powerOn()
  lab.runUntil(() => board.state.matches({ on: { link: 'up' } }), 5 * SECOND)
  let answered = false
  peer.network.ping('192.168.7.2', { size: 100 }, (result) => {
    answered = result.ok
  })
  lab.runFor(5 * MILLISECOND)
  trace.close()
  writer.close(lab.now)
  capture.close()
  return { answered, frames, vcd: vcd.join(''), pcapng: Buffer.concat(blocks), findings: board.chip.findings }
}

/** Names and values of the registers read and written, in the words of the decoder, from our register table. */
function expectedFields(frames: readonly SpiFrame[]): string[] {
  const hex = (octet: number) => `Data 0x${octet.toString(16).toUpperCase().padStart(2, '0')}`
  const binary = (octet: number) => `Data 0b${octet.toString(2).padStart(8, '0')}`
  const lines: string[] = []
  let bank: number | undefined
  for (const { mosi, miso } of frames) {
    const opcode = mosi[0] & 0xe0
    const address = mosi[0] & 0x1f
    if (mosi[0] === 0xff) bank = 0
    else if (mosi[0] === 0x3a) lines.push(...miso.slice(1).map((octet) => hex(octet!)))
    else if (mosi[0] === 0x7a) lines.push(...mosi.slice(1).map(hex))
    else {
      const name = bank === undefined ? undefined : registerAt(bank, address)?.name
      lines.push(name === undefined ? `Reg Bank ? Addr 0x${address.toString(16).toUpperCase()}` : `Reg ${name}`)
      if (opcode === 0x00 && mosi.length === 3) lines.push('Dummy Byte', hex(miso[2]!))
      else if (opcode === 0x00) lines.push(hex(miso[1]!))
      else lines.push(opcode === 0x40 ? hex(mosi[1]) : binary(mosi[1]))
      if (address === 0x1f && bank !== undefined) {
        const bits = mosi[1] & 3
        if (opcode === 0x40) bank = bits
        if (opcode === 0x80) bank |= bits
        if (opcode === 0xa0) bank &= ~bits
      }
    }
  }
  return lines
}

describe('a bring-up and a ping, judged by sigrok and tshark', () => {
  let seen: ReturnType<typeof bringUpAndPing>
  let trace: string
  let capture: string
  const sigrok = (annotations: string) =>
    run('sigrok-cli', ['-i', trace, '-P', 'spi:clk=SCK:mosi=SI:miso=SO:cs=CS,enc28j60', '-A', annotations])
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.slice(line.indexOf(': ') + 2))

  beforeAll(() => {
    seen = bringUpAndPing()
    trace = join(folder, 'trace.vcd')
    capture = join(folder, 'capture.pcapng')
    writeFileSync(trace, seen.vcd)
    writeFileSync(capture, seen.pcapng)
  })

  it('went well, without a finding', () => {
    expect(seen.answered).toBe(true)
    expect(seen.findings).toEqual([])
  })

  it('reads in sigrok’s enc28j60 decoder as the registers and values the chip saw', () => {
    const fields = sigrok('enc28j60=fields')
    expect(fields.length).toBeGreaterThan(400)
    expect(fields).toEqual(expectedFields(seen.frames))
  })

  it('gets no warning from the decoder but that it cannot know the bank before the first reset', () => {
    const lines = sigrok('enc28j60=fields:commands:warnings')
    const warnings = lines.map((line, at) => ({ line, at })).filter(({ line }) => line.startsWith('Warning'))
    const reset = lines.indexOf('System Reset Command')
    for (const { line, at } of warnings) {
      expect(line).toBe('Warning: Register bank not known yet.')
      expect(at).toBeLessThan(reset)
    }
  })

  it('shows sigrok the frame octets that tshark sees', () => {
    const layers = JSON.parse(run('tshark', ['-r', capture, '-T', 'json', '-x', '-j', 'frame'])) as {
      _source: { layers: { frame_raw: [string] } }
    }[]
    const captured = layers.map(({ _source }) => _source.layers.frame_raw[0])
    expect(captured.length).toBe(4) // ARP and echo, request and reply
    const buffers = seen.frames.filter(({ mosi }) => mosi[0] === 0x3a || mosi[0] === 0x7a)
    const annotated = sigrok('enc28j60=commands:fields')
    // Data behind each buffer command, as the decoder printed it.
    const printed: string[] = []
    for (const line of annotated) {
      if (/^(Read|Write) Buffer Memory/.test(line)) printed.push('')
      else if (/^(Read|Write|Bit|System)/.test(line)) printed.push('-')
      else if (line.startsWith('Data 0x') && printed.at(-1) !== '-')
        printed[printed.length - 1] += line.slice(7).toLowerCase()
    }
    const text = printed.filter((data) => data !== '-')
    expect(text.length).toBe(buffers.length)
    const all = text.join('')
    for (const frame of captured) {
      // What the board sends it writes without padding and FCS; what it receives it reads without FCS.
      const ethertype = frame.slice(24, 28)
      const octets = ethertype === '0806' ? 42 : 14 + 20 + 8 + 100
      expect(all).toContain(frame.slice(0, octets * 2))
    }
  })

  it('has the frames good in tshark, and INT falls after the frame has arrived', () => {
    const fields = ['frame.time_epoch', 'frame.packet_flags_direction', 'frame.len', 'eth.fcs.status', '_ws.malformed']
    const select = fields.flatMap((field) => ['-e', field])
    const lines = run('tshark', ['-r', capture, '-o', 'eth.check_fcs:TRUE', '-T', 'fields', ...select])
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
    for (const [, , , fcs, malformed] of lines) expect([fcs, malformed]).toEqual(['1', ''])
    const [time, direction, length] = lines[0]
    expect(direction).toBe('0x00000001')
    const end = Number(time.replace('.', '')) + (8 + Number(length)) * 800
    const identifier = seen.vcd.match(/^\$var wire 1 (\S+) INT /m)?.[1]
    let at = 0
    const falls: number[] = []
    for (const line of seen.vcd.split('\n')) {
      if (line.startsWith('#')) at = Number(line.slice(1))
      else if (line === `0${identifier}` && at > 0) falls.push(at)
    }
    const fall = falls.find((instant) => instant >= end)
    expect(fall).toBeDefined()
    expect(fall! - end).toBeLessThan(20_000)
  })
})

describe('an injected misuse', () => {
  it('is a warning in sigrok where it is a finding of the chip: a MAC register read without its dummy octet', () => {
    const lab = createBareLab({ seed: 1 })
    const board = lab.addBoard('uno')
    lab.runFor(500 * MILLISECOND)
    const vcd: string[] = []
    const writer = new VcdWriter({ write: (text) => vcd.push(text), start: lab.now })
    const trace = new PinTrace({ clock: lab.clock, chip: board.chip, writer })
    const before = board.chip.findings.length
    const start = lab.now
    for (const [mosi, read] of [
      [[0x40 | 0x1f, 0x02], 0], // ECON1: bank 2, and nothing else
      [[0x02], 2], // MACON3 with its dummy octet
      [[0x02], 1], // and without
      [[0x1f], 1], // ECON1
    ] as const) {
      lab.runFor(20_000)
      board.chip.transfer(Uint8Array.from(mosi), read)
    }
    trace.close()
    writer.close(lab.now)
    const path = join(folder, 'misuse.vcd')
    writeFileSync(path, vcd.join(''))
    const decoder = ['-P', 'spi:clk=SCK:mosi=SI:miso=SO:cs=CS,enc28j60', '-A', 'enc28j60=warnings']
    const warnings = run('sigrok-cli', ['-i', path, '-I', 'vcd', ...decoder])
      .trim()
      .split('\n')
    expect(warnings.map((line) => line.slice(line.indexOf(': ') + 2))).toEqual([
      'Warning: Register bank not known yet.', // the first frame is the one that sets it
      'Warning: Attempting to read a MAC/MII register without using the dummy byte.',
    ])
    const findings = board.chip.findings.slice(before)
    expect(findings.map(({ at }) => at)).toContain(start + 60_000)
  })
})
