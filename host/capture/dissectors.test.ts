/**
 * Cells and SPI transactions as packets, read by tshark with our dissectors (wireshark/linkpulse.lua). Cells are those of the test vectors;
 * addresses and banks of registers are written here from the data sheet (DS39662 table 3-1), instructions from its table 4-1.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Enc28j60 } from '../../boards/chips/enc28j60/enc28j60.js'
import { Cable } from '../../boards/ethernet/cable.js'
import { LabHost } from '../../boards/lab-host.js'
import { UartLine } from '../../boards/rs232/uart-line.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { installCommand, locate, TOOLS } from '../../test/setup/tools.js'
import { AT_ONCE, CableCapture } from './cable-capture.js'
import { CellCapture } from './cell-capture.js'
import { PacketOrder } from './packet-order.js'
import { PcapngWriter } from './pcapng.js'
import { SpiCapture } from './spi-capture.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-dissectors-'))
afterAll(() => rmSync(folder, { recursive: true }))

const root = join(import.meta.dirname, '../..')
const vectors = JSON.parse(readFileSync(join(root, 'test/vectors/serial-link.json'), 'utf8')) as {
  cells: { octets: string }[]
  broken: { what: string; octets: string }[]
  sessions: { step: string; payload: string }[]
}
const octetsOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const brokenBy = (what: string) => octetsOf(vectors.broken.find((each) => each.what === what)!.octets)

/** One array of fields a packet; an empty text where a packet has not the field. */
function dissected(blocks: readonly Uint8Array[], fields: readonly string[]): string[][] {
  const command = locate('tshark')
  const known = TOOLS.filter((each) => each.command === 'tshark')
  if (command === undefined) throw new Error(`tshark judges our captures and is missing: ${installCommand(known)}`)
  const path = join(folder, 'capture.pcapng')
  writeFileSync(path, Buffer.concat(blocks))
  const select = fields.flatMap((field) => ['-e', field])
  const script = `lua_script:${join(root, 'wireshark/linkpulse.lua')}`
  const words = ['-r', path, '-X', script, '-o', 'eth.check_fcs:TRUE', '-T', 'fields', ...select]
  const out = execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'))
}

function capturing() {
  const clock = new Scheduler()
  const random = new SeededRandom(5)
  const blocks: Uint8Array[] = []
  const sink = new PacketOrder(new PcapngWriter((octets) => blocks.push(octets)), clock)
  return { clock, random, blocks, sink }
}

