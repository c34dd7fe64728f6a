/** Servers of the demos on their ports. */
import { once } from 'node:events'
import type { NodeServer } from '../net/server.js'
import type { NodeSocket } from '../net/socket.js'
import type { ServerStage } from './demo.js'

/** Waits for clients on a port. @returns what ends that, when those that are there are done */
export async function opened(
  front: NodeServer,
  { serverAddress }: ServerStage,
  port: number,
): Promise<() => Promise<void>> {
  await once(front.listen(port, serverAddress), 'listening')
  return async () => {
    front.close()
    await once(front, 'close')
  }
}

/** A server that talks with each client in its own words. */
export async function serving(
  stage: ServerStage,
  port: number,
  talk: (stage: ServerStage, socket: NodeSocket) => Promise<void>,
): Promise<() => Promise<void>> {
  const talks = new Set<Promise<void>>()
  const front = stage.server.net.createServer({ noDelay: true }, (socket) => {
    // A client that breaks off has no more to hear.
    const all: Promise<void> = talk(stage, socket)
      .catch((error: Error) => stage.says('server', error.message))
      .finally(() => talks.delete(all))
    talks.add(all)
  })
  const close = await opened(front, stage, port)
  return async () => {
    await Promise.all([close(), ...talks])
  }
}
