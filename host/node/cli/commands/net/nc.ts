import { SECOND } from '../../../../../firmware/hal/clock.js'
import { familyOf, type IpEndpoint, unspecified } from '../../../../../firmware/net/ip.js'
import { listeningFamily } from '../../../../../firmware/services/service.js'
import type { DatagramSocket } from '../../../../../firmware/socket/datagram-socket.js'
import type { StreamSocket } from '../../../../../firmware/socket/stream-socket.js'
import { UsageError } from '../../../../errors/errors.js'
import type { ClientWire } from '../../../../network/client-wire.js'
import { connectStream, type HostPort } from '../../../../network/connect.js'
import { checkHost, resolveHost } from '../../../../network/resolve.js'
import type { ArgumentsOf } from '../../arguments.js'
import { Outputs } from '../../outputs.js'
import { printOctets, roomToPrint } from '../../say.js'
import { NetFailure, onWire } from './client.js'
import { Input } from './input.js'
import { runEnd } from './interrupted.js'
import type { NET_NC_COMMAND } from './nc.command.js'
import { learnsNameServers, readNameServer } from './wires.js'

type Given = ArgumentsOf<typeof NET_NC_COMMAND>

/** Octets moved at once. */
const PIECE = 65_536
/** A datagram is sent as it was typed or read, in pieces that fit one frame. */
const DATAGRAM = 1_472
/** UDP has no end: when standard input is over, answers are waited for so long. */
const UDP_TIMEOUT = 2 * SECOND

/** `linkpulse net nc [-l] [-u] HOST PORT`: standard input and output at one end of a connection. */
export async function netNc(given: Given): Promise<number> {
  const listen = given.has('listen')
  const { operands } = given
  if (listen && !given.has('tap')) {
    throw new UsageError('nobody connects to this end of the lab: use -l with --tap and --address')
  }
  if (operands.length === 1 && !listen) throw new UsageError('nc needs a host and a port: linkpulse net nc HOST PORT')
  if (operands.length === 2 && listen) {
    throw new UsageError(`with -l, nc waits on its own address: leave "${operands[0]}" out`)
  }
  if (given.has('ecn') && (listen || given.has('udp')))
    throw new UsageError('--ecn asks the other end of a TCP connection: leave it out with -l and -u')
  const port = readPort(operands[operands.length - 1])
  const [host] = operands
  const server = readNameServer(given)
  if (!listen) checkHost('HOST', host, server, learnsNameServers(given))
  const seconds = given.seconds('wait')
  const timeout = seconds === undefined ? undefined : Math.round(seconds * SECOND)
  const outputs = new Outputs(given)
  const interrupted = runEnd()
  // In the lab, a person who types is waited for by letting time pass as it does outside; a file is read first
  const typing = process.stdin.isTTY === true
  const input = new Input(process.stdin)
  if (!given.has('tap') && !typing) await Promise.race([input.whole(), interrupted.over])
  try {
    await onWire(
      given,
      outputs,
      async (wire) => {
        input.onChange(wire.changed)
        let stopped = false
        void interrupted.over.then(() => {
          stopped = true
          wire.changed()
        })
        const exchange = new Exchange(wire, input, () => stopped, timeout)
        const own = { address: unspecified(listeningFamily(wire.stack)), port }
        if (!given.has('udp')) await exchange.stream(listen ? own : { host, port, server, ecn: given.has('ecn') })
        else if (listen) await exchange.datagrams(own, true)
        else {
          const address = await resolveHost(wire, host, server, () => stopped)
          if (address !== undefined) await exchange.datagrams({ address, port }, false)
        }
      },
      typing,
    )
    return 0
  } finally {
    interrupted.release()
    input.close()
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 0xffff) throw new UsageError(`"${text}" is not a port: give a number from 1 to 65535`)
  return port
}

class Exchange {
  readonly #buffer = new Uint8Array(PIECE)

  constructor(
    private readonly wire: ClientWire,
    private readonly input: Input,
    private readonly stopped: () => boolean,
    private readonly timeout: number | undefined,
  ) {}

