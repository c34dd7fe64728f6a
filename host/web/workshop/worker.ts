/** The worker's side of the workshop: commands in, snapshots out. In the single file it is text from which the page makes a Blob. */
import type { WorkshopCommand } from '../../workshop/protocol.js'
import { runWorkshop } from '../../workshop/runner.js'

/** A worker's own globals: the types here are a page's. */
const here = globalThis as unknown as {
  onmessage: ((message: { readonly data: WorkshopCommand }) => void) | null
  postMessage(message: unknown): void
}

const runner = runWorkshop((message) => here.postMessage(message))
here.onmessage = ({ data }) => runner.receive(data)
