import { describe, expect, it } from 'vitest'
import { ChipAccess } from '../../firmware/enc28j60/access.js'
import { hashTable } from '../../firmware/enc28j60/hash.js'
import { enableReceiver, initialise } from '../../firmware/enc28j60/initialise.js'
import { BITS, OPCODE, REGISTERS } from '../../firmware/enc28j60/registers.js'
import { resetChip } from '../../firmware/enc28j60/reset.js'
import { sleepChip, wake } from '../../firmware/enc28j60/sleep.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { createBareLab, type Lab } from '../lab.js'
import type { SimulatedBoard } from './board.js'

type BoardOptions = Parameters<Lab['addBoard']>[1]
const REVISIONS = ['B1', 'B4', 'B5', 'B7'] as const

function bench(options: BoardOptions = {}, duplex: 'auto' | 'half' | 'full' = 'half', seed = 3) {
  const lab = createBareLab({ seed })
  const board = lab.addBoard('uno', options)
  const peer = lab.addHost({ address: '192.168.7.1/24', duplex })
  const cable = lab.connect(board.port, peer.port, { length: 50 })
  const up = () => board.state.matches({ on: { link: 'up' } }) && peer.network.linkUp
  expect(lab.runUntil(up, 5 * SECOND)).toBe(true)
  const ping = (count: number) => {
    let answered = 0
    for (let sequence = 0; sequence < count; sequence++) {
      let done = false
      peer.network.ping('192.168.7.2', { size: 100, sequence }, ({ ok }) => {
        if (ok) answered++
        done = true
      })
      lab.runUntil(() => done, 5 * SECOND)
    }
    return answered
  }
  return { lab, board, peer, cable, up, ping, ...traffic(board, peer) }
}

/** Frames of a type nobody handles, as fast as each side can send them. */
function traffic(board: SimulatedBoard, peer: ReturnType<Lab['addHost']>) {
  const { device } = board.controller
  const { station } = peer
  const frame = (to: Uint8Array, from: Uint8Array, octets: number) => {
    const result = new Uint8Array(octets)
    result.set(to)
    result.set(from, 6)
    result.set([0x88, 0xb5], 12)
    return result
  }
  const counts = { offered: 0, refused: 0 }
  const removers: (() => void)[] = []
  const fill = (octets: number, count: number) => {
    for (let i = 0; i < count; i++) station.send(frame(device.address, station.address, octets))
  }
  const saturate = (octets: number) => {
    const up = frame(station.address, device.address, octets)
    const down = frame(device.address, station.address, octets)
    const offer = () => {
      counts.offered++
      if (!device.send(up)) counts.refused++
    }
    removers.push(
      device.onSent(offer),
      station.onSent(() => station.send(down)),
    )
    offer()
    offer()
    station.send(down)
    station.send(down)
  }
  const calm = () => {
    for (const remove of removers.splice(0)) remove()
  }
  return { device, station, counts, fill, saturate, calm }
}

describe('a receiver that overflows', () => {
  it('gives memory back and goes on by itself (DS39662 7.2.4)', () => {
    const { lab, device, fill, ping } = bench()
    fill(1514, 60) // 74 ms of line rate; the bus carries two thirds of it
    lab.runFor(SECOND)
    expect(device.dropped).toMatchObject({ 'receive: memory full': expect.any(Number) })
    expect(device.statistics['receiver resets']).toBeUndefined()
    expect(ping(10)).toBe(10)
  })

  it('that goes deaf is found and reset (reference 20: "RX dies after a burst")', () => {
    const { lab, board, device, fill, ping } = bench({ errata: { deafAfterOverflow: true } })
    fill(1514, 60)
    lab.runFor(SECOND)
    expect(ping(1)).toBe(0)
    lab.runFor(4 * SECOND)
    expect(device.statistics['receiver resets']).toBe(1)
    expect(ping(10)).toBe(10)
    expect(board.chip.findings).toEqual([])
  })
})

