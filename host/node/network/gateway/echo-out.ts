/** Echoes of boards to hosts outside: the system's ping asks, and its answer is the host's; without such a program the gateway answers itself. */
import type { Datagram } from '../../../../firmware/net/network-layer.js'
import { type GatewayPlace, mayGo } from './place.js'
import { systemPing } from './system-ping.js'

/** Octets of an echo before its data. */
const ECHO_HEADER_OCTETS = 8

export class EchoOut {
  readonly #place: GatewayPlace
  readonly #program: string | undefined
  readonly #onAlone: () => void
  #asking = 0
  #isAlone = false
  answered = 0

  /**
   * @param program instead of the system's ping
   * @param onAlone called once: there is no ping, and from now on the gateway answers itself
   */
  constructor(place: GatewayPlace, program: string | undefined, onAlone: () => void) {
    this.#place = place
    this.#program = program
    this.#onAlone = onAlone
    const { icmp, ipv6 } = place.stack
    icmp.handleForeignEcho = (request) => this.#take(request, (kept) => icmp.answer(kept))
    if (ipv6 !== undefined)
      ipv6.icmp.handleForeignEcho = (request) => this.#take(request, (kept) => ipv6.icmp.answer(kept))
  }

  /** There is no ping: the gateway answers for all hosts outside. */
  get isAlone(): boolean {
    return this.#isAlone
  }

  close(): void {
    const { icmp, ipv6 } = this.#place.stack
    icmp.handleForeignEcho = undefined
    if (ipv6 !== undefined) ipv6.icmp.handleForeignEcho = undefined
  }

  #take(request: Datagram, answer: (kept: Datagram) => void): void {
    const place = this.#place
    if (!mayGo(place, request, undefined)) return
    if (this.#isAlone) {
      this.answered++
      answer(request)
      return
    }
    if (this.#asking >= place.limits.echoes) {
      place.lost.add('too many echoes')
      return
    }
    this.#asking++
    const kept = request.kept()
    const octets = request.payloadEnd - request.payloadAt - ECHO_HEADER_OCTETS
    void systemPing(kept.destination, octets, this.#program).then((echo) => {
      this.#asking--
      place.enter(() => {
        if (echo === 'silent') place.lost.add('echo without an answer')
        else {
          if (echo === 'no ping') this.#stayAlone()
          this.answered++
          answer(kept)
        }
      })
    })
  }

  #stayAlone(): void {
    if (this.#isAlone) return
    this.#isAlone = true
    this.#onAlone()
  }
}
