/**
 * The bridge firmware that ships, under simavr and under ours: a recorded session of the host gives the same octets.
 *
 * simavr 1.6 takes 100 us for each SPI octet, whatever the clock divider says; the host gives both that time.
 */
import { describe, expect, it } from 'vitest'
import { AvrBoard } from '../../boards/avr/avr-board.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { createBareLab } from '../../boards/lab.js'
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { CELL_OCTETS, decodeCell, encodeCell } from '../../firmware/serial-link/cell.js'
import { HostLink } from '../../firmware/serial-link/host-link.js'
import { KIND, SESSION_FIELDS } from '../../firmware/serial-link/link-table.js'
import { decodeSession, encodeSession, type SessionPayload } from '../../firmware/serial-link/session.js'
import { bundledImage } from '../../host/node/flash/bundled.js'
import { readImage } from '../../host/node/run/image.js'
import { START_UP } from './bench.js'
import { simavrSession } from './simavr.js'

const CYCLE = 62.5
/** What simavr takes for an SPI octet. */
const SPI_OCTET = 100 * MICROSECOND

/** An identifier that the board hardly draws itself. */
const LARGEST: Random = {
  next32: () => 0xffffffff,
  float: () => 1 - 2 ** -32,
  below: (limit) => limit - 1,
  fork: () => LARGEST,
}

interface Timed {
  readonly cycle: number
  readonly octet: number
}

const BOARDS = [
  { name: 'uno', part: 'atmega328p', flashOctets: 32_768 },
  { name: 'mega2560', part: 'atmega2560', flashOctets: 262_144 },
] as const

async function recorder({ name, part, flashOctets }: (typeof BOARDS)[number]) {
  const definition = findBoard(name)
  const image = await readImage(bundledImage(definition))
  const lab = createBareLab({ seed: 4 })
  const board = new AvrBoard({ clock: lab.clock, random: lab.random, definition, image })
  // what both emulators have on the bus: MISO is MOSI with every other bit inverted
  board.replaceChip({ select: () => {}, exchange: (mosi) => mosi ^ 0x55, deselect: () => {} })
  const input: Timed[] = []
  const output: number[] = []
  const receive = board.uart.b.handleOctets
  board.uart.b.handleOctets = (octets, errors) => {
    for (const octet of octets) input.push({ cycle: Math.round((lab.now - START_UP) / CYCLE), octet })
    receive?.(octets, errors)
  }
  const write = board.uart.b.write.bind(board.uart.b)
  board.uart.b.write = (octets) => {
    output.push(...octets)
    write(octets)
  }
  const flash = new Uint8Array(flashOctets).fill(0xff)
  for (const segment of image.flash) flash.set(segment.octets, segment.address)
  const cycles = () => Math.round((lab.now - START_UP) / CYCLE)
  const replay = (): Uint8Array => simavrSession(flash, cycles(), input, part)
  /** The same with a host that confirms what the board under simavr accepts: it draws other identifiers. */
  const replayConfirmed = (): Uint8Array => {
    const accepted = sessionIn(replay(), 'accept')
    const confirm = sessionIn(
      input.map(({ octet }) => octet),
      'confirm',
    )
    const payload = encodeSession({ ...confirm.session, peer: accepted.session.identifier })
    const cell = encodeCell({ ...confirm.cell, payload })
    const patched = input.map((timed, i) => {
      const place = i - confirm.at
      return place >= 0 && place < CELL_OCTETS ? { ...timed, octet: cell[place] } : timed
    })
    return simavrSession(flash, cycles(), patched, part)
  }
  return { lab, board, input, output, replay, replayConfirmed }
}

/** The first session cell of a step among octets. */
function sessionIn(octets: ArrayLike<number>, step: SessionPayload['step']) {
  const all = Uint8Array.from(octets)
  for (let at = 0; at + CELL_OCTETS <= all.length; at++) {
    const decoded = decodeCell(all.subarray(at, at + CELL_OCTETS))
    if (!decoded.ok || decoded.cell.kind !== KIND.SESSION) continue
    const session = decodeSession(decoded.cell.payload)
    if (session?.step === step) return { at, cell: decoded.cell, session }
  }
  throw new Error(`no ${step} among ${all.length} octets`)
}