describe('a corrupt next pointer', () => {
  /** Overwrites the header that waits at the start of the FIFO: what erratum 14 does, or a stray write. */
  function corrupt(board: SimulatedBoard, octets: number[]): void {
    const write = (...all: number[]) => board.wires.transfer(Uint8Array.from(all), 0)
    write(OPCODE.BFC | REGISTERS.ECON1.address, BITS.ECON1.BSEL)
    write(OPCODE.WCR | REGISTERS.EWRPTL.address, 0)
    write(OPCODE.WCR | REGISTERS.EWRPTH.address, 0)
    write(OPCODE.WBM, ...octets)
  }

  it.each([
    ['points outside the FIFO', [0x72, 0x67, 0x40, 0, 0xc0, 0]],
    ['is odd', [0x47, 0, 0x40, 0, 0xc0, 0]],
    ['does not fit its count', [0x40, 0x10, 0x40, 0, 0xc0, 0]],
  ])('that %s is noticed: the FIFO is emptied, and reception goes on', (_, octets) => {
    const { lab, board, device, fill, ping } = bench()
    board.wires.intOpen = true // so that the frame waits
    fill(60, 3)
    lab.runFor(2 * MILLISECOND)
    corrupt(board, octets)
    board.wires.intOpen = false
    lab.runFor(100 * MILLISECOND)
    expect(device.dropped).toMatchObject({ 'receive: corrupt header': 1, 'receive: lost in recovery': 3 })
    expect(ping(10)).toBe(10)
    expect(board.state.matches({ on: { fault: 'none' } })).toBe(true)
  })

  it('that comes again at once is a fault: the chip is initialised again', () => {
    const { lab, board, ping, up } = bench()
    const faults: string[] = []
    board.onReport(({ region, to }) => region === 'fault' && faults.push(to))
    for (let i = 0; i < 2; i++) {
      board.wires.bitErrorRate = 0.05
      lab.runFor(300 * MILLISECOND)
      ping(1)
    }
    board.wires.bitErrorRate = 0
    expect(lab.runUntil(up, 20 * SECOND)).toBe(true)
    expect(ping(10)).toBe(10)
  })
})

describe('half duplex under load, with every erratum of the revision', () => {
  it.each(REVISIONS.flatMap((revision) => [60, 400, 1514].map((octets) => [revision, octets] as const)))(
    '%s carries %i-octet frames both ways, loses none in silence and is well afterwards',
    (revision, octets) => {
      const { lab, board, device, station, counts, saturate, calm, ping } = bench({ revision, timedBus: false })
      const before = station.framesReceived
      saturate(octets)
      lab.runFor(2 * SECOND)
      calm()
      lab.runFor(SECOND)
      const dropped = Object.entries(device.dropped).filter(([reason]) => reason.startsWith('transmit'))
      const lost = dropped.reduce((sum, [, count]) => sum + count, 0) - counts.refused
      const sent = device.statistics['frames sent'] ?? 0
      expect(sent + lost).toBe(counts.offered - counts.refused)
      expect(station.framesReceived - before).toBe(sent)
      expect(sent).toBeGreaterThan(500)
      expect(device.statistics.collisions).toBeGreaterThan(20)
      expect(ping(10)).toBe(10)
      expect(board.chip.findings).toEqual([])
    },
  )

  it.each(REVISIONS)('%s survives a partner that is forced to full duplex and never backs off', (revision) => {
    const { lab, board, device, saturate, calm, ping } = bench({ revision, timedBus: false }, 'full')
    saturate(1514)
    lab.runFor(3 * SECOND)
    expect(Object.keys(device.dropped).some((reason) => /collision/.test(reason))).toBe(true)
    calm()
    lab.runFor(2 * SECOND)
    expect(ping(10)).toBe(10)
    expect(board.chip.findings).toEqual([])
  })
})

describe('a transmitter that gets stuck (errata 12 and 13)', () => {
  it('is reset, and the frame is sent again up to 16 times', () => {
    const stuck = { transmitStall: true, pulseAsCollision: true, lateCollisionFlag: true }
    let retries = 0
    let stalls = 0
    for (let seed = 0; seed < 6; seed++) {
      const { lab, board, device, saturate, calm, ping } = bench({ errata: stuck, timedBus: false }, 'half', seed)
      saturate(1514)
      lab.runFor(3 * SECOND)
      calm()
      lab.runFor(8 * SECOND)
      retries += device.statistics['late collision retries'] ?? 0
      stalls += board.chip.counters.dropped['transmit: stalled'] ?? 0
      expect(ping(5)).toBe(5)
      expect(board.state.matches({ on: { fault: 'none' } })).toBe(true)
    }
    expect(stalls).toBeGreaterThan(0)
    expect(retries).toBeGreaterThanOrEqual(stalls)
  })
})

