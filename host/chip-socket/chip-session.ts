/** What one driver says to the chip, and what it is answered: whatever octets it sends. */
import type { ChipDoor } from './chip-door.js'
import { ChipRequestReader } from './chip-request-reader.js'
import {
  CHIP_SOCKET_VERSION,
  type ChipRequest,
  helloPayload,
  parseRequest,
  RefusedRequest,
  refusalReply,
  replyTo,
} from './messages.js'

const NOTHING = new Uint8Array(0)

export interface ChipReply {
  readonly octets: Uint8Array
  /** The connection ends behind it. */
  readonly isLast: boolean
}

export class ChipSession {
  readonly #door: ChipDoor
  readonly #reader = new ChipRequestReader()
  #isGreeted = false
  /** Nothing is answered any more. */
  #isOver = false
  #isClosed = false

  constructor(door: ChipDoor) {
    this.#door = door
    door.begin()
  }

  /** It said hello in a version that is spoken here. */
  get isGreeted(): boolean {
    return this.#isGreeted
  }

  /** Does what is asked, one request as each answer is taken. Behind the last answer, and behind `close`, nothing is done any more. */
  *receive(piece: Uint8Array): Generator<ChipReply> {
    if (this.#isOver) return
    try {
      for (const message of this.#reader.take(piece)) {
        yield this.#answer(message)
        if (this.#isOver) return
      }
    } catch (error) {
      yield this.#refuse(error)
    }
  }

  /** The driver is gone, or is to go. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (!this.#isOver && this.#reader.isAmidst) this.#door.refused.add('cut-short')
    this.#isOver = true
    this.#door.release()
  }

  #answer(message: Uint8Array): ChipReply {
    try {
      const payload = this.#perform(parseRequest(message))
      return { octets: replyTo(message[0], this.#door.takeState(), payload), isLast: false }
    } catch (error) {
      return this.#refuse(error)
    }
  }

  #refuse(error: unknown): ChipReply {
    if (!(error instanceof RefusedRequest)) throw error
    this.#door.refused.add(error.refusal)
    // Whoever does not begin as a driver does is none.
    const isLast = error.isLast || !this.#isGreeted
    this.#isOver = isLast
    return { octets: refusalReply(error, this.#door.takeState()), isLast }
  }

  #perform(request: ChipRequest): Uint8Array {
    if (request.kind !== 'hello' && !this.#isGreeted)
      throw new RefusedRequest('no-hello', 'the first request is a hello: type 1, and two octets of version')
    const door = this.#door
    switch (request.kind) {
      case 'hello':
        if (request.version !== CHIP_SOCKET_VERSION)
          throw new RefusedRequest(
            'version',
            `version ${CHIP_SOCKET_VERSION} is spoken here, and not ${request.version}`,
          )
        this.#isGreeted = true
        return helloPayload(door.usualClock)
      case 'transfer':
        return door.transfer(request)
      case 'advance':
        door.advance(request.duration)
        return NOTHING
      case 'wait':
        door.waitForInterrupt(request.duration)
        return NOTHING
      case 'reset':
        door.setReset(request.high)
        return NOTHING
      case 'bus':
        door.setTiming(request)
        return NOTHING
    }
  }
}
