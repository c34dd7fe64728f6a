/** Fuse and lock bits (DS40002061B 28.1, 28.2, 27.8): a programmed bit reads 0. */
import type { AvrPart, Fuses } from './part.js'

/** Of a part as an Arduino has it, where reset starts the application: a chip flashed without a boot loader. */
export function withoutBootLoader({ fuses }: AvrPart): Fuses {
  return { ...fuses, high: fuses.high | 1, lock: 0xff }
}

/** BOOTSZ1..0 (table 27-7): first word of the boot section. */
export function bootSectionStart({ bootSections }: AvrPart, fuses: Fuses): number {
  return bootSections[(fuses.high >> 1) & 3]
}

/** BOOTRST: does reset begin in the boot section (table 27-6)? */
export function resetsToBootSection(fuses: Fuses): boolean {
  return (fuses.high & 1) === 0
}

/** WDTON: is the watchdog always on, as a system reset (11.8.2)? */
export function watchdogAlwaysOn(fuses: Fuses): boolean {
  return (fuses.high & 0x10) === 0
}

/** CKDIV8: does the clock start divided by eight (9.11)? */
export function startsDividedByEight(fuses: Fuses): boolean {
  return (fuses.low & 0x80) === 0
}

/** SUT: the delay after reset beyond the 14 cycles, in nanoseconds (table 9-4, full swing and crystal oscillators). */
export function resetDelay(fuses: Fuses): number {
  return [0, 4_100_000, 65_000_000, 65_000_000][(fuses.low >> 4) & 3]
}
