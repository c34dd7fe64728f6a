import { createServer, type Server, type Socket } from 'node:net'
import type { SerialPortStream } from '@serialport/stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { Framing } from '../../boards/rs232/framing.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { TargetError } from './errors.js'
import type { ControlledLine } from './memory-binding.js'
import { openNetworkPort, Rfc2217Binding } from './rfc2217-port.js'
import { Rfc2217Server } from './rfc2217-server.js'

const closers: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A line that notes what is done to it, and answers nothing. */
class NotedLine implements ControlledLine {
  baud = 9600
  pending = 0
  framing: Framing = { dataBits: 8, parity: 'none', stopBits: 1 }
  readonly written: number[] = []
  readonly breaks: boolean[] = []
  onReceive: ControlledLine['onReceive']
  setBaud(baud: number): void {
    this.baud = baud
  }
  setFraming(framing: Framing): void {
    this.framing = framing
  }
  setBreak(on: boolean): void {
    this.breaks.push(on)
  }
  write(octets: Uint8Array): void {
    this.written.push(...octets)
  }
}

async function served() {
  const line = new NotedLine()
  let resets = 0
  const clock = new Scheduler()
  const server = await Rfc2217Server.listen({
    line,
    clock,
    enter: (input) => input(),
    onDtr: () => resets++,
    host: '127.0.0.1',
    port: 0,
  })
  closers.push(() => server.close())
  const tcpPort = Number(server.url.split(':').at(-1))
  return { line, clock, server, tcpPort, resets: () => resets }
}

async function opened(tcpPort: number, baud = 115_200) {
  const { port, counters } = await openNetworkPort('127.0.0.1', tcpPort, baud)
  closers.push(() => new Promise<void>((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())))
  return { port, counters }
}

function call(ask: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => ask((error) => (error ? reject(error) : resolve())))
}

function take(port: SerialPortStream, count: number): Promise<number[]> {
  return new Promise((resolve) => {
    const got: number[] = []
    const listener = (chunk: Buffer): void => {
      got.push(...chunk)
      if (got.length < count) return
      port.off('data', listener)
      resolve(got)
    }
    port.on('data', listener)
  })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}

