/** What Node's documentation says of `dgram.Socket` and `dns.lookup` (nodejs.org, UDP/datagram sockets and DNS). */
import type dgram from 'node:dgram'
import type { LookupAddress } from 'node:dns'
import { once } from 'node:events'
import { type Behaviour, closed, errorFields, eventLog, type NodeWorld, thrownBy } from './behaviour.js'

async function bound({ dgram, server }: NodeWorld): Promise<dgram.Socket> {
  const socket = dgram.createSocket('udp4')
  await once(socket.bind(0, server), 'listening')
  return socket
}

export const DATAGRAMS: readonly Behaviour[] = [
  {
    says: 'message has the octets, and from where they are',
    run: async (world) => {
      const [server, client] = [await bound(world), world.dgram.createSocket('udp4')]
      const message = once(server, 'message')
      const sent = await new Promise((resolve) => {
        client.send('hello', server.address().port, world.server, (error, octets) => resolve([error, octets]))
      })
      const [data, from] = await message
      const result = [
        sent,
        data instanceof Buffer,
        String(data),
        world.general([from.address, from.family]),
        from.size,
        from.port === client.address().port,
      ]
      await closed(client)
      await closed(server)
      return result
    },
  },
  {
    says: 'send takes an offset and a length, a list of parts, typed arrays, nothing at all',
    run: async (world) => {
      const [server, client] = [await bound(world), world.dgram.createSocket('udp4')]
      const { port } = server.address()
      const texts: string[] = []
      const all = new Promise<void>((resolve) => {
        server.on('message', (data) => {
          if (texts.push(String(data)) === 4) resolve()
        })
      })
      client.send(Buffer.from('abcdef'), 2, 3, port, world.server)
      client.send([Buffer.from('one '), 'two'], port, world.server)
      client.send(new Uint8Array([0x41]), port, world.server)
      client.send('', port, world.server)
      await all
      await closed(client)
      await closed(server)
      return texts.sort()
    },
  },
  {
    says: 'an answer goes to where the question came from',
    run: async (world) => {
      const server = await bound(world)
      server.on('message', (data, { address, port }) => server.send(`${data}?`, port, address))
      const client = world.dgram.createSocket('udp4')
      const answer = once(client, 'message')
      client.send('who', server.address().port, world.server)
      const [data] = await answer
      await closed(client)
      await closed(server)
      return String(data)
    },
  },
  {
    says: 'address() before bind: EBADF; after it, where it is; bind twice: ERR_SOCKET_ALREADY_BOUND',
    run: async (world) => {
      const socket = world.dgram.createSocket('udp4')
      const before = thrownBy(() => socket.address())
      await once(socket.bind(0, world.server), 'listening')
      const { address, family, port } = socket.address()
      const again = thrownBy(() => socket.bind(0))
      await closed(socket)
      return [before, world.general([address, family]), port > 0, again]
    },
  },
  {
    says: 'after close: ERR_SOCKET_DGRAM_NOT_RUNNING; close is told once',
    run: async (world) => {
      const socket = await bound(world)
      const log = eventLog(socket, ['close'])
      await closed(socket)
      return [
        thrownBy(() => socket.close()),
        thrownBy(() => socket.send('x', 9, world.server)),
        thrownBy(() => socket.address()),
        log,
      ]
    },
  },
  {
    says: 'an invalid type, invalid ports, invalid data',
    run: async (world) => {
      const { dgram } = world
      const socket = dgram.createSocket('udp4')
      const result = [
        thrownBy(() => dgram.createSocket('udp5' as never)),
        thrownBy(() => socket.send('x', 0, world.server)),
        thrownBy(() => socket.send('x', 70_000, world.server)),
        thrownBy(() => socket.send(7 as never, 9, world.server)),
        thrownBy(() => socket.send(Buffer.alloc(4), 2, 9, 9, world.server)),
      ]
      await closed(socket)
      return result
    },
  },
  {
    says: 'a port that is in use: EADDRINUSE as an event',
    run: async (world) => {
      const first = await bound(world)
      const second = world.dgram.createSocket('udp4')
      second.bind(first.address().port, world.server)
      const [error] = await once(second, 'error')
      const { code, syscall } = errorFields(error)
      await closed(first)
      await closed(second)
      return [code, syscall]
    },
  },
  {
    says: 'connect: send without an address; remoteAddress says with whom; disconnect ends it',
    run: async (world) => {
      const [server, client] = [await bound(world), world.dgram.createSocket('udp4')]
      const message = once(server, 'message')
      const before = thrownBy(() => client.remoteAddress())
      client.connect(server.address().port, world.server)
      const twice = thrownBy(() => client.connect(9, world.server))
      await once(client, 'connect')
      client.send('hello')
      const [data] = await message
      const { address, port } = client.remoteAddress()
      const named = thrownBy(() => client.send('x', 9, world.server))
      client.disconnect()
      const result = [
        before,
        twice,
        String(data),
        world.general(address),
        port === server.address().port,
        named,
        thrownBy(() => client.disconnect()),
      ]
      await closed(client)
      await closed(server)
      return result
    },
  },
  {
    says: 'a connected socket hears that nobody is there: ECONNREFUSED as an event',
    run: async (world) => {
      const client = world.dgram.createSocket('udp4')
      client.connect(9, world.server)
      await once(client, 'connect')
      client.send('x')
      const [error] = await once(client, 'error')
      await closed(client)
      return errorFields(error)
    },
  },
  {
    says: 'more than a datagram holds: EMSGSIZE, to the callback',
    run: async (world) => {
      const client = world.dgram.createSocket('udp4')
      const error = await new Promise((resolve) => {
        client.send(Buffer.alloc(65_508), 9, world.server, resolve)
      })
      await closed(client)
      const { code, syscall } = errorFields(error)
      return [code, syscall]
    },
  },
  {
    says: 'an AbortSignal closes it',
    run: async ({ dgram }) => {
      const control = new AbortController()
      const socket = dgram.createSocket({ type: 'udp4', signal: control.signal })
      const over = once(socket, 'close')
      control.abort()
      await over
      return thrownBy(() => socket.close())
    },
  },
  {
    says: 'dns.lookup of addresses and of localhost; all gives a list; families',
    run: async (world) => {
      const lookup = (name: string, options: object) =>
        new Promise<unknown>((resolve) => {
          world.dns.lookup(name, options, (error, address, family) => resolve(error?.code ?? [address, family]))
        })
      return [
        await lookup('192.0.2.7', {}),
        await lookup('2001:db8::7', {}),
        await lookup('192.0.2.7', { all: true }),
        world.general(await lookup('localhost', { family: 4 })),
        (await world.dns.promises.lookup('192.0.2.7', { all: true })) as LookupAddress[],
        await world.dns.promises.lookup('192.0.2.7'),
      ]
    },
  },
  {
    says: 'dns.lookup without a callback, with an invalid family',
    run: async ({ dns }) => [
      thrownBy(() => dns.lookup('x', undefined as never)),
      thrownBy(() => dns.lookup('192.0.2.7', { family: 5 as never }, () => {})),
    ],
  },
]
