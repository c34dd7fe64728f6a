import { describe, expect, it } from 'vitest'
import { compile } from '../../test/avr/assembler.js'
import { chipBench, START_UP } from '../../test/avr/bench.js'

const SETUP = `
  #include <avr/io.h>
  #include <avr/interrupt.h>
  #include <stdint.h>
  volatile uint16_t seen[8];
`

function timerBench(program: string) {
  const built = compile(SETUP + program)
  const bench = chipBench(built.image)
  const seen = (length: number) => {
    const address = built.image.symbols.get('seen')!
    return Array.from(
      { length },
      (_, i) => bench.mcu.cpu.data[address + 2 * i] | (bench.mcu.cpu.data[address + 2 * i + 1] << 8),
    )
  }
  const edges = (port: 'B' | 'D', bit: number) => {
    const list: [number, boolean][] = []
    bench.mcu.pin(port, bit).onEdge((high) => list.push([bench.clock.now - START_UP, high]))
    return list
  }
  return { ...bench, seen, edges }
}

/** Time from one rising edge to the next, and how long the pin is high, of the last whole period. */
function wave(edges: [number, boolean][]) {
  const rises = edges.filter(([, high]) => high)
  const [from, to] = rises.slice(-2).map(([at]) => at)
  const fall = edges.find(([at, high]) => !high && at > from)![0]
  return { period: to - from, high: fall - from }
}

describe('timers (DS40002061B 15, 16, 18)', () => {
  it.each([
    ['TCCR0B', 'TIMER0_OVF_vect', 'TIMSK0', 3, 64 * 256],
    ['TCCR1B', 'TIMER1_OVF_vect', 'TIMSK1', 1, 65_536],
    ['TCCR2B', 'TIMER2_OVF_vect', 'TIMSK2', 4, 64 * 256],
  ])('%s overflows after MAX + 1 clocks in normal mode', (control, vector, mask, select, cycles) => {
    const { runTo, edges } = timerBench(`
      ISR(${vector}) { PINB = 1; }
      int main(void) { DDRB = 1; ${mask} = 1; ${control} = ${select}; sei(); for (;;); }`)
    const list = edges('B', 0)
    runTo(100_000_000)
    const gaps = list.slice(1).map(([at], i) => at - list[i][0])
    expect(gaps.length).toBeGreaterThan(10)
    const average = gaps.reduce((a, b) => a + b, 0) / gaps.length
    expect(Math.abs(average - cycles * 62.5)).toBeLessThan(62.5)
  })

  it('draws a square wave on OC0A in CTC: f / (2 N (1 + OCR)) (15.7.2)', () => {
    const { runTo, edges } = timerBench(
      'int main(void) { DDRD = 0x40; OCR0A = 99; TCCR0A = 0x42; TCCR0B = 2; for (;;); }',
    )
    const list = edges('D', 6)
    runTo(5_000_000)
    expect(wave(list)).toEqual({ period: 2 * 8 * 100 * 62.5, high: 8 * 100 * 62.5 })
  })

  it('draws fast PWM on OC1A: period TOP + 1, high for OCR + 1 (16.9.3)', () => {
    const { runTo, edges } = timerBench(
      'int main(void) { DDRB = 2; TCCR1A = 0x82; TCCR1B = 0x18; ICR1 = 999; OCR1A = 249; TCCR1B = 0x19; for (;;); }',
    )
    const list = edges('B', 1)
    runTo(5_000_000)
    expect(wave(list)).toEqual({ period: 1_000 * 62.5, high: 250 * 62.5 })
  })

  it('draws phase correct PWM on OC2B: period 2 TOP, high for 2 OCR (18.7.4)', () => {
    const { runTo, edges } = timerBench('int main(void) { DDRD = 8; OCR2B = 64; TCCR2A = 0x21; TCCR2B = 1; for (;;); }')
    const list = edges('D', 3)
    runTo(5_000_000)
    const { period, high } = wave(list)
    expect(period).toBe(510 * 62.5)
    expect(Math.abs(high - 128 * 62.5)).toBeLessThan(2 * 62.5)
  })

  it('reads TCNT1 as two octets of one instant, and compares once (16.3, 16.7)', () => {
    const { runTo, seen } = timerBench(`
      ISR(TIMER1_COMPB_vect) { seen[2]++; }
      int main(void) {
        OCR1B = 5000; TIMSK1 = 4; sei(); TCCR1B = 1; TCNT1 = 0x00f0;
        uint16_t a = TCNT1; uint16_t b = TCNT1; seen[0] = b - a; seen[1] = a;
        while (!seen[2]);
        TIMSK1 = 0; seen[3] = TIFR1; for (;;);
      }`)
    runTo(1_000_000)
    const [between, first, matches] = seen(3)
    expect(between).toBeGreaterThanOrEqual(4)
    expect(between).toBeLessThanOrEqual(6)
    expect(first).toBeGreaterThanOrEqual(0xf0)
    expect(matches).toBe(1)
  })

  it('sets flags with no interrupt enabled, and clears one by writing one (16.11.9)', () => {
    const { runTo, seen } = timerBench(`int main(void) {
      OCR1A = 100; OCR1B = 200; TCCR1B = 1;
      for (volatile uint8_t i = 0; i < 100; i++);
      seen[0] = TIFR1; TIFR1 = 2; seen[1] = TIFR1; TIFR1 |= 4; seen[2] = TIFR1;
      for (;;); }`)
    runTo(1_000_000)
    expect(seen(3)).toEqual([6, 4, 0])
  })

  it('counts edges of T0, captures on ICP1 (15.5, 16.6)', () => {
    const { clock, mcu, runTo, seen } = timerBench(`
      ISR(TIMER1_CAPT_vect) { seen[1] = ICR1; seen[2]++; }
      int main(void) { TCCR0B = 7; TCCR1B = 0x41; TIMSK1 = 0x20; sei(); for (;;) seen[0] = TCNT0; }`)
    runTo(100_000)
    for (let i = 0; i < 5; i++) {
      mcu.pin('D', 4).drive(true)
      clock.runFor(10_000)
      mcu.pin('D', 4).drive(false)
      clock.runFor(10_000)
    }
    mcu.pin('B', 0).drive(true)
    clock.runFor(10_000)
    expect(seen(1)).toEqual([5])
    expect(seen(3)[2]).toBe(1)
    // 200 us at 16 MHz after the start, less the cycles of the C start-up
    expect(Math.abs(seen(2)[1] - 3_200)).toBeLessThan(200)
  })
})
