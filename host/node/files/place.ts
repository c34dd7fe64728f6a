/** Where a path leads: through its symbolic links, to a file that is there or to the place where one would be. */
import { type BigIntStats, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'

export interface FilePlace {
  /** As it was given. */
  readonly path: string
  /** What is there; undefined while nothing is. */
  readonly found: BigIntStats | undefined
  /** The file itself, without symbolic links on the way. */
  readonly target: string
  /** Two paths lead to one file when these are the same: device and inode, or a name in a folder that has none so far. */
  readonly identity: string
}

/** As many as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40

/** Device and inode: the same for every name of a file, hard links among them. */
export function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`
}

/** @throws what `node:fs` throws: ENOENT when the folder is not there, ELOOP */
export function filePlace(path: string): FilePlace {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (found !== undefined) {
    const target = found.isFile() ? realpathSync(path) : path
    return { path, found, target, identity: identityOf(found) }
  }
  const target = endOfLinks(path)
  const folder = statSync(dirname(target), { bigint: true })
  return { path, found, target, identity: `${identityOf(folder)}/${basename(target)}` }
}

/** Where a file would be made that is not there: a symbolic link may point to it already. */
function endOfLinks(path: string): string {
  let name = path
  for (let links = 0; links <= MOST_LINKS; links++) {
    // A name that ends in a separator is a folder's.
    const folder = realpathSync(name.endsWith(sep) ? name : dirname(name))
    const target = join(folder, basename(name))
    if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target
    name = resolve(folder, readlinkSync(target))
  }
  throw Object.assign(new Error(`too many symbolic links: ${path}`), { code: 'ELOOP' })
}

const DESCRIPTOR = /^(?:\/dev|\/proc\/self)\/fd\/(\d{1,6})$/
const STREAMS = ['/dev/stdin', '/dev/stdout', '/dev/stderr']

/** The descriptor that a path is another name of (`/dev/stdout`, `/dev/fd/3`); undefined for any other. */
export function descriptorOf(path: string): number | undefined {
  const name = resolve(path)
  const stream = STREAMS.indexOf(name)
  if (stream >= 0) return stream
  const [, number] = DESCRIPTOR.exec(name) ?? []
  return number === undefined ? undefined : Number(number)
}
