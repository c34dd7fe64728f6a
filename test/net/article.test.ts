/**
 * Sockets as an article would describe them: a server on a lab host, a client on a board, and between them everything that is
 * on a desk: the board's controller with its state chart, the ENC28J60 on its SPI wires, cables, a hub.
 */
import { describe, expect, it } from 'vitest'
import { printFrame } from '../../firmware/net/wire/print.js'
import { createLab, type LabPeer, SECOND } from '../../host/index.js'

/** A board and a host on a hub, the link up. */
async function desk(seed = 7) {
  const lab = createLab({ seed })
  const board = lab.addBoard('mega2560', { address: '192.168.7.2/24' })
  const peer = lab.addHost({ address: '192.168.7.1/24' })
  const hub = lab.addHub()
  lab.connect(board.port, hub.ports[0], { length: 20 })
  lab.connect(peer.port, hub.ports[1])
  await lab.run({ until: () => board.state.matches({ on: { link: 'up' } }) && peer.network.linkUp, for: 5 * SECOND })
  return { lab, board, peer }
}

/** What the peer's interface sees, in tcpdump's manner, without the times. */
function traceOf(peer: LabPeer): string[] {
  const lines: string[] = []
  peer.network.onTrace((direction, frame) => lines.push(`${direction === 'in' ? '<' : '>'} ${printFrame(frame)}`))
  return lines
}

const text = (octets: Uint8Array) => new TextDecoder().decode(octets)

describe('sockets between a host and a board', () => {
  it('create, bind, listen, accept, connect, read, write, close', async () => {
    const { lab, board, peer } = await desk()
    const trace = traceOf(peer)

    const server = peer.socket('ipv4', 'stream')
    server.bind({ address: '0.0.0.0', port: 4000 })
    server.listen()

    const client = board.socket('ipv4', 'stream')
    const [accepted] = await Promise.all([server.accept(), client.connect({ address: '192.168.7.1', port: 4000 })])
    expect(accepted.remoteEndpoint()).toEqual(client.localEndpoint())

    await client.write('hello from the board')
    expect(text(await accepted.readExactly(20))).toBe('hello from the board')
    await accepted.write('and hello from the host')
    expect(text(await client.readExactly(23))).toBe('and hello from the host')

    client.close()
    expect(await accepted.read()).toHaveLength(0)
    accepted.close()
    server.close()
    await lab.run({ for: 120 * SECOND })

    // The three-way handshake (RFC 9293 3.5), after the board asked who has the address.
    const segments = trace.filter((line) => line.includes('4000'))
    expect(segments[0]).toMatch(/^< .*Flags \[S\]/)
    expect(segments[1]).toMatch(/^> .*Flags \[S\.\]/)
    expect(segments[2]).toMatch(/^< .*Flags \[\.\]/)
    // Nothing is left behind: no memory, no connection.
    for (const { stack } of [board, peer]) {
      expect([...stack.tcp.connections]).toEqual([])
      expect(stack.memory.used).toBe(0)
    }
  })

  it('datagrams, with where each came from', async () => {
    const { board, peer } = await desk()
    const server = board.socket('ipv4', 'datagram').bind({ address: '0.0.0.0', port: 5000 })
    const client = peer.socket('ipv4', 'datagram')
    await client.sendTo('ping?', { address: '192.168.7.2', port: 5000 })
    const { data, from } = await server.receiveFrom()
    expect([text(data), from.address]).toEqual(['ping?', '192.168.7.1'])
    await server.sendTo('pong!', from)
    expect(text(await client.read())).toBe('pong!')
  })

  it('a server on the board serves several clients at once, each as if it were alone', async () => {
    const { board, peer } = await desk()
    const server = board.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 4000 }).listen()
    const serving = (async () => {
      for await (const client of server.connections())
        void (async () => {
          for await (const part of client) await client.write(text(part).toUpperCase())
          client.close()
        })()
    })()
    const ask = async (what: string) => {
      const socket = peer.socket('ipv4', 'stream')
      await socket.connect({ address: '192.168.7.2', port: 4000 })
      await socket.write(what)
      socket.shutdown('write')
      const answer = text(await socket.readAll())
      socket.close()
      return answer
    }
    expect(await Promise.all(['one', 'two', 'three'].map(ask))).toEqual(['ONE', 'TWO', 'THREE'])
    server.close()
    await serving
  })

  it('the same seed gives the same frames at the same times', async () => {
    const run = async (seed: number) => {
      const { lab, board, peer } = await desk(seed)
      const frames: string[] = []
      peer.network.onTrace((direction, frame) => frames.push(`${lab.now} ${direction} ${printFrame(frame)}`))
      const server = peer.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 4000 }).listen()
      const client = board.socket('ipv4', 'stream')
      const [accepted] = await Promise.all([server.accept(), client.connect({ address: '192.168.7.1', port: 4000 })])
      await Promise.all([client.write(new Uint8Array(5000).fill(65)), accepted.readExactly(5000)])
      return frames
    }
    const first = await run(3)
    expect(first.length).toBeGreaterThan(8)
    expect(await run(3)).toEqual(first)
    expect(await run(4)).not.toEqual(first)
  })
})

describe('what can go wrong', () => {
  const codeOf = async (call: Promise<unknown>) => {
    try {
      await call
    } catch (error) {
      return (error as Error).message
    }
    return 'nothing'
  }

  it('nobody listens, nobody is there, or there is no way', async () => {
    const { peer } = await desk()
    const connect = (address: string) => peer.socket('ipv4', 'stream').connect({ address, port: 99 })
    expect(await codeOf(connect('192.168.7.2'))).toMatch(
      /^ECONNREFUSED: connect 192\.168\.7\.2:99: .*; start the server/,
    )
    expect(await codeOf(connect('192.168.7.77'))).toMatch(/^EHOSTUNREACH: connect 192\.168\.7\.77:99: /)
    expect(await codeOf(connect('10.0.0.1'))).toMatch(/^ENETUNREACH: /)
  })

  it('a call that nothing can complete is rejected, not kept for ever', async () => {
    const { lab, peer } = await desk()
    const server = peer.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 4000 }).listen()
    server.timeLimit = 5 * SECOND
    const before = lab.now
    expect(await codeOf(server.accept())).toMatch(/^accept on host 0\.0\.0\.0:4000: nothing came within 5 s/)
    expect(lab.now - before).toBe(5 * SECOND)
  })

  it('the address is taken', async () => {
    const { peer } = await desk()
    peer.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 4000 }).listen()
    const second = peer.socket('ipv4', 'stream')
    expect(() => second.bind({ address: '192.168.7.1', port: 4000 })).toThrow(/^EADDRINUSE: bind 192\.168\.7\.1:4000/)
  })

  it('the board loses its supply in the middle of it', async () => {
    const { board, peer } = await desk()
    const server = board.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 4000 }).listen()
    const client = peer.socket('ipv4', 'stream').setOption('userTimeout', 20 * SECOND)
    const [accepted] = await Promise.all([server.accept(), client.connect({ address: '192.168.7.2', port: 4000 })])
    board.powerOff()
    expect(await codeOf(accepted.read())).toMatch(/^(ECONNABORTED|ECONNRESET)/)
    await client.write('is anybody there?')
    expect(await codeOf(client.read())).toMatch(/^(ETIMEDOUT|EHOSTUNREACH)/)
  })
})
