/** Registers of the core, which every part has at the same data address, and bits of registers that several files look at. */

export const RAMPZ = 0x5b
export const EIND = 0x5c
export const SREG = 0x5f

/** MCUSR: what the last reset was (DS40002061B 11.9.1). */
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
