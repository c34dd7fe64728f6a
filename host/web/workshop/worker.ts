/** The worker's side of the workshop: commands in, snapshots out. In the single file it is text from which the page makes a Blob. */
import { runClass } from '../../workshop/class/class-runner.js'
import { type ClassCommand, isOfClass } from '../../workshop/class/class-view.js'
import type { WorkshopCommand } from '../../workshop/protocol.js'
import { runWorkshop } from '../../workshop/runner.js'
import type { WorkshopStation } from '../../workshop/station.js'
import { STATIONS } from '../../workshop/stations/stations.js'
import { openClassSocket } from './class-socket.js'

/** A worker's own globals: the types here are a page's. */
const here = globalThis as unknown as {
  onmessage: ((message: { readonly data: WorkshopCommand | ClassCommand }) => void) | null
  postMessage(message: unknown): void
  /** Of the piece that is loaded for the bench: see `bench/doors.ts`. */
  readonly linkpulseBench?: { readonly station: WorkshopStation }
}

const bench = here.linkpulseBench
const stations = bench === undefined ? STATIONS : [...STATIONS, bench.station]
const post = (message: unknown) => here.postMessage(message)
const runner = runWorkshop(post, stations)
const takeClassCommand = runClass(post, openClassSocket)
here.onmessage = ({ data }) => {
  if (isOfClass(data)) takeClassCommand(data)
  else runner.receive(data)
}
