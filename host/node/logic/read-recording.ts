/** Reads a recording of a logic analyser, whichever of the three kinds of file it is: by what is in it, not by its name. */
import { UsageError } from '../../errors/errors.js'
import { CsvReader } from '../../logic/csv-reader.js'
import type { LogicRecording } from '../../logic/logic-recording.js'
import { VcdReader } from '../../logic/vcd-reader.js'
import { RECORDING_INPUT, readInputInPieces } from '../files/input.js'
import { readSigrokSession } from './sigrok-session.js'

/** The largest zip that is read: a session is packed to a thousandth where its lines rest. */
const LARGEST_SESSION = 128 << 20
/** "PK", with which a zip begins, and "$", with which a VCD does. */
const ZIP_BEGINS = 0x50
const VCD_BEGINS = 0x24

interface Reader {
  take(octets: Uint8Array): void
  end(): LogicRecording
}

/**
 * @param wanted names of channels, where only these are read: of a VCD, which may have thousands
 * @param signal ends the wait for a pipe
 * @throws UsageError naming the path, what is wrong and the remedy; the signal's reason
 */
export async function readRecording(
  path: string,
  wanted: readonly string[] | undefined,
  signal?: AbortSignal,
): Promise<LogicRecording> {
  let reader: Reader | undefined
  try {
    await readInputInPieces(
      path,
      RECORDING_INPUT,
      (octets) => {
        reader ??= readerFor(octets, wanted)
        reader.take(octets)
      },
      signal,
    )
    if (reader === undefined) throw new RangeError('it is empty')
    return reader.end()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new UsageError(`cannot read the recording ${path}: ${error.message}`, { cause: error })
  }
}

function readerFor(octets: Uint8Array, wanted: readonly string[] | undefined): Reader {
  const first = octets.find((octet) => octet > 0x20)
  if (octets[0] === ZIP_BEGINS && octets[1] === 0x4b) return new SessionReader()
  return new TextReader(first === VCD_BEGINS ? new VcdReader(wanted) : new CsvReader())
}

/** Text, as UTF-8. */
class TextReader implements Reader {
  readonly #decoder = new TextDecoder()

  constructor(readonly reader: VcdReader | CsvReader) {}

  take(octets: Uint8Array): void {
    this.reader.take(this.#decoder.decode(octets, { stream: true }))
  }

  end(): LogicRecording {
    this.reader.take(this.#decoder.decode())
    return this.reader.end()
  }
}

/** A session's directory is at its end, so all of it must be there. */
class SessionReader implements Reader {
  readonly #pieces: Uint8Array[] = []
  #octets = 0

  take(octets: Uint8Array): void {
    this.#octets += octets.length
    if (this.#octets > LARGEST_SESSION)
      throw new RangeError(`it has more than ${LARGEST_SESSION} octets, packed; record less`)
    this.#pieces.push(octets)
  }

  end(): LogicRecording {
    return readSigrokSession(new Uint8Array(Buffer.concat(this.#pieces)))
  }
}