  /** @param place of this host, to wait on; or of another, to connect to */
  async stream(place: IpEndpoint | HostPort): Promise<void> {
    const socket =
      'host' in place ? await connectStream(this.wire, place, this.timeout, this.stopped) : await this.#accept(place)
    if (socket === undefined) {
      if (this.stopped()) return
      throw this.#tooLate('the connection was not answered')
    }
    try {
      await this.#copy(socket)
      await this.#drained(socket)
      socket.close()
    } catch (error) {
      socket.abort()
      throw error
    }
  }

  async #accept(endpoint: IpEndpoint): Promise<StreamSocket | undefined> {
    const server = this.wire.stack.socket(familyOf(endpoint.address), 'stream')
    server.onReady(this.wire.changed)
    server.setOption('reuseAddress', true)
    server.bind(endpoint)
    server.listen(1)
    let socket: StreamSocket | undefined
    await this.wire.until(() => {
      socket ??= server.accept()
      return socket !== undefined || this.stopped()
    })
    server.close()
    if (socket !== undefined) socket.onReady(this.wire.changed)
    return socket
  }

  /** Until both directions are at their end. */
  async #copy(socket: StreamSocket): Promise<void> {
    const { input } = this
    let reading = true
    let writing = true
    while ((reading || writing) && !this.stopped()) {
      let moved = false
      if (writing) {
        const piece = input.peek()
        const taken = piece === undefined ? undefined : socket.write(piece)
        if (taken !== undefined) {
          input.take(taken)
          moved = true
        }
        if (input.ended) {
          socket.shutdown('write')
          writing = false
        }
      }
      if (reading) {
        const octets = socket.read(this.#buffer)
        if (octets === 0) reading = false
        else if (octets !== undefined) {
          if (!printOctets(this.#buffer.slice(0, octets))) await roomToPrint()
          moved = true
        }
      }
      if (moved || !(reading || writing)) continue
      await this.#wait(() => {
        const { readable, writable, error } = socket.poll()
        return (
          this.stopped() || (reading && readable) || error || (writing && (input.ended || (writable && input.ready)))
        )
      }, 'nothing has passed')
    }
  }

  /** What was written is on its way; the connection is over when the other end has it. The socket still reports its changes. */
  async #drained(socket: StreamSocket): Promise<void> {
    const { connection } = socket
    if (connection === undefined) return
    const over = () => ['CLOSED', 'TIME-WAIT', 'FIN-WAIT-2'].includes(connection.state) || this.stopped()
    await this.wire.until(over, 60 * SECOND)
  }

  async datagrams(endpoint: IpEndpoint, listen: boolean): Promise<void> {
    const { input, wire } = this
    const socket: DatagramSocket = wire.stack.socket(familyOf(endpoint.address), 'datagram')
    socket.onReady(wire.changed)
    if (listen) socket.bind(endpoint)
    else socket.connect(endpoint)
    let connected = !listen
    let last = wire.clock.now
    for (;;) {
      let moved = false
      const received = socket.receiveFrom(this.#buffer)
      if (received !== undefined) {
        moved = true
        if (!connected) socket.connect(received.from, { from: received.to })
        connected = true
        if (!printOctets(this.#buffer.slice(0, received.length))) await roomToPrint()
      }
      const piece = connected ? input.peek() : undefined
      if (piece !== undefined) {
        const datagram = piece.subarray(0, DATAGRAM)
        if (socket.write(datagram) !== undefined) {
          input.take(datagram.length)
          moved = true
        }
      }
      if (this.stopped()) break
      if (moved) {
        last = wire.clock.now
        continue
      }
      const limit = this.timeout ?? (input.ended && !listen ? UDP_TIMEOUT : undefined)
      if (limit !== undefined && wire.clock.now - last >= limit) break
      await wire.until(
        () => this.stopped() || socket.poll().readable || (connected && input.ready),
        limit === undefined ? undefined : limit - (wire.clock.now - last),
      )
    }
    socket.close()
  }

  #tooLate(what: string): NetFailure {
    return new NetFailure(`${what} for ${(this.timeout ?? 0) / SECOND} s; allow more with --wait SECONDS`)
  }

  async #wait(condition: () => boolean, what: string): Promise<void> {
    if (!(await this.wire.until(condition, this.timeout))) throw this.#tooLate(what)
  }
}
