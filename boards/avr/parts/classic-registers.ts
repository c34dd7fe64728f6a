/**
 * Registers that have the same address in the ATmega328P (DS40002061B, "Register Summary") and in the ATmega2560 (DS40002211A,
 * "Register Summary"), as in all of their generation: a peripheral that both have stands at one place.
 */
import type {
  EepromConfig,
  SelfProgrammingConfig,
  SpiConfig,
  SystemConfig,
  TimerConfig,
  UsartConfig,
  WatchdogConfig,
} from '../part.js'

const system: SystemConfig = { SMCR: 0x53, MCUSR: 0x54, MCUCR: 0x55, CLKPR: 0x61, GTCCR: 0x43 }
const spi: Pick<SpiConfig, 'SPCR' | 'SPSR' | 'SPDR'> = { SPCR: 0x4c, SPSR: 0x4d, SPDR: 0x4e }
const eeprom: Omit<EepromConfig, 'octets' | 'vector'> = { EECR: 0x3f, EEDR: 0x40, EEARL: 0x41, EEARH: 0x42 }
const watchdog: Pick<WatchdogConfig, 'WDTCSR'> = { WDTCSR: 0x60 }
const selfProgramming: Pick<SelfProgrammingConfig, 'SPMCSR' | 'OSCCAL'> = { SPMCSR: 0x57, OSCCAL: 0x66 }

export const CLASSIC_REGISTERS = {
  system,
  spi,
  eeprom,
  watchdog,
  selfProgramming,
  externalInterrupts: { EIFR: 0x3c, EIMSK: 0x3d },
  pinChanges: { PCICR: 0x68, PCIFR: 0x3b },
}

/** By CS, of a timer that external edges can clock; and of Timer/Counter2, which has two more taps instead. */
export const DIVIDERS = [0, 1, 8, 64, 256, 1024, -1, -2]
export const DIVIDERS_2 = [0, 1, 8, 32, 64, 128, 256, 1024]

/** @param number of the timer: TIMSKn and TIFRn stand in a row */
export function timer8(TCCRA: number, number: number) {
  return {
    bits: 8,
    TCCRA,
    TCNT: TCCRA + 2,
    OCR: [TCCRA + 3, TCCRA + 4],
    ICR: 0,
    TIMSK: 0x6e + number,
    TIFR: 0x35 + number,
  } satisfies Partial<TimerConfig>
}

/** @param channels compare channels: two, or three */
export function timer16(TCCRA: number, number: number, channels: 2 | 3) {
  return {
    bits: 16,
    TCCRA,
    TCNT: TCCRA + 4,
    ICR: TCCRA + 6,
    OCR: [TCCRA + 8, TCCRA + 10, TCCRA + 12].slice(0, channels),
    TIMSK: 0x6e + number,
    TIFR: 0x35 + number,
  } satisfies Partial<TimerConfig>
}

/** A USART whose registers begin at an address. */
export function usartAt(UCSRA: number): Pick<UsartConfig, 'UCSRA' | 'UCSRB' | 'UCSRC' | 'UBRRL' | 'UBRRH' | 'UDR'> {
  return { UCSRA, UCSRB: UCSRA + 1, UCSRC: UCSRA + 2, UBRRL: UCSRA + 4, UBRRH: UCSRA + 5, UDR: UCSRA + 6 }
}
