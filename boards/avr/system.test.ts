import { describe, expect, it } from 'vitest'
import { assemble, compile } from '../../test/avr/assembler.js'
import { chipBench, START_UP } from '../../test/avr/bench.js'
import { SeededRandom } from '../simulation/random.js'

const SETUP = `
  #include <avr/io.h>
  #include <avr/interrupt.h>
  #include <avr/wdt.h>
  #include <avr/sleep.h>
  #include <avr/eeprom.h>
  #include <stdint.h>
  volatile uint8_t seen[16];
  uint8_t cause __attribute__((section(".noinit")));
  void early(void) __attribute__((naked, used, section(".init3")));
  void early(void) { cause = MCUSR; MCUSR = 0; wdt_disable(); }
`

function systemBench(program: string) {
  const built = compile(SETUP + program)
  const bench = chipBench(built.image)
  const at = (name: string, length: number) => {
    const address = built.image.symbols.get(name)!
    return Array.from(bench.mcu.cpu.data.subarray(address, address + length))
  }
  return { ...bench, at }
}

const PORF = 1
const EXTRF = 2
const BORF = 4
const WDRF = 8

describe('reset (DS40002061B 11)', () => {
  it('says in MCUSR what caused it: power-on, RESET pin, brown-out', () => {
    const { clock, mcu, runTo, at } = systemBench('int main(void) { for (;;); }')
    runTo(100_000)
    expect(at('cause', 1)).toEqual([PORF])
    mcu.pulseReset()
    clock.runFor(100_000_000)
    expect(at('cause', 1)).toEqual([EXTRF])
    mcu.brownOut()
    clock.runFor(100_000_000)
    expect(at('cause', 1)).toEqual([BORF])
    expect(mcu.resets).toEqual({ 'power-on': 1, external: 1, 'brown-out': 1, watchdog: 0 })
  })

  it('lets all pins float while RESET is low, and runs nothing', () => {
    const { clock, mcu, runTo } = systemBench('int main(void) { DDRB = 1; for (;;) PINB = 1; }')
    runTo(100_000)
    expect(mcu.pin('B', 0).isOutput).toBe(true)
    mcu.setResetPin(false)
    expect(mcu.pin('B', 0).isOutput).toBe(false)
    let edges = 0
    mcu.pin('B', 0).onEdge(() => edges++)
    clock.runFor(10_000_000)
    expect(edges).toBe(0)
    mcu.setResetPin(true)
    clock.runFor(70_000_000)
    expect(edges).toBeGreaterThan(100)
  })

  it('has random SRAM after power-on when it is given chance, and keeps it through a reset', () => {
    const built = compile('int main(void) { for (;;); }')
    const { clock, mcu } = chipBench(built.image, { random: new SeededRandom(3) })
    clock.runUntil(START_UP + 1_000)
    const before = mcu.cpu.data.slice(0x200, 0x300)
    expect(new Set(before).size).toBeGreaterThan(100)
    mcu.pulseReset()
    clock.runFor(100_000_000)
    expect(mcu.cpu.data.slice(0x200, 0x300)).toEqual(before)
  })
})

