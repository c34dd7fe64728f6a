import { describe, expect, it } from 'vitest'
import { Listeners } from '../../firmware/hal/listeners.js'
import { SeededRandom } from '../simulation/random.js'
import type { SpiPins } from './spi-pins.js'
import { type SpiChip, SpiWires } from './spi-wires.js'

/** A chip that answers every octet with its own and notes what it was told. */
class EchoChip implements SpiChip {
  readonly frames: number[][] = []
  interruptHigh = true
  readonly #interruptListeners = new Listeners<[high: boolean]>()

  readonly spiPins: SpiPins = {
    sck: false,
    so: undefined,
    handleRelease: undefined,
    setCs: (high) => {
      if (!high) this.frames.push([])
    },
    setSck: () => {},
    setSi: () => {},
    resume: () => {},
  }
  onInterrupt(listener: (high: boolean) => void): () => void {
    return this.#interruptListeners.add(listener)
  }
  exchange(mosi: number): number {
    this.frames.at(-1)?.push(mosi)
    return 0xa5
  }
  transfer(write: Uint8Array, read: number): Uint8Array {
    this.frames.push([...write])
    return new Uint8Array(read).fill(0xa5)
  }
  drive(high: boolean): void {
    this.interruptHigh = high
    this.#interruptListeners.tell(high)
  }
}

function bench() {
  const chip = new EchoChip()
  const wires = new SpiWires({ chip, random: new SeededRandom(1) })
  return { chip, wires }
}

describe('SPI wires', () => {
  it('carry octets both ways when they are sound', () => {
    const { chip, wires } = bench()
    expect([...wires.transfer(Uint8Array.of(0x1d), 2)]).toEqual([0xa5, 0xa5])
    expect(chip.frames).toEqual([[0x1d]])
  })

  it('with MISO open still carry commands, and read as the pull-up says', () => {
    const { chip, wires } = bench()
    wires.misoOpen = true
    expect([...wires.transfer(Uint8Array.of(0x1d), 1)]).toEqual([0xff])
    expect(chip.frames).toEqual([[0x1d]])
    wires.floating = 'low'
    expect([...wires.transfer(Uint8Array.of(0x1d), 1)]).toEqual([0x00])
    wires.floating = 'echo'
    expect([...wires.transfer(Uint8Array.of(0x1d), 1)]).toEqual([0x1d])
  })

  it('with chip select stuck high carry nothing', () => {
    const { chip, wires } = bench()
    wires.csStuckHigh = true
    expect([...wires.transfer(Uint8Array.of(0x1d), 1)]).toEqual([0xff])
    expect(chip.frames).toEqual([])
  })

  it('with chip select stuck low make one endless command of everything (reference 2.1)', () => {
    const { chip, wires } = bench()
    wires.csStuckLow = true
    wires.transfer(Uint8Array.of(0x1d), 1)
    wires.transfer(Uint8Array.of(0x9f, 0x04), 0)
    expect(chip.frames).toEqual([[0x1d, 0x00, 0x9f, 0x04]])
  })

  it('with MOSI and MISO exchanged give the chip zeros and the controller its pull-up', () => {
    const { chip, wires } = bench()
    wires.mosiMisoSwapped = true
    expect([...wires.transfer(Uint8Array.of(0xff), 1)]).toEqual([0xff])
    expect(chip.frames).toEqual([[0, 0]])
  })

  it('pass INT on as edges, and hold it high when it is open', () => {
    const { chip, wires } = bench()
    const edges: boolean[] = []
    wires.interrupt.onEdge((high) => edges.push(high))
    chip.drive(false)
    expect(wires.interrupt.high).toBe(false)
    wires.intOpen = true
    expect(wires.interrupt.high).toBe(true)
    chip.drive(true)
    chip.drive(false)
    expect(edges).toEqual([false, true])
    wires.intOpen = false
    expect(edges).toEqual([false, true, false])
  })

  it('flip about as many bits as they are told to', () => {
    const { wires } = bench()
    wires.bitErrorRate = 0.01
    const octets = wires.transfer(Uint8Array.of(0x3a), 10_000)
    let wrong = 0
    for (const octet of octets) for (let d = octet ^ 0xa5; d !== 0; d &= d - 1) wrong++
    expect(wrong).toBeGreaterThan(600)
    expect(wrong).toBeLessThan(1000)
  })

  it('deliver MISO one bit late above the clock they can carry', () => {
    const { wires } = bench()
    wires.highestClock = 4_000_000
    wires.clockRate = 4_000_000
    expect([...wires.transfer(Uint8Array.of(0x3a), 2)]).toEqual([0xa5, 0xa5])
    wires.clockRate = 8_000_000
    // 1010 0101 1010 0101 behind a 1: 1101 0010 1101 0010
    expect([...wires.transfer(Uint8Array.of(0x3a), 2)]).toEqual([0xd2, 0xd2])
  })
})
