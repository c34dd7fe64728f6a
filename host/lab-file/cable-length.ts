/** Metres of a cable of which nobody says how long it is. */
export const CABLE_LENGTH = 2
