/** Recordings on a disk: the octets of `host/recording/`, in gzip (RFC 1952). */
import { constants, createGunzip, gzipSync } from 'node:zlib'
import { UsageError } from '../../errors/errors.js'
import { concatenated } from '../../octets.js'
import { RECORDING_LIMIT } from '../../recording/format.js'
import { type InputKind, readInput } from './input.js'
import type { OutputFile } from './output.js'

const MEBIBYTE = 1 << 20

const RECORDING_INPUT: InputKind = {
  what: 'recording',
  limit: 64 * MEBIBYTE,
  remedy: 'give the path of a file that `linkpulse check TARGET --record FILE` wrote',
}

/** Octets that are packed at once. */
const PACKED = 64 << 10

/**
 * Packs as it goes: each piece is a member of its own (RFC 1952 2.2: what stands one after another is one file), so that a file that is cut
 * off loses its last piece only.
 */
export class RecordingFile {
  readonly #file: OutputFile
  #parts: Uint8Array[] = []
  #octets = 0

  constructor(file: OutputFile) {
    this.#file = file
  }

  /** @param octets kept until they are packed */
  write(octets: Uint8Array): void {
    this.#parts.push(octets)
    this.#octets += octets.length
    if (this.#octets >= PACKED) this.#pack()
  }

  /** Packs what is left; the file is the caller's to close. */
  end(): void {
    if (this.#octets > 0) this.#pack()
  }

  #pack(): void {
    const octets = concatenated(this.#parts)
    this.#parts = []
    this.#octets = 0
    this.#file.write(gzipSync(octets, { level: 6 }))
  }
}

/** What a file held, as far as it is whole. */
export interface UnpackedRecording {
  readonly octets: Uint8Array
  /** Why there is no more, where the file was damaged. */
  readonly damage?: string
}

/**
 * @param signal ends the wait for it
 * @throws UsageError for a file that cannot be read, or holds more than a recording may
 */
export async function readRecordingFile(path: string, signal?: AbortSignal): Promise<UnpackedRecording> {
  const packed = await readInput(path, RECORDING_INPUT, signal)
  const parts: Uint8Array[] = []
  let octets = 0
  // What ends early gives what it has: no error.
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
  gunzip.end(packed)
  try {
    for await (const part of gunzip as AsyncIterable<Buffer>) {
      octets += part.length
      if (octets > RECORDING_LIMIT) {
        throw new UsageError(
          `the recording ${path} holds more than ${RECORDING_LIMIT} octets, and no recording does; give another file`,
        )
      }
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    const whole = concatenated(parts)
    return { octets: whole, damage: `the file is damaged there (${(error as Error).message})` }
  }
  return { octets: concatenated(parts) }
}
