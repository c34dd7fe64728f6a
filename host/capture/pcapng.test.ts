import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Cable } from '../../boards/ethernet/cable.js'
import { LabHost } from '../../boards/lab-host.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { installCommand, locate, TOOLS } from '../../test/setup/tools.js'
import { CableCapture } from './cable-capture.js'
import { PcapngWriter } from './pcapng.js'

const folder = mkdtempSync(join(tmpdir(), 'linkpulse-capture-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What tshark prints of a capture: one array of fields a frame. */
function tshark(capture: Uint8Array, fields: readonly string[], filter = ''): string[][] {
  const tool = TOOLS.find(({ command }) => command === 'tshark')!
  const command = locate('tshark')
  if (command === undefined) throw new Error(`tshark judges our captures and is missing: ${installCommand([tool])}`)
  const path = join(folder, 'capture.pcapng')
  writeFileSync(path, capture)
  const select = fields.flatMap((field) => ['-e', field])
  const out = execFileSync(
    command,
    ['-r', path, '-o', 'eth.check_fcs:TRUE', '-o', 'ip.check_checksum:TRUE', '-Y', filter, '-T', 'fields', ...select],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

interface Traffic {
  capture: Uint8Array
  frames: number
}

/** Two hosts on a cable, `pings` pings from a to b, captured at the given ports. */
function traffic(ports: { a?: string; b?: string }, bitErrorRate = 0, pings = 3): Traffic {
  const clock = new Scheduler()
  const random = new SeededRandom(11)
  const a = new LabHost({ clock, random, name: 'a', address: '192.168.7.1/24', duplex: 'full' })
  const b = new LabHost({ clock, random, name: 'b', address: '192.168.7.2/24', duplex: 'full' })
  const cable = new Cable({ clock, random, length: 100 })
  cable.plug(a.port, b.port)
  cable.pair('a-to-b').bitErrorRate = bitErrorRate
  const blocks: Uint8Array[] = []
  const capture = new CableCapture({ cable, writer: new PcapngWriter((octets) => blocks.push(octets)), ports })
  for (let i = 0; i < pings; i++)
    clock.after(SECOND + i * 100 * MILLISECOND, () => a.network.ping('192.168.7.2', { size: 400 }, () => {}))
  clock.runUntil(5 * SECOND)
  capture.close()
  return { capture: Uint8Array.from(Buffer.concat(blocks)), frames: capture.frames }
}

describe('capture, judged by tshark', () => {
  it('holds the ping exchange with good FCS, nothing malformed and no bad checksum', () => {
    const { capture, frames } = traffic({ a: 'a' })
    expect(frames).toBe(8)
    const lines = tshark(capture, ['eth.fcs.status', '_ws.malformed', 'ip.checksum.status', 'icmp.checksum.status'])
    expect(lines.length).toBe(8)
    for (const [fcs, malformed, ip, icmp] of lines) {
      expect(fcs).toBe('1')
      expect(malformed).toBe('')
      expect(['', '1']).toContain(ip)
      expect(['', '1']).toContain(icmp)
    }
    const kinds = tshark(capture, ['arp.opcode', 'icmp.type', 'icmp.seq', 'icmp.resp_to'])
    expect(kinds.map(([arp, icmp, sequence]) => `${arp}${icmp && `echo ${icmp} ${sequence}`}`)).toEqual([
      '1',
      '2',
      ...['echo 8 1', 'echo 0 1', 'echo 8 2', 'echo 0 2', 'echo 8 3', 'echo 0 3'],
    ])
    // tshark pairs each reply with its request.
    expect(kinds.filter(([, , , to]) => to !== '').length).toBe(3)
  })

  it('is in virtual nanoseconds, in order, with the port’s name and the direction', () => {
    const { capture } = traffic({ a: 'a' })
    const fields = ['frame.time_epoch', 'frame.interface_name', 'frame.packet_flags_direction', 'frame.len']
    const lines = tshark(capture, fields)
    expect(lines[0]).toEqual(['1.000000000', 'a', '0x00000002', '64'])
    // The request lasts 57.6 µs, each way takes 500 ns, and the answer leaves at once.
    expect(lines[1]).toEqual(['1.000058600', 'a', '0x00000001', '64'])
    const times = lines.map(([time]) => Number(time.replace('.', '')))
    expect([...times].sort((x, y) => x - y)).toEqual(times)
  })

  it('shows each frame at both ports, one delay apart', () => {
    const { capture, frames } = traffic({ a: 'left', b: 'right' })
    expect(frames).toBe(16)
    const lines = tshark(capture, ['frame.time_epoch', 'frame.interface_name', 'frame.packet_flags_direction'])
    expect(lines.slice(0, 4)).toEqual([
      ['1.000000000', 'left', '0x00000002'],
      ['1.000000500', 'right', '0x00000001'],
      ['1.000058100', 'right', '0x00000002'],
      ['1.000058600', 'left', '0x00000001'],
    ])
  })

  it('shows a damaged frame as tshark sees it: bad FCS, our error flag, and why', () => {
    const { capture } = traffic({ b: 'b' }, 3e-4, 20)
    const fields = ['eth.fcs.status', 'frame.packet_flags_crc_error', 'frame.comment']
    const lines = tshark(capture, fields, 'frame.packet_flags_direction == 1')
    const bad = lines.filter(([status]) => status === '0')
    expect(bad.length).toBeGreaterThan(2)
    for (const line of bad) expect(line.slice(1)).toEqual(['1', 'on the cable: bit errors'])
    for (const line of lines.filter(([status]) => status === '1')) expect(line.slice(1)).toEqual(['0', ''])
  })

  it('gives the same octets for the same seed', () => {
    expect(traffic({ a: 'a', b: 'b' }, 1e-4)).toEqual(traffic({ a: 'a', b: 'b' }, 1e-4))
  })

  it('holds instants beyond 2^32 ns, names and comments beyond ASCII', () => {
    const blocks: Uint8Array[] = []
    const writer = new PcapngWriter((octets) => blocks.push(octets), 'séance')
    const port = writer.addInterface({ name: 'Платa' })
    const at = 2 ** 52 + 1
    writer.packet(port, new Uint8Array(64), { at, direction: 'inbound', comment: '线' })
    const lines = tshark(Buffer.concat(blocks), ['frame.time_epoch', 'frame.interface_name', 'frame.comment'])
    expect(lines).toEqual([['4503599.627370497', 'Платa', '线']])
    expect(() => writer.packet(1, new Uint8Array(64), { at, direction: 'inbound' })).toThrow(/no interface 1/)
  })
})