describe('the watchdog (DS40002061B 11.8)', () => {
  it('resets after its time-out, sets WDRF, and not while WDR comes in time', () => {
    const { clock, mcu, runTo, at } = systemBench(`int main(void) {
      if (cause & ${WDRF}) { seen[0] = cause; for (;;); }
      wdt_enable(WDTO_15MS);
      for (uint16_t i = 0; i < 60000; i++) wdt_reset();
      PINB = 1; DDRB = 1; PORTB = 1;
      for (;;); }`)
    let stopped = 0
    mcu.pin('B', 0).onEdge((high) => {
      if (high) stopped = clock.now
    })
    runTo(10_000_000)
    expect(mcu.resets.watchdog).toBe(0)
    clock.runFor(1_000_000_000)
    expect(mcu.resets.watchdog).toBe(1)
    expect(at('seen', 1)).toEqual([WDRF])
    expect(stopped).toBeGreaterThan(0)
  })

  it('first interrupts and then resets when both are on; WDIE clears itself (11.8.1)', () => {
    const { clock, mcu, runTo, at } = systemBench(`
      ISR(WDT_vect) { seen[1]++; seen[2] = WDTCSR; }
      int main(void) {
        if (cause & ${WDRF}) { seen[3] = 1; for (;;); }
        sei(); wdt_enable(WDTO_30MS); WDTCSR |= 1 << WDIE;
        for (;;); }`)
    runTo(40_000_000)
    expect(at('seen', 3)).toEqual([0, 1, 0x09]) // WDE and WDP0 remain
    expect(mcu.resets.watchdog).toBe(0)
    clock.runFor(40_000_000)
    expect(mcu.resets.watchdog).toBe(1)
  })

  it('resets at the second time-out when the interrupt of the first was not executed (11.9.2, WDIE)', () => {
    const { clock, mcu, runTo, at } = systemBench(`
      ISR(WDT_vect) { seen[1]++; }
      int main(void) {
        if (cause & ${WDRF}) { seen[3] = 1; for (;;); }
        wdt_enable(WDTO_30MS); WDTCSR |= 1 << WDIE;
        for (;;); }`)
    runTo(60_000_000)
    expect(mcu.resets.watchdog).toBe(0)
    clock.runFor(80_000_000)
    expect(mcu.resets.watchdog).toBe(1)
    expect(at('seen', 4)).toEqual([0, 0, 0, 1])
  })

  it('ends a hang of a program whose interrupts would have gone on, and nothing else does but the other resets', () => {
    const { clock, mcu, runTo, at } = systemBench(`
      ISR(TIMER0_OVF_vect) { seen[1]++; wdt_reset(); }
      int main(void) {
        if (cause & ${WDRF}) { seen[3] = 1; for (;;); }
        wdt_enable(WDTO_30MS); TCCR0B = 1; TIMSK0 = 1; sei();
        for (;;) seen[0]++; }`)
    mcu.hang() // in the time-out after power-on no program runs that could stand still
    runTo(100_000_000)
    expect(at('seen', 2)[1]).toBeGreaterThan(0)
    mcu.hang()
    const hung = at('seen', 3)
    clock.runFor(25_000_000)
    expect(at('seen', 3)).toEqual(hung)
    expect(mcu.resets.watchdog).toBe(0)
    clock.runFor(80_000_000)
    expect(mcu.resets.watchdog).toBe(1)
    expect(at('seen', 4)[3]).toBe(1)
    mcu.hang()
    mcu.pulseReset()
    clock.runFor(100_000_000)
    expect(mcu.resets.external).toBe(1)
  })

  it('ignores a change outside the four cycles (11.8.2)', () => {
    const { clock, mcu } = systemBench(`int main(void) {
      wdt_enable(WDTO_15MS);
      WDTCSR = (1 << WDCE) | (1 << WDE);
      __asm__ volatile("nop\\n nop\\n nop\\n nop\\n nop\\n nop");
      WDTCSR = 0;
      for (;;); }`)
    clock.runUntil(START_UP + 50_000_000)
    expect(mcu.resets.watchdog).toBeGreaterThan(0)
  })

  it('wakes the chip from power-down, where the main clock and the timers stand still (10.5)', () => {
    const { clock, runTo, at } = systemBench(`
      ISR(WDT_vect) { seen[0]++; }
      int main(void) {
        sei(); TCCR1B = 5;
        WDTCSR = (1 << WDCE) | (1 << WDE); WDTCSR = (1 << WDIE) | 5;   // 0.5 s
        set_sleep_mode(SLEEP_MODE_PWR_DOWN); sleep_mode();
        seen[1] = TCNT1 >> 8; seen[2] = 1;
        for (;;); }`)
    runTo(500_000_000)
    expect(at('seen', 3)).toEqual([0, 0, 0])
    clock.runFor(30_000_000)
    // clk/1024 for half a second would be 7812; the start-up of 16K CK alone is 16
    expect(at('seen', 3)).toEqual([1, 0, 1])
  })
})