/** The board draws session identifiers from its timer, which differs by a few cycles: they and their check are left out. */
function comparable(octets: ArrayLike<number>): string[] {
  const all = Uint8Array.from(octets)
  const lines: string[] = []
  let at = 0
  while (at < all.length) {
    const decoded = at + CELL_OCTETS <= all.length ? decodeCell(all.subarray(at, at + CELL_OCTETS)) : undefined
    if (decoded !== undefined && 'cell' in decoded && decoded.cell !== undefined) {
      const { kind, channel, sequence, acknowledge, payload } = decoded.cell
      const shown = kind === KIND.SESSION ? payload.slice(SESSION_FIELDS.VERSION.at) : payload
      lines.push(`cell ${kind} ${channel} ${sequence} ${acknowledge} ${Buffer.from(shown).toString('hex')}`)
      at += CELL_OCTETS
    } else lines.push(`raw ${all[at++].toString(16).padStart(2, '0')}`)
  }
  return lines
}

describe.each(BOARDS)('the bridge firmware of $name under simavr and under ours', (each) => {
  it('answers a raw serprog session with the same octets', async () => {
    const { lab, board, output, replay } = await recorder(each)
    board.powerOn()
    lab.runFor(100 * MILLISECOND)
    const random = lab.random.fork('operations')
    const send = (octets: readonly number[], wait: number) => {
      board.serial.write(Uint8Array.from(octets))
      lab.runFor(octets.length * 50 * MICROSECOND + wait) // raw serprog has no flow control
    }
    send([0x10, 1, 2, 3, 4, 5, 7, 8, 0x11, 0x12, 8, 0x14, 0x00, 0x12, 0x7a, 0x00], 10 * MILLISECOND)
    for (let operation = 0; operation < 200; operation++) {
      const write = Array.from({ length: 1 + random.below(40) }, () => random.below(256))
      const read = random.below(60)
      send([0x13, write.length, 0, 0, read, 0, 0, ...write], (write.length + read) * SPI_OCTET)
    }
    lab.runFor(50 * MILLISECOND)
    expect(output.length).toBeGreaterThan(5_000)
    expect(comparable(replay())).toEqual(comparable(output))
  })

  it('answers a session of cells with the same octets: echoes, counters, pins', async () => {
    const { lab, board, input, output, replayConfirmed } = await recorder(each)
    board.powerOn()
    lab.runFor(100 * MILLISECOND)
    // only now: it would answer the announcement, whose random identifier is another one under simavr
    const host = new HostLink({ clock: lab.clock, random: LARGEST, line: board.serial })
    host.open()
    lab.runUntil(() => host.endpoint.state === 'open', 100 * MILLISECOND)
    expect(host.endpoint.state).toBe('open')
    const outcomes: unknown[] = []
    const settle = (outcome: unknown) => outcomes.push(outcome)
    let asked = 0
    for (let round = 1; round <= 40; round++) {
      host.echo(
        Uint8Array.from({ length: (round % 16) * 3 }, (_, i) => i ^ round),
        settle,
      )
      asked++
      if (round % 10 === 0) {
        host.readResetPin(settle)
        asked++
      }
      lab.runUntil(() => outcomes.length >= asked, 100 * MILLISECOND)
      lab.runFor(5 * MILLISECOND)
    }
    expect(outcomes.length).toBe(44)
    // A Mega's RESET is not wired, and it says so.
    const refused = board.definition.chip.pins.reset === undefined ? 4 : 0
    expect(outcomes.filter((outcome) => !(outcome as { ok: boolean }).ok)).toHaveLength(refused)
    lab.runFor(20 * MILLISECOND)
    expect(input.length).toBeGreaterThan(3_000)
    expect(comparable(replayConfirmed())).toEqual(comparable(output))
  })
})
