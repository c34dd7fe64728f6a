/**
 * How other commands reach a running `linkpulse net up` or `linkpulse serve`: a socket of the operating system in a folder that only its user
 * may enter. A client sends one line that says what it asks for; what comes back ends with the connection.
 */
import { chmodSync, readdirSync, unlinkSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { type CaptureLink, isCaptureLink } from '../../capture/pcapng.js'
import { TargetError, UsageError } from '../../errors/errors.js'
import { runtimeFolder } from '../files/runtime-folder.js'

/** `who`: one line of JSON. `status`: one JSON document. `capture`: pcapng, until the client has enough, of one link (`capture spi`) or of all. */
export type ControlQuestion = 'who' | 'status' | 'capture' | `capture ${CaptureLink}`

/** Which command runs: the sockets of `net up` are called net-PROCESS.sock, those of `serve` serve-PROCESS.sock. */
export type RunningKind = 'net' | 'serve'

/** What a running command is known by. */
export interface Who {
  readonly process: number
  readonly target: string
  readonly taps: readonly string[]
  /** Of `serve`: what other programs open. */
  readonly port?: string
}

export interface Answers {
  readonly who: Who
  readonly status: () => unknown
  /** Begins to hand a capture to `write`, of one link or of all there are; returns what ends it. */
  readonly capture: (write: (octets: Uint8Array) => void, link: CaptureLink | undefined) => () => void
}

const SOCKET_NAMES: Readonly<Record<RunningKind, RegExp>> = { net: /^net-\d+\.sock$/, serve: /^serve-\d+\.sock$/ }
const CAPTURE = /^capture(?: (.*))?$/
/** One that runs answers in less, in milliseconds. */
const TIMEOUT_MILLISECONDS = 3_000
/** A reader that lets so much pile up reads no more: it loses its capture, and the stack keeps its memory. */
const MOST_WAITING = 64 << 20
const LONGEST_QUESTION = 64

/** @throws TargetError when somebody else could have put something there */
function controlFolder(): string {
  return runtimeFolder('the control socket')
}

/** The serving end, while a `net up` runs. */
export class ControlServer {
  readonly #server: Server
  readonly #path: string
  readonly #answers: Answers
  readonly #open = new Set<Socket>()

  private constructor(answers: Answers, path: string) {
    this.#answers = answers
    this.#path = path
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket))
  }

  /** @throws TargetError when the socket cannot be made */
  static async listen(answers: Answers, kind: RunningKind = 'net'): Promise<ControlServer> {
    const path = join(controlFolder(), `${kind}-${answers.who.process}.sock`)
    removeStale(path)
    const control = new ControlServer(answers, path)
    await new Promise<void>((resolve, reject) => {
      control.#server.once('error', (error) =>
        reject(
          new TargetError(
            `cannot make the control socket ${path}: ${error.message}; set XDG_RUNTIME_DIR to a folder of your own`,
          ),
        ),
      )
      control.#server.listen(path, resolve)
    })
    control.#server.on('error', () => {}) // one client less; the stack goes on
    chmodSync(path, 0o600)
    return control
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#open) socket.destroy()
    removeStale(this.#path)
  }

  #serve(socket: Socket): void {
    this.#open.add(socket)
    let question = ''
    let end: (() => void) | undefined
    socket.on('error', () => {}) // whoever asked went away
    socket.on('close', () => {
      this.#open.delete(socket)
      end?.()
    })
    socket.on('data', (octets) => {
      if (question.endsWith('\n')) return
      question += octets.toString()
      if (question.length > LONGEST_QUESTION) socket.destroy()
      else if (question.endsWith('\n')) end = this.#answer(question.trim(), socket)
    })
    socket.on('end', () => {
      end?.() // the client has enough
      if (end !== undefined) socket.end()
    })
  }

  #answer(question: string, socket: Socket): (() => void) | undefined {
    const [isCapture, link] = CAPTURE.exec(question) ?? []
    if (isCapture !== undefined && (link === undefined || isCaptureLink(link))) {
      const take = (octets: Uint8Array): void => {
        if (socket.writableLength > MOST_WAITING) socket.destroy()
        else socket.write(octets)
      }
      return this.#answers.capture(take, link)
    }
    if (question === 'who') socket.end(`${JSON.stringify(this.#answers.who)}\n`)
    else if (question === 'status') socket.end(`${JSON.stringify(this.#answers.status())}\n`)
    else socket.end()
    return undefined
  }
}

function removeStale(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** A command that runs. */
export interface Running extends Who {
  readonly path: string
}

/** Every such command of this user, oldest process first. Sockets that a killed one left behind are removed. */
export async function running(kind: RunningKind = 'net'): Promise<Running[]> {
  const folder = controlFolder()
  const found: Running[] = []
  for (const name of readdirSync(folder).filter((each) => SOCKET_NAMES[kind].test(each))) {
    const path = join(folder, name)
    try {
      found.push({ ...(JSON.parse(await answerOf(path, 'who')) as Who), path })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') removeStale(path)
      else if (!(error instanceof TargetError)) throw error
    }
  }
  return found.sort((a, b) => a.process - b.process)
}

/**
 * The one that is meant.
 * @param name of a TAP device, a target, or a process; undefined: the only one
 * @returns undefined when none runs and none was named
 * @throws TargetError when there is no such one; UsageError when there are several
 */
export async function findRunning(name: string | undefined): Promise<Running | undefined> {
  const all = await running()
  const matching =
    name === undefined
      ? all
      : all.filter((each) => each.taps.includes(name) || each.target === name || String(each.process) === name)
  const list = all.map(({ target, taps, process: id }) => `${taps.join(' ') || target} (${target}, process ${id})`)
  if (matching.length > 1) {
    throw new UsageError(
      `several \`linkpulse net up\` are running; name one of them by its TAP device or process: ${list.join(', ')}`,
    )
  }
  if (matching.length === 0 && name !== undefined) {
    const others = list.length === 0 ? 'none is running' : `running: ${list.join(', ')}`
    throw new TargetError(
      `no \`linkpulse net up\` of yours is known as ${name} (${others}); one that was started with sudo is asked with sudo`,
    )
  }
  return matching[0]
}

/** What comes back, whole. */
export async function answerOf(path: string, question: ControlQuestion): Promise<string> {
  const parts: Buffer[] = []
  await ask(path, question, (octets) => parts.push(octets)).ended
  return Buffer.concat(parts).toString()
}

/** Asks; `take` is called with what comes back as it comes. `stop` ends it. */
export function ask(
  path: string,
  question: ControlQuestion,
  take: (octets: Buffer) => void,
): { readonly ended: Promise<void>; stop(): void } {
  const socket = connect(path)
  const ended = new Promise<void>((resolve, reject) => {
    if (!CAPTURE.test(question)) {
      socket.setTimeout(TIMEOUT_MILLISECONDS, () =>
        socket.destroy(new TargetError(`${path} does not answer; is its process stopped?`)),
      )
    }
    socket.on('connect', () => socket.write(`${question}\n`))
    socket.on('data', take)
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
  return { ended, stop: () => socket.end() }
}