describe('flow control in full duplex (DS39662 10.2)', () => {
  it('keeps a partner from overrunning a slow bus: no frame is lost', () => {
    const { lab, board, device, station, saturate, calm, ping } = bench(
      { driver: { fullDuplex: true, flowControl: true } },
      'full',
    )
    saturate(1514)
    lab.runFor(3 * SECOND)
    calm()
    lab.runFor(SECOND)
    expect(device.statistics.pauses).toBeGreaterThan(10)
    expect(device.dropped['receive: memory full']).toBeUndefined()
    expect(device.statistics['frames received']).toBe(station.framesSent)
    expect(ping(10)).toBe(10)
    expect(board.chip.findings).toEqual([])
  })

  it('loses frames without it', () => {
    const { lab, device, saturate } = bench({ driver: { fullDuplex: true } }, 'full')
    saturate(1514)
    lab.runFor(SECOND)
    expect(device.dropped['receive: memory full']).toBeGreaterThan(10)
  })

  it('ends when the chip is released: no pause frame blocks the partner (reference 20, "pause storms")', () => {
    const { lab, board, cable, saturate, calm } = bench({ driver: { fullDuplex: true, flowControl: true } }, 'full')
    saturate(1514)
    lab.runUntil(() => (board.controller.device.statistics.pauses ?? 0) > 0, 3 * SECOND)
    let granted = false
    board.controller.askForChip((answer) => {
      granted = answer
    })
    lab.runUntil(() => granted, SECOND)
    calm()
    lab.runFor(5 * MILLISECOND) // what was being sent has left
    let frames = 0
    cable.onFrame(({ direction }) => {
      if (direction === 'a-to-b') frames++
    })
    lab.runFor(SECOND)
    expect(frames).toBe(0)
  })
})

describe('receive filters that change while the chip runs', () => {
  const GROUP = Uint8Array.of(0x01, 0x00, 0x5e, 0x7f, 0xff, 0xfa)

  it('let a group in by hash, and nobody else', () => {
    const { lab, board, device, station } = bench()
    const seen: number[] = []
    device.handleFrame = (frame) => seen.push(frame[5])
    const send = (destination: Uint8Array) => {
      const frame = new Uint8Array(60)
      frame.set(destination)
      frame.set(station.address, 6)
      station.send(frame)
      lab.runFor(5 * MILLISECOND)
    }
    const other = Uint8Array.of(0x01, 0x00, 0x5e, 0x00, 0x00, 0x01)
    send(GROUP)
    device.setFilters({ ...device.config.filters, hashTable: hashTable([GROUP]) })
    lab.runFor(5 * MILLISECOND)
    send(GROUP)
    send(other)
    lab.runFor(3 * SECOND)
    expect(seen).toEqual([GROUP[5]])
    expect(board.state.matches({ on: { fault: 'none', link: 'up' } })).toBe(true)
  })
})

describe('SPI that is disturbed for a while', () => {
  it('leaves a board that works again when it is over', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { lab, board, ping, up } = bench({}, 'half', seed)
      board.wires.bitErrorRate = 0.003
      for (let i = 0; i < 10; i++) ping(1)
      board.wires.bitErrorRate = 0
      // An ARP reply that was spoilt on its way into the chip taught the host a wrong address: it forgets after a minute.
      lab.runFor(70 * SECOND)
      expect(up()).toBe(true)
      expect(ping(10)).toBe(10)
    }
  })
})

describe('power-save (DS39662 14)', () => {
  it('puts the chip to sleep so that its partner loses the link, and wakes it to receive again', () => {
    const { lab, board, peer } = bench()
    const run = <T>(program: SpiProgram<T>) => {
      let settled = false
      board.bus.run(program, (outcome) => {
        if (!outcome.ok) throw outcome.error
        settled = true
      })
      lab.runUntil(() => settled, SECOND)
      expect(settled).toBe(true)
    }
    board.controller.askForChip(() => {})
    lab.runFor(10 * MILLISECOND)
    const access = new ChipAccess()
    run(resetChip(access))
    run(initialise(access, board.controller.device.config))
    run(enableReceiver(access))
    expect(lab.runUntil(() => peer.network.linkUp, 5 * SECOND)).toBe(true)
    run(sleepChip(access))
    expect(lab.runUntil(() => !peer.network.linkUp, SECOND)).toBe(true)
    run(wake(access))
    expect(lab.runUntil(() => peer.network.linkUp && board.chip.linkUp, 5 * SECOND)).toBe(true)
    const received = board.chip.counters.received
    peer.network.ping('192.168.7.2', { size: 100, sequence: 0 }, () => {})
    lab.runFor(SECOND)
    expect(board.chip.counters.received).toBeGreaterThan(received)
    expect(board.chip.findings).toEqual([])
  })
})
