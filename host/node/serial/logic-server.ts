/** The pins of a served board as a logic analyser on the network, as PulseView and sigrok-cli open one (driver `beaglelogic`). */
import { createServer, type Server, type Socket } from 'node:net'
import { BeagleLogic } from '../../logic/beaglelogic.js'
import { PinRecorder } from '../../logic/pin-recorder.js'
import { listenFor, listeningAt, writeToReader } from '../tcp-listener.js'
import type { ServedBoard } from './served-board.js'

/** A client that lets so many octets pile up is too slow for its rate: it loses its capture, and the board goes on. */
const MOST_WAITING = 128 << 20
/** sigrok opens a second connection before the first is gone. */
const MOST_CLIENTS = 4

export class LogicServer {
  readonly #server: Server
  readonly #served: ServedBoard
  readonly #clients = new Set<Socket>()
  /** Connections refused, and captures of clients that were too slow. */
  readonly counters = { refused: 0, tooSlow: 0 }

  private constructor(served: ServedBoard) {
    this.#served = served
    this.#server = createServer((socket) => this.#serve(socket))
  }

  /** @throws TargetError when nothing can listen there */
  static async listen(served: ServedBoard, host: string, port: number): Promise<LogicServer> {
    const logic = new LogicServer(served)
    await listenFor('--logic', logic.#server, host, port)
    return logic
  }

  /** As sigrok has it: `tcp-raw/HOST/PORT`. */
  get connection(): string {
    const { address, port } = listeningAt(this.#server)
    return `tcp-raw/${address}/${port}`
  }

  close(): void {
    this.#server.close()
    for (const client of this.#clients) client.destroy()
  }

  #serve(socket: Socket): void {
    socket.on('error', () => {}) // it went away
    if (this.#clients.size >= MOST_CLIENTS) {
      this.counters.refused++
      socket.destroy()
      return
    }
    this.#clients.add(socket)
    const { bench, enter } = this.#served
    const recorder = new PinRecorder({ clock: bench.lab.clock, board: bench.board })
    const analyser = new BeagleLogic(recorder, (octets) => {
      if (!writeToReader(socket, octets, MOST_WAITING)) this.counters.tooSlow++
    })
    socket.on('data', (octets) => enter(() => analyser.receive(octets)))
    socket.on('close', () => {
      this.#clients.delete(socket)
      enter(() => analyser.close())
    })
  }
}
