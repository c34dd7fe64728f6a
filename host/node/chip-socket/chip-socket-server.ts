/** Where a driver of this machine connects to a chip: a socket of the operating system, for one client at a time and for its user alone. */
import { lstatSync, type Stats, statSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { ChipDoor } from '../../chip-socket/chip-door.js'
import { ChipSession } from '../../chip-socket/chip-session.js'
import { RefusedRequest, refusalReply } from '../../chip-socket/messages.js'
import { TargetError, UsageError } from '../../errors/errors.js'
import { monotonic, turn } from '../../event-loop.js'
import { reasonOf } from '../files/reasons.js'

/** Octets of the longest name that a socket can have (sockaddr_un, without the zero behind it). */
const LONGEST_PATH = process.platform === 'darwin' ? 103 : 107
/** For its user alone, from the first moment. */
const OWN_MASK = 0o177
/** How long requests of one client are answered before signals and others have their turn, ns. */
const SLICE = 10 * MILLISECOND
/** Turns of the event loop in which what has come from one client is noticed, before another is turned away. */
const TURNS_TO_LEAVE = 3

export class ChipSocketServer {
  /** Drivers that said hello, and clients that were turned away because there was one. */
  readonly counters = { drivers: 0, refused: 0 }
  /** Rejects when answering failed for a reason of ours. */
  readonly failed: Promise<never>
  readonly #door: ChipDoor
  readonly #server: Server
  readonly #open = new Set<Socket>()
  /** Of the driver that is connected. */
  #session: ChipSession | undefined
  #fail: (error: unknown) => void = () => {}

  private constructor(door: ChipDoor) {
    this.#door = door
    this.failed = new Promise<never>((_, reject) => {
      this.#fail = reject
    })
    this.failed.catch(() => {}) // whoever waits for it gets the error
    this.#server = createServer((socket) => this.#serve(socket))
  }

  /**
   * A socket that nobody listens on any more is replaced; nothing else is.
   * @throws UsageError for a path that is taken or too long; TargetError when nothing can listen there
   */
  static async listen(door: ChipDoor, path: string): Promise<ChipSocketServer> {
    await claim(path)
    const chip = new ChipSocketServer(door)
    await new Promise<void>((resolve, reject) => {
      chip.#server.once('error', (error) => reject(cannotListen(error, path)))
      // The file is made within this call.
      const mask = process.umask(OWN_MASK)
      try {
        chip.#server.listen(path, resolve)
      } finally {
        process.umask(mask)
      }
    })
    chip.#server.on('error', () => {}) // one client less
    return chip
  }

  /** The file is gone when this returns, and the driver is done. */
  close(): void {
    this.#server.close()
    this.#session?.close()
    for (const socket of this.#open) socket.destroy()
  }

  #serve(socket: Socket): void {
    this.#open.add(socket)
    socket.on('error', () => {}) // it went away
    socket.on('close', () => this.#open.delete(socket))
    if (this.#session === undefined) this.#begin(socket)
    else this.#beginOrTurnAway(socket).catch(this.#fail)
  }

  /** The driver before may have left already, and its end come to us behind this connection. */
  async #beginOrTurnAway(socket: Socket): Promise<void> {
    for (let turns = 0; turns < TURNS_TO_LEAVE && this.#session !== undefined; turns++) await turn()
    if (socket.destroyed) return
    if (this.#session === undefined) this.#begin(socket)
    else this.#turnAway(socket)
  }

  #begin(socket: Socket): void {
    const session = new ChipSession(this.#door)
    this.#session = session
    const end = () => {
      session.close()
      if (this.#session === session) this.#session = undefined
    }
    socket.on('end', end) // all that it asked is answered
    socket.on('close', end)
    socket.on('data', (octets) => {
      // What comes meanwhile waits in the kernel, and so in the end its sender does.
      socket.pause()
      this.#answer(socket, session, octets).catch(this.#fail)
    })
  }

  async #answer(socket: Socket, session: ChipSession, piece: Uint8Array): Promise<void> {
    let isCounted = session.isGreeted
    let began = monotonic()
    for (const { octets, isLast } of session.receive(piece)) {
      if (!isCounted && session.isGreeted) this.counters.drivers++
      isCounted = session.isGreeted
      if (isLast) {
        socket.end(octets, () => socket.destroy())
        return
      }
      if (!socket.write(octets)) await drained(socket)
      if (monotonic() - began > SLICE) {
        await turn()
        began = monotonic()
      }
      if (socket.destroyed) return
    }
    socket.resume()
  }

  #turnAway(socket: Socket): void {
    this.counters.refused++
    const refused = new RefusedRequest('taken', 'another driver has the chip, and there is one at a time: end that one')
    socket.end(refusalReply(refused, this.#door.state), () => socket.destroy())
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}

/** Makes sure that nothing anybody needs is at the path. */
async function claim(path: string): Promise<void> {
  const octets = Buffer.byteLength(path)
  if (octets > LONGEST_PATH)
    throw new UsageError(
      `--chip-socket: the path of a socket has ${LONGEST_PATH} octets at most, and this one has ${octets}; go to its folder and give the rest`,
    )
  let found: Stats | undefined
  try {
    statSync(dirname(path)) // of a folder that is not there, binding says that it is forbidden
    found = lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw cannotListen(error, path)
  }
  if (found === undefined) return
  if (!found.isSocket())
    throw new UsageError(`--chip-socket: ${path} is there already, and is no socket; name a path where nothing is`)
  if (!(await isStale(path)))
    throw new UsageError(`--chip-socket: another program listens at ${path}; end it, or name another path`)
  try {
    unlinkSync(path)
  } catch (error) {
    throw cannotListen(error, path)
  }
}

/** Whether whoever made a socket is gone. */
function isStale(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'))
  })
}

function cannotListen(error: unknown, path: string): TargetError {
  return new TargetError(`cannot listen at ${path} for --chip-socket: ${reasonOf(error, path)}; name another path`)
}
