/**
 * A file that a command writes. What comes in goes to a temporary file beside its place and is given its name when it is whole;
 * until then, and when nothing comes of it, what an earlier run wrote stands there as it was. Pipes, devices and descriptors
 * (`/dev/stdout`) have readers of their own and are written straight through.
 */
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../../errors/errors.js'
import { descriptorOf, type FilePlace, filePlace } from './place.js'
import { reasonOf } from './reasons.js'
import { addUnfinished, forgetUnfinished } from './unfinished.js'

const MODE_BITS = 0o7777
const STICKY = 0o1000n
/** Of its name, in the temporary file's: a name has at most 255 octets on most file systems. */
const NAME_KEPT = 40

/** @param what names the output in messages: `--report` */
function refusal(what: string, path: string, cause: unknown): UsageError {
  return new UsageError(`cannot write the ${what} file ${path}: ${reasonOf(cause, path)}; give another path`, { cause })
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

export class OutputFile {
  /** Is called instead of an error when a pipe's reader has gone away; what is written from then on is dropped. */
  handleReaderGone: (() => void) | undefined
  readonly what: string
  readonly place: FilePlace
  /** Of its own, open from the first octet on, or from `open` on when it is written straight through. */
  #descriptor: number | undefined
  #temporary: string | undefined
  #appends = false
  /** Failed, whole or given up: what is written from then on is dropped. */
  #over = false

  /**
   * Looks whether the file can be written, and touches nothing.
   * @param what names the output in messages: `--report`
   * @throws UsageError saying why it cannot be written
   */
  constructor(what: string, path: string) {
    this.what = what
    try {
      this.place = filePlace(path)
      const { found, target } = this.place
      if (found?.isDirectory()) throw failure('EISDIR')
      if (found?.isSocket()) throw failure('ENXIO')
      if (found !== undefined) accessSync(path, constants.W_OK)
      if (!this.straightThrough) tryBeside(target, found)
    } catch (error) {
      throw refusal(what, path, error)
    }
  }

  get path(): string {
    return this.place.path
  }

  /** A pipe, a device or a descriptor: what is written is out at once, and cannot be taken back. */
  get straightThrough(): boolean {
    const { found, path } = this.place
    return found !== undefined && (!found.isFile() || descriptorOf(path) !== undefined)
  }

  /** What others wrote into it stays, and what is written comes behind it. For before the first octet. */
  append(): void {
    this.#appends = true
  }

  /** Opens what is written straight through; a named pipe waits here for its reader. @throws UsageError */
  open(): void {
    if (!this.straightThrough) return
    const descriptor = descriptorOf(this.path)
    // A regular file behind a descriptor is written where its other writers are; opened anew it would begin again at 0.
    if (descriptor !== undefined && fstatSync(descriptor).isFile()) this.#descriptor = descriptor
    else this.#attempt(() => (this.#descriptor = openSync(this.path, constants.O_WRONLY | constants.O_NOCTTY)))
  }

  /**
   * Writes all of it, after what was written before.
   * @throws UsageError when the file takes no more (a full disk): once, and what follows is dropped
   */
  write(content: string | Uint8Array): void {
    if (this.#over) return
    const octets = typeof content === 'string' ? Buffer.from(content) : content
    try {
      this.#attempt(() => {
        this.#descriptor ??= this.#begin()
        writeAll(this.#descriptor, octets)
      })
    } catch (error) {
      this.discard()
      const { code } = (error as UsageError).cause as NodeJS.ErrnoException
      if (this.handleReaderGone === undefined || code !== 'EPIPE') throw error
      this.handleReaderGone()
    }
  }

  /**
   * What was written is whole and gets its name. A file that nothing came into is not made.
   * @throws UsageError when it cannot be given its name; what was there before still is
   */
  close(): void {
    const descriptor = this.#descriptor
    const temporary = this.#temporary
    this.#over = true
    if (descriptor === undefined || temporary === undefined) {
      this.discard()
      return
    }
    try {
      this.#attempt(() => {
        this.#descriptor = undefined
        keepOwnerAndMode(descriptor, this.place.found)
        closeSync(descriptor)
        giveName(temporary, this.place.target)
        this.#temporary = undefined
        forgetUnfinished(temporary)
      })
    } finally {
      this.discard()
    }
  }

  /** Nothing came of it, or no more will: what was there before still is. After `close`, nothing is left to do. */
  discard(): void {
    this.#over = true
    if (this.#descriptor !== undefined && this.#descriptor !== descriptorOf(this.path)) closeSync(this.#descriptor)
    this.#descriptor = undefined
    if (this.#temporary === undefined) return
    rmSync(this.#temporary, { force: true })
    forgetUnfinished(this.#temporary)
    this.#temporary = undefined
  }

  #begin(): number {
    const { target, found } = this.place
    const path = temporaryBeside(target)
    // Nobody may read of a file that was closed to them while it is replaced.
    const descriptor = openSync(path, 'wx', found === undefined ? 0o666 : 0o600)
    this.#temporary = path
    addUnfinished(path)
    if (this.#appends && existsSync(target)) writeAll(descriptor, readFileSync(target))
    return descriptor
  }

  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      throw refusal(this.what, this.path, error)
    }
  }
}

function writeAll(descriptor: number, octets: Uint8Array): void {
  for (let at = 0; at < octets.length; ) at += writeSync(descriptor, octets, at)
}

function temporaryBeside(target: string): string {
  const name = basename(target).slice(0, NAME_KEPT)
  return join(dirname(target), `.${name}.${randomBytes(6).toString('hex')}.part`)
}

/** Whether a file can be made in the folder and take the place of what is there. @throws what `node:fs` throws */
function tryBeside(target: string, found: BigIntStats | undefined): void {
  const folder = statSync(dirname(target), { bigint: true })
  const user = BigInt(process.getuid?.() ?? 0)
  // In such a folder (/tmp) only the owner of a file, or of the folder, may take it away (rename(2), EPERM).
  if (found !== undefined && (folder.mode & STICKY) !== 0n && ![0n, found.uid, folder.uid].includes(user)) {
    throw failure('EPERM')
  }
  const path = temporaryBeside(target)
  addUnfinished(path)
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } finally {
    rmSync(path, { force: true })
    forgetUnfinished(path)
  }
}

/** As they were of the file that is replaced. */
function keepOwnerAndMode(descriptor: number, found: BigIntStats | undefined): void {
  if (found === undefined) return
  const { uid, gid } = fstatSync(descriptor, { bigint: true })
  if (uid !== found.uid || gid !== found.gid) {
    try {
      fchownSync(descriptor, Number(found.uid), Number(found.gid))
    } catch (error) {
      // Only root gives files away; for anybody else the new file is theirs.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
    }
  }
  fchmodSync(descriptor, Number(found.mode) & MODE_BITS)
}

function giveName(temporary: string, target: string): void {
  try {
    renameSync(temporary, target)
  } catch (error) {
    // A file that is a mount point (a container's) cannot be replaced; only what is in it can.
    if ((error as NodeJS.ErrnoException).code !== 'EBUSY') throw error
    copyFileSync(temporary, target)
    rmSync(temporary)
  }
}
