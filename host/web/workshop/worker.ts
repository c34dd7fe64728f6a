/** The worker's side of the workshop: commands in, snapshots out. In the single file it is text from which the page makes a Blob. */
import { runClass } from '../../workshop/class/class-runner.js'
import type { ClassCommand } from '../../workshop/class/class-view.js'
import type { WorkshopCommand } from '../../workshop/protocol.js'
import { runWorkshop } from '../../workshop/runner.js'
import { openClassSocket } from './class-socket.js'

/** A worker's own globals: the types here are a page's. */
const here = globalThis as unknown as {
  onmessage: ((message: { readonly data: WorkshopCommand | ClassCommand }) => void) | null
  postMessage(message: unknown): void
}

const post = (message: unknown) => here.postMessage(message)
const runner = runWorkshop(post)
const takeClassCommand = runClass(post, openClassSocket)
here.onmessage = ({ data }) => {
  if (isOfClass(data)) takeClassCommand(data)
  else runner.receive(data)
}

function isOfClass(data: WorkshopCommand | ClassCommand): data is ClassCommand {
  return data.kind.startsWith('class-')
}