describe('the EEPROM (DS40002061B 8.4)', () => {
  it('writes in 3.4 ms after EEMPE and EEPE, and reads back (table 8-1)', () => {
    const { clock, mcu, at } = systemBench(`int main(void) {
      EEAR = 0x123; EEDR = 0x5a; DDRB = 1;
      EECR = 1 << EEMPE; EECR |= 1 << EEPE; PORTB = 1;
      while (EECR & (1 << EEPE)); PORTB = 0;
      EEDR = 0; EECR |= 1 << EERE; seen[0] = EEDR;
      EEDR = 1; EECR |= 1 << EEPE; seen[1] = EECR;      // no EEMPE: nothing happens
      for (;;); }`)
    const edges: number[] = []
    mcu.pin('B', 0).onEdge(() => edges.push(clock.now))
    clock.runFor(100_000_000)
    expect(Math.abs(edges[1] - edges[0] - 3_400_000)).toBeLessThan(2_000)
    expect(at('seen', 2)).toEqual([0x5a, 0])
    expect(mcu.eeprom.memory[0x123]).toBe(0x5a)
  })

  it('serves avr-libc, and raises EE_READY while it is idle', () => {
    const { mcu, runTo, at } = systemBench(`
      ISR(EE_READY_vect) { seen[0]++; EECR &= ~(1 << EERIE); }
      int main(void) {
        for (uint8_t i = 0; i < 4; i++) eeprom_update_byte((uint8_t *)(uintptr_t)i, 0xc0 + i);
        eeprom_busy_wait(); sei(); EECR |= 1 << EERIE;
        for (;;); }`)
    runTo(50_000_000)
    expect(Array.from(mcu.eeprom.memory.subarray(0, 5))).toEqual([0xc0, 0xc1, 0xc2, 0xc3, 0xff])
    expect(at('seen', 1)).toEqual([1])
  })
})

