/** Why the operating system refused, in words. */
import { dirname } from 'node:path'

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  EACCES: () => 'permission denied',
  EPERM: () => 'permission denied',
  EISDIR: () => 'it is a directory',
  ELOOP: () => 'its symbolic links lead in a circle',
  ENAMETOOLONG: () => 'its name is too long',
  ENOSPC: () => 'the disk is full',
  EDQUOT: () => 'the disk quota is used up',
  EFBIG: () => 'the file would be larger than is allowed here',
  ENOTDIR: (path) => `${dirname(path)} is not a directory`,
  ENXIO: () => 'it is a socket, or a device that is not there',
  EPIPE: () => 'nobody reads it any more',
  EROFS: () => 'the file system is read-only',
}

/**
 * @param error what `node:fs` threw
 * @param path what the error is about
 * @param missing what it means that there is nothing: for a file that is read another thing than for one that is written
 */
export function reasonOf(error: unknown, path: string, missing = `there is no directory ${dirname(path)}`): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return missing
  return code !== undefined && Object.hasOwn(REASONS, code) ? REASONS[code](path) : message
}
