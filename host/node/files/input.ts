/**
 * A file that a person names and a command reads: a regular file or a pipe, up to a limit for each kind. Waiting for it (a named
 * pipe that nobody writes to) ends with a signal.
 */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Socket } from 'node:net'
import { UsageError } from '../../errors/errors.js'
import { reasonOf } from './reasons.js'

export interface InputKind {
  /** For messages: `board file`. */
  readonly what: string
  /** Octets. */
  readonly limit: number
  /** What to give instead. */
  readonly remedy: string
}

const MEBIBYTE = 1 << 20
/** A board file has a few hundred octets a board. */
export const BOARD_FILE_INPUT: InputKind = {
  what: 'board file',
  limit: MEBIBYTE,
  remedy: 'give the path of a JSON file',
}
/** The largest AVR has 256 KiB of flash: 720 KiB in Intel HEX; an ELF file with debug information has a few MiB. */
export const IMAGE_INPUT: InputKind = {
  what: 'image',
  limit: 16 * MEBIBYTE,
  remedy: 'give the path of Intel HEX or ELF for an AVR; avr-strip makes ELF smaller',
}
export const SCRIPT_INPUT: InputKind = {
  what: 'script',
  limit: MEBIBYTE,
  remedy: 'give the path of a .pkt file; a long one can be cut into several',
}

/** A session is packed; text of a sample a line is long: a minute at 1 MHz is 480 MB. */
export const RECORDING_INPUT: InputKind = {
  what: 'recording',
  limit: 1024 * MEBIBYTE,
  remedy: 'give a .sr, .vcd or .csv file of a logic analyser; a long one can be cut, or recorded as .sr',
}

/** Read at once. */
const PIECE = 1 << 16

/**
 * The whole of a file.
 * @param signal ends the wait for it
 * @throws UsageError naming the path, what is wrong and the remedy; the signal's reason
 */
export async function readInput(path: string, kind: InputKind, signal?: AbortSignal): Promise<Uint8Array> {
  const whole = new Whole()
  await readInputInPieces(path, kind, (octets) => whole.add(octets), signal)
  return whole.octets()
}

/**
 * A file, piece by piece, for what need not be in memory as a whole.
 * @param take called with each piece, which is its own; what it throws ends the reading
 * @throws as `readInput`
 */
export async function readInputInPieces(
  path: string,
  kind: InputKind,
  take: (octets: Uint8Array) => void,
  signal?: AbortSignal,
): Promise<void> {
  const pieces = new Pieces(path, kind, take)
  try {
    // Looked at first: opening a device may do something (a serial port resets its board).
    const found = statSync(path, { bigint: true })
    pieces.check(found)
    // A named pipe is opened without its writer.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY
    if (found.isFIFO()) await readPipe(openSync(path, flags), pieces, signal)
    else await readFile(await open(path, flags), pieces, signal)
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw pieces.refusal(reasonOf(error, path, 'there is no such file'), error)
  }
}

/**
 * The whole of a regular file, at once.
 * @throws UsageError as `readInput`, and for what is no regular file
 */
export function readInputNow(path: string, kind: InputKind): Uint8Array {
  const whole = new Whole()
  const pieces = new Pieces(path, kind, (octets) => whole.add(octets))
  try {
    const found = statSync(path, { bigint: true })
    pieces.check(found)
    if (!found.isFile()) throw pieces.refusal('it is a pipe')
    pieces.add(readFileSync(path))
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error
    throw pieces.refusal(reasonOf(error, path, 'there is no such file'), error)
  }
  return whole.octets()
}

/** As `readInput`, decoded as UTF-8, without a byte order mark. */
export async function readTextFile(path: string, kind: InputKind, signal?: AbortSignal): Promise<string> {
  return new TextDecoder().decode(await readInput(path, kind, signal))
}

/**
 * Standard input to its end, as UTF-8: a pipe, a file, or a socket, which has no path to be opened by.
 * @param signal ends the wait for it
 * @throws UsageError where it goes on for longer than it may; the signal's reason
 */
export async function readStandardInput(kind: InputKind, signal?: AbortSignal): Promise<string> {
  const whole = new Whole()
  const pieces = new Pieces('on standard input', kind, (octets) => whole.add(octets))
  const { stdin } = process
  const stop = (): void => void stdin.destroy(signal?.reason)
  signal?.addEventListener('abort', stop)
  try {
    for await (const piece of stdin as AsyncIterable<Buffer>) pieces.add(piece)
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  return new TextDecoder().decode(whole.octets())
}

/** What has been read, to be joined. */
class Whole {
  readonly #pieces: Uint8Array[] = []

  add(octets: Uint8Array): void {
    this.#pieces.push(octets)
  }

  octets(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#pieces))
  }
}

/** How much has been read, and how much more it may be. */
class Pieces {
  #octets = 0

  constructor(
    readonly path: string,
    readonly kind: InputKind,
    readonly take: (octets: Uint8Array) => void,
  ) {}

  refusal(reason: string, cause?: unknown): UsageError {
    const { what, remedy } = this.kind
    return new UsageError(`cannot read the ${what} ${this.path}: ${reason}; ${remedy}`, { cause })
  }

  /** @throws UsageError for what is neither a regular file nor a pipe, or larger than it may be */
  check(found: BigIntStats): void {
    if (found.isDirectory()) throw this.refusal('it is a directory')
    if (found.isSocket()) throw this.refusal('it is a socket')
    if (!found.isFile() && !found.isFIFO()) throw this.refusal('it is a device, neither a file nor a pipe')
    if (found.size > BigInt(this.kind.limit)) throw this.#tooLong(`it has ${found.size} octets`)
  }

  add(octets: Uint8Array): void {
    this.#octets += octets.length
    if (this.#octets > this.kind.limit) throw this.#tooLong('it goes on')
    this.take(octets)
  }

  #tooLong(reason: string): UsageError {
    const { what, limit } = this.kind
    return this.refusal(`${reason}, and no ${what} has more than ${limit}`)
  }
}

async function readFile(handle: FileHandle, pieces: Pieces, signal: AbortSignal | undefined): Promise<void> {
  try {
    pieces.check(await handle.stat({ bigint: true }))
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead, buffer } = await handle.read(new Uint8Array(PIECE), 0, PIECE)
      if (bytesRead === 0) return
      pieces.add(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

/** Until its last writer has closed it; for as long as there was none yet, it waits. */
async function readPipe(descriptor: number, pieces: Pieces, signal: AbortSignal | undefined): Promise<void> {
  if (!fstatSync(descriptor).isFIFO()) {
    closeSync(descriptor)
    throw pieces.refusal('it became something else meanwhile')
  }
  const socket = new Socket({ fd: descriptor, readable: true, writable: false })
  try {
    await new Promise<void>((resolve, reject) => {
      const stop = () => reject(signal?.reason)
      socket.once('close', () => signal?.removeEventListener('abort', stop))
      if (signal?.aborted) stop()
      signal?.addEventListener('abort', stop)
      socket.on('data', (octets) => {
        try {
          pieces.add(octets)
        } catch (error) {
          reject(error)
        }
      })
      socket.once('end', resolve)
      socket.once('error', reject)
    })
  } finally {
    socket.destroy()
  }
}
