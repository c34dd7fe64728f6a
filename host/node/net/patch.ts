/**
 * Node's own modules, given over to a lab: what a program opens with `node:net`, `node:dgram`, `node:http`, `node:tls` and what stands on them is
 * on the lab's wires from then on, and nothing of it leaves the process. Pipes and descriptors stay the system's: standard input and output,
 * and those of child processes, are sockets of `node:net` too.
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import type { NodeModules } from './modules.js'
import { listenArguments, type NodeServer } from './server.js'
import { connectArguments } from './socket-options.js'

type Constructor = new (...given: never[]) => object
type Callable = (this: unknown, ...given: unknown[]) => unknown

/** Whether a socket or a server is to be the operating system's: a pipe, or what has a descriptor or a handle already. */
function isOfSystem(options: unknown): boolean {
  if (typeof options === 'number') return true
  if (typeof options !== 'object' || options === null) return false
  const { fd, handle, path } = options as Record<string, unknown>
  return (
    typeof fd === 'number' || (handle !== undefined && handle !== null) || (typeof path === 'string' && path !== '')
  )
}

/** A constructor that makes ours, or for what is the system's the system's. It may be called without `new`, as Node's. */
function eitherConstructor(system: Constructor, ours: Constructor): Constructor {
  function Socket(this: unknown, ...given: unknown[]): object {
    // TLSSocket and others of Node's own call it on themselves.
    if (new.target === undefined && this instanceof system)
      return ((system as unknown as Callable).apply(this, given) as object) ?? this
    const made = isOfSystem(given[0]) ? system : ours
    const target = new.target === undefined || (new.target as unknown) === Socket ? made : new.target
    return Reflect.construct(made, given, target)
  }
  Socket.prototype = ours.prototype
  Object.defineProperty(Socket, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      if (this !== Socket) return Function.prototype[Symbol.hasInstance].call(this as never, value)
      // Of Node's own those that have a handle: tls asks this, and would wait for the handle of one of ours for ever.
      return value instanceof system
    },
  })
  return Socket as unknown as Constructor
}

/** A server whose listener is a pipe or a descriptor: it is the system's, and gives its connections to the one that the program has. */
function listenOnSystem(server: NodeServer, system: net.Server, given: readonly unknown[]): void {
  for (const event of ['listening', 'connection', 'error', 'drop', 'close'])
    system.on(event, (...values: unknown[]) => server.emit(event, ...values))
  const same = (name: 'address' | 'getConnections' | 'close' | 'ref' | 'unref') => ({
    configurable: true,
    writable: true,
    value: (...values: never[]) => {
      const result = (system[name] as (...some: never[]) => unknown)(...values)
      return result === system ? server : result
    },
  })
  Object.defineProperties(server, {
    ...Object.fromEntries(
      (['address', 'getConnections', 'close', 'ref', 'unref'] as const).map((name) => [name, same(name)]),
    ),
    listening: { configurable: true, get: () => system.listening },
  })
  ;(system.listen as (...some: readonly unknown[]) => unknown)(...given)
}

/** What `patchNode` replaced, to be put back. */
class Replaced {
  readonly #undo: (() => void)[] = []

  set(object: object, name: PropertyKey, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(object, name)
    this.#undo.push(() => {
      if (before === undefined) Reflect.deleteProperty(object, name)
      else Object.defineProperty(object, name, before)
    })
    Object.defineProperty(object, name, { configurable: true, enumerable: true, ...before, writable: true, value })
  }

  derive(object: object, from: object): void {
    const before = Object.getPrototypeOf(object)
    this.#undo.push(() => {
      Object.setPrototypeOf(object, before)
    })
    Object.setPrototypeOf(object, from)
  }

  restore(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo()
  }
}

/**
 * Puts the lab's modules in the place of Node's. Who has taken functions out of them before keeps those.
 * @returns what puts Node's own back
 */
export function patchNode(modules: NodeModules): () => void {
  const replaced = new Replaced()
  const { connect: systemConnect } = net
  const Socket = eitherConstructor(net.Socket as Constructor, modules.net.Socket)
  const connect = (...given: unknown[]) =>
    isOfSystem(connectArguments(given).options)
      ? (systemConnect as unknown as Callable)(...given)
      : modules.net.connect(...(given as never as [80]))
  const { Server } = modules.net
  const SystemServer = net.Server

  for (const [name, value] of Object.entries({
    Socket,
    Stream: Socket,
    Server,
    connect,
    createConnection: connect,
    createServer: modules.net.createServer,
    getDefaultAutoSelectFamily: modules.net.getDefaultAutoSelectFamily,
    setDefaultAutoSelectFamily: modules.net.setDefaultAutoSelectFamily,
    getDefaultAutoSelectFamilyAttemptTimeout: modules.net.getDefaultAutoSelectFamilyAttemptTimeout,
    setDefaultAutoSelectFamilyAttemptTimeout: modules.net.setDefaultAutoSelectFamilyAttemptTimeout,
  }))
    replaced.set(net, name, value)
  replaced.set(dgram, 'Socket', modules.dgram.Socket)
  replaced.set(dgram, 'createSocket', modules.dgram.createSocket)
  replaced.set(dns, 'lookup', modules.dns.lookup)
  replaced.set(dns.promises, 'lookup', modules.dns.promises.lookup)

  const { listen } = Server.prototype
  replaced.set(Server.prototype, 'listen', function (this: NodeServer, ...given: Parameters<typeof listen>) {
    if (!isOfSystem(listenArguments(given).options)) return listen.apply(this, given)
    listenOnSystem(this, new SystemServer({ allowHalfOpen: this.allowHalfOpen }), given)
    return this
  })

  // These took Node's own when they were loaded.
  replaced.set(http.Agent.prototype, 'createConnection', connect)
  const PlainHttp2Server = http2.createServer().constructor as typeof SystemServer
  for (const derived of [http.Server, tls.Server, PlainHttp2Server]) {
    if (Object.getPrototypeOf(derived) === SystemServer) replaced.derive(derived, Server)
    replaced.derive(derived.prototype, Server.prototype)
  }

  const { connect: systemTlsConnect } = tls
  replaced.set(tls, 'connect', (...given: unknown[]) => {
    const { options, connected } = connectArguments(given)
    const more = given.find((each, i) => i > 0 && typeof each === 'object' && each !== null)
    const all: tls.ConnectionOptions = { ...(options as object), ...(more as object | undefined) }
    if (all.socket !== undefined || isOfSystem(all)) return (systemTlsConnect as unknown as Callable)(...given)
    return systemTlsConnect({ ...all, socket: connect(all) as net.Socket }, connected)
  })
  syncBuiltinESMExports()
  return () => {
    replaced.restore()
    syncBuiltinESMExports()
  }
}
