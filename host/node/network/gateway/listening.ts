/** Waits until a socket of the system listens. */
import type { EventEmitter } from 'node:events'
import { formatEndpoint } from '../../../../firmware/net/ip.js'
import { TargetError } from '../../../errors/errors.js'
import type { PortForward } from '../../../network/gateway/port-forward.js'

/** @throws TargetError where the system does not let it */
export function listening(socket: EventEmitter, { protocol, listen }: PortForward, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      const place = `${protocol} ${formatEndpoint(listen)}`
      const remedy =
        error.code === 'EACCES' ? 'choose a port of 1024 or more' : 'choose another port, or 0 for any that is free'
      reject(new TargetError(`cannot listen on ${place} (${error.code ?? error.message}); ${remedy}`, { cause: error }))
    }
    socket.once('error', refuse)
    socket.once('listening', () => {
      socket.off('error', refuse)
      // One that failed later is one conversation less, and the port stays.
      socket.on('error', () => {})
      resolve()
    })
    begin()
  })
}
