/** Reads zip files (PKWARE APPNOTE 6.3.10): as much as sigrok and other tools write. No zip64, no encryption. */
import { inflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly method: number
  readonly crc: number
  readonly size: number
  readonly packed: Uint8Array
}

const END_OF_DIRECTORY = 0x0605_4b50
const DIRECTORY_ENTRY = 0x0201_4b50
const END_OCTETS = 22
const ENTRY_OCTETS = 46
const LOCAL_OCTETS = 30
/** 4.3.16: a comment of this length at most may follow the directory. */
const LONGEST_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8

/** 4.3.12, 4.3.16: the entries, as the directory at the end of the file lists them. @throws RangeError for what is no zip */
export function zipEntries(file: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const first = Math.max(0, file.length - END_OCTETS - LONGEST_COMMENT)
  let end = file.length - END_OCTETS
  while (end >= first && view.getUint32(end, true) !== END_OF_DIRECTORY) end--
  if (end < first) throw new RangeError('it is no zip file: it has no directory at its end')
  const entries = new Map<string, ZipEntry>()
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + ENTRY_OCTETS > file.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged(at)
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(file.subarray(at + ENTRY_OCTETS, at + ENTRY_OCTETS + nameLength))
    const local = view.getUint32(at + 42, true)
    if (local + LOCAL_OCTETS > file.length) throw damaged(at)
    // 4.3.7: name and extra field of the local header have lengths of their own
    const start = local + LOCAL_OCTETS + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      packed: file.subarray(start, start + view.getUint32(at + 20, true)),
    })
    at += ENTRY_OCTETS + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/**
 * An entry's octets.
 * @param limit the largest entry that is unpacked, whatever the directory says of it
 * @throws RangeError for one that is larger, packed otherwise or not what the directory says
 */
export function unzip(name: string, { method, size, packed }: ZipEntry, limit: number): Uint8Array {
  if (size > limit) throw new RangeError(`${name} in it has ${size} octets; ${limit} are read at most`)
  if (method !== STORED && method !== DEFLATED)
    throw new RangeError(`${name} in it is packed by method ${method}; 0 and 8 are read`)
  const octets = method === STORED ? packed : inflated(name, packed, size)
  if (octets.length !== size)
    throw new RangeError(`${name} in it has ${octets.length} octets, and the directory says ${size}`)
  return octets
}

function inflated(name: string, packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) })
  } catch (error) {
    throw new RangeError(`${name} in it cannot be unpacked: it is damaged`, { cause: error })
  }
}

function damaged(at: number): RangeError {
  return new RangeError(`its zip directory is damaged at octet ${at}`)
}
