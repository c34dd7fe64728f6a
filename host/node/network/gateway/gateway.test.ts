/** TCP through a gateway: what a host of the lab reaches of this computer's own servers, on loopback, where that is allowed. */
import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import {
  CLIENT_ADDRESSES,
  closeAfterEach,
  closedPort,
  closeLater,
  FAMILIES,
  GATEWAY_ADDRESS,
  gatewayScene,
  LOOPBACK_ADDRESS,
  systemServer,
} from '../../../../test/support/gateway-scene.js'
import type { GatewayStatus } from '../../../network/gateway/gateway-status.js'
import { startGateway } from './start-gateway.js'

closeAfterEach()

const sha = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex')
const octets = (count: number) => Uint8Array.from({ length: count }, (_, at) => (at * 7 + (at >> 8)) & 0xff)
const dropped = ({ dropped: counted }: GatewayStatus) => counted

function allOf(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    socket.on('data', (part: Buffer) => parts.push(part))
    socket.on('end', () => resolve(Buffer.concat(parts)))
    socket.on('error', reject)
  })
}

describe.each(FAMILIES)('a TCP connection of %s to a server that is listed', (family) => {
  const listed = (port: number) => ({ allow: [`[${LOOPBACK_ADDRESS[family]}]:${port}`] })

  it('has both directions, and one ends before the other (half-close)', async () => {
    const port = await systemServer(LOOPBACK_ADDRESS[family], (socket) => {
      void allOf(socket).then((heard) => socket.end(`heard ${heard}`))
    })
    const { client, gateway, lab } = await gatewayScene(listed(port))
    const socket = await client.socket(family, 'stream').connect({ address: GATEWAY_ADDRESS[family], port })
    const [open] = gateway.status().conversations
    const { address, port: own } = socket.localEndpoint()
    expect(open.board).toBe(family === 'ipv4' ? `${address}:${own}` : `[${address}]:${own}`)
    expect(open).toMatchObject({ protocol: 'tcp', state: 'SYN-RECEIVED' })
    await socket.write('hello')
    await lab.run({ until: () => gateway.status().conversations[0].state === 'ESTABLISHED' })
    socket.shutdown('write')
    expect(Buffer.from(await socket.readAll()).toString()).toBe('heard hello')
    socket.close()
    await lab.run({ until: () => gateway.status().conversations.length === 0 })
    expect(gateway.status()).toMatchObject({ counters: { begun: 1 }, dropped: {} })
  })

  it('is refused by a reset where nobody has the port (ECONNREFUSED)', async () => {
    const port = await closedPort(LOOPBACK_ADDRESS[family])
    const { client, gateway } = await gatewayScene(listed(port))
    await expect(client.socket(family, 'stream').connect({ address: GATEWAY_ADDRESS[family], port })).rejects.toThrow(
      'ECONNREFUSED',
    )
    expect(dropped(gateway.status())).toEqual({ 'connection refused outside': 1 })
    expect(gateway.status().conversations).toEqual([])
  })

  it('is reset where the server resets it, and resets the server where the client does', async () => {
    const resets: Promise<string>[] = []
    const port = await systemServer(LOOPBACK_ADDRESS[family], (socket) => {
      resets.push(
        new Promise((resolve) => socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))),
      )
      socket.once('data', (said) => {
        if (`${said}` === 'reset me') socket.resetAndDestroy()
        else socket.write('go on')
      })
    })
    const { client, gateway, lab } = await gatewayScene(listed(port))
    const to = { address: GATEWAY_ADDRESS[family], port }
    const theirs = await client.socket(family, 'stream').connect(to)
    await theirs.write('reset me')
    await expect(theirs.read()).rejects.toThrow('ECONNRESET')
    const ours = await client.socket(family, 'stream').connect(to)
    await ours.write('I shall')
    expect(Buffer.from(await ours.read()).toString()).toBe('go on')
    ours.setOption('linger', 0)
    ours.close()
    expect(await resets[1]).toBe('ECONNRESET')
    await lab.run({ until: () => gateway.status().conversations.length === 0 })
  })
})

it('2 MB go both ways, whole, and those that the board does not take wait outside: memory stays within its bound', async () => {
  const sent = octets(2_000_000)
  let server: Socket | undefined
  const port = await systemServer('127.0.0.1', (socket) => {
    server = socket
    socket.end(sent)
  })
  const limit = 32_768
  const { client, gateway, lab, host } = await gatewayScene({
    allow: [`127.0.0.1:${port}`],
    limits: { waiting: limit },
  })
  const socket = await client.socket('ipv4', 'stream').connect({ address: GATEWAY_ADDRESS.ipv4, port })
  const writing = socket.write(sent).then(() => socket.shutdown('write'))
  // Nobody reads at either end: what is under way stands in buffers of the stacks, of the gateway and of the system.
  const toBoard = () => gateway.status().conversations[0].toBoard
  for (let last = -1; toBoard() !== last; ) {
    last = toBoard()
    await lab.run({ for: 300 * MILLISECOND })
  }
  expect(toBoard()).toBeLessThan(sent.length)
  const [read, , outside] = await Promise.all([socket.readAll(), writing, allOf(server!)])
  expect(host.stack.memory.snapshot().peak).toBeLessThan(6 * limit)
  expect([sha(read), sha(outside)]).toEqual([sha(sent), sha(sent)])
  await lab.run({ until: () => gateway.status().conversations.length === 0 })
  expect(dropped(gateway.status())).toEqual({})
})

