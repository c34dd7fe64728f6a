import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { BIT, DataSheetBench, ECON1, ECON2, EIR, linked, MS, US } from './bench.js'
import { BROADCAST_STATION, body, CHIP, damaged, frame, MULTICAST, PEER, STRANGER } from './frames.js'
import { mask, REGISTER_TABLE, UNIMPLEMENTED } from './register-table.js'

/** A busy second in half duplex with collisions, overflows and link changes; all that could be seen of it. */
function busy(seed: number): string {
  const bench = linked({ duplex: 'half', filter: 0x00, fifo: [0x0000, 0x03ff] }, { seed, errata: 'silicon' })
  const chance = new SeededRandom(99)
  const interrupts: string[] = []
  bench.write('EIE', 0xfb)
  bench.chip.onInterrupt((high) => interrupts.push(`${bench.now}:${high}`))
  for (let i = 0; i < 200; i++) {
    if (i % 3 === 0) bench.wire.send(frame({ length: 64 + chance.below(400) }))
    bench.run(chance.below(100) * US)
    if ((bench.read('ECON1') & ECON1.TXRTS) === 0)
      bench.request(body({ da: PEER, sa: CHIP, length: 64 + chance.below(800) }))
    bench.run(chance.below(60) * US)
    if (i % 7 === 0) bench.wire.send([], { bits: 96 })
    if (i % 11 === 0) bench.clear('EIR', EIR.TXIF | EIR.TXERIF | EIR.RXERIF)
    bench.run(chance.below(500) * US)
    if (bench.read('EPKTCNT') > 0) bench.set('ECON2', ECON2.PKTDEC)
    bench.write16('ERXRDPT', bench.read16('ERXWRPT') ^ 1)
  }
  const { registers, phy, memory } = bench.chip.inspect()
  return JSON.stringify({
    heard: bench.wire.heard,
    interrupts,
    counters: bench.chip.counters,
    registers: [...registers],
    phy: [...phy],
    memory: [...memory],
    findings: bench.chip.findings.map(({ id, at }) => `${at} ${id}`),
  })
}

describe('a run is a function of its seed', () => {
  it('to the nanosecond and to the last bit of memory, with collisions, errata and overflows', () => {
    const first = busy(7)
    expect(first.length).toBeGreaterThan(10_000)
    expect(busy(7)).toBe(first)
    expect(busy(8)).not.toBe(first)
  })
})

describe('a hostile host and a hostile wire', () => {
  /** Octets of any kind, chip selects that end anywhere, frames of any kind, pulses, resets, power. */
  function torment(seed: number, steps: number, check: (bench: DataSheetBench) => void): void {
    const chance = new SeededRandom(seed)
    const bench = new DataSheetBench({
      seed,
      errata: 'silicon',
      revision: (['B1', 'B4', 'B5', 'B7'] as const)[seed & 3],
    })
    const frames = [CHIP, STRANGER, BROADCAST_STATION, MULTICAST].flatMap((da) => [frame({ da }), damaged({ da })])
    bench.chip.spiClock = seed % 5 === 0 ? 4_000_000 : 0
    for (let i = 0; i < steps; i++) {
      const kind = chance.below(20)
      if (kind < 12) {
        const opcode =
          chance.below(3) === 0 ? chance.below(256) : [0x40, 0x80, 0xa0][chance.below(3)] | chance.below(32)
        const write = [opcode, ...Array.from({ length: chance.below(6) }, () => chance.below(256))]
        bench.spi(write.slice(0, chance.below(8)), chance.below(4))
      } else if (kind < 14) {
        bench.wire.send(
          chance.below(3) === 0
            ? Array.from({ length: chance.below(200) }, () => chance.below(256))
            : frames[chance.below(frames.length)],
          { inverted: chance.below(9) === 0, dribbleBits: chance.below(8) },
        )
      } else if (kind < 15) bench.wire.pulse(chance.below(9) === 0)
      else if (kind < 16) bench.chip.setResetPin(chance.below(8) !== 0)
      else if (kind < 17) {
        if (chance.below(10) === 0) bench.chip.powerOff()
        else bench.chip.powerOn()
      } else if (kind < 18) bench.bank(chance.below(4))
      else bench.run(chance.below(chance.below(10) === 0 ? 30 * MS : 300 * BIT))
      if (i % 50 === 49) check(bench)
    }
  }

  it('bring no exception, and no register outside its mask', () => {
    for (let seed = 1; seed <= 40; seed++) {
      torment(seed, 2_000, (bench) => {
        if (!bench.chip.powered) return
        const { registers, memory } = bench.chip.inspect()
        expect(memory).toHaveLength(8192)
        for (const { name, bank, address, access } of REGISTER_TABLE) {
          const outside = registers[(bank ?? 0) * 32 + address] & mask(access, '-')
          if (outside !== 0) throw new Error(`seed ${seed}: ${name} has ${outside.toString(16)} outside its mask`)
        }
        for (const { bank, address } of UNIMPLEMENTED) expect(registers[bank * 32 + address]).toBe(0)
      })
    }
  })

  it('leave a chip that works again after power-on', () => {
    for (let seed = 50; seed < 60; seed++) {
      let tormented: DataSheetBench | undefined
      torment(seed, 500, (bench) => {
        tormented = bench
      })
      const bench = tormented!
      bench.chip.setResetPin(true)
      bench.chip.powerOff()
      bench.run(100 * MS)
      bench.chip.powerOn()
      bench.run(MS)
      bench.chip.spiClock = 0
      bench.configure({ filter: 0x20 })
      bench.linkUp()
      bench.wire.heard.length = 0
      const sent = bench.deliverFrame({ length: 300 })
      expect(bench.receive()!.octets).toEqual(sent)
      bench.transmit()
      expect(bench.wire.frames).toHaveLength(1)
    }
  })
})
