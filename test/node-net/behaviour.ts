/** One thing that Node's documentation says of `net`, `dgram` or `dns`: what a program sees of it, here and there. */
import type dgram from 'node:dgram'
import type dns from 'node:dns'
import { type EventEmitter, once } from 'node:events'
import type net from 'node:net'

/** The modules a row works with, and where its server is. */
export interface NodeWorld {
  readonly net: typeof net
  readonly dgram: typeof dgram
  readonly dns: typeof dns
  /** An address on which servers listen, and one of the other family. */
  readonly server: string
  readonly server6: string
  /** Things of this world, with what belongs to it alone in general words: ports, and the host's own addresses. */
  readonly general: (value: unknown) => unknown
}

export interface Behaviour {
  /** As the documentation says it. */
  readonly says: string
  /** @returns what is to be the same in both worlds */
  readonly run: (world: NodeWorld) => Promise<unknown>
}

/** Everything that an emitter tells, from now on, as text: `data 5`, `close false`. */
export function eventLog(emitter: EventEmitter, names: readonly string[], into: string[] = [], who = ''): string[] {
  for (const name of names)
    emitter.on(name, (...values: unknown[]) => into.push([`${who}${name}`, ...values.map(valueText)].join(' ')))
  return into
}

export function valueText(value: unknown): string {
  if (value instanceof Error) {
    const { code, message } = value as NodeJS.ErrnoException
    return `${value.constructor.name} ${code ?? ''} "${message}"`
  }
  if (value instanceof Uint8Array) return `${value.length}`
  if (typeof value === 'object' && value !== null && 'remoteAddress' in value) return 'socket'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What a call throws. */
export function thrownBy(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return `${(error as Error).name} ${(error as NodeJS.ErrnoException).code}`
  }
  return 'nothing'
}

/** All that an error says to a program. */
export function errorFields(error: unknown): Record<string, unknown> {
  const { code, errno, syscall, address, port, message } = error as NodeJS.ErrnoException & {
    address?: string
    port?: number
  }
  return { code, errno, syscall, address, port, message }
}

export const portIn = (server: net.Server) => (server.address() as net.AddressInfo).port

/** A server that listens, a client that is connected to it, and the server's end of that. */
export async function pair(
  { net, server: host }: NodeWorld,
  serverOptions: net.ServerOpts = {},
  clientOptions: Partial<net.NetConnectOpts> & { allowHalfOpen?: boolean } = {},
): Promise<{ server: net.Server; client: net.Socket; accepted: net.Socket; port: number }> {
  const server = net.createServer(serverOptions)
  server.listen(0, host)
  await once(server, 'listening')
  const port = portIn(server)
  const coming = once(server, 'connection') as Promise<[net.Socket]>
  const client = net.connect({ port, host, ...clientOptions } as net.NetConnectOpts)
  await once(client, 'connect')
  const [accepted] = await coming
  return { server, client, accepted, port }
}

/** Ends what `pair` made, and waits until it is over. */
export async function over({ server, client, accepted }: Awaited<ReturnType<typeof pair>>): Promise<void> {
  client.destroy()
  accepted.destroy()
  await closed(server)
}

export function closed(server: net.Server | dgram.Socket): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}

/** All that comes, to the end. */
export async function allOf(socket: net.Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8')
  for await (const part of socket) text += part
  return text
}
