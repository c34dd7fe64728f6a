/** The stations of the workshop, in the order of the article: from the pin to the application, and the bench. */
export const STATION_NAMES = [
  'rs232',
  'rj45',
  'frame',
  'controller',
  'packets',
  'handshake',
  'socket',
  'layers',
  'bench',
] as const

export type StationName = (typeof STATION_NAMES)[number]