describe('cells, as tshark sees them', () => {
  function line() {
    const { clock, random, blocks, sink } = capturing()
    const uart = new UartLine({ clock, random, baud: 1_000_000 })
    const capture = new CellCapture({ clock, line: uart, sink, name: 'uno serial' })
    const end = (fields: readonly string[]) => {
      clock.runUntil(clock.now + SECOND)
      capture.close()
      sink.close()
      return dissected(
        blocks,
        fields.map((field) => `linkpulse_cell.${field}`),
      )
    }
    return { clock, uart, end }
  }

  it('have their fields, good checks and bad ones told apart, whichever way they go', () => {
    const { clock, uart, end } = line()
    const good = octetsOf(vectors.cells[1].octets)
    const damaged = brokenBy('check')
    uart.a.write(good)
    uart.a.write(damaged)
    uart.a.write(good)
    clock.runUntil(SECOND)
    uart.b.write(good)
    const fields = [
      'direction',
      'kind',
      'channel',
      'sequence',
      'acknowledge',
      'length',
      'header_check.status',
      'check.status',
    ]
    // Of the vectors: kind 0, channel 1, sequence 85, acknowledge 254, 57 octets.
    const cell = ['0', '1', '85', '254', '57', '1', '1']
    const rows = end(fields)
    expect(rows.map(([direction]) => direction)).toEqual(['1', '1', '1', '0'])
    expect(rows[0].slice(1)).toEqual(cell)
    expect(rows[1].slice(6)).toEqual(['1', '0'])
    expect(rows[2].slice(1)).toEqual(cell)
    expect(rows[3].slice(1)).toEqual(cell)
  })

  it('with a bad header between two good ones is a cell, and noise before the first is not', () => {
    const { uart, end } = line()
    const good = octetsOf(vectors.cells[1].octets)
    uart.b.write(Uint8Array.of(0xff, 0x00, 0x11))
    for (const each of [good, brokenBy('header check'), good]) uart.b.write(each)
    expect(end(['outside', 'header_check.status', 'check.status']).map((row) => row.join(' '))).toEqual([
      'ff0011  ',
      ' 1 1',
      ' 0 0',
      ' 1 1',
    ])
  })

  it('behind an octet that was lost are all found, and every octet is in some packet', () => {
    const { uart, end } = line()
    const good = octetsOf(vectors.cells[1].octets)
    uart.b.write(good)
    uart.b.write(good.subarray(0, 63))
    uart.b.write(good)
    uart.b.write(good)
    const rows = end(['check.status', 'outside'])
    expect(rows.filter(([status]) => status === '1')).toHaveLength(3)
    expect(rows.map(([, outside]) => outside.length / 2).reduce((sum, each) => sum + each)).toBe(63)
  })

  it('that open a session name the step, the board and what it can do', () => {
    const { uart, end } = line()
    const session = vectors.sessions[0]
    const cell = new Uint8Array(64)
    cell.set([0x70, 0, 0, 57])
    cell[4] = crc8(cell.subarray(0, 4))
    cell.set(octetsOf(session.payload), 5)
    const check = crc16(cell.subarray(0, 62))
    cell.set([check >> 8, check & 0xff], 62)
    uart.b.write(cell)
    const fields = ['session.step', 'session.board', 'session.firmware', 'session.window', 'session.spi_clock']
    // Of the vectors.
    expect(end([...fields, 'session.capabilities.reset_pin', 'session.capabilities.controller'])).toEqual([
      ['0', 'uno', '0.1.0', '4', '8000000', '1', '0'],
    ])
  })
})