describe('a serial port across a network (RFC 2217)', () => {
  it('carries every octet both ways, 255 too, and sets the port as asked', async () => {
    const { line, tcpPort } = await served()
    const { port } = await opened(tcpPort, 250_000)
    expect(line.baud).toBe(250_000)
    const all = Array.from({ length: 512 }, (_, i) => i & 0xff)
    await call((done) => port.write(Buffer.from(all), done))
    await until(() => line.written.length >= 512)
    expect(line.written).toEqual(all)
    const reading = take(port, 512)
    line.onReceive?.(Uint8Array.from(all))
    expect(await reading).toEqual(all)
  })

  it('carries a megabyte in order, both ways at once, through a slow reader', async () => {
    const { line, tcpPort, server } = await served()
    const { port } = await opened(tcpPort)
    const random = new SeededRandom(3)
    const up = Buffer.from(Array.from({ length: 1 << 20 }, () => random.below(256)))
    const down = Uint8Array.from({ length: 1 << 19 }, () => random.below(256))
    const writing = call((done) => port.write(up, done))
    const got: number[] = []
    port.on('data', (chunk: Buffer) => {
      got.push(...chunk)
      port.pause()
      setTimeout(() => port.resume(), 1)
    })
    for (let at = 0; at < down.length; at += 4096) {
      line.onReceive?.(down.slice(at, at + 4096))
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await writing
    await until(() => line.written.length === up.length)
    expect(Buffer.from(line.written).equals(up)).toBe(true)
    await until(() => got.length + server.counters.unreadOctets >= down.length)
    expect(server.counters.unreadOctets).toBe(0)
    expect(Buffer.from(got).equals(Buffer.from(down))).toBe(true)
  })

  it('changes the rate after what was written before it, and says which rate the port has', async () => {
    const { line, tcpPort } = await served()
    const { port } = await opened(tcpPort)
    await call((done) => port.write(Buffer.of(1, 2, 3), done))
    await call((done) => port.drain(done))
    expect(line.written).toEqual([1, 2, 3])
    await call((done) => port.update({ baudRate: 500_000 }, done))
    expect(line.baud).toBe(500_000)
    expect(await port.port?.getBaudRate()).toEqual({ baudRate: 500_000 })
  })

  it('takes a rate the server does not set for an error that names both', async () => {
    const { tcpPort, line } = await served()
    const { port } = await opened(tcpPort)
    await expect(call((done) => port.update({ baudRate: 200 }, done))).rejects.toThrow(
      /does not set 200 baud \(its port is at 115200\)/,
    )
    expect(line.baud).toBe(115_200)
  })

  it('sets framing, and break', async () => {
    const { tcpPort, line } = await served()
    const binding = new Rfc2217Binding('127.0.0.1', tcpPort)
    const path = `rfc2217://127.0.0.1:${tcpPort}`
    const port = await binding.open({ path, baudRate: 1200, dataBits: 7, parity: 'even', stopBits: 2 })
    closers.push(() => port.close())
    expect(line.framing).toEqual({ dataBits: 7, parity: 'even', stopBits: 2 })
    await port.set({ brk: true })
    await port.set({ brk: false })
    expect(line.breaks).toEqual([true, false])
  })

  it('resets the board when DTR goes on, and not by merely connecting', async () => {
    const { tcpPort, resets } = await served()
    const { port } = await opened(tcpPort)
    expect(resets()).toBe(0)
    await call((done) => port.set({ dtr: false, rts: false }, done))
    expect(resets()).toBe(0)
    await call((done) => port.set({ dtr: true, rts: true }, done))
    expect(resets()).toBe(1)
  })

  it('counts what the server says of errors on the line', async () => {
    const { tcpPort, line } = await served()
    const { port, counters } = await opened(tcpPort)
    const reading = take(port, 3)
    line.onReceive?.(Uint8Array.of(1, 2, 3), Uint8Array.of(0, 1, 4)) // framing, parity (firmware/hal/serial-line.ts)
    await reading
    await until(() => counters.framingErrors > 0)
    expect(counters).toMatchObject({ framingErrors: 1, parityErrors: 1, overruns: 0 })
  })

  it('makes a client wait that is faster than the line, and loses nothing', async () => {
    const { tcpPort, line, clock } = await served()
    const { port } = await opened(tcpPort)
    line.pending = 100_000
    const octets = Buffer.from(Array.from({ length: 4 << 20 }, (_, i) => (i * 7) & 0xff))
    let done = false
    const writing = call((settle) => port.write(octets, settle)).then(() => {
      done = true
    })
    await new Promise((resolve) => setTimeout(resolve, 300))
    const waiting = line.written.length
    expect(waiting).toBeLessThan(octets.length / 2)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(line.written.length).toBe(waiting)
    line.pending = 0
    clock.runFor(1_000_000_000)
    await writing
    expect(done).toBe(true)
    await until(() => line.written.length === octets.length)
    expect(Buffer.from(line.written).equals(octets)).toBe(true)
  })

  it('lets one client in at a time, and tells the other why', async () => {
    const { tcpPort, server } = await served()
    const { port } = await opened(tcpPort)
    await expect(openNetworkPort('127.0.0.1', tcpPort, 9600)).rejects.toThrow(
      /closed the connection, saying “the port is in use”/,
    )
    expect(server.counters.refused).toBe(1)
    await call((done) => port.close(done))
    await opened(tcpPort)
  })

  it('is a lost port when the server goes away', async () => {
    const { tcpPort, server } = await served()
    const { port } = await opened(tcpPort)
    const closed = new Promise((resolve) => port.once('close', resolve))
    port.resume()
    server.close()
    expect(await closed).toBeInstanceOf(Error)
  })
})

/** Something that listens and is no RFC 2217 server. */
async function listener(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    answer(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const attempt = (tcpPort: number) => openNetworkPort('127.0.0.1', tcpPort, 9600)

const IAC = 255
const WONT = 252
const DO = 253
const DONT = 254

describe('what is no RFC 2217 server is told apart', () => {
  it('nobody listens', async () => {
    const tcpPort = await listener(() => {})
    await closers.pop()?.()
    await expect(attempt(tcpPort)).rejects.toThrow(/127\.0\.0\.1 refused the connection; nothing listens on its port/)
    await expect(attempt(tcpPort)).rejects.toBeInstanceOf(TargetError)
  })

  it('a host that does not exist', async () => {
    await expect(openNetworkPort('no-such-host.invalid', 2217, 9600)).rejects.toThrow(
      /there is no host named no-such-host\.invalid/,
    )
  })

  it('raw TCP that says something', async () => {
    const tcpPort = await listener((socket) => socket.write('220 mail.example ESMTP\r\n'))
    await expect(attempt(tcpPort)).rejects.toThrow(
      /no answer to RFC 2217 within 3 s, saying “220 mail\.example ESMTP”: what listens there does not speak Telnet/,
    )
  })

  it('raw TCP that echoes', async () => {
    const tcpPort = await listener((socket) => socket.pipe(socket))
    await expect(attempt(tcpPort)).rejects.toThrow(/no sound answer to SET-BAUDRATE/)
  })

  it('Telnet that has not this option', async () => {
    const tcpPort = await listener((socket) => {
      socket.write('login: ')
      socket.on('data', (octets) => {
        for (let at = 0; at + 2 < octets.length; at += 3) {
          socket.write(Buffer.of(IAC, octets[at + 1] === DO ? WONT : DONT, octets[at + 2]))
        }
      })
    })
    await expect(attempt(tcpPort)).rejects.toThrow(/Telnet without RFC 2217: it refuses COM-PORT-OPTION/)
  })

  it('a server that refuses binary transmission', async () => {
    const tcpPort = await listener((socket) => {
      socket.write(Buffer.of(IAC, DONT, 0, IAC, DO, 44))
    })
    await expect(attempt(tcpPort)).rejects.toThrow(/refuses binary transmission/)
  })

  it('a server that hangs up', async () => {
    const tcpPort = await listener((socket) => socket.end('go away'))
    await expect(attempt(tcpPort)).rejects.toThrow(/closed the connection, saying “go away”/)
  })
})

describe('hostile octets', () => {
  const hostile = (random: SeededRandom): Buffer => {
    const octets: number[] = []
    for (let i = 0; i < 40; i++) {
      const kind = random.below(4)
      if (kind === 0) octets.push(IAC, 250 + random.below(6), random.below(48))
      else if (kind === 1)
        octets.push(
          IAC,
          250,
          44,
          random.below(115),
          ...Array.from({ length: random.below(6) }, () => random.below(256)),
          IAC,
          240,
        )
      else if (kind === 2) octets.push(...Array.from({ length: random.below(20) }, () => random.below(256)))
      else octets.push(IAC, 250, random.below(256))
    }
    return Buffer.from(octets)
  }

  it('a client that sends them is served, or dropped, and the next one finds a sound port (60 seeds)', async () => {
    const { tcpPort, server } = await served()
    const { connect } = await import('node:net')
    for (let seed = 1; seed <= 60; seed++) {
      const random = new SeededRandom(seed)
      await new Promise<void>((resolve) => {
        const socket = connect(tcpPort, '127.0.0.1', () => {
          socket.resume()
          socket.write(hostile(random))
          if (random.below(2)) socket.end(hostile(random))
          else setTimeout(() => socket.destroy(), 2)
        })
        socket.on('error', () => {})
        socket.on('close', () => resolve())
      })
    }
    expect(server.counters.clients + server.counters.refused).toBe(60)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const { port } = await opened(tcpPort, 57_600)
    expect(await port.port?.getBaudRate()).toEqual({ baudRate: 57_600 })
  })

  it('a client that asks and never reads the answers is dropped', async () => {
    const { tcpPort, server } = await served()
    const { connect } = await import('node:net')
    const questions = Buffer.concat(Array.from({ length: 20_000 }, () => Buffer.of(IAC, 250, 44, 7, IAC, 240)))
    await new Promise<void>((resolve) => {
      const socket = connect(tcpPort, '127.0.0.1', () => {
        socket.pause()
        const ask = (): void => {
          if (!socket.destroyed) socket.write(questions, () => setImmediate(ask))
        }
        ask()
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve())
    })
    await until(() => server.counters.clients === 1)
    await opened(tcpPort)
  })

  it('a server that sends them is refused as no server, or opened, and nothing else happens (40 seeds)', async () => {
    let seed = 0
    const tcpPort = await listener((socket) => {
      const random = new SeededRandom(++seed)
      socket.on('data', () => socket.write(hostile(random)))
      socket.write(hostile(random))
      setTimeout(() => socket.destroy(), 30)
    })
    for (let i = 0; i < 40; i++) {
      const outcome = await attempt(tcpPort).catch((error: unknown) => error)
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(TargetError)
        continue
      }
      const { port } = outcome as Awaited<ReturnType<typeof attempt>>
      await new Promise<void>((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()))
    }
  })
})
