/**
 * Node's network modules, as if the program ran on a host or a board of the lab: what it opens is on that stack, and on the lab's wires.
 *
 *     import { createLab, nodeModules } from 'linkpulse/net'
 *     const lab = createLab()
 *     const [a, b] = ['10.0.0.1/24', '10.0.0.2/24'].map((address) => lab.addHost({ address }))
 *     lab.connect(a.port, b.port)
 *     const server = nodeModules(b).net.createServer((socket) => socket.pipe(socket)).listen(7)
 *     const client = nodeModules(a).net.connect(7, '10.0.0.2', () => client.write('hello'))
 */
import { BlockList, isIP, isIPv4, isIPv6, SocketAddress } from 'node:net'
import { type NodeDatagramInfo, type NodeDatagramOptions, NodeDatagramSocket } from './dgram.js'
import { type DnsLookAlike, makeDns, makeLookup } from './names.js'
import { makeServer, type NodeServer, type NodeServerConstructor, type NodeServerOptions } from './server.js'
import { type NetPlace, NodeSocket } from './socket.js'
import { type ConnectArguments, connectArguments, type NodeSocketOptions } from './socket-options.js'
import { type TurnOptions, Turns } from './turns.js'
import { isHost, type NetHost, Whereabouts } from './whereabouts.js'

/** What `nodeModules` gives as `net`. */
export interface NetLookAlike {
  readonly Socket: new (options?: NodeSocketOptions) => NodeSocket
  readonly Stream: NetLookAlike['Socket']
  readonly Server: NodeServerConstructor
  readonly connect: (...given: ConnectArguments) => NodeSocket
  readonly createConnection: NetLookAlike['connect']
  readonly createServer: (
    options?: NodeServerOptions | ((socket: NodeSocket) => void),
    listener?: (socket: NodeSocket) => void,
  ) => NodeServer
  readonly isIP: typeof isIP
  readonly isIPv4: typeof isIPv4
  readonly isIPv6: typeof isIPv6
  readonly BlockList: typeof BlockList
  readonly SocketAddress: typeof SocketAddress
  readonly getDefaultAutoSelectFamily: () => boolean
  readonly setDefaultAutoSelectFamily: (on: boolean) => void
  readonly getDefaultAutoSelectFamilyAttemptTimeout: () => number
  readonly setDefaultAutoSelectFamilyAttemptTimeout: (milliseconds: number) => void
}

/** What `nodeModules` gives as `dgram`. */
export interface DgramLookAlike {
  readonly Socket: new (
    options: NodeDatagramOptions | 'udp4' | 'udp6',
    listener?: (data: Buffer, from: NodeDatagramInfo) => void,
  ) => NodeDatagramSocket
  readonly createSocket: (
    options: NodeDatagramOptions | 'udp4' | 'udp6',
    listener?: (data: Buffer, from: NodeDatagramInfo) => void,
  ) => NodeDatagramSocket
}

export interface NodeModules {
  readonly net: NetLookAlike
  readonly dgram: DgramLookAlike
  readonly dns: DnsLookAlike
}

/**
 * @param hosts a host or board of a lab; of several, servers are on the last one, and who connects is on the first one
 * @param options of the lab's time: they hold for all programs in it
 * @throws RangeError for hosts of several labs, and for options that are none
 */
export function nodeModules(hosts: NetHost | readonly NetHost[], options: TurnOptions = {}): NodeModules {
  const whereabouts = new Whereabouts(isHost(hosts) ? [hosts] : hosts)
  const { time, stack } = whereabouts.client
  const turns = Turns.of(time, stack.clock)
  turns.configure(options)
  const lookup = makeLookup(whereabouts, turns)
  const defaults = { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 250 }
  class Socket extends NodeSocket {
    constructor(given?: NodeSocketOptions) {
      super(place, given)
    }
  }
  const place: NetPlace = { Socket, whereabouts, turns, lookup, defaults }
  class Datagrams extends NodeDatagramSocket {
    constructor(
      given: NodeDatagramOptions | 'udp4' | 'udp6',
      listener?: (data: Buffer, from: NodeDatagramInfo) => void,
    ) {
      super(place, given, listener)
    }
  }
  const Server = makeServer(place)
  const connect = (...given: ConnectArguments): NodeSocket =>
    new Socket(connectArguments(given).options).connect(...given)
  return {
    net: {
      Socket,
      Stream: Socket,
      Server,
      connect,
      createConnection: connect,
      createServer: (given, listener) => new Server(given, listener),
      isIP,
      isIPv4,
      isIPv6,
      BlockList,
      SocketAddress,
      getDefaultAutoSelectFamily: () => defaults.autoSelectFamily,
      setDefaultAutoSelectFamily: (on) => {
        defaults.autoSelectFamily = on
      },
      getDefaultAutoSelectFamilyAttemptTimeout: () => defaults.autoSelectFamilyAttemptTimeout,
      setDefaultAutoSelectFamilyAttemptTimeout: (milliseconds) => {
        if (!(Number.isInteger(milliseconds) && milliseconds > 0))
          throw new RangeError(`an attempt takes milliseconds, 1 or more; got ${milliseconds}`)
        // Node has none shorter.
        defaults.autoSelectFamilyAttemptTimeout = Math.max(10, milliseconds)
      },
    },
    dgram: { Socket: Datagrams, createSocket: (given, listener) => new Datagrams(given, listener) },
    dns: makeDns(lookup),
  }
}
