/**
 * A board's INT pin as a controller on the laptop sees it: a mirror kept up to date by the edges that the board reports on
 * channel 2. Edges arrive in order and none is lost while the session lives; the level is as old as the way from the board.
 */
import { Listeners } from '../hal/listeners.js'
import type { InputPin } from '../hal/pin.js'
import type { HostLink } from '../serial-link/host-link.js'

export class RemoteInterrupt implements InputPin {
  readonly #link: HostLink
  readonly #listeners = new Listeners<[high: boolean]>()
  #high = true

  /** Listens to the link from now on. Call `subscribe` in each session. */
  constructor(link: HostLink) {
    this.#link = link
    link.onInt((high) => this.#set(high))
  }

  get high(): boolean {
    return this.#high
  }

  onEdge(listener: (high: boolean) => void): () => void {
    return this.#listeners.add(listener)
  }

  /** Asks the board for edges; `done` receives whether it will deliver them. */
  subscribe(done: (subscribed: boolean) => void): void {
    this.#link.subscribeInt(true, (outcome) => {
      if (outcome.ok) this.#set(outcome.value)
      done(outcome.ok)
    })
  }

  #set(high: boolean): void {
    if (high === this.#high) return
    this.#high = high
    this.#listeners.tell(high)
  }
}
