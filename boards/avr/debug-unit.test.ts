import { beforeAll, describe, expect, it } from 'vitest'
import { MICROSECOND, SECOND } from '../../firmware/hal/clock.js'
import { compile } from '../../test/avr/assembler.js'
import { Scheduler } from '../simulation/scheduler.js'
import { DebugUnit, type StopReason } from './debug-unit.js'
import type { FlashImage } from './flash-image.js'
import { withoutBootLoader } from './fuses.js'
import { instructionName } from './instruction-set.js'
import { AvrMcu } from './mcu.js'
import { ATMEGA328P } from './parts/atmega328p.js'

/** Interrupts that fall on every instruction, let in by SEI, RETI, OUT and STS to SREG, and by SLEEP. PB0 toggles in them, PB1 outside. */
const BUSY = `
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
volatile unsigned count;
ISR(TIMER0_OVF_vect) { PINB = 1; count++; }
ISR(TIMER1_COMPA_vect) { PINB = 1; count += 3; OCR1A += 331; }
int main(void) {
  DDRB = 3;
  TCCR0B = 1;
  TIMSK0 = 1;
  TCCR1B = 1;
  OCR1A = 331;
  TIMSK1 = 2;
  for (;;) {
    sei();
    PINB = 2;
    cli();
    unsigned char i = count;
    PINB = 2;
    SREG = 0x80;
    PINB = 2;
    while (i & 15) { i++; __asm__ volatile("nop"); }
    cli();
    PINB = 2;
    __asm__ volatile("sts 0x5f, %0" ::"r"((unsigned char)0x80));
    if ((count & 3) == 0) sleep_mode();
  }
}`

function machine(image: FlashImage) {
  const clock = new Scheduler()
  const mcu = new AvrMcu({ clock, part: ATMEGA328P, fuses: withoutBootLoader(ATMEGA328P) })
  mcu.load(image)
  mcu.powerOn()
  const edges: number[] = []
  for (const bit of [0, 1]) mcu.pin('B', bit).onEdge((high) => edges.push(clock.now * 4 + bit * 2 + Number(high)))
  const unit = new DebugUnit(mcu)
  const stops: StopReason[] = []
  let held = false
  unit.onStop((reason) => {
    stops.push(reason)
    held = true
  })
  /** Lets time pass until it stands. */
  const pass = (duration = SECOND) => {
    held = false
    clock.runWhile(() => !held, clock.now + duration)
  }
  unit.stopNext()
  pass()
  return { clock, mcu, unit, edges, stops, pass }
}

describe('a debugged program', () => {
  let image: FlashImage
  beforeAll(() => {
    ;({ image } = compile(BUSY))
  })

  it('waits before its first instruction', () => {
    const { mcu, stops, unit } = machine(image)
    expect([mcu.cpu.pc, mcu.cpu.cycles, stops, unit.stopped]).toEqual([0, 0, [{ kind: 'reset' }], { kind: 'reset' }])
  })

  it('does the same at the same instants as one that nobody debugs', () => {
    const length = 4000 * MICROSECOND
    const free = machine(image)
    free.unit.detach()
    free.pass(length)
    expect(free.mcu.cpu.probe).toBeUndefined()
    expect(free.edges.length).toBeGreaterThan(2000)
    const watched = machine(image)
    watched.unit.addBreakpoint(0x3000) // never reached: each instruction is looked at
    watched.unit.resume()
    watched.pass(length)
    expect(watched.edges).toEqual(free.edges)
    const stopped = machine(image)
    stopped.unit.addWatchpoint('write', 0x23, 1) // PINB
    const end = stopped.clock.now + length
    while (stopped.clock.now < end) {
      stopped.unit.resume()
      stopped.pass(end - stopped.clock.now)
    }
    expect(stopped.stops.length).toBe(free.edges.length + 1)
    expect(stopped.edges).toEqual(free.edges)
  })

  it('steps through its own instructions; interrupts that come meanwhile run as a whole, sleep until there is one', () => {
    const { mcu, unit, stops, pass } = machine(image)
    const { cpu } = mcu
    const seen = new Set<string>()
    const taken = () => cpu.interruptsTaken.reduce((sum, times) => sum + times, 0)
    let stepsWithInterrupt = 0
    for (let step = 0; step < 2000; step++) {
      const before = taken()
      seen.add(instructionName(cpu.progMem[cpu.pc]))
      unit.resume({ from: cpu.pc, to: cpu.pc + 1 })
      pass()
      expect(stops.at(-1)).toEqual({ kind: 'step' })
      if (taken() > before) stepsWithInterrupt++
    }
    expect(stepsWithInterrupt).toBeGreaterThan(10)
    expect([...seen]).toEqual(expect.arrayContaining(['SLEEP', 'BSET', 'STS', 'OUT']))
    expect(seen).not.toContain('RETI')
  })

  it('stops in an interrupt that has a breakpoint', () => {
    const { mcu, unit, stops, pass } = machine(image)
    const vector = 0x20 // TIMER0_OVF (DS40002061B table 12-6, word address)
    unit.addBreakpoint(vector)
    unit.resume()
    pass()
    expect([mcu.cpu.pc, stops.at(-1)]).toEqual([vector, { kind: 'breakpoint' }])
    unit.removeBreakpoint(vector)
    unit.resume()
    expect(mcu.cpu.probe).toBeUndefined()
  })

  it('ends a step where it is reset', () => {
    const { mcu, unit, stops, pass } = machine(image)
    unit.resume({ from: 0, to: 0x4000 })
    pass(100 * MICROSECOND)
    expect(unit.stopped).toBeUndefined()
    mcu.pulseReset()
    pass()
    expect([mcu.cpu.pc, stops.at(-1)]).toEqual([0, { kind: 'reset' }])
  })

  it('shows a counter as it is now, and keeps what the program has latched of it', () => {
    const { mcu, unit, pass } = machine(image)
    unit.resume()
    pass(7 * MICROSECOND)
    unit.interrupt()
    const { TCNT } = ATMEGA328P.timers[1]
    const latched = mcu.cpu.readHooks[TCNT + 1](TCNT + 1)
    const count = unit.peek(TCNT) | (unit.peek(TCNT + 1) << 8)
    expect(count).toBeGreaterThan(10)
    expect(count).toBeLessThan(7 * 16)
    expect(mcu.cpu.readHooks[TCNT + 1](TCNT + 1)).toBe(latched)
    expect(unit.peek(ATMEGA328P.timers[0].TCNT)).toBeGreaterThan(10)
  })
})
