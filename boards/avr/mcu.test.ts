import { describe, expect, it } from 'vitest'
import { assemble, compile } from '../../test/avr/assembler.js'
import { SeededRandom } from '../simulation/random.js'
import { Scheduler } from '../simulation/scheduler.js'
import type { FlashImage } from './flash-image.js'
import { withoutBootLoader } from './fuses.js'
import { AvrMcu } from './mcu.js'
import { ATMEGA328P } from './parts/atmega328p.js'

/** SUT = 11 and 16K CK (table 9-4): from power-on to the first instruction. */
const START_UP = 65_000_000 + Math.ceil((16_398 * 1e9) / 16e6)

function chip(image: FlashImage) {
  const clock = new Scheduler()
  const mcu = new AvrMcu({ clock, part: ATMEGA328P, fuses: withoutBootLoader(ATMEGA328P), random: new SeededRandom(1) })
  mcu.load(image)
  mcu.powerOn()
  return { clock, mcu }
}

describe('the ATmega328P on shared virtual time', () => {
  it('starts after 65 ms and 16K CK, and toggles a pin at the cycle the instruction says (table 9-4)', () => {
    const { clock, mcu } = chip(
      assemble(`
        sbi DDRB, 5
        sbi PORTB, 5
        nop
        cbi PORTB, 5
        rjmp .-2`),
    )
    const edges: [number, boolean][] = []
    mcu.pin('B', 5).onEdge((high) => edges.push([clock.now - START_UP, high]))
    clock.runUntil(START_UP + 10_000)
    // SBI takes 2 cycles of 62.5 ns, NOP 1; the edge is taken at the instruction's start
    expect(edges).toEqual([
      [125, true],
      [312, false],
    ])
  })

  it('sees an edge from outside at the next instruction (13.2.1)', () => {
    const { clock, mcu } = chip(
      assemble(`
        rjmp start
        nop
        .org 4
        sbi PORTB, 0      ; INT0 vector
        reti
        .org 0x68
      start:
        sbi DDRB, 0
        ldi r16, 3        ; rising edge
        sts 0x69, r16
        sbi EIMSK, 0
        sei
      loop: rjmp loop`),
    )
    clock.runUntil(START_UP + 100_000)
    mcu.pin('D', 2).drive(false)
    const edges: number[] = []
    mcu.pin('B', 0).onEdge(() => edges.push(clock.now))
    clock.after(12_345, () => mcu.pin('D', 2).drive(true))
    const at = clock.now + 12_345
    clock.runFor(100_000)
    expect(edges).toHaveLength(1)
    // up to 2 cycles for the RJMP under way, 4 for the interrupt response (7.7.1)
    expect(edges[0] - at).toBeGreaterThanOrEqual(4 * 62.5 - 1)
    expect(edges[0] - at).toBeLessThanOrEqual(6 * 62.5 + 1)
  })

  it('costs nothing while it sleeps, and wakes by a timer in idle (10.3)', () => {
    const { mcu, clock } = chip(
      compile(
        `#include <avr/io.h>
         #include <avr/interrupt.h>
         #include <avr/sleep.h>
         volatile unsigned count;
         ISR(TIMER1_COMPA_vect) { count++; PINB = 1; }
         int main(void) {
           DDRB = 1; OCR1A = 62499; TCCR1B = (1 << WGM12) | (1 << CS12); TIMSK1 = 1 << OCIE1A;
           sei();
           for (;;) { set_sleep_mode(SLEEP_MODE_IDLE); sleep_mode(); }
         }`,
      ).image,
    )
    const edges: number[] = []
    mcu.pin('B', 0).onEdge(() => edges.push(clock.now))
    const before = clock.executed
    clock.runFor(60_000_000_000)
    // 16 MHz / 256 / 62500 = 1 Hz
    expect(edges).toHaveLength(59)
    for (let i = 1; i < edges.length; i++) expect(edges[i] - edges[i - 1]).toBe(1_000_000_000)
    expect(clock.executed - before).toBeLessThan(1_000)
  })

  it('is never ahead of the clock that others act by, also when it goes to sleep within a slice', () => {
    const { clock, mcu } = chip(
      compile(
        `#include <avr/io.h>
         #include <avr/interrupt.h>
         #include <avr/sleep.h>
         ISR(PCINT2_vect) { PINB = 1; }
         int main(void) {
           DDRB = 1; PCMSK2 = 0x80; PCICR = 4; sei();
           for (;;) { for (volatile unsigned char i = 0; i < 50; i++); sleep_mode(); }
         }`,
      ).image,
    )
    clock.runUntil(START_UP + 1_000_000)
    const edges: number[] = []
    mcu.pin('B', 0).onEdge(() => edges.push(clock.now))
    let level = false
    for (let i = 0; i < 100; i++) {
      // a host that acts between two events, as one behind a pseudo-terminal does
      clock.after(7_000, () => {})
      while (clock.step() && clock.nextAt !== undefined) {}
      const at = clock.now
      level = !level
      mcu.pin('D', 7).drive(level)
      while (clock.step()) {}
      // wake-up and response take eight cycles, the handler's prologue some more (7.7.1)
      expect(edges.at(-1)! - at).toBeLessThan(4_000)
    }
    expect(edges).toHaveLength(100)
  })
})
