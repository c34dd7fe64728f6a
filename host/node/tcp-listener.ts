/** What the TCP servers of options have in common (`--logic`, `--gdb`): they listen where a person said, and wait for no client that does not read. */
import type { AddressInfo, Server, Socket } from 'node:net'
import { TargetError } from '../errors/errors.js'
import { reasonOf } from './files/reasons.js'
import { hostInUrl } from './host-names.js'

/** @param option that asked for it: `--logic`. @throws TargetError when nothing can listen there */
export async function listenFor(option: string, server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const where = `${hostInUrl(host)}:${port}`
      reject(
        new TargetError(
          `cannot listen on ${where} for ${option}: ${reasonOf(error, where)}; give another port, or 0 for any that is free`,
        ),
      )
    })
    server.listen(port, host, resolve)
  })
  server.on('error', () => {}) // one client less; what is served goes on
}

/** Where it listens. */
export function listeningAt(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server that listens has a port')
  return address
}

/**
 * To a client that asks and does not read no more than `most` octets wait.
 * @returns false where it is such a client: its connection is closed
 */
export function writeToReader(socket: Socket, octets: Uint8Array, most: number): boolean {
  if (socket.destroyed) return true
  if (socket.writableLength <= most) {
    socket.write(octets)
    return true
  }
  socket.destroy()
  return false
}
