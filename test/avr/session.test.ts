/** Whole programs under simavr and under ours: what they send on the USART, and what self-programming leaves in flash. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { FlashImage } from '../../boards/avr/flash-image.js'
import { withoutBootLoader } from '../../boards/avr/fuses.js'
import { AvrMcu } from '../../boards/avr/mcu.js'
import { ATMEGA328P } from '../../boards/avr/parts/atmega328p.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { build, compile } from './assembler.js'
import { RecordingLine, START_UP } from './bench.js'
import { simavrSteps, simavrUart } from './simavr.js'

function flashOf(image: FlashImage): Uint8Array {
  const flash = new Uint8Array(32_768).fill(0xff)
  for (const { address, octets } of image.flash) flash.set(octets, address)
  return flash
}

/** As the harness around simavr: octets 4000 cycles apart from cycle 160000 on, SPI answered with octet ^ 0x55. */
function oursUart(image: FlashImage, cycles: number, input: Uint8Array): Uint8Array {
  const clock = new Scheduler()
  const mcu = new AvrMcu({ clock, part: ATMEGA328P, fuses: withoutBootLoader(ATMEGA328P) })
  mcu.load(image)
  const line = new RecordingLine(clock)
  mcu.usart.line = line
  mcu.spi.handleExchange = (mosi) => mosi ^ 0x55
  mcu.powerOn()
  input.forEach((octet, i) => {
    clock.after(START_UP + (160_000 + i * 4_000) * 62.5, () => line.deliver(octet))
  })
  clock.runUntil(START_UP + cycles * 62.5)
  return Uint8Array.from(line.sent, ({ octet }) => octet)
}

const ECHO = fileURLToPath(new URL('./sketches/echo.c', import.meta.url))

describe('a program under simavr and under ours', () => {
  it('sends the same octets: an interrupt-driven echo that sleeps between', () => {
    const { image } = build([ECHO])
    const input = Uint8Array.from({ length: 60 }, (_, i) => (i * 37) & 0xff)
    const cycles = 160_000 + 60 * 4_000 + 1_000_000
    const expected = simavrUart(flashOf(image), cycles, input)
    expect(expected.length).toBe(7 + 60)
    expect(oursUart(image, cycles, input)).toEqual(expected)
  })

  it('sends the same octets: SPI transfers by polling and by interrupt, timer arithmetic, EEPROM', () => {
    const { image } = compile(`
      #include <avr/io.h>
      #include <avr/interrupt.h>
      #include <avr/eeprom.h>
      volatile uint8_t done, last;
      ISR(SPI_STC_vect) { last = SPDR; done = 1; }
      static void put(uint8_t octet) { while (!(UCSR0A & (1 << UDRE0))); UDR0 = octet; }
      int main(void) {
        UCSR0A = 1 << U2X0; UBRR0 = 1; UCSR0B = (1 << TXEN0) | (1 << RXEN0);
        DDRB = 0x2c; SPCR = 0x50; SPSR = 1;
        TCCR1B = 1;
        for (uint16_t i = 0; i < 300; i++) {
          SPDR = i; while (!(SPSR & 0x80)); put(SPDR);
        }
        SPCR |= 0x80; sei();
        for (uint8_t i = 0; i < 50; i++) { done = 0; SPDR = i * 3; while (!done); put(last); }
        eeprom_write_word((uint16_t *)4, 0xbeef);
        put(eeprom_read_byte((uint8_t *)4)); put(eeprom_read_byte((uint8_t *)5));
        TCNT1 = 0xfff0; while (!(TIFR1 & 1)); TIFR1 = 1; put(TIFR1 & 1);
        OCR1A = TCNT1 + 1000; TIFR1 = 2; while (!(TIFR1 & 2)); put(0x77);
        for (;;) { if (UCSR0A & (1 << RXC0)) put(~UDR0); }
      }`)
    const input = Uint8Array.from({ length: 40 }, (_, i) => i * 5)
    // simavr's EEPROM and ours take their time; the octets come after it
    const cycles = 600_000
    const expected = simavrUart(flashOf(image), cycles, input)
    const mine = oursUart(image, cycles, input)
    expect(expected.length).toBeGreaterThan(354)
    expect(mine.subarray(0, 354)).toEqual(expected.subarray(0, 354))
  })

  it('leaves the same flash after erasing, filling and writing pages from the boot section', () => {
    const { image } = compile(
      `#include <avr/io.h>
       #include <avr/boot.h>
       #include <avr/pgmspace.h>
       volatile uint16_t sums[4];
       int main(void) {
         for (uint8_t page = 0; page < 4; page++) {
           uint16_t at = 0x400 + page * SPM_PAGESIZE;
           boot_page_erase(at); boot_spm_busy_wait();
           for (uint16_t i = 0; i < SPM_PAGESIZE; i += 2) boot_page_fill(at + i, (i * 257u) ^ (page << 12));
           boot_page_write(at); boot_spm_busy_wait();
           boot_rww_enable();
           for (uint16_t i = 0; i < SPM_PAGESIZE; i++) sums[page] += pgm_read_byte(at + i) * (i + 1);
         }
         for (;;);
       }`,
      ['-Wl,--section-start=.text=0x7000'],
    )
    const flash = flashOf(image)
    flash.fill(0x00, 0x400, 0x700)
    const trace = simavrSteps(flash, 60_000, 0x7000)
    const clock = new Scheduler()
    const mcu = new AvrMcu({ clock, part: ATMEGA328P, fuses: { low: 0xff, high: 0xd8, extended: 0xfd, lock: 0xff } })
    mcu.flash.set(flash)
    mcu.powerOn()
    clock.runUntil(START_UP + 60_000_000)
    expect(mcu.flash.slice(0x400, 0x600)).not.toEqual(flash.slice(0x400, 0x600))
    expect(mcu.flash).toEqual(new Uint8Array(trace.flash))
    const sums = image.symbols.get('sums')!
    expect(mcu.cpu.data.slice(sums, sums + 8)).toEqual(
      new Uint8Array(trace.sram.subarray(sums - 0x100, sums - 0x100 + 8)),
    )
  })
})
