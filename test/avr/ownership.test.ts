import { describe, expect, it } from 'vitest'
import { compile } from './assembler.js'
import { chipBench } from './bench.js'
import { MemoryGuard } from './ownership.js'

/** Writes one octet too many while PD7 is high; eats the stack while PD6 is. */
const PROGRAM = `
  #include <avr/io.h>
  volatile unsigned char buffer[16], behind[16];
  static void fill(unsigned char length) { for (unsigned char i = 0; i < length; i++) buffer[i] = i; }
  static unsigned char __attribute__((noinline)) deep(unsigned n) {
    volatile unsigned char room[32]; room[n & 31] = n; return n ? deep(n - 1) + room[0] : 0;
  }
  int main(void) {
    for (;;) {
      fill(PIND & 0x80 ? 17 : 16);
      if (PIND & 0x40) deep(70);
    }
  }`

function guarded() {
  const { image } = compile(PROGRAM)
  const bench = chipBench(image)
  bench.runTo(100_000)
  const guard = new MemoryGuard(bench.mcu, image.symbols)
  bench.clock.runFor(1_000_000)
  guard.enforce()
  bench.clock.runFor(1_000_000)
  guard.check()
  return { ...bench, guard }
}

describe('the memory guard', () => {
  it('is content with a program that stays where it belongs', () => {
    expect(guarded().guard.violations).toEqual([])
  })

  it('sees a store one octet behind its buffer', () => {
    const { clock, mcu, guard } = guarded()
    mcu.pin('D', 7).drive(true)
    clock.runFor(1_000_000)
    expect(guard.violations).toEqual([expect.stringMatching(/writes to behind; before it wrote to buffer/)])
  })

  it('sees a stack that reaches the static data', () => {
    const { clock, mcu, guard } = guarded()
    mcu.pin('D', 6).drive(true)
    clock.runFor(5_000_000)
    guard.check()
    expect(guard.violations.join('\n')).toMatch(/the stack reached 0x/)
  })
})
