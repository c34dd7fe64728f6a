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

/** Those that there are so far; the others stand in the navigation with a sentence. */
export const BUILT_STATIONS = [
  'rs232',
  'rj45',
  'frame',
  'controller',
  'packets',
  'handshake',
  'socket',
  'layers',
] as const satisfies readonly StationName[]

export type PlannedStation = Exclude<StationName, (typeof BUILT_STATIONS)[number]>

export function isPlanned(name: StationName): name is PlannedStation {
  return !BUILT_STATIONS.some((built) => built === name)
}
