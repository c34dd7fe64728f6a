/** What channels have to send, before it is cut into cells. Channels take turns, so that a long one delays no other. */
import { PAYLOAD_OCTETS } from './cell.js'

class Queue {
  readonly #chunks: Uint8Array[] = []
  /** Octets of the first chunk already taken. */
  #offset = 0
  #head = 0
  length = 0

  put(octets: Uint8Array): void {
    this.#chunks.push(octets.slice())
    this.length += octets.length
  }

  take(limit: number): Uint8Array {
    const first = this.#chunks[this.#head]
    const size = Math.min(limit, this.length)
    this.length -= size
    if (first.length - this.#offset >= size) {
      const taken = first.subarray(this.#offset, this.#offset + size)
      this.#offset += size
      if (this.#offset === first.length) this.#advance()
      return taken
    }
    const taken = new Uint8Array(size)
    let filled = 0
    while (filled < size) {
      const chunk = this.#chunks[this.#head]
      const part = chunk.subarray(this.#offset, this.#offset + size - filled)
      taken.set(part, filled)
      filled += part.length
      this.#offset += part.length
      if (this.#offset === chunk.length) this.#advance()
    }
    return taken
  }

  #advance(): void {
    this.#offset = 0
    this.#head++
    if (this.#head < 64 && this.#head < this.#chunks.length) return
    this.#chunks.splice(0, this.#head)
    this.#head = 0
  }
}

export class Outbox {
  readonly #queues = new Map<number, Queue>()
  #turn = 0
  /** Nothing but so many octets of this channel is given out; undefined: all is. */
  #only: { readonly channel: number; octets: number } | undefined

  /** Nothing is to be given out, for now. */
  get empty(): boolean {
    if (this.#only !== undefined) return this.#only.octets === 0
    for (const queue of this.#queues.values()) if (queue.length > 0) return false
    return true
  }

  queued(channel: number): number {
    return this.#queues.get(channel)?.length ?? 0
  }

  /** @throws RangeError for a channel that is not 0 to 15. */
  put(channel: number, octets: Uint8Array): void {
    if (!(channel >= 0 && channel <= 15)) throw new RangeError(`a channel is 0 to 15, not ${channel}`)
    let queue = this.#queues.get(channel)
    if (queue === undefined) {
      queue = new Queue()
      this.#queues.set(channel, queue)
    }
    queue.put(octets)
  }

  /** From here on only what is queued on this channel now is given out, until `release`. */
  hold(channel: number): void {
    this.#only = { channel, octets: this.queued(channel) }
  }

  release(): void {
    this.#only = undefined
  }

  /** A cell's worth of the channel whose turn it is; undefined when nothing is queued. */
  take(): { readonly channel: number; readonly payload: Uint8Array } | undefined {
    if (this.#only !== undefined) return this.#takeOnly(this.#only)
    for (let i = 1; i <= 16; i++) {
      const channel = (this.#turn + i) & 15
      const queue = this.#queues.get(channel)
      if (queue === undefined || queue.length === 0) continue
      this.#turn = channel
      return { channel, payload: queue.take(PAYLOAD_OCTETS) }
    }
    return undefined
  }

  #takeOnly(only: { readonly channel: number; octets: number }): ReturnType<Outbox['take']> {
    const { channel } = only
    const queue = this.#queues.get(channel)
    if (queue === undefined || only.octets === 0) return undefined
    const payload = queue.take(Math.min(PAYLOAD_OCTETS, only.octets))
    only.octets -= payload.length
    return { channel, payload }
  }

  clear(): void {
    this.#queues.clear()
    this.release()
  }
}
