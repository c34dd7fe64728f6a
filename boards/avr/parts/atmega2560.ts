/**
 * ATmega2560 (DS40002211A): "Register Summary", table 14-1 "Reset and Interrupt Vectors", 13.3 "Alternate Port Functions".
 *
 * Not modelled: external memory (9), and MUX5, with which the ADC reads A8 to A15.
 */
import { ADCMuxInputType, ADCReference, adcConfig, twiConfig } from 'avr8js'
import type { AvrPart, PortName, PortPins } from '../part.js'
import { CLASSIC_REGISTERS, DIVIDERS, DIVIDERS_2, timer8, timer16, usartAt } from './classic-registers.js'

const pin = (port: PortName, bit: number): PortPins => ({ port, mask: 1 << bit })

export const ATMEGA2560: AvrPart = {
  name: 'ATmega2560',
  flashWords: 131_072,
  ramStart: 0x200,
  ramEnd: 0x21ff,
  vectorWords: 0x72,
  bootSections: [0x1f000, 0x1f800, 0x1fc00, 0x1fe00], // table 29-13
  // Boot loader of 4096 words at reset (Arduino core, boards.txt: mega.bootloader).
  fuses: { low: 0xff, high: 0xd8, extended: 0xfd, lock: 0xcf },
  system: CLASSIC_REGISTERS.system,
  ports: {
    A: { PIN: 0x20, mask: 0xff },
    B: { PIN: 0x23, mask: 0xff },
    C: { PIN: 0x26, mask: 0xff },
    D: { PIN: 0x29, mask: 0xff },
    E: { PIN: 0x2c, mask: 0xff },
    F: { PIN: 0x2f, mask: 0xff },
    G: { PIN: 0x32, mask: 0x3f },
    H: { PIN: 0x100, mask: 0xff },
    J: { PIN: 0x103, mask: 0xff },
    K: { PIN: 0x106, mask: 0xff },
    L: { PIN: 0x109, mask: 0xff },
  },
  externalInterrupts: {
    ...CLASSIC_REGISTERS.externalInterrupts,
    EICR: [0x69, 0x6a],
    inputs: [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => ({ ...pin(bit < 4 ? 'D' : 'E', bit), vector: 2 + 2 * bit })),
  },
  pinChanges: {
    ...CLASSIC_REGISTERS.pinChanges,
    groups: [
      { PCMSK: 0x6b, vector: 0x12, pins: [{ port: 'B', mask: 0xff, shift: 0 }] },
      {
        PCMSK: 0x6c,
        vector: 0x14,
        pins: [
          { port: 'E', mask: 0x01, shift: 0 },
          { port: 'J', mask: 0x7f, shift: 1 },
        ],
      },
      { PCMSK: 0x6d, vector: 0x16, pins: [{ port: 'K', mask: 0xff, shift: 0 }] },
    ],
  },
  timers: [
    {
      ...timer8(0x44, 0),
      dividers: DIVIDERS,
      prescaler: 0,
      vectors: { OVF: 0x2e, COMP: [0x2a, 0x2c] },
      outputs: [pin('B', 7), pin('G', 5)],
      T: pin('D', 7),
    },
    {
      ...timer16(0x80, 1, 3),
      dividers: DIVIDERS,
      prescaler: 0,
      vectors: { OVF: 0x28, COMP: [0x22, 0x24, 0x26], CAPT: 0x20 },
      outputs: [pin('B', 5), pin('B', 6), pin('B', 7)],
      T: pin('D', 6),
      ICP: pin('D', 4),
    },
    {
      ...timer8(0xb0, 2),
      dividers: DIVIDERS_2,
      prescaler: 1,
      vectors: { OVF: 0x1e, COMP: [0x1a, 0x1c] },
      outputs: [pin('B', 4), pin('H', 6)],
    },
    {
      ...timer16(0x90, 3, 3),
      dividers: DIVIDERS,
      prescaler: 0,
      vectors: { OVF: 0x46, COMP: [0x40, 0x42, 0x44], CAPT: 0x3e },
      outputs: [pin('E', 3), pin('E', 4), pin('E', 5)],
      T: pin('E', 6),
      ICP: pin('E', 7),
    },
    {
      ...timer16(0xa0, 4, 3),
      dividers: DIVIDERS,
      prescaler: 0,
      vectors: { OVF: 0x5a, COMP: [0x54, 0x56, 0x58], CAPT: 0x52 },
      outputs: [pin('H', 3), pin('H', 4), pin('H', 5)],
      T: pin('H', 7),
      ICP: pin('L', 0),
    },
    {
      ...timer16(0x120, 5, 3),
      dividers: DIVIDERS,
      prescaler: 0,
      vectors: { OVF: 0x64, COMP: [0x5e, 0x60, 0x62], CAPT: 0x5c },
      outputs: [pin('L', 3), pin('L', 4), pin('L', 5)],
      T: pin('L', 2),
      ICP: pin('L', 1),
    },
  ],
  usarts: [
    { ...usartAt(0xc0), vectors: { RX: 0x32, UDRE: 0x34, TX: 0x36 }, port: 'E', RXD: 0x01, TXD: 0x02 },
    { ...usartAt(0xc8), vectors: { RX: 0x48, UDRE: 0x4a, TX: 0x4c }, port: 'D', RXD: 0x04, TXD: 0x08 },
    { ...usartAt(0xd0), vectors: { RX: 0x66, UDRE: 0x68, TX: 0x6a }, port: 'H', RXD: 0x01, TXD: 0x02 },
    { ...usartAt(0x130), vectors: { RX: 0x6c, UDRE: 0x6e, TX: 0x70 }, port: 'J', RXD: 0x01, TXD: 0x02 },
  ],
  spi: { ...CLASSIC_REGISTERS.spi, vector: 0x30, port: 'B', SS: 0x01, SCK: 0x02, MOSI: 0x04, MISO: 0x08 },
  eeprom: { ...CLASSIC_REGISTERS.eeprom, octets: 4_096, vector: 0x3c },
  watchdog: { ...CLASSIC_REGISTERS.watchdog, vector: 0x18 },
  selfProgramming: {
    ...CLASSIC_REGISTERS.selfProgramming,
    vector: 0x50,
    signature: [0x1e, 0x98, 0x01], // table 30-6
    pageOctets: 256, // table 30-7: 128 words
    noReadWhileWrite: 0x3e000, // table 29-14
  },
  adc: {
    ...adcConfig,
    adcInterrupt: 0x3a,
    numChannels: 16,
    muxInputMask: 0x1f,
    // Table 26-4, without the differential inputs.
    muxChannels: {
      ...Object.fromEntries(
        [0, 1, 2, 3, 4, 5, 6, 7].map((channel) => [channel, { type: ADCMuxInputType.SingleEnded, channel }] as const),
      ),
      30: { type: ADCMuxInputType.Constant, voltage: 1.1 },
      31: { type: ADCMuxInputType.Constant, voltage: 0 },
    },
    adcReferences: [ADCReference.AREF, ADCReference.AVCC, ADCReference.Internal1V1, ADCReference.Internal2V56],
  },
  twi: { ...twiConfig, twiInterrupt: 0x4e },
  // Arduino core, variants/mega/pins_arduino.h
  arduino: {
    pins: [
      'E0 E1 E4 E5 G5 E3 H3 H4 H5 H6 B4 B5 B6 B7 J1 J0 H1 H0 D3 D2 D1 D0', // 0 to 21
      'A0 A1 A2 A3 A4 A5 A6 A7 C7 C6 C5 C4 C3 C2 C1 C0 D7 G2 G1 G0', // 22 to 41
      'L7 L6 L5 L4 L3 L2 L1 L0 B3 B2 B1 B0', // 42 to 53
      'F0 F1 F2 F3 F4 F5 F6 F7 K0 K1 K2 K3 K4 K5 K6 K7', // A0 to A15
    ].flatMap((row) => row.split(' ')),
    A0: 54,
  },
}
