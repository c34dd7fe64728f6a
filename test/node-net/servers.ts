/** What Node's documentation says of `net.Server` and of the module's functions (nodejs.org, Net). */
import { once } from 'node:events'
import type net from 'node:net'
import { type Behaviour, closed, errorFields, eventLog, over, pair, portIn, thrownBy, valueText } from './behaviour.js'

export const SERVERS: readonly Behaviour[] = [
  {
    says: 'listen(0, host): listening comes in a later turn; address() says where; listening is true',
    run: async (world) => {
      const server = world.net.createServer()
      const before = [server.listening, server.address()]
      const order: string[] = []
      server.listen(0, world.server, () => order.push('listening'))
      order.push('after the call')
      await once(server, 'listening')
      const { address, family, port } = server.address() as net.AddressInfo
      const result = [before, order, server.listening, world.general([address, family]), port > 0]
      await closed(server)
      return [...result, server.listening, server.address()]
    },
  },
  {
    says: 'listen(port) without a host: any address, of both families where there are both',
    run: async ({ net }) => {
      const server = net.createServer()
      await once(server.listen(0), 'listening')
      const { address, family } = server.address() as net.AddressInfo
      await closed(server)
      return [address, family]
    },
  },
  {
    says: 'listen(options, listener), with port as text',
    run: async (world) => {
      const server = world.net.createServer()
      const listening = await new Promise((resolve) => {
        server.listen({ port: '40123', host: world.server }, () => resolve(portIn(server)))
      })
      await closed(server)
      return listening
    },
  },
  {
    says: 'a port that is in use: EADDRINUSE as an event, with its fields',
    run: async (world) => {
      const first = world.net.createServer()
      await once(first.listen(0, world.server), 'listening')
      const second = world.net.createServer()
      second.listen(portIn(first), world.server)
      const [error] = await once(second, 'error')
      const fields = errorFields(error)
      const result = [{ ...fields, port: fields.port === portIn(first) }, second.listening]
      await closed(first)
      return world.general(JSON.parse(JSON.stringify(result).replaceAll(/:\d{4,5}/g, ':PORT')))
    },
  },
  {
    says: 'an address that is not this host’s: EADDRNOTAVAIL as an event',
    run: async ({ net }) => {
      const server = net.createServer()
      server.listen(40_100, '203.0.113.9')
      const [error] = await once(server, 'error')
      return errorFields(error)
    },
  },
  {
    says: 'after an error listen may be called again',
    run: async (world) => {
      const first = world.net.createServer()
      await once(first.listen(0, world.server), 'listening')
      const second = world.net.createServer()
      second.listen(portIn(first), world.server)
      await once(second, 'error')
      second.listen(0, world.server)
      await once(second, 'listening')
      const { listening } = second
      await closed(first)
      await closed(second)
      return listening
    },
  },
  {
    says: 'listen twice: ERR_SERVER_ALREADY_LISTEN; ports that are none; options without a port',
    run: async ({ net, server: host }) => {
      const server = net.createServer()
      const second = net.createServer()
      await once(server.listen(0, host), 'listening')
      const result = [
        thrownBy(() => server.listen(0, host)),
        thrownBy(() => second.listen(70_000)),
        thrownBy(() => second.listen(-1)),
        thrownBy(() => second.listen({} as never)),
      ]
      await closed(server)
      return result
    },
  },
  {
    says: 'close: no new ones, and close comes when the last connection is over',
    run: async (world) => {
      const made = await pair(world)
      const log: string[] = []
      made.server.close(() => log.push('closed'))
      const { listening } = made.server
      const refused = world.net.connect(made.port, world.server)
      const [error] = await once(refused, 'error')
      log.push((error as NodeJS.ErrnoException).code!)
      made.accepted.on('close', () => log.push('connection over'))
      made.accepted.resume()
      made.client.resume()
      made.client.end()
      await Promise.all([once(made.server, 'close'), once(made.accepted, 'close')])
      return [listening, log]
    },
  },
  {
    says: 'close of a server that does not run: the callback hears ERR_SERVER_NOT_RUNNING',
    run: async ({ net }) =>
      new Promise((resolve) => {
        net.createServer().close((error) => resolve((error as NodeJS.ErrnoException).code))
      }),
  },
  {
    says: 'getConnections counts those that are open',
    run: async (world) => {
      const made = await pair(world)
      const count = () =>
        new Promise<number>((resolve) => {
          made.server.getConnections((_error, connections) => resolve(connections))
        })
      const before = await count()
      made.client.end()
      made.client.resume()
      made.accepted.resume()
      await once(made.accepted, 'close')
      const after = await count()
      await over(made)
      return [before, after]
    },
  },
  {
    says: 'maxConnections: those beyond are dropped, and drop tells of them',
    run: async (world) => {
      const made = await pair(world)
      made.server.maxConnections = 1
      const dropped = once(made.server, 'drop')
      const other = world.net.connect(made.port, world.server)
      other.on('error', () => {})
      const [data] = (await dropped) as [net.DropArgument]
      await once(other, 'close')
      await over(made)
      return [world.general([data.localAddress, data.localFamily, data.remoteFamily]), data.localPort === made.port]
    },
  },
  {
    says: 'connection has a socket, whose server is this one',
    run: async (world) => {
      const made = await pair(world)
      const result = [
        made.accepted instanceof world.net.Socket,
        (made.accepted as unknown as { server: unknown }).server === made.server,
        valueText(made.accepted.readyState),
        made.accepted.allowHalfOpen,
      ]
      await over(made)
      return result
    },
  },
  {
    says: 'pauseOnConnect: nothing is read until somebody asks for it',
    run: async (world) => {
      const made = await pair(world, { pauseOnConnect: true })
      made.client.write('held')
      const before = [made.accepted.isPaused(), made.accepted.bytesRead]
      const data = once(made.accepted, 'data')
      made.accepted.resume()
      const [octets] = await data
      await over(made)
      return [before, String(octets)]
    },
  },
  {
    says: 'a server that was closed listens again',
    run: async (world) => {
      const server = world.net.createServer((socket) => socket.end())
      for (let i = 0; i < 2; i++) {
        await once(server.listen(0, world.server), 'listening')
        await closed(server)
      }
      return server.listening
    },
  },
  {
    says: 'ref and unref return the server; an AbortSignal closes it',
    run: async (world) => {
      const control = new AbortController()
      const server = world.net.createServer()
      server.listen({ port: 0, host: world.server, signal: control.signal })
      await once(server, 'listening')
      const result = [server.unref() === server, server.ref() === server]
      const over = once(server, 'close')
      control.abort()
      await over
      return [...result, server.listening]
    },
  },
  {
    says: 'await using: Symbol.asyncDispose closes it',
    run: async (world) => {
      const server = world.net.createServer()
      await once(server.listen(0, world.server), 'listening')
      await server[Symbol.asyncDispose]()
      return server.listening
    },
  },
  {
    says: 'Server may be called without new, and on an object of another’s',
    run: async ({ net, server: host }) => {
      const Server = net.Server as unknown as (listener: () => void) => net.Server
      const plain = Server(() => {})
      function Derived(this: net.Server) {
        ;(net.Server as unknown as { call(self: unknown): void }).call(this)
      }
      Object.setPrototypeOf(Derived.prototype, net.Server.prototype)
      const derived = new (Derived as unknown as new () => net.Server)()
      await once(derived.listen(0, host), 'listening')
      const result = [plain instanceof net.Server, plain.listenerCount('connection'), derived.listening]
      await closed(derived)
      return result
    },
  },
  {
    says: 'many connections at once are all served (50)',
    run: async (world) => {
      const server = world.net.createServer((socket) => {
        socket.on('data', (data) => socket.end(`${data}!`))
      })
      await once(server.listen(0, world.server), 'listening')
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          const client = world.net.connect(portIn(server), world.server)
          client.write(`${i}`)
          let text = ''
          for await (const part of client) text += part
          return text
        }),
      )
      await closed(server)
      return answers
    },
  },
  {
    says: 'isIP, isIPv4, isIPv6',
    run: async ({ net }) =>
      ['127.0.0.1', '::1', 'fhqwhgads', '127.000.000.001', '::ffff:1.2.3.4'].map((text) => [
        net.isIP(text),
        net.isIPv4(text),
        net.isIPv6(text),
      ]),
  },
  {
    says: 'BlockList and SocketAddress',
    run: async ({ net }) => {
      const list = new net.BlockList()
      list.addSubnet('10.0.0.0', 8)
      list.addAddress('2001:db8::7', 'ipv6')
      const { address, port, family } = new net.SocketAddress({ address: '192.0.2.1', port: 7 })
      return [list.check('10.1.2.3'), list.check('11.0.0.1'), list.check('2001:db8::7', 'ipv6'), address, port, family]
    },
  },
  {
    says: 'the names of the module are there, and functions are functions',
    run: async ({ net }) =>
      [
        'connect',
        'createConnection',
        'createServer',
        'isIP',
        'isIPv4',
        'isIPv6',
        'BlockList',
        'SocketAddress',
        'Socket',
        'Stream',
        'Server',
        'getDefaultAutoSelectFamily',
        'setDefaultAutoSelectFamily',
        'getDefaultAutoSelectFamilyAttemptTimeout',
        'setDefaultAutoSelectFamilyAttemptTimeout',
      ].map((name) => [name, typeof (net as unknown as Record<string, unknown>)[name]]),
  },
  {
    says: 'events of a server: listening, connection, close; no error',
    run: async (world) => {
      const server = world.net.createServer()
      const log = eventLog(server, ['listening', 'connection', 'close', 'error'])
      await once(server.listen(0, world.server), 'listening')
      const client = world.net.connect(portIn(server), world.server)
      const [accepted] = (await once(server, 'connection')) as [net.Socket]
      accepted.end()
      client.resume()
      await once(client, 'close')
      await closed(server)
      return log
    },
  },
]
