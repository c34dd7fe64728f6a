/** What Node's documentation says of `net.Socket` (nodejs.org, Net). */
import { once } from 'node:events'
import type net from 'node:net'
import {
  allOf,
  type Behaviour,
  closed,
  errorFields,
  eventLog,
  over,
  pair,
  portIn,
  thrownBy,
  valueText,
} from './behaviour.js'

const SOCKET_EVENTS = ['connect', 'ready', 'end', 'finish', 'close', 'error', 'timeout', 'drain', 'lookup']

export const SOCKETS: readonly Behaviour[] = [
  {
    says: "'connect', then 'ready'; 'close' with false after an orderly end",
    run: async (world) => {
      const server = world.net.createServer((socket) => socket.end('bye'))
      await once(server.listen(0, world.server), 'listening')
      const client = world.net.connect(portIn(server), world.server)
      const log = eventLog(client, [...SOCKET_EVENTS, 'data'])
      await once(client, 'close')
      await closed(server)
      return log
    },
  },
  {
    says: 'connect(port, host, listener) adds the listener to connect, once',
    run: async (world) => {
      const made = await pair(world)
      const client = new world.net.Socket()
      const result = await new Promise((resolve) => {
        const returned = client.connect(made.port, world.server, () =>
          resolve([returned === client, client.listenerCount('connect')]),
        )
      })
      client.destroy()
      await over(made)
      return result
    },
  },
  {
    says: 'data written before the connection is open is sent once it is; write returns whether it was flushed',
    run: async (world) => {
      const server = world.net.createServer()
      await once(server.listen(0, world.server), 'listening')
      const coming = once(server, 'connection')
      const client = world.net.connect(portIn(server), world.server)
      const flushed = client.write('before')
      const before = [client.connecting, client.pending, client.readyState, client.bytesWritten, client.bufferSize]
      client.end()
      const [socket] = (await coming) as [net.Socket]
      const text = await allOf(socket)
      await closed(server)
      return [flushed, before, text]
    },
  },
  {
    says: 'connecting, pending and readyState, before, while and after it is open',
    run: async (world) => {
      const states = (socket: net.Socket) => [socket.connecting, socket.pending, socket.readyState, socket.destroyed]
      const fresh = new world.net.Socket()
      const made = await pair(world)
      const open = states(made.client)
      made.client.end()
      const ended = states(made.client)
      made.accepted.resume()
      await once(made.client, 'close')
      const result = [states(fresh), open, ended, states(made.client)]
      await closed(made.server)
      return result
    },
  },
  {
    says: 'address(), local and remote address, port and family',
    run: async (world) => {
      const made = await pair(world)
      const { client, accepted } = made
      const result = [
        client.remotePort === made.port,
        client.localPort === accepted.remotePort,
        (client.address() as net.AddressInfo).port === client.localPort,
        world.general([client.remoteAddress, client.remoteFamily, client.localFamily, accepted.localAddress]),
      ]
      await over(made)
      return [...result, world.general(client.remoteAddress), client.localPort, new world.net.Socket().address()]
    },
  },
  {
    says: 'bytesRead and bytesWritten count octets, not characters',
    run: async (world) => {
      const made = await pair(world)
      made.client.write('grüße')
      made.client.write(Buffer.alloc(10))
      const written = made.client.bytesWritten
      let come = 0
      for await (const part of made.accepted) {
        come += part.length
        if (come === 17) break
      }
      const result = [written, made.client.bytesWritten, made.accepted.bytesRead]
      await over(made)
      return result
    },
  },
  {
    says: 'bytesWritten counts what waits before the connection is open, text and octets',
    run: async (world) => {
      const socket = new world.net.Socket()
      const server = await once(world.net.createServer().listen(0, world.server), 'listening').catch(() => [])
      socket.on('error', () => {})
      socket.connect(9, world.server)
      socket.write('äöü')
      socket.write(Buffer.alloc(4))
      const result = [socket.bytesWritten, server.length]
      socket.destroy()
      return result
    },
  },
  {
    says: 'a port that nobody listens on gives ECONNREFUSED, with address and port, and close with true',
    run: async (world) => {
      const client = world.net.connect(9, world.server)
      const log = eventLog(client, ['close', 'end', 'connect'])
      const [error] = await once(client, 'error')
      await once(client, 'close')
      return [world.general(errorFields(error)), log]
    },
  },
  {
    says: 'the error tells of the local address where one was asked for',
    run: async (world) => {
      const client = world.net.connect({ port: 9, host: world.server, localAddress: world.server, localPort: 40_001 })
      const [error] = await once(client, 'error')
      return world.general(errorFields(error))
    },
  },
  {
    says: 'localAddress and localPort are where it connects from',
    run: async (world) => {
      const server = world.net.createServer((socket) => socket.end(`${socket.remotePort}`))
      await once(server.listen(0, world.server), 'listening')
      const client = world.net.connect({ port: portIn(server), host: world.server, localPort: 40_321 })
      const text = await allOf(client)
      await closed(server)
      return text
    },
  },
  {
    says: 'ports and addresses that are none are thrown: their codes',
    run: async ({ net }) => [
      thrownBy(() => net.connect({ port: 70_000 })),
      thrownBy(() => net.connect({ port: -1 })),
      thrownBy(() => net.connect({ port: 1.5 })),
      thrownBy(() => net.connect({ port: true as never })),
      thrownBy(() => net.connect({ port: 80, localAddress: 'nowhere' })),
      thrownBy(() => net.connect({ port: 80, localPort: '7' as never })),
      thrownBy(() => net.connect({ port: 80, host: 'x', lookup: 7 as never })),
      thrownBy(() => new net.Socket().setTimeout('7' as never)),
      thrownBy(() => new net.Socket().setTimeout(-1)),
      thrownBy(() => new net.Socket().setTimeout(Number.POSITIVE_INFINITY)),
      thrownBy(() => new net.Socket().write(7 as never)),
      thrownBy(() => new net.Socket().write(null as never)),
    ],
  },
  {
    says: 'end(data, callback) sends data, then half-closes; the other end may answer with allowHalfOpen',
    run: async (world) => {
      const made = await pair(world, { allowHalfOpen: true })
      const log = eventLog(made.accepted, ['end', 'close', 'finish'], [], 'server ')
      eventLog(made.client, ['end', 'close', 'finish'], log, 'client ')
      const ends = Promise.all([made.client, made.accepted].map((each) => once(each, 'close')))
      made.accepted.on('end', () => made.accepted.end('answer'))
      made.accepted.resume()
      const done = new Promise((resolve) => {
        made.client.end('question', () => resolve(made.client.readyState))
      })
      const text = await allOf(made.client)
      const state = await done
      await ends
      await closed(made.server)
      return [
        text,
        state,
        log.filter((line) => line.startsWith('client')),
        log.filter((line) => line.startsWith('server')),
      ]
    },
  },
  {
    says: 'without allowHalfOpen an end is answered with an end by itself',
    run: async (world) => {
      const made = await pair(world)
      const log = eventLog(made.accepted, ['end', 'finish', 'close'])
      made.accepted.resume()
      made.client.resume()
      made.client.end()
      await Promise.all([once(made.client, 'close'), once(made.accepted, 'close')])
      await closed(made.server)
      return log
    },
  },
  {
    says: 'writing after the other end is over: EPIPE',
    run: async (world) => {
      const made = await pair(world)
      made.accepted.end()
      made.client.resume()
      const failed = new Promise((resolve) => {
        made.client.on('end', () => {
          made.client.on('error', () => {})
          made.client.end()
          made.client.write('late', (error) => resolve((error as NodeJS.ErrnoException | undefined)?.code))
        })
      })
      const code = await failed
      await over(made)
      return code
    },
  },
  {
    says: 'write after end: ERR_STREAM_WRITE_AFTER_END; after destroy: ERR_STREAM_DESTROYED',
    run: async (world) => {
      const made = await pair(world)
      const { client } = made
      const codes: unknown[] = []
      client.on('error', (error: NodeJS.ErrnoException) => codes.push(`event ${error.code}`))
      client.end()
      await new Promise<void>((resolve) => {
        client.write('late', (error) => {
          codes.push((error as NodeJS.ErrnoException).code)
          resolve()
        })
      })
      client.destroy()
      await new Promise<void>((resolve) => {
        client.write('later', (error) => {
          codes.push((error as NodeJS.ErrnoException).code)
          resolve()
        })
      })
      await over(made)
      return codes
    },
  },
  {
    says: 'destroy(error) emits error, then close with true; destroyed is true at once',
    run: async (world) => {
      const made = await pair(world)
      const log = eventLog(made.client, ['error', 'close', 'end'])
      made.client.destroy(new Error('enough'))
      const { destroyed } = made.client
      await once(made.client, 'close').catch(() => {})
      while (!log.some((line) => line.startsWith('close'))) await new Promise((resolve) => setImmediate(resolve))
      await over(made)
      return [destroyed, log]
    },
  },
  {
    says: 'destroy while connecting: no connect, close with false; callbacks of writes get the error',
    run: async (world) => {
      const made = await pair(world)
      const client = world.net.connect(made.port, world.server)
      const log = eventLog(client, [...SOCKET_EVENTS])
      const written = new Promise((resolve) => {
        client.write('x', (error) => resolve((error as NodeJS.ErrnoException | null)?.code))
      })
      client.destroy()
      await once(client, 'close')
      const result = [log, await written]
      await over(made)
      return result
    },
  },
  {
    says: 'resetAndDestroy: the other end reads ECONNRESET',
    run: async (world) => {
      const made = await pair(world)
      const failed = once(made.accepted, 'error')
      made.accepted.resume()
      made.client.resetAndDestroy()
      const [error] = await failed
      await once(made.accepted, 'close')
      await over(made)
      return errorFields(error)
    },
  },
  {
    says: 'resetAndDestroy of a socket that is not connected: ERR_SOCKET_CLOSED',
    run: async ({ net }) => {
      const socket = new net.Socket()
      socket.resetAndDestroy()
      const [error] = await once(socket, 'error')
      return (error as NodeJS.ErrnoException).code
    },
  },
  {
    says: 'destroySoon destroys once everything is written',
    run: async (world) => {
      const made = await pair(world)
      const text = allOf(made.accepted)
      made.client.write('all of it')
      made.client.destroySoon()
      const result = [await text, made.client.destroyed]
      await over(made)
      return result
    },
  },
  {
    says: 'pause keeps data back, resume gives them',
    run: async (world) => {
      const made = await pair(world)
      const log: string[] = []
      made.client.on('data', (data) => log.push(`data ${data}`))
      made.client.pause()
      made.accepted.write('held', () => {
        setTimeout(() => {
          log.push('resume')
          made.client.resume()
        }, 30)
      })
      await once(made.client, 'data')
      const result = [log, made.client.isPaused()]
      await over(made)
      return result
    },
  },
  {
    says: 'setEncoding: text, with characters whole although their octets come apart',
    run: async (world) => {
      const made = await pair(world)
      const text = allOf(made.client)
      const octets = Buffer.from('日本語')
      for (const octet of octets) {
        await new Promise((resolve) => made.accepted.write(Buffer.from([octet]), resolve))
        await new Promise((resolve) => setImmediate(resolve))
      }
      made.accepted.end()
      const result = await text
      await over(made)
      return result
    },
  },
  {
    says: 'write returns false once more than writableHighWaterMark waits, and drain tells when to go on',
    run: async (world) => {
      const made = await pair(world)
      const chunk = Buffer.alloc(100_000, 7)
      let written = 0
      while (written < 400) {
        written++
        if (!made.client.write(chunk)) break
      }
      const stopped = [made.client.writableNeedDrain, made.client.writableLength > 0]
      let come = 0
      made.accepted.on('data', (data) => {
        come += data.length
      })
      const drained = once(made.client, 'drain')
      await drained
      const after = made.client.writableLength
      made.client.end()
      await once(made.accepted, 'end')
      await over(made)
      return [stopped, after, come === written * chunk.length]
    },
  },
  {
    says: 'what a stream pipes through arrives whole and in order (1 MB each way)',
    run: async (world) => {
      const server = world.net.createServer((socket) => socket.pipe(socket))
      await once(server.listen(0, world.server), 'listening')
      const client = world.net.connect(portIn(server), world.server)
      const sent = Buffer.from(Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) & 0xff))
      client.end(sent)
      const parts: Buffer[] = []
      for await (const part of client) parts.push(part as Buffer)
      await closed(server)
      return Buffer.concat(parts).equals(sent)
    },
  },
  {
    says: 'cork and uncork: one write of many',
    run: async (world) => {
      const made = await pair(world)
      const text = allOf(made.accepted)
      made.client.cork()
      for (const word of ['a', 'b', 'c']) made.client.write(word)
      const { writableLength } = made.client
      made.client.uncork()
      made.client.end()
      const result = [writableLength, await text]
      await over(made)
      return result
    },
  },
  {
    says: 'setTimeout: timeout after so long without traffic; the socket stays; 0 takes it back',
    run: async (world) => {
      const made = await pair(world)
      const { client } = made
      const returned = client.setTimeout(50, () => {}) === client
      await once(client, 'timeout')
      const result = [returned, client.timeout, client.destroyed, client.readyState]
      client.setTimeout(0)
      await over(made)
      return [...result, client.timeout]
    },
  },
  {
    says: 'the timeout option of connect is setTimeout after it is made',
    run: async (world) => {
      const made = await pair(world, {}, { timeout: 40 } as never)
      await once(made.client, 'timeout')
      const { timeout } = made.client
      await over(made)
      return timeout
    },
  },
  {
    says: 'setNoDelay, setKeepAlive, ref and unref return the socket',
    run: async (world) => {
      const made = await pair(world)
      const { client } = made
      const result = [
        client.setNoDelay() === client,
        client.setNoDelay(false) === client,
        client.setKeepAlive(true, 1000) === client,
        client.setKeepAlive() === client,
        client.unref() === client,
        client.ref() === client,
        client.setEncoding('utf8') === client,
      ]
      await over(made)
      return result
    },
  },
  {
    says: 'onread: data go into the one buffer, and no data event comes; false pauses',
    run: async (world) => {
      const server = world.net.createServer((socket) => socket.end('0123456789'))
      await once(server.listen(0, world.server), 'listening')
      let text = ''
      let calls = 0
      const buffer = Buffer.alloc(4)
      const client = world.net.connect({
        port: portIn(server),
        host: world.server,
        onread: {
          buffer,
          callback: (octets, into) => {
            calls++
            text += Buffer.from(into.subarray(0, octets)).toString()
            return true
          },
        },
      })
      const log = eventLog(client, ['data', 'end'])
      await once(client, 'close')
      await closed(server)
      return [text, calls, log]
    },
  },
  {
    says: 'an AbortSignal destroys the socket with AbortError',
    run: async (world) => {
      const made = await pair(world)
      const control = new AbortController()
      const socket = new world.net.Socket({ signal: control.signal })
      socket.connect(made.port, world.server)
      await once(socket, 'connect')
      const failed = once(socket, 'error')
      control.abort()
      const [error] = await failed
      await over(made)
      return [(error as Error).name, (error as NodeJS.ErrnoException).code, socket.destroyed]
    },
  },
  {
    says: 'a socket that was closed connects again',
    run: async (world) => {
      const server = world.net.createServer((socket) => socket.end('x'))
      await once(server.listen(0, world.server), 'listening')
      const client = new world.net.Socket()
      const texts: string[] = []
      client.on('data', (data) => texts.push(data.toString()))
      for (let i = 0; i < 2; i++) {
        client.connect(portIn(server), world.server)
        await once(client, 'close')
      }
      await closed(server)
      return [texts, client.bytesRead]
    },
  },
  {
    says: 'async iteration gives the data, to the end',
    run: async (world) => {
      const server = world.net.createServer((socket) => {
        socket.write('one ')
        socket.end('two')
      })
      await once(server.listen(0, world.server), 'listening')
      const text = await allOf(world.net.connect(portIn(server), world.server))
      await closed(server)
      return text
    },
  },
  {
    says: 'an exception in a listener of the user is an uncaughtException of the process, and nobody else’s',
    run: async (world) => {
      const made = await pair(world)
      const before = process.listeners('uncaughtException')
      process.removeAllListeners('uncaughtException')
      const caught = once(process, 'uncaughtException')
      made.accepted.on('data', () => {
        throw new Error('of the user')
      })
      made.client.write('x')
      const [error] = await caught
      for (const listener of before) process.on('uncaughtException', listener)
      const { destroyed } = made.client
      await over(made)
      return [(error as Error).message, destroyed]
    },
  },
  {
    says: 'an error that nobody listens for is an uncaughtException',
    run: async (world) => {
      const before = process.listeners('uncaughtException')
      process.removeAllListeners('uncaughtException')
      const caught = once(process, 'uncaughtException')
      world.net.connect(9, world.server)
      const [error] = await caught
      for (const listener of before) process.on('uncaughtException', listener)
      return (error as NodeJS.ErrnoException).code
    },
  },
  {
    says: 'lookup: an own one is asked, with the host and the options, and lookup tells what it said',
    run: async (world) => {
      const made = await pair(world)
      const asked: unknown[] = []
      const client = world.net.connect({
        port: made.port,
        host: 'somewhere.test',
        family: 4,
        lookup: (host, options, done) => {
          asked.push([host, options.family, options.all])
          done(null, world.server, 4)
        },
      })
      const log: unknown[] = []
      client.on('lookup', (...values) => log.push(world.general(values.map(valueText))))
      await once(client, 'connect')
      client.destroy()
      await over(made)
      return [asked, log]
    },
  },
  {
    says: 'lookup that fails is the socket’s error',
    run: async ({ net }) => {
      const client = net.connect({
        port: 80,
        host: 'nowhere.test',
        lookup: (_host, _options, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), '', 4),
      })
      const log = eventLog(client, ['lookup', 'close'])
      const [error] = await once(client, 'error')
      await once(client, 'close')
      return [(error as NodeJS.ErrnoException).code, log]
    },
  },
  {
    says: 'autoSelectFamily tries the addresses in turn: the first refuses, the second answers',
    run: async (world) => {
      const made = await pair(world)
      const client = world.net.connect({
        port: made.port,
        host: 'both.test',
        autoSelectFamily: true,
        lookup: (_host, _options, done) =>
          (done as unknown as (error: null, addresses: unknown) => void)(null, [
            { address: world.server6, family: 6 },
            { address: world.server, family: 4 },
          ]),
      })
      const log: unknown[] = []
      client.on('connectionAttempt', (address, _port, family) => log.push(['attempt', world.general(address), family]))
      client.on('connectionAttemptFailed', (address, _port, family, error) =>
        log.push(['failed', world.general(address), family, (error as NodeJS.ErrnoException).code]),
      )
      await once(client, 'connect')
      const tried = client.autoSelectFamilyAttemptedAddresses?.length
      client.destroy()
      await over(made)
      return [log, tried]
    },
  },
  {
    says: 'autoSelectFamily where all refuse: an AggregateError with the first one’s code',
    run: async (world) => {
      const client = world.net.connect({
        port: 9,
        host: 'both.test',
        autoSelectFamily: true,
        lookup: (_host, _options, done) =>
          (done as unknown as (error: null, addresses: unknown) => void)(null, [
            { address: world.server6, family: 6 },
            { address: world.server, family: 4 },
          ]),
      })
      const [error] = (await once(client, 'error')) as [AggregateError & { code: string }]
      return [error.name, error.code, error.errors.map((each: NodeJS.ErrnoException) => each.code)]
    },
  },
]
