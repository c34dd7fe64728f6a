/**
 * Fuse and lock bits of the ATmega328P (DS40002061B 28.1, 28.2, 27.8): a programmed bit reads 0.
 */

export interface Fuses {
  readonly low: number
  readonly high: number
  readonly extended: number
  readonly lock: number
}

/** As an Arduino Uno leaves the factory: full-swing crystal, boot loader of 256 words at reset, brown-out at 2.7 V. */
export const UNO_FUSES: Fuses = { low: 0xff, high: 0xde, extended: 0xfd, lock: 0xcf }

/** As above, and reset starts the application: a chip flashed without a boot loader. */
export const NO_BOOT_LOADER_FUSES: Fuses = { low: 0xff, high: 0xdf, extended: 0xfd, lock: 0xff }

/** BOOTSZ1..0 (table 27-7): first word of the boot section. */
export function bootSectionStart(fuses: Fuses): number {
  return [0x3800, 0x3c00, 0x3e00, 0x3f00][(fuses.high >> 1) & 3]
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
