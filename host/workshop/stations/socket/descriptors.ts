/** The table of descriptors of a process: the numbers that its program sees, and what is behind each. */
import { formatEndpoint } from '../../../../firmware/net/ip.js'
import type { EndName } from '../../network/flights.js'
import { told } from '../../words/told.js'
import { OpenFile } from './memory-file.js'
import type { Opened, ProcessSocket, SocketProcess } from './process.js'
import type { SceneDescriptor } from './scene.js'

const TERMINAL = ['stdin', 'stdout', 'stderr'] as const

export function descriptorsOf(end: EndName, process: SocketProcess): SceneDescriptor[] {
  return process.descriptors.map(([number, opened]) => {
    const shown = shownAs(number, opened)
    const values = { end: told(`ladder.end.${end}`), number, place: shown.place }
    return {
      id: `${end}-fd-${number}`,
      number,
      ...shown,
      told:
        shown.kind === 'terminal' || shown.kind === 'file'
          ? told(`socket.fd.${shown.kind}`, values)
          : told(`socket.fd.${shown.kind}`, { ...values, state: shown.state }),
    }
  })
}

function shownAs(number: number, opened: Opened): Pick<SceneDescriptor, 'kind' | 'place' | 'state' | 'queues'> {
  if (opened === 'terminal') return { kind: 'terminal', place: TERMINAL[number], state: '', queues: '' }
  if (opened instanceof OpenFile)
    return { kind: 'file', place: opened.name, state: '', queues: `${opened.position} / ${opened.size}` }
  const place = placeOf(opened)
  if (opened.type === 'datagram') return { kind: 'datagram', place, state: '—', queues: '' }
  const { connection } = opened
  const queued = connection === undefined ? 0 : connection.info().queued
  return { kind: 'stream', place, state: opened.getOption('state'), queues: `${opened.available} / ${queued}` }
}

/** `192.168.7.2:50000 → 192.168.7.1:80`, as far as it is known. */
function placeOf(socket: ProcessSocket): string {
  const { address, port } = socket.localEndpoint()
  const local = port === 0 ? '' : `${address}:${port}`
  if (socket.type !== 'stream' || socket.connection === undefined || socket.getOption('state') === 'CLOSED')
    return local
  return `${local} → ${formatEndpoint(socket.connection.remote)}`
}
