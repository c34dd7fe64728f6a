/** Where a debugger connects to a program that runs: a TCP port of 127.0.0.1, for one client at a time. */
import { createServer, type Server, type Socket } from 'node:net'
import { AvrTarget } from '../../gdb/avr-target.js'
import { packetOf } from '../../gdb/packet.js'
import { GdbSession } from '../../gdb/session.js'
import { LOOPBACK } from '../host-names.js'
import { listenFor, listeningAt, writeToReader } from '../tcp-listener.js'
import type { Run } from './runner.js'

/** A client that asks and does not read loses its connection at so many octets. */
const MOST_WAITING = 1 << 20
/** What a debugger begins with: an acknowledgement, a packet, Ctrl-C. A request of a browser's begins otherwise, whatever page sends it. */
const FIRST_OCTETS = [0x2b, 0x2d, 0x24, 0x03]
/** Others that wait to be told that there is one already. */
const MOST_REFUSED = 4
/** A text behind E. is shown to the person; it stays without a full stop, as GDB prints it within a line. */
const REFUSAL = 'E.another debugger has this program: quit that one first, or run the program again on another port'

export interface GdbServerListeners {
  /** The debugger ends the program. */
  kill(): void
  /** A second client came. */
  refused(): void
  /** The debugger let the program run on, or its connection ended. */
  gone(): void
}

export class GdbServer {
  /** Connections refused, those that were closed because the client did not read, and those of who is no debugger. */
  readonly counters = { refused: 0, tooSlow: 0, strangers: 0 }
  readonly #server: Server
  readonly #run: Run
  readonly #target: AvrTarget
  readonly #listeners: GdbServerListeners
  #client: { readonly socket: Socket; readonly session: GdbSession } | undefined
  readonly #refused = new Set<Socket>()
  #isOver = false

  private constructor(run: Run, listeners: GdbServerListeners) {
    this.#run = run
    this.#listeners = listeners
    this.#target = new AvrTarget(run.bench.board.mcu, run)
    this.#target.unit.stopNext()
    this.#server = createServer((socket) => this.#serve(socket))
  }

  /**
   * The first program of the run stops before its first instruction.
   * @throws TargetError when nothing can listen there
   */
  static async listen(run: Run, port: number, listeners: GdbServerListeners): Promise<GdbServer> {
    const gdb = new GdbServer(run, listeners)
    await listenFor('--gdb', gdb.#server, LOOPBACK, port)
    return gdb
  }

  get port(): number {
    return listeningAt(this.#server).port
  }

  /** The program is over: a debugger that waits for it is told. */
  exited(status: number): void {
    this.#client?.session.exited(status)
  }

  close(): void {
    this.#isOver = true
    this.#server.close()
    // What was told last still leaves.
    this.#client?.socket.destroySoon()
    for (const socket of this.#refused) socket.destroy()
  }

  #serve(socket: Socket): void {
    socket.on('error', () => {}) // it went away
    socket.setNoDelay(true)
    if (this.#client !== undefined) {
      this.#refuse(socket)
      return
    }
    const session = new GdbSession({
      target: this.#target,
      write: (octets) => {
        if (!writeToReader(socket, octets, MOST_WAITING)) this.counters.tooSlow++
      },
      kill: () => this.#listeners.kill(),
      detached: () => this.#listeners.gone(),
    })
    this.#client = { socket, session }
    let isKnown = false
    socket.on('data', (octets) => {
      isKnown ||= FIRST_OCTETS.includes(octets[0])
      if (isKnown) this.#run.enter(() => session.receive(octets))
      else {
        this.counters.strangers++
        socket.destroy()
      }
    })
    socket.on('close', () => {
      this.#client = undefined
      if (this.#isOver) return
      this.#run.enter(() => session.close())
    })
  }

  /** It is told at its first question, so that a person reads it. */
  #refuse(socket: Socket): void {
    this.counters.refused++
    if (this.#refused.size >= MOST_REFUSED) {
      socket.destroy()
      return
    }
    this.#refused.add(socket)
    socket.on('close', () => this.#refused.delete(socket))
    socket.once('data', () => {
      socket.write('+')
      socket.end(packetOf(REFUSAL))
      this.#listeners.refused()
    })
  }
}
