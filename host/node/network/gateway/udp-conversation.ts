/** A UDP conversation of a board that is silent for long enough is forgotten. */
import { SECOND, type Timer } from '../../../../firmware/hal/clock.js'
import { NetError } from '../../../../firmware/net/errors.js'
import type { UdpPort } from '../../../../firmware/net/udp/udp-port.js'
import type { GatewayPlace } from './place.js'

export class UdpConversation {
  fromBoard = 0
  toBoard = 0
  readonly port: UdpPort
  readonly #place: GatewayPlace
  readonly #onOver: () => void
  #heardAt: number
  #idle: Timer
  #isOver = false

  /**
   * @param port of the lab, connected to the board
   * @param onOver called once: by silence, by the board's word that nobody has its port, or by `close`
   */
  constructor(place: GatewayPlace, port: UdpPort, onOver: () => void) {
    this.#place = place
    this.port = port
    this.#onOver = onOver
    this.#heardAt = place.clock.now
    this.#idle = place.clock.after(place.limits.conversationSeconds * SECOND, () => this.#lookIfIdle())
    port.onError(() => this.close())
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** The board sent so many octets. */
  heard(octets: number): void {
    this.#heardAt = this.#place.clock.now
    this.fromBoard += octets
  }

  /** Sends to the board, from the address that it knows. */
  send(octets: Uint8Array): void {
    if (this.#isOver) return
    this.#heardAt = this.#place.clock.now
    try {
      this.port.send(octets, 0, octets.length)
      this.toBoard += octets.length
    } catch (error) {
      if (!(error instanceof NetError)) throw error
      this.#place.lost.add('datagram not sent to the board')
    }
  }

  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#place.clock.cancel(this.#idle)
    this.port.close()
    this.#onOver()
  }

  #lookIfIdle(): void {
    const { clock, limits } = this.#place
    const rest = this.#heardAt + limits.conversationSeconds * SECOND - clock.now
    if (rest > 0) this.#idle = clock.after(rest, () => this.#lookIfIdle())
    else this.close()
  }
}
