import { describe, expect, it } from 'vitest'
import { compile } from '../../test/avr/assembler.js'
import { START_UP } from '../../test/avr/bench.js'
import { Scheduler } from '../simulation/scheduler.js'
import { AvrMcu } from './mcu.js'
import type { Fuses } from './part.js'
import { ATMEGA328P } from './parts/atmega328p.js'

/** 2048 words of boot section (BOOTSZ 00), reset into it, nothing locked. */
const BOOT_FUSES: Fuses = { low: 0xff, high: 0xd8, extended: 0xfd, lock: 0xff }
const BOOT_FLAGS = ['-Wl,--section-start=.text=0x7000']

function bootBench(program: string, fuses = BOOT_FUSES, flags = BOOT_FLAGS) {
  const built = compile(
    `#include <avr/io.h>
     #include <avr/boot.h>
     #include <avr/interrupt.h>
     #include <avr/pgmspace.h>
     volatile uint8_t seen[16];
     ${program}`,
    flags,
  )
  const clock = new Scheduler()
  const mcu = new AvrMcu({ clock, part: ATMEGA328P, fuses })
  mcu.load(built.image)
  mcu.powerOn()
  const at = (length: number) => {
    const address = built.image.symbols.get('seen')!
    return Array.from(mcu.cpu.data.subarray(address, address + length))
  }
  return { clock, mcu, at, runTo: (time: number) => clock.runUntil(START_UP + time) }
}

describe('self-programming (DS40002061B 27)', () => {
  it('erases, fills and writes a page from the boot section; RWWSB lasts until RWWSRE (27.8)', () => {
    const { mcu, at, runTo } = bootBench(`
      int main(void) {
        boot_page_erase(0x180); seen[0] = SPMCSR; seen[1] = pgm_read_byte(0x180);
        boot_spm_busy_wait(); seen[2] = SPMCSR;
        for (uint8_t i = 0; i < 128; i += 2) boot_page_fill(0x180 + i, i | ((i + 1) << 8));
        boot_page_write(0x180); boot_spm_busy_wait(); seen[3] = SPMCSR;
        boot_rww_enable(); seen[4] = SPMCSR; seen[5] = pgm_read_byte(0x185);
        for (;;);
      }`)
    mcu.flash.fill(0x00, 0x100, 0x300)
    runTo(20_000_000)
    expect(at(6)).toEqual([0x43, 0xff, 0x40, 0x40, 0, 5])
    expect(Array.from(mcu.flash.subarray(0x180, 0x200))).toEqual(Array.from({ length: 128 }, (_, i) => i))
    expect(mcu.flash[0x17f]).toBe(0)
    expect(mcu.flash[0x200]).toBe(0)
  })

  it('takes 3.7 to 4.5 ms for an erase, during which the boot section runs on (table 27-5, 27.4.1)', () => {
    const { clock, mcu, runTo } = bootBench(`
      int main(void) { DDRB = 3; boot_page_erase(0); PORTB = 1; while (boot_spm_busy()) PINB = 2; PORTB &= ~1; for (;;); }`)
    const marks: number[] = []
    let alive = 0
    mcu.pin('B', 0).onEdge(() => marks.push(clock.now))
    mcu.pin('B', 1).onEdge(() => alive++)
    runTo(20_000_000)
    expect(marks[1] - marks[0]).toBeGreaterThan(3_600_000)
    expect(marks[1] - marks[0]).toBeLessThan(4_501_000) // and one turn of the loop
    expect(alive).toBeGreaterThan(1_000)
  })

  it('halts the CPU while a page of the no-read-while-write section is written (27.4.2)', () => {
    const { clock, mcu, runTo } = bootBench(`
      int main(void) { DDRB = 1; PORTB = 1; boot_page_erase(0x7f80); PORTB = 0; for (;;); }`)
    const marks: number[] = []
    mcu.pin('B', 0).onEdge(() => marks.push(clock.now))
    runTo(20_000_000)
    expect(marks[1] - marks[0]).toBeGreaterThan(3_600_000)
  })

  it('has no effect without the four-cycle sequence, or from the application section (27.9.1, 27.3)', () => {
    const late = bootBench(`
      int main(void) {
        uint8_t r = 3;
        __asm__ volatile("movw r30, %1 \\n sts 0x57, %0 \\n nop \\n nop \\n nop \\n nop \\n nop \\n nop \\n nop \\n spm" :: "r"(r), "r"(0x100) : "r30", "r31");
        for (;;);
      }`)
    late.mcu.flash.fill(0x12, 0x100, 0x180)
    late.runTo(20_000_000)
    expect(late.mcu.flash[0x100]).toBe(0x12)

    const application = bootBench(
      'int main(void) { boot_page_erase(0x1000); for (;;); }',
      { ...BOOT_FUSES, high: 0xdf },
      [],
    )
    const faults: string[] = []
    application.mcu.onFault(({ kind }) => faults.push(kind))
    application.mcu.flash.fill(0x12, 0x1000, 0x1080)
    application.runTo(20_000_000)
    expect(application.mcu.flash[0x1000]).toBe(0x12)
    expect(faults).toEqual(['spm-outside-boot-section'])
  })

  it('keeps SPM out of a boot section whose lock bits say so (table 27-3)', () => {
    const { mcu, runTo } = bootBench('int main(void) { boot_page_erase(0x7f80); for (;;); }', {
      ...BOOT_FUSES,
      lock: ATMEGA328P.fuses.lock,
    })
    mcu.flash.fill(0x12, 0x7f80, 0x8000)
    runTo(20_000_000)
    expect(mcu.flash[0x7f80]).toBe(0x12)
  })

  it('reads fuses, lock bits and the signature 1E 95 0F by LPM (27.8.9, 28.3)', () => {
    const { at, runTo } = bootBench(`
      int main(void) {
        cli();
        seen[0] = boot_lock_fuse_bits_get(GET_LOW_FUSE_BITS);
        seen[1] = boot_lock_fuse_bits_get(GET_HIGH_FUSE_BITS);
        seen[2] = boot_lock_fuse_bits_get(GET_EXTENDED_FUSE_BITS);
        seen[3] = boot_lock_fuse_bits_get(GET_LOCK_BITS);
        seen[4] = boot_signature_byte_get(0); seen[5] = boot_signature_byte_get(2); seen[6] = boot_signature_byte_get(4);
        seen[7] = pgm_read_byte(0x10);
        for (;;);
      }`)
    runTo(20_000_000)
    expect(at(8)).toEqual([0xff, 0xd8, 0xfd, 0xff, 0x1e, 0x95, 0x0f, 0xff])
  })

  it('starts where BOOTRST says, and takes vectors from the boot section with IVSEL (27.6, 12.4)', () => {
    const { at, mcu, runTo } = bootBench(`
      ISR(TIMER0_OVF_vect) { seen[0]++; }
      int main(void) {
        MCUCR = 1 << IVCE; MCUCR = 1 << IVSEL;
        TIMSK0 = 1; TCCR0B = 1; sei();
        for (;;);
      }`)
    runTo(1_000_000)
    expect(at(1)[0]).toBeGreaterThan(50)
    expect(mcu.cpu.pc * 2).toBeGreaterThanOrEqual(0x7000)
  })
})
