import { readFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { SerialPortStream } from '@serialport/stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { SerialFraming } from '../../../boards/rs232/framing.js'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { Scheduler } from '../../../boards/simulation/scheduler.js'
import { type Clock, SECOND } from '../../../firmware/hal/clock.js'
import { TargetError } from '../../errors/errors.js'
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
  #pending = 0
  framing: SerialFraming = { dataBits: 8, parity: 'none', stopBits: 1 }
  readonly written: number[] = []
  readonly breaks: boolean[] = []
  handleOctets: ControlledLine['handleOctets']
  get pending(): number {
    return this.#pending
  }
  set pending(octets: number) {
    this.#pending = octets
  }
  setBaud(baud: number): void {
    this.baud = baud
  }
  setFraming(framing: SerialFraming): void {
    this.framing = framing
  }
  setBreak(on: boolean): void {
    this.breaks.push(on)
  }
  write(octets: Uint8Array): void {
    for (const octet of octets) this.written.push(octet)
  }
}

/** A line that sends what it is given at its rate, ten bits an octet. */
class SlowLine extends NotedLine {
  #idleAt = 0
  constructor(readonly clock: Clock) {
    super()
    this.baud = 300
  }
  override get pending(): number {
    return Math.max(0, Math.ceil(((this.#idleAt - this.clock.now) * this.baud) / (10 * SECOND)))
  }
  override write(octets: Uint8Array): void {
    super.write(octets)
    this.#idleAt = Math.max(this.#idleAt, this.clock.now) + (octets.length * 10 * SECOND) / this.baud
  }
}

/** A client of sockets and octets, which knows nothing of Telnet. */
async function raw(tcpPort: number, allowHalfOpen = false): Promise<Socket> {
  const socket = connect({ port: tcpPort, host: '127.0.0.1', allowHalfOpen })
  closers.push(() => {
    socket.destroy()
  })
  socket.on('error', () => {}).resume()
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  return socket
}

async function served(lineOn: (clock: Clock) => NotedLine = () => new NotedLine()) {
  let resets = 0
  const clock = new Scheduler()
  const line = lineOn(clock)
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
    line.handleOctets?.(Uint8Array.from(all))
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
      line.handleOctets?.(down.slice(at, at + 4096))
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
    line.handleOctets?.(Uint8Array.of(1, 2, 3), Uint8Array.of(0, 1, 4)) // framing, parity (firmware/hal/serial-line.ts)
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

/** IAC SB COM-PORT-OPTION SET-BAUDRATE 9600 IAC SE (RFC 2217 3). */
const BAUD_9600 = Buffer.of(255, 250, 44, 1, 0, 0, 0x25, 0x80, 255, 240)

describe('a client of a port across a network that goes away', () => {
  /** Lets virtual time pass, and the sockets have their turns, until it is so. */
  async function passes(clock: Scheduler, condition: () => boolean): Promise<void> {
    while (!condition()) {
      clock.runFor(SECOND)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  it.each([
    ['22 kB', 11, 2_000],
    ['more than is kept for it, so that it is made to wait', 200, 2_000],
  ])('takes with it what it queued, octets and rates: %s', async (_, pieces, size) => {
    const { server, line, clock, tcpPort } = await served((clock) => new SlowLine(clock))
    const client = await raw(tcpPort)
    const piece = Buffer.concat([Buffer.alloc(size, 0x55), BAUD_9600])
    for (let at = 0; at < pieces; at++) client.write(piece)
    await until(() => server.counters.octetsReceived >= 16_384)
    client.destroy()
    const next = await raw(tcpPort)
    let accepted = false
    next.once('data', (octets: Buffer) => {
      accepted = octets[0] === 255 // Telnet, and no refusal
    })
    let refused = 0
    while (!accepted) {
      const another = await raw(tcpPort)
      another.once('data', (octets: Buffer) => {
        accepted ||= octets[0] === 255
        if (octets[0] !== 255) refused++
      })
      const asked = refused
      await passes(clock, () => accepted || refused > asked || another.destroyed)
    }
    // 30 octets a second went on the line while it was found out
    const { length } = line.written
    expect(length).toBeLessThan(1_000)
    clock.runFor(3_600 * SECOND)
    expect(line.written).toHaveLength(length)
    expect(line.baud).toBe(300)
  })

  it('has no more kept for it than a bound, and is made to wait by TCP', async () => {
    const { server, tcpPort } = await served((clock) => new SlowLine(clock))
    const client = await raw(tcpPort)
    client.write(Buffer.alloc(8 << 20, 0x55))
    await until(() => server.counters.octetsReceived >= 16_384)
    for (let turn = 0; turn < 300; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(server.counters.octetsReceived).toBeLessThan(16_384 + 2 * 65_536)
    expect(client.writableLength).toBeGreaterThan(0)
  })

  it('cannot have more changes of rate wait than that bound, either', async () => {
    const { server, clock, line, tcpPort } = await served((clock) => new SlowLine(clock))
    const client = await raw(tcpPort)
    client.write(Buffer.alloc(16, 0x55)) // so that the first change waits
    const changes = Buffer.concat(Array.from({ length: 100_000 }, () => BAUD_9600))
    for (let at = 0; at < 8; at++) client.write(changes)
    await until(() => server.counters.octetsReceived === 16)
    for (let turn = 0; turn < 1_000; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(client.writableLength).toBeGreaterThan(changes.length)
    expect(line.baud).toBe(300)
    clock.runFor(SECOND)
    expect(line.baud).toBe(9600)
  })

  it('has what it said before a change of rate sent at the rate before, as a UART would', async () => {
    const { server, line, clock, tcpPort } = await served((clock) => new SlowLine(clock))
    const client = await raw(tcpPort)
    client.write(Buffer.concat([Buffer.alloc(30, 1), BAUD_9600, Buffer.alloc(30, 2)]))
    await until(() => server.counters.octetsReceived === 60)
    clock.runFor(0.9 * SECOND)
    expect(line.baud).toBe(300)
    expect(line.written.filter((octet) => octet === 2)).toEqual([])
    clock.runFor(0.2 * SECOND) // 30 octets of 10 bits at 300 baud: 1 s
    expect(line.baud).toBe(9600)
    expect(line.written.filter((octet) => octet === 1)).toHaveLength(30)
    clock.runFor(0.2 * SECOND)
    expect(line.written.filter((octet) => octet === 2)).toHaveLength(30)
  })

  it('leaves the next one a port as it is without anyone: 8N1, no break, DTR on, which presses reset', async () => {
    const { line, tcpPort, resets } = await served()
    const binding = new Rfc2217Binding('127.0.0.1', tcpPort)
    const options = { path: `rfc2217://127.0.0.1:${tcpPort}`, baudRate: 1200 }
    const port = await binding.open({ ...options, dataBits: 7, parity: 'even', stopBits: 2 })
    await port.set({ brk: true, dtr: false })
    await port.close()
    await until(() => resets() === 1)
    expect(line.framing).toEqual({ dataBits: 8, parity: 'none', stopBits: 1 })
    expect(line.breaks.at(-1)).toBe(false)
    const next = await binding.open(options)
    closers.push(() => next.close())
    await next.set({ dtr: false })
    await next.set({ dtr: true })
    expect(resets()).toBe(2)
  })

  it('has octets dropped when it purges what is yet to be sent (RFC 2217 3, PURGE-DATA 2)', async () => {
    const { server, line, clock, tcpPort } = await served((clock) => new SlowLine(clock))
    const client = await raw(tcpPort)
    client.write(Buffer.concat([Buffer.alloc(1_000, 1), Buffer.of(255, 250, 44, 12, 2, 255, 240), Buffer.of(7)]))
    await until(() => server.counters.octetsReceived === 1_001)
    clock.runFor(60 * SECOND)
    expect(line.written.length).toBeLessThan(50)
    expect(line.written.at(-1)).toBe(7)
  })

  it('is asked by TCP whether it is there, when it says nothing (RFC 9293 3.8.4)', async () => {
    const { tcpPort } = await served()
    await raw(tcpPort)
    // /proc/net/tcp (proc(5)): local address and port, state 01 (established), and the timer that runs: 2 is keep-alive
    const own = `0100007F:${tcpPort.toString(16).toUpperCase().padStart(4, '0')}`
    const timerOf = () =>
      readFileSync('/proc/net/tcp', 'utf8')
        .split('\n')
        .map((row) => row.trim().split(/\s+/))
        .find((fields) => fields[1] === own && fields[3] === '01')?.[5]
    await until(() => timerOf()?.startsWith('02:') === true)
  })

  it('and comes second is told why and disconnected, though it does not hang up itself', async () => {
    const { tcpPort, server } = await served()
    await opened(tcpPort)
    const second = await raw(tcpPort, true)
    let said = ''
    second.on('data', (octets: Buffer) => {
      said += octets.toString()
    })
    await new Promise((resolve) => second.once('end', resolve))
    expect(said).toBe('the port is in use\r\n')
    expect(server.counters.refused).toBe(1)
    const closed = new Promise((resolve) => second.once('close', resolve))
    const talk = setInterval(() => second.write('still here'), 20)
    closers.push(() => clearInterval(talk))
    await closed
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
