import type { StandardName } from '../../../../boards/rs232/standards.js'

/** Those that the article names, and the pins of a microcontroller. */
export const SHOWN_STANDARDS = ['rs-232', 'rs-422', 'v.35', 'ttl'] as const satisfies readonly StandardName[]