/** CRC-8 and CRC-16 as the serial link has them, bit by bit. */
function crc8(octets: Uint8Array): number {
  let crc = 0
  for (const octet of octets) {
    crc ^= octet
    for (let i = 0; i < 8; i++) crc = ((crc << 1) ^ (crc & 0x80 ? 0x07 : 0)) & 0xff
  }
  return crc ^ 0x55
}
function crc16(octets: Uint8Array): number {
  let crc = 0
  for (const octet of octets) {
    crc ^= octet << 8
    for (let i = 0; i < 8; i++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff
  }
  return crc
}

describe('SPI transactions, as tshark sees them', () => {
  function chip() {
    const { clock, random, blocks, sink } = capturing()
    const made = new Enc28j60({ clock, random, revision: 'B7' })
    made.powerOn()
    clock.runUntil(MILLISECOND)
    const capture = new SpiCapture({ clock, chip: made, sink, name: 'uno SPI' })
    const transfer = (write: readonly number[], read = 0) => {
      clock.runUntil(clock.now + MILLISECOND)
      return made.transfer(Uint8Array.from(write), read)
    }
    const end = (fields: readonly string[]) => {
      clock.runUntil(clock.now + SECOND)
      capture.close()
      sink.close()
      return dissected(blocks, fields)
    }
    return { transfer, end }
  }
  const FIELDS = ['instruction', 'register', 'bank', 'value', 'dummy', 'data'].map((name) => `linkpulse_spi.${name}`)

  it('name instruction, register and bank, and the value that crossed', () => {
    const { transfer, end } = chip()
    transfer([0x5f, 0x02]) // WCR ECON1: bank 2
    transfer([0x42, 0x32]) // WCR 02h, of bank 2 MACON3
    transfer([0x02], 2) // RCR of it: a MAC register, a dummy octet comes first
    transfer([0xbf, 0x02]) // BFC ECON1: bank 0
    transfer([0x9f, 0x03]) // BFS ECON1: bank 3
    transfer([0x12], 1) // RCR 12h, of bank 3 EREVID
    transfer([0x7a, 0xca, 0xfe]) // WBM
    transfer([0x3a], 3) // RBM
    transfer([0xff]) // SRC
    transfer([0x19], 1) // RCR 19h: every bank is 0 again, EPKTCNT is of bank 1 and 19h of bank 0 is nobody's
    const rows = end(FIELDS)
    const [dummy] = rows[2].splice(4, 1)
    const [data] = rows[7].splice(5, 1)
    expect(dummy).toMatch(/^0x..$/)
    expect(data).toMatch(/^[0-9a-f]{6}$/)
    expect(rows.slice(0, 9)).toEqual([
      ['WCR', 'ECON1', '0', '0x02', '', ''],
      ['WCR', 'MACON3', '2', '0x32', '', ''],
      ['RCR', 'MACON3', '2', '0x32', ''],
      ['BFC', 'ECON1', '2', '0x02', '', ''],
      ['BFS', 'ECON1', '0', '0x03', '', ''],
      // DS80349C table 1: 06h is B7
      ['RCR', 'EREVID', '3', '0x06', '', ''],
      ['WBM', '', '3', '', '', 'cafe'],
      ['RBM', '', '3', '', ''],
      ['SRC', '', '3', '', '', ''],
    ])
    expect(rows[9].slice(0, 3)).toEqual(['RCR', '19h of bank 0', '0'])
  })

  it('show bits of registers by name, SI and SO as the pins had them, and what the data sheet forbids as a comment', () => {
    const { transfer, end } = chip()
    transfer([0x9f, 0x10]) // BFS ECON1: CSUMEN
    transfer([0x1f], 1) // RCR ECON1
    transfer([0x5f, 0x02]) // bank 2
    transfer([0x82, 0x01]) // BFS on a MAC register: DS39662 4.2.3 forbids it
    const rows = end([
      'linkpulse_spi.econ1.csumen',
      'linkpulse_spi.mosi',
      'linkpulse_spi.miso',
      'linkpulse_spi.driven',
      'frame.comment',
    ])
    expect(rows[0].slice(0, 2)).toEqual(['0x01', '9f10'])
    // SO is driven while a register's value is shifted out, and at no other time (DS39662 4.1).
    expect(rows[1].slice(0, 4)).toEqual(['0x01', '1f00', '0010', '40'])
    expect(rows.slice(0, 3).map((row) => row[4])).toEqual(['', '', ''])
    expect(rows[3][4]).toContain('DS39662')
  })
})

describe('frames, as tshark sees them', () => {
  it('have their FCS, a good one and a bad one told apart, in the order of their instants', () => {
    const { clock, random, blocks, sink } = capturing()
    const a = new LabHost({ clock, random, name: 'a', address: '192.168.7.1/24', duplex: 'full' })
    const b = new LabHost({ clock, random, name: 'b', address: '192.168.7.2/24', duplex: 'full' })
    const cable = new Cable({ clock, random, length: 100 })
    cable.plug(a.port, b.port)
    const capture = new CableCapture({ cable, writer: sink, ports: { b: 'b' }, queue: AT_ONCE })
    const ping = () => a.network.ping('192.168.7.2', { size: 400 }, () => {})
    clock.after(SECOND, ping)
    clock.after(2 * SECOND, () => {
      cable.pair('a-to-b').bitErrorRate = 0.01
      ping()
    })
    clock.runUntil(3 * SECOND)
    capture.close()
    sink.close()
    const rows = dissected(blocks, ['eth.fcs.status', 'frame.packet_flags_crc_error', 'frame.time_epoch'])
    // ARP and its answer, ping and its answer; then a ping that arrives damaged, of 3,700 bits.
    expect(rows.map(([status]) => status)).toEqual(['1', '1', '1', '1', '0'])
    expect(rows.map(([, flag]) => flag)).toEqual(['0', '0', '0', '0', '1'])
    const times = rows.map(([, , time]) => Number(time))
    expect(times).toEqual([...times].sort((x, y) => x - y))
  })
})

describe('instants', () => {
  it('are times of day to the nanosecond, where virtual time begins at one', () => {
    const blocks: Uint8Array[] = []
    // 2026-01-02 03:04:05 UTC, and 123,456,789 ns.
    const writer = new PcapngWriter((octets) => blocks.push(octets), undefined, 1_767_323_045_123_456_000n)
    writer.packet(writer.addInterface({ name: 'x' }), new Uint8Array(64), { at: 789 })
    expect(dissected(blocks, ['frame.time_epoch'])).toEqual([['1767323045.123456789']])
  })
})
