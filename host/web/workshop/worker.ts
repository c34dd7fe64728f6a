/** The worker's side of the workshop: commands in, snapshots out. In the single file it is text from which the page makes a Blob. */
import type { WorkshopCommand } from '../../workshop/protocol.js'
import { runWorkshop } from '../../workshop/runner.js'
import type { WorkshopStation } from '../../workshop/station.js'
import { STATIONS } from '../../workshop/stations/stations.js'

/** A worker's own globals: the types here are a page's. */
const here = globalThis as unknown as {
  onmessage: ((message: { readonly data: WorkshopCommand }) => void) | null
  postMessage(message: unknown): void
  /** Of the piece that is loaded for the bench: see `bench/doors.ts`. */
  readonly linkpulseBench?: { readonly station: WorkshopStation }
}

const bench = here.linkpulseBench
const stations = bench === undefined ? STATIONS : [...STATIONS, bench.station]
const runner = runWorkshop((message) => here.postMessage(message), stations)
here.onmessage = ({ data }) => runner.receive(data)
