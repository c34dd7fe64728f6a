/** What an ATmega2560 has and an ATmega328P has not, by programs that use it. Section numbers are those of DS40002211A. */
import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND } from '../../../firmware/hal/clock.js'
import { assemble, compile } from '../../../test/avr/assembler.js'
import { chipBench, RecordingLine } from '../../../test/avr/bench.js'
import { ATMEGA2560 } from './atmega2560.js'

const FLAGS = ['-mmcu=atmega2560']
const part = ATMEGA2560

describe('the ATmega2560', () => {
  it('enters an interrupt in five cycles, with a return address of three octets, and comes back in five (7.8.1)', () => {
    const { mcu, runTo } = chipBench(
      assemble(
        `
          jmp start
          .org 0x0a * 2       ; INT4
          sbi PINB, 7
          reti
          .org 0xe4
        start:
          ldi r16, 0x21
          out SPH, r16
          ldi r16, 0xff
          out SPL, r16
          sbi DDRB, 7
          ldi r16, 0x02       ; falling edge
          sts EICRB, r16
          sbi EIMSK, 4
          sei
        loop:
          nop
          rjmp loop`,
        FLAGS,
      ),
      { part },
    )
    mcu.pin('E', 4).drive(true)
    runTo(100 * MICROSECOND)
    const before = mcu.cpu.SP
    let depth = 0
    let taken = 0
    mcu.pin('B', 7).onEdge(() => {
      depth = before - mcu.cpu.SP
      taken = mcu.cpu.cycles
    })
    const cycle = mcu.cpu.cycles
    mcu.pin('E', 4).drive(false)
    runTo(200 * MICROSECOND)
    expect(depth).toBe(3)
    expect(mcu.cpu.interruptsTaken[0x0a]).toBe(1)
    // at most the two cycles of RJMP, the five of the interrupt, and the first of SBI
    expect(taken - cycle).toBeGreaterThanOrEqual(5)
    expect(taken - cycle).toBeLessThanOrEqual(8)
    expect(mcu.cpu.SP).toBe(before)
  })

  it('has six timers, with a third compare channel, four USARTs, and pin changes across two ports', () => {
    const { image } = compile(
      `
      #include <avr/io.h>
      #include <avr/interrupt.h>
      ISR(TIMER5_COMPC_vect) { PINA = 1; }
      ISR(PCINT1_vect) { PINA = 2; }
      ISR(USART3_RX_vect) { UDR3 = UDR3 + 1; }
      int main(void) {
        DDRA = 0x03;
        DDRL = 1 << PL5;                                  // OC5C
        OCR5A = 1999; OCR5C = 999;
        TCCR5A = 1 << COM5C0; TCCR5B = 1 << WGM52 | 1 << CS51;  // CTC, an eighth of the clock: a period of 1 ms
        TIMSK5 = 1 << OCIE5C;
        PCMSK1 = 0x03; PCICR = 1 << PCIE1;                // PE0 and PJ0
        UBRR3 = 16; UCSR3A = 1 << U2X3; UCSR3B = 1 << RXCIE3 | 1 << RXEN3 | 1 << TXEN3;  // 117,647 baud
        sei();
        for (;;) {}
      }`,
      FLAGS,
    )
    const { clock, mcu, runTo } = chipBench(image, { part })
    const line = new RecordingLine(clock)
    mcu.usarts[3].line = line
    const edges = { A0: 0, A1: 0, L5: 0 }
    mcu.pin('A', 0).onEdge(() => edges.A0++)
    mcu.pin('A', 1).onEdge(() => edges.A1++)
    mcu.pin('L', 5).onEdge(() => edges.L5++)
    runTo(10 * MILLISECOND)
    expect(edges).toEqual({ A0: 10, A1: 0, L5: 10 })
    for (const high of [true, false]) {
      mcu.pin('J', 0).drive(high)
      runTo(clock.now)
      clock.runUntil(clock.now + MILLISECOND)
    }
    mcu.pin('J', 1).drive(true) // PCINT10 is not enabled
    clock.runUntil(clock.now + MILLISECOND)
    expect(edges.A1).toBe(2)
    expect(Math.round(line.baud)).toBe(117_647) // 16 MHz by 8 by 17
    line.deliver(0x41)
    clock.runUntil(clock.now + MILLISECOND)
    expect(line.sent.map(({ octet }) => octet)).toEqual([0x42])
  })

  it('keeps what is written to the 64 KB pages of its flash and to all 4096 octets of its EEPROM apart', () => {
    const { image } = compile(
      `
      #include <avr/io.h>
      #include <avr/eeprom.h>
      #include <avr/pgmspace.h>
      __attribute__((section(".far"))) const uint8_t far_octet = 0x5a;
      int main(void) {
        eeprom_write_byte((uint8_t *)0x0fff, pgm_read_byte_far(pgm_get_far_address(far_octet)));
        eeprom_busy_wait();
        DDRA = eeprom_read_byte((uint8_t *)0x0fff);
        for (;;) {}
      }`,
      [...FLAGS, '-Wl,--section-start=.far=0x3a002'],
    )
    const { mcu, runTo } = chipBench(image, { part })
    runTo(10 * MILLISECOND)
    expect(mcu.eeprom.memory[0x0fff]).toBe(0x5a)
    expect(mcu.eeprom.memory[0x03ff]).toBe(0xff)
    expect(mcu.cpu.data[0x21]).toBe(0x5a)
  })

  it('programs a page beyond 128 KB of its own flash, from its boot section (29.8)', () => {
    const { image } = compile(
      `
      #include <avr/io.h>
      #include <avr/boot.h>
      int main(void) {
        for (uint16_t i = 0; i < SPM_PAGESIZE; i += 2) boot_page_fill(0x20300UL + i, 0xa000 + i);
        boot_page_erase(0x20300UL); boot_spm_busy_wait();
        boot_page_write(0x20300UL); boot_spm_busy_wait();
        boot_rww_enable();
        DDRA = 0x77;
        for (;;) {}
      }`,
      [...FLAGS, '-Wl,--section-start=.text=0x3e000'],
    )
    const { mcu, runTo } = chipBench(image, { part, fuses: part.fuses })
    runTo(20 * MILLISECOND)
    expect(mcu.cpu.data[0x21]).toBe(0x77)
    expect([mcu.selfProgramming.erased, mcu.selfProgramming.written]).toEqual([1, 1])
    const words = new DataView(mcu.flash.buffer)
    expect([0x202fe, 0x20300, 0x203fe, 0x20400].map((at) => words.getUint16(at, true))).toEqual([
      0xffff, 0xa000, 0xa0fe, 0xffff,
    ])
  })

  it('names a port that it lacks, and pins of a port that has six', () => {
    const { mcu } = chipBench(assemble('rjmp .-2', FLAGS), { part })
    expect(() => mcu.port('M' as 'A')).toThrow('an ATmega2560 has no port M; it has A, B, C, D, E, F, G, H, J, K, L')
    mcu.cpu.storeSlow(0x34, 0xff) // PORTG
    expect(mcu.cpu.data[0x34]).toBe(0x3f)
  })
})
