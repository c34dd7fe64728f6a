/** ATmega328P (DS40002061B): "Register Summary", table 12-6 "Reset and Interrupt Vectors", 14.3 "Alternate Port Functions". */
import { adcConfig, twiConfig } from 'avr8js'
import type { AvrPart } from '../part.js'
import { CLASSIC_REGISTERS, DIVIDERS, DIVIDERS_2, timer8, timer16, usartAt } from './classic-registers.js'

export const ATMEGA328P: AvrPart = {
  name: 'ATmega328P',
  flashWords: 16_384,
  ramStart: 0x100,
  ramEnd: 0x8ff,
  vectorWords: 0x34,
  bootSections: [0x3800, 0x3c00, 0x3e00, 0x3f00], // table 27-7
  // Full-swing crystal, boot loader of 256 words at reset, brown-out at 2.7 V.
  fuses: { low: 0xff, high: 0xde, extended: 0xfd, lock: 0xcf },
  system: CLASSIC_REGISTERS.system,
  ports: { B: { PIN: 0x23, mask: 0xff }, C: { PIN: 0x26, mask: 0x7f }, D: { PIN: 0x29, mask: 0xff } },
  externalInterrupts: {
    ...CLASSIC_REGISTERS.externalInterrupts,
    EICR: [0x69],
    inputs: [
      { port: 'D', mask: 0x04, vector: 0x02 },
      { port: 'D', mask: 0x08, vector: 0x04 },
    ],
  },
  pinChanges: {
    ...CLASSIC_REGISTERS.pinChanges,
    groups: [
      { PCMSK: 0x6b, vector: 0x06, pins: [{ port: 'B', mask: 0xff, shift: 0 }] },
      { PCMSK: 0x6c, vector: 0x08, pins: [{ port: 'C', mask: 0x7f, shift: 0 }] },
      { PCMSK: 0x6d, vector: 0x0a, pins: [{ port: 'D', mask: 0xff, shift: 0 }] },
    ],
  },
  timers: [
    {
      ...timer8(0x44, 0),
      dividers: DIVIDERS,
      prescaler: 0,
      vectors: { OVF: 0x20, COMP: [0x1c, 0x1e] },
      outputs: [
        { port: 'D', mask: 0x40 },
        { port: 'D', mask: 0x20 },
      ],
      T: { port: 'D', mask: 0x10 },
    },
    {
      ...timer16(0x80, 1, 2),
      dividers: DIVIDERS,
      prescaler: 0,
      vectors: { OVF: 0x1a, COMP: [0x16, 0x18], CAPT: 0x14 },
      outputs: [
        { port: 'B', mask: 0x02 },
        { port: 'B', mask: 0x04 },
      ],
      T: { port: 'D', mask: 0x20 },
      ICP: { port: 'B', mask: 0x01 },
    },
    {
      ...timer8(0xb0, 2),
      dividers: DIVIDERS_2,
      prescaler: 1,
      vectors: { OVF: 0x12, COMP: [0x0e, 0x10] },
      outputs: [
        { port: 'B', mask: 0x08 },
        { port: 'D', mask: 0x08 },
      ],
    },
  ],
  usarts: [{ ...usartAt(0xc0), vectors: { RX: 0x24, UDRE: 0x26, TX: 0x28 }, port: 'D', RXD: 0x01, TXD: 0x02 }],
  spi: { ...CLASSIC_REGISTERS.spi, vector: 0x22, port: 'B', SS: 0x04, MOSI: 0x08, MISO: 0x10, SCK: 0x20 },
  eeprom: { ...CLASSIC_REGISTERS.eeprom, octets: 1_024, vector: 0x2c },
  watchdog: { ...CLASSIC_REGISTERS.watchdog, vector: 0x0c },
  selfProgramming: {
    ...CLASSIC_REGISTERS.selfProgramming,
    vector: 0x32,
    signature: [0x1e, 0x95, 0x0f], // 28.3
    pageOctets: 128, // 28.5, table 28-11: 64 words
    noReadWhileWrite: 0x7000, // table 27-8
  },
  adc: adcConfig,
  twi: twiConfig,
  // Arduino core, variants/standard/pins_arduino.h
  arduino: { pins: 'D0 D1 D2 D3 D4 D5 D6 D7 B0 B1 B2 B3 B4 B5 C0 C1 C2 C3 C4 C5'.split(' '), A0: 14 },
}
