/**
 * ATmega328P: registers by their data memory address, bits by their mask, interrupt vectors by their word address.
 * Names are the data sheet's (DS40002061B: chapter "Register Summary", table 12-6 "Reset and Interrupt Vectors").
 */

/** Words of flash, octets of SRAM and EEPROM, and where the SRAM is (table 1-1; figure 8-3). */
export const FLASH_WORDS = 16_384
export const EEPROM_OCTETS = 1_024
export const RAMSTART = 0x100
export const RAMEND = 0x8ff

/** Signature octets, Z = 0, 2, 4 (28.3). */
export const AVR_SIGNATURE = [0x1e, 0x95, 0x0f] as const

export const PINB = 0x23
export const PINC = 0x26
export const PIND = 0x29
export const TIFR0 = 0x35
export const TIFR1 = 0x36
export const TIFR2 = 0x37
export const PCIFR = 0x3b
export const EIFR = 0x3c
export const EIMSK = 0x3d
export const EECR = 0x3f
export const EEDR = 0x40
export const EEARL = 0x41
export const EEARH = 0x42
export const GTCCR = 0x43
export const SPCR = 0x4c
export const SPSR = 0x4d
export const SPDR = 0x4e
export const SMCR = 0x53
export const MCUSR = 0x54
export const MCUCR = 0x55
export const SPMCSR = 0x57
export const SREG = 0x5f
export const WDTCSR = 0x60
export const CLKPR = 0x61
export const OSCCAL = 0x66
export const PCICR = 0x68
export const EICRA = 0x69
export const PCMSK0 = 0x6b
export const UCSR0A = 0xc0
export const UCSR0B = 0xc1
export const UCSR0C = 0xc2
export const UBRR0L = 0xc4
export const UBRR0H = 0xc5
export const UDR0 = 0xc6

/** Word addresses in the interrupt vector table (table 12-6). */
export const VECTOR = {
  INT0: 0x02,
  INT1: 0x04,
  PCINT0: 0x06,
  PCINT1: 0x08,
  PCINT2: 0x0a,
  WDT: 0x0c,
  TIMER2_COMPA: 0x0e,
  TIMER2_COMPB: 0x10,
  TIMER2_OVF: 0x12,
  TIMER1_CAPT: 0x14,
  TIMER1_COMPA: 0x16,
  TIMER1_COMPB: 0x18,
  TIMER1_OVF: 0x1a,
  TIMER0_COMPA: 0x1c,
  TIMER0_COMPB: 0x1e,
  TIMER0_OVF: 0x20,
  SPI_STC: 0x22,
  USART_RX: 0x24,
  USART_UDRE: 0x26,
  USART_TX: 0x28,
  ADC: 0x2a,
  EE_READY: 0x2c,
  ANALOG_COMP: 0x2e,
  TWI: 0x30,
  SPM_READY: 0x32,
} as const

/** MCUSR: what the last reset was (11.9.1). */
export const PORF = 0x01
export const EXTRF = 0x02
export const BORF = 0x04
export const WDRF = 0x08

/** MCUCR (12.4.2). */
export const IVSEL = 0x02
export const IVCE = 0x01
/** MCUCR: all pull-ups off (14.4.1). */
export const PUD = 0x10

/** SMCR (10.11.1): sleep mode in bits 3..1. */
export const SE = 0x01