describe('interrupts and pins (DS40002061B 7.7, 13, 14)', () => {
  it('runs one instruction after SEI before a pending interrupt (7.7)', () => {
    const { mcu, runTo } = chipBench(
      assemble(`
        jmp start
        .org 8
        mov r20, r18          ; INT1: how far did the program come?
        cbi EIMSK, 1
        reti
        .org 0x68
      start:
        clr r18
        clr r20
        sbi EIMSK, 1          ; low level, and PD3 is low
        sei
        inc r18
        inc r18
        inc r18
      stop: rjmp stop`),
    )
    runTo(1_500)
    expect(mcu.cpu.data[20]).toBe(1)
  })

  it('asks for a level interrupt as long as the pin is low, one instruction between each (13.2.1)', () => {
    const { clock, mcu, runTo, at } = systemBench(`
      ISR(INT0_vect) { seen[0]++; }
      int main(void) { PORTD = 4; EIMSK = 1; sei(); for (;;) seen[1]++; }`)
    runTo(1_000_000)
    expect(at('seen', 1)).toEqual([0])
    mcu.pin('D', 2).drive(false)
    clock.runFor(20_000)
    mcu.pin('D', 2).drive(true)
    clock.runFor(20_000)
    const [count] = at('seen', 1)
    expect(count).toBeGreaterThan(3)
    clock.runFor(1_000_000)
    expect(at('seen', 1)).toEqual([count])
  })

  it.each([
    [1, 2],
    [2, 1],
    [3, 1],
  ])('ISC0 = %i makes %i interrupts of a pulse, and EIFR is set without EIMSK (table 13-2)', (sense, expected) => {
    const { clock, mcu, runTo, at } = systemBench(`
      ISR(INT0_vect) { seen[0]++; }
      int main(void) { EICRA = ${sense}; PORTD = 4; EIFR = 3; while (!(PIND & 0x80)); seen[1] = EIFR; EIFR = 3; EIMSK = 1; sei(); for (;;); }`)
    runTo(1_000_000)
    const pulse = () => {
      mcu.pin('D', 2).drive(false)
      clock.runFor(10_000)
      mcu.pin('D', 2).drive(true)
      clock.runFor(10_000)
    }
    pulse()
    mcu.pin('D', 7).drive(true)
    clock.runFor(10_000)
    pulse()
    expect(at('seen', 2)).toEqual([expected, 1])
  })

  it('raises a pin change interrupt for the pins of PCMSK only (13.2.4)', () => {
    const { clock, mcu, runTo, at } = systemBench(`
      ISR(PCINT2_vect) { seen[0]++; }
      ISR(PCINT0_vect) { seen[1]++; }
      int main(void) { PCMSK2 = 1 << 5; PCMSK0 = 1; PCICR = 5; sei(); for (;;); }`)
    runTo(1_000_000)
    for (const [port, bit] of [
      ['D', 5],
      ['D', 6],
      ['B', 0],
      ['B', 1],
    ] as const) {
      mcu.pin(port, bit).drive(true)
      clock.runFor(10_000)
    }
    expect(at('seen', 2)).toEqual([1, 1])
  })

  it('resolves a pin: what the chip drives, what drives it, a resistor, the pull-up; toggles by PINx (14.2)', () => {
    const { clock, mcu, runTo, at } = systemBench(`int main(void) {
      DDRB = 0x01; PORTB = 0x03; PINB = 0x01; seen[0] = PINB; PINB = 0x01;
      for (;;) seen[1] = PINB; }`)
    const pin = (bit: number) => mcu.pin('B', bit)
    pin(2).pull(true)
    pin(3).drive(true)
    runTo(100_000)
    expect(at('seen', 1)[0] & 1).toBe(0)
    expect(at('seen', 2)[1] & 0x0f).toBe(0x0f) // output, pull-up, resistor, driven
    pin(1).drive(false)
    pin(2).drive(false)
    pin(0).drive(false)
    clock.runFor(10_000)
    expect(at('seen', 2)[1] & 0x07).toBe(0x01)
    expect(mcu.port('B').contention & 1).toBe(1)
  })
})

describe('faults of the program', () => {
  it('reports opcodes the part does not have, and stores and loads outside data memory', () => {
    const { mcu, runTo } = chipBench(
      assemble(`
        .word 0x9519          ; EICALL, on larger parts
        ldi r26, 0x00
        ldi r27, 0x09
        st X, r0              ; 0x900: beyond RAMEND
        ld r0, X
      stop: rjmp stop`),
    )
    const faults: string[] = []
    mcu.onFault(({ kind, pc, value }) => faults.push(`${kind} ${pc} ${value.toString(16)}`))
    runTo(10_000)
    expect(faults).toEqual(['illegal-opcode 0 9519', 'store-outside-memory 6 900', 'load-outside-memory 8 900'])
  })

  it('tells a watch of every store to its addresses, those of the stack too', () => {
    const { mcu, runTo } = chipBench(
      assemble(`
        ldi r16, 7
        push r16
        rcall f
        sts 0x8ff, r16
      stop: rjmp stop
      f: ret`),
    )
    const stores: [number, number][] = []
    mcu.cpu.watch(0x8fc, 0x900, (address, value) => stores.push([address, value]))
    runTo(10_000)
    // PUSH, then RCALL's return address (word 3), low octet first, then STS
    expect(stores).toEqual([
      [0x8ff, 7],
      [0x8fe, 3],
      [0x8fd, 0],
      [0x8ff, 7],
    ])
  })
})
