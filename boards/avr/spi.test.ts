import { describe, expect, it } from 'vitest'
import { compile } from '../../test/avr/assembler.js'
import { chipBench } from '../../test/avr/bench.js'

const SETUP = `
  #include <avr/io.h>
  #include <avr/interrupt.h>
  #include <stdint.h>
  volatile uint8_t seen[8];
`

function spiBench(program: string) {
  const built = compile(SETUP + program)
  const bench = chipBench(built.image)
  const seen = (length: number) => {
    const address = built.image.symbols.get('seen')!
    return Array.from(bench.mcu.cpu.data.subarray(address, address + length))
  }
  return { ...bench, seen }
}

describe('the SPI master (DS40002061B 19)', () => {
  it('clears SPIF by reading SPSR and then SPDR, and by neither alone (19.5.2)', () => {
    const { runTo, seen } = spiBench(`int main(void) {
      DDRB = 0x2c; SPCR = 0x50; SPDR = 1;
      for (volatile uint8_t i = 0; i < 50; i++);
      (void)SPDR; seen[0] = SPSR;              // SPDR alone: still set
      seen[1] = SPSR;                          // SPSR alone: still set
      (void)SPDR; seen[2] = SPSR;              // after SPSR: cleared
      for (;;); }`)
    runTo(1_000_000)
    expect(seen(3)).toEqual([0x80, 0x80, 0])
  })

  it('clears SPIF by executing the interrupt vector', () => {
    const { runTo, seen } = spiBench(`
      ISR(SPI_STC_vect) { seen[0]++; seen[1] = SPSR; seen[2] = SPDR; }
      int main(void) { DDRB = 0x2c; SPCR = 0xd0; sei(); SPDR = 1; for (;;); }`)
    runTo(1_000_000)
    expect(seen(3)).toEqual([1, 0, 0xff])
  })

  it('sets WCOL when SPDR is written during a transfer, which goes on unharmed (19.5.2)', () => {
    const { mcu, runTo, seen } = spiBench(`int main(void) {
      DDRB = 0x2c; SPCR = 0x53; SPDR = 0x12; SPDR = 0x34;
      while (!(SPSR & 0x80)); seen[0] = SPSR; seen[1] = SPDR; seen[2] = SPSR;
      for (;;); }`)
    const octets: number[] = []
    mcu.spi.handleExchange = (mosi) => {
      octets.push(mosi)
      return 0x77
    }
    runTo(1_000_000)
    expect(octets).toEqual([0x12])
    expect(seen(3)).toEqual([0xc0, 0x77, 0])
  })

  it.each([
    // SPI2X SPR1 SPR0 -> divider (table 19-5)
    [0, 0, 4],
    [0, 1, 16],
    [0, 2, 64],
    [0, 3, 128],
    [1, 0, 2],
    [1, 1, 8],
    [1, 2, 32],
    [1, 3, 64],
  ])('SPI2X %i, SPR %i divides the clock by %i (table 19-5)', (double, rate, divider) => {
    const { clock, mcu, runTo } = spiBench(`int main(void) {
      DDRB = 0x2c; SPSR = ${double}; SPCR = 0x50 | ${rate};
      PINB = 1; SPDR = 1; for (;;); }`)
    let shape: { clock: number } | undefined
    let at = 0
    mcu.spi.handleExchange = (_mosi, given) => {
      shape = given
      at = clock.now
      return 0
    }
    let started = 0
    mcu.pin('B', 0).onEdge(() => {
      started = clock.now
    })
    runTo(1_000_000)
    expect(shape?.clock).toBe(16_000_000 / divider)
    // eight bus clocks; the instructions between the mark and SPDR take two or three cycles
    expect(Math.abs(at - started - 8 * divider * 62.5)).toBeLessThan(4 * 62.5)
  })

  it.each([
    // CPOL CPHA: idle level, and whether data is sampled on the rising edge (table 19-2, figures 19-3 and 19-4)
    [0, false, true],
    [1, false, false],
    [2, true, false],
    [3, true, true],
  ] as const)('mode %i idles and samples as table 19-2 says', (mode, idleHigh, rising) => {
    const { mcu, runTo } = spiBench(`int main(void) {
      DDRB = 0x2c; SPCR = 0x51 | (${mode} << 2); SPDR = 0xb2; for (;;); }`)
    let exchanged = -1
    mcu.spi.handleExchange = (_mosi, shape) => {
      exchanged = shape.mode
      return 0
    }
    const clockPin = mcu.pin('B', 5)
    const mosi = mcu.pin('B', 3)
    let sampled = 0
    let samples = 0
    let edges = 0
    clockPin.onEdge((high) => {
      if (edges++ === 0 && idleHigh && high) {
        edges = 0 // the pin goes to its idle level when the SPI takes it
        return
      }
      if (high === rising) {
        sampled = (sampled << 1) | (mosi.high ? 1 : 0)
        samples++
      }
    })
    runTo(1_000_000)
    expect(exchanged).toBe(mode)
    expect(samples).toBe(8)
    expect(sampled).toBe(0xb2)
    expect(clockPin.high).toBe(idleHigh)
  })

  it('sends the lowest bit first with DORD, and receives so (19.5.1)', () => {
    const { mcu, runTo, seen } = spiBench(`int main(void) {
      DDRB = 0x2c; SPCR = 0x70; SPDR = 0x01; while (!(SPSR & 0x80)); seen[0] = SPDR; for (;;); }`)
    const octets: number[] = []
    mcu.spi.handleExchange = (mosi) => {
      octets.push(mosi)
      return 0x80
    }
    runTo(1_000_000)
    expect(octets).toEqual([0x80])
    expect(seen(1)).toEqual([0x01])
  })

  it('becomes a slave when SS is an input and goes low (19.3.2)', () => {
    const { clock, mcu, runTo, seen } = spiBench(`int main(void) {
      PORTB = 4; DDRB = 0x28; SPCR = 0x50; seen[0] = SPCR; while (SPCR & 0x10); seen[1] = SPSR; seen[2] = SPCR; for (;;); }`)
    runTo(500_000)
    expect(seen(3)).toEqual([0x50, 0, 0])
    mcu.pin('B', 2).drive(false)
    clock.runFor(100_000)
    expect(seen(3)).toEqual([0x50, 0x80, 0x40])
  })
})