it('a silent connection is forgotten after its time, and both ends are told', async () => {
  let ended: Promise<string> | undefined
  const port = await systemServer('127.0.0.1', (socket) => {
    ended = new Promise((resolve) => socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? '')))
  })
  const { client, gateway } = await gatewayScene({ allow: [`127.0.0.1:${port}`], limits: { idleSeconds: 1 } })
  const socket = await client.socket('ipv4', 'stream').connect({ address: GATEWAY_ADDRESS.ipv4, port })
  await expect(socket.read()).rejects.toThrow('ECONNRESET')
  expect(await ended).toBe('ECONNRESET')
  expect(dropped(gateway.status())).toEqual({ 'silent connection': 1 })
})

it('more connections than there may be wait, and one takes the place of one that ended', async () => {
  const port = await systemServer('127.0.0.1', (socket) => socket.resume())
  const { client, gateway } = await gatewayScene({ allow: [`127.0.0.1:${port}`], limits: { connections: 2 } })
  const to = { address: GATEWAY_ADDRESS.ipv4, port }
  const [first] = [await client.socket('ipv4', 'stream').connect(to), await client.socket('ipv4', 'stream').connect(to)]
  const third = client.socket('ipv4', 'stream').connect(to)
  first.setOption('linger', 0)
  await client.time.until(() => (dropped(gateway.status())['too many connections'] ?? 0) > 0)
  first.close()
  await third
  expect(gateway.status().conversations).toHaveLength(2)
})

describe('a port forward', () => {
  it('leads from this computer’s loopback to the board, and is on loopback unless it is told', async () => {
    const { client, gateway, lab } = await gatewayScene({ forward: [`0:${CLIENT_ADDRESSES.ipv4}:7`] })
    client.services.start('echo')
    const [forward] = gateway.forwards
    const [, port] = /^tcp:127\.0\.0\.1:(\d+):192\.168\.7\.2:7$/.exec(forward)!
    const socket = closeDestroyed(connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }))
    socket.end('through the wall')
    expect(`${await allOf(socket)}`).toBe('through the wall')
    await lab.run({ until: () => gateway.status().forwards[0].open === 0 })
    expect(gateway.status()).toMatchObject({ counters: { forwarded: 1 }, dropped: {} })
  })

  it('leads to a board by IPv6, in brackets', async () => {
    const { client, gateway } = await gatewayScene({ forward: [`[::1]:0:[${CLIENT_ADDRESSES.ipv6}]:7`] })
    client.services.start('echo')
    const [, port] = /^tcp:\[::1\]:(\d+):/.exec(gateway.forwards[0])!
    const socket = closeDestroyed(connect({ port: Number(port), host: '::1', allowHalfOpen: true }))
    socket.end('six')
    expect(`${await allOf(socket)}`).toBe('six')
  })

  it('is reset where the board has nobody on the port', async () => {
    const { gateway } = await gatewayScene({ forward: [`0:${CLIENT_ADDRESSES.ipv4}:9999`] })
    const [, port] = /^tcp:127\.0\.0\.1:(\d+):/.exec(gateway.forwards[0])!
    const socket = closeDestroyed(connect(Number(port), '127.0.0.1'))
    await expect(allOf(socket)).rejects.toThrow('ECONNRESET')
  })

  it('takes so many at a time, slow or silent ones too, and resets the rest', async () => {
    const { client, gateway, lab } = await gatewayScene({
      forward: [`0:${CLIENT_ADDRESSES.ipv4}:7`],
      limits: { forwarded: 3 },
    })
    client.services.start('echo')
    const [, port] = /^tcp:127\.0\.0\.1:(\d+):/.exec(gateway.forwards[0])!
    const silent = [1, 2, 3].map(() => closeDestroyed(connect(Number(port), '127.0.0.1')))
    await lab.run({ until: () => gateway.status().forwards[0].open === silent.length })
    await expect(allOf(closeDestroyed(connect(Number(port), '127.0.0.1')))).rejects.toThrow('ECONNRESET')
    expect(dropped(gateway.status())).toEqual({ 'too many connections of a forward': 1 })
    silent[0].resetAndDestroy()
    await lab.run({ until: () => gateway.status().forwards[0].open === 2 })
    const next = closeDestroyed(connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }))
    next.end('now')
    expect(`${await allOf(next)}`).toBe('now')
  })

  it('that cannot listen says so, and leaves nothing open', async () => {
    const taken = await systemServer('127.0.0.1', () => {})
    await expect(gatewayScene({ forward: ['0:80', `${taken}:80`] })).rejects.toThrow(
      `cannot listen on tcp 127.0.0.1:${taken} (EADDRINUSE)`,
    )
  })
})

it('time passes with the wall clock while the gateway is open, and as before afterwards', async () => {
  const { lab, gateway } = await gatewayScene()
  expect(lab.pace.speed).toBe(1)
  gateway.close()
  expect(lab.pace.speed).toBe(Number.POSITIVE_INFINITY)
  // A minute is over at once.
  const began = Date.now()
  await lab.run({ for: 60 * SECOND })
  expect(Date.now() - began).toBeLessThan(60_000)
})

it('an option that there is not is refused by its name', async () => {
  const { host, gateway } = await gatewayScene()
  gateway.close()
  await expect(startGateway(host, { forwards: [] } as never)).rejects.toThrow('there is no option "forwards"')
  await expect(startGateway(host, { allow: ['10.0.0.0/33'] })).rejects.toThrow(
    '"10.0.0.0/33" is nothing that can be allowed',
  )
})

function closeDestroyed(socket: Socket): Socket {
  closeLater({ close: () => socket.destroy() })
  return socket
}
