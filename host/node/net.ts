/**
 * The network of a lab and nothing else of linkpulse: hosts, boards and their sockets, with errors by name; and on Node, its own network modules
 * as they are on a host of the lab.
 */
export * from '../net.js'
export {
  type AdoptedServer,
  type NodeAdapters,
  nodeAdapters,
  type UndiciConnected,
  type UndiciConnectOptions,
} from './net/adapters.js'
export type { NodeDatagramInfo, NodeDatagramOptions, NodeDatagramSocket } from './net/dgram.js'
export {
  type DgramLookAlike,
  type NetLookAlike,
  type NodeModules,
  nodeModules,
} from './net/modules.js'
export type { DnsLookAlike, Lookup } from './net/names.js'
export type { NodeAddress } from './net/node-address.js'
export type { NodeListenOptions, NodeServer, NodeServerOptions } from './net/server.js'
export type { NodeSocket } from './net/socket.js'
export type { NodeConnectOptions, NodeSocketOptions } from './net/socket-options.js'
export type { TurnOptions } from './net/turns.js'
export type { NetHost } from './net/whereabouts.js'
