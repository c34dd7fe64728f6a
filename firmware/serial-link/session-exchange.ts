/**
 * How a session opens: OPEN (who asks, under a random identifier) → ACCEPT (that identifier, and one of the other end's own) →
 * CONFIRM (the other's identifier). Each end has then seen its own identifier come back, so neither takes a line with one dead
 * direction for open. The chart says where an end stands; which cell counts is plain code beside it.
 *
 * - Either end may ask. When both do, the host's OPEN counts: the board's is ignored and the host says its own again.
 * - An end that accepted and hears no CONFIRM says ACCEPT again, and counts it.
 * - A cell of the own role is no answer: it is the own one that came back, or another end in this one's place. An OPEN that came back
 *   spoils the attempt, whoever answers it as well: on such a line every data cell would come back, too.
 * - An end of version 1 answers OPEN by REPLY, and both take the session for open. A host of that version is served so. A board of that
 *   version is asked again and never accepted: only its REPLY shows that it hears us.
 *
 * docs/serial-link.md, Session; the C is `session` in firmware/bridge/core/session.c.
 */

import { createActor, setup } from 'xstate'
import type { Clock, Timer } from '../hal/clock.js'
import type { Random } from '../hal/random.js'
import type { Cell } from './cell.js'
import { SESSION, TIME_MS } from './link-table.js'
import { decodeSession, encodeSession, type Identity, type LinkRole, type SessionPayload } from './session.js'

const MILLISECOND = 1_000_000
/** Between two cells that open a session: at first and at most. */
const FIRST_RETRY = TIME_MS.FIRST_RETRY * MILLISECOND
const LAST_RETRY = TIME_MS.LAST_RETRY * MILLISECOND
/** Cells that an answer may take, and wait behind, on a slow line. */
const LEAST_RETRY_CELLS = 8
const IDENTIFIERS = 0x10000

export type SessionState = 'closed' | 'opening' | 'accepting' | 'open'

const sessionMachine = setup({
  types: {
    events: {} as {
      /** ASK: this end wants a session. ASKED: the peer does. SETTLED: version 1, where one cell is enough. */
      type: 'ASK' | 'ASKED' | 'ACCEPTED' | 'CONFIRMED' | 'SETTLED' | 'SHUT'
    },
  },
}).createMachine({
  id: 'session',
  initial: 'closed',
  on: { ASK: '.opening', ASKED: '.accepting', SETTLED: '.open', SHUT: '.closed' },
  states: {
    closed: {},
    opening: { on: { ACCEPTED: 'open' } },
    accepting: { on: { CONFIRMED: 'open' } },
    open: {},
  },
})

/** Why a session cell was not followed. */
export type SessionDrop =
  | 'bad session'
  | 'old session'
  /** Our own, come back. */
  | 'own session cell'
  /** A host's at a host, a board's at a board. */
  | 'session cell of the same role'
  /** An answer to an OPEN of ours that came back as well. */
  | 'answer beside an echo'

export interface SessionCounters {
  /** OPENs of the peer. */
  asked: number
  /** ACCEPTs said again because no CONFIRM came. */
  unconfirmed: number
}

export interface SessionExchangeOptions {
  readonly clock: Clock
  readonly random: Random
  readonly role: LinkRole
  readonly identity: Identity
  /** Nanoseconds. */
  cellTime(): number
  /** A session cell is to be said: `take` has it. */
  onDue(): void
  /** Sequences begin anew; whatever session there was is over. */
  onAnew(): void
  /** `again`: the peer ended the session that was open, and this one takes its place. */
  onOpened(again: boolean): void
  onDropped(why: SessionDrop): void
}

type Step = SessionPayload['step']

export class SessionExchange {
  readonly #options: SessionExchangeOptions
  readonly #actor = createActor(sessionMachine)
  #state: SessionState = 'closed'
  #identifier = -1
  #peerIdentifier = -1
  /** This end asked for the session that there is or may be. */
  #asking = false
  /** The last OPEN came back. */
  #echoed = false
  /** The peer ended a session that was open, and none has been reported since. */
  #again = false
  #due: Step | undefined
  #retry = FIRST_RETRY
  #retryTimer: Timer | undefined
  #peer: Identity | undefined
  #version: number = SESSION.VERSION
  readonly counters: SessionCounters = { asked: 0, unconfirmed: 0 }

  constructor(options: SessionExchangeOptions) {
    this.#options = options
    this.#actor.subscribe((snapshot) => {
      this.#state = snapshot.value as SessionState
    })
    this.#actor.start()
  }

  get state(): SessionState {
    return this.#state
  }

  /** Who is at the other end, or was; undefined before anybody was. */
  get peer(): Identity | undefined {
    return this.#peer
  }

  /** Of the session that is open or was last. */
  get version(): number {
    return this.#version
  }

  /** Asks for a session under a new identifier, again and again until it is accepted. */
  ask(): void {
    this.#askFrom(0)
  }

  /** @param least the new identifier is not smaller: what an end of version 1 that asks itself gives way to */
  #askFrom(least: number): void {
    this.#actor.send({ type: 'ASK' })
    this.#options.onAnew()
    this.#renew(least)
    this.#asking = true
    this.#retry = FIRST_RETRY
    this.#say('open')
  }

  /** Says nothing more until `ask`, or until the peer asks. */
  shut(): void {
    this.#actor.send({ type: 'SHUT' })
    this.#options.onAnew()
    this.#options.clock.cancel(this.#retryTimer)
    this.#due = undefined
  }

  /** The payload of the session cell that is due. */
  take(): Uint8Array | undefined {
    const step = this.#due
    if (step === undefined) return undefined
    this.#due = undefined
    if (step === 'open') this.#echoed = false
    const { role, identity } = this.#options
    const peer = step === 'open' || step === 'reply' ? 0 : this.#peerIdentifier
    const identifier = step === 'reply' ? this.#peerIdentifier : this.#identifier
    return encodeSession({ step, identifier, peer, role, speaks: SESSION.VERSION, identity })
  }

  /** A cell came that does not belong to the opening of a session: the peer believes in a session that is not open. Answers with the step that is missing. */
  remind(): void {
    if (this.#state === 'accepting') this.#soon('accept')
    // A host that was away for longer than its lease does not know that its session is over.
    else if (this.#state === 'closed' && this.#options.role === 'board') this.ask()
  }

  hear(cell: Cell): void {
    const heard = decodeSession(cell.payload)
    if (heard === undefined) {
      this.#options.onDropped('bad session')
      return
    }
    if (heard.role === this.#options.role) {
      const own = heard.identifier === this.#identifier
      if (own && heard.step === 'open') this.#echoed = true
      this.#options.onDropped(own ? 'own session cell' : 'session cell of the same role')
      return
    }
    if (heard.step === 'open') this.#opens(heard)
    else if (heard.step === 'accept') this.#accepts(heard, cell)
    else if (heard.step === 'confirm') this.#confirms(heard)
    else this.#replies(heard, cell)
  }

  #opens(heard: SessionPayload): void {
    this.counters.asked++
    if (heard.speaks < SESSION.VERSION) this.#opensInVersion1(heard)
    else if (this.#options.role === 'host' && this.#state === 'opening') this.#soon('open')
    else if (this.#isWith(heard)) this.#soon('accept')
    else this.#accept(heard)
  }

  /** Whether a session that `heard` asked for is open, or accepted. */
  #isWith({ identifier }: SessionPayload): boolean {
    const standing = this.#state === 'open' || this.#state === 'accepting'
    return standing && !this.#asking && this.#version === SESSION.VERSION && identifier === this.#peerIdentifier
  }

  #accept({ identifier, identity }: SessionPayload): void {
    this.#endOpen()
    this.#actor.send({ type: 'ASKED' })
    this.#options.onAnew()
    this.#peerIdentifier = identifier
    this.#peer = identity
    this.#version = SESSION.VERSION
    this.#asking = false
    this.#renew(0)
    this.#retry = FIRST_RETRY
    this.#say('accept')
  }

  #opensInVersion1({ identifier, identity }: SessionPayload): void {
    if (this.#options.role === 'host') {
      if (this.#state === 'opening' && this.#identifier >= identifier) this.#soon('open')
      else {
        this.#endOpen()
        this.#askFrom(identifier)
      }
      return
    }
    const known = this.#state === 'open' && this.#version === SESSION.VERSION_1 && identifier === this.#peerIdentifier
    if (!known) {
      this.#endOpen()
      this.#actor.send({ type: 'SHUT' })
      this.#options.onAnew()
      this.#peerIdentifier = identifier
      this.#asking = false
      this.#opened('SETTLED', identity, SESSION.VERSION_1)
    }
    this.#soon('reply')
  }

  #accepts(heard: SessionPayload, cell: Cell): void {
    const ours = this.#asking && heard.peer === this.#identifier
    if (ours && this.#state === 'opening') {
      if (!this.#takes(cell)) return
      this.#peerIdentifier = heard.identifier
      this.#soon('confirm')
      this.#opened('ACCEPTED', heard.identity, SESSION.VERSION)
    } else if (!ours || this.#state !== 'open') {
      this.#old()
    } else if (heard.identifier === this.#peerIdentifier) {
      this.#soon('confirm') // ours was lost
    } else {
      // The peer accepted, began anew, and accepted again what was still on its way: it is not in the session we are in.
      this.#endOpen()
      this.ask()
    }
  }

  #confirms(heard: SessionPayload): void {
    const awaited = heard.identifier === this.#peerIdentifier && heard.peer === this.#identifier
    if (this.#state === 'accepting' && awaited) this.#opened('CONFIRMED', heard.identity, SESSION.VERSION)
    else if (this.#state !== 'open' || this.#asking || !awaited) this.#old()
    // else it answers an ACCEPT that was said twice
  }

  /**
   * A step of a session that is over. A peer that accepted what this board no longer asks for would accept it for ever: a board
   * falls silent when what it hears first is the rest of a cell, which looks like raw serprog.
   */
  #old(): void {
    this.#options.onDropped('old session')
    if (this.#state === 'closed') this.remind()
  }

  #replies(heard: SessionPayload, cell: Cell): void {
    if (this.#state !== 'opening' || heard.identifier !== this.#identifier) this.#options.onDropped('old session')
    else if (this.#takes(cell)) this.#opened('ACCEPTED', heard.identity, SESSION.VERSION_1)
  }

  /** Whether an answer to our OPEN may be followed. */
  #takes({ sequence, acknowledge }: Cell): boolean {
    if (this.#echoed) {
      this.#options.onDropped('answer beside an echo')
      return false
    }
    if (sequence === 0 && acknowledge === 0) return true
    // The peer has sent or received in this session already: our identifier is by chance that of an older one.
    this.ask()
    return false
  }

  #opened(type: 'ACCEPTED' | 'CONFIRMED' | 'SETTLED', peer: Identity, version: number): void {
    const again = this.#again
    this.#again = false
    this.#peer = peer
    this.#version = version
    this.#options.clock.cancel(this.#retryTimer)
    if (type === 'CONFIRMED') this.#due = undefined // an ACCEPT that was to be said again
    this.#actor.send({ type })
    this.#options.onOpened(again)
  }

  #endOpen(): void {
    if (this.#state === 'open') this.#again = true
  }

  /** Another identifier: neither this end's former one nor the peer's. */
  #renew(least: number): void {
    const former = this.#identifier
    const taken = this.#peerIdentifier
    do this.#identifier = least + this.#options.random.below(IDENTIFIERS - least)
    while ((this.#identifier === former || this.#identifier === taken) && least < IDENTIFIERS - 4)
  }

  #soon(step: Step): void {
    this.#due = step
    this.#options.onDue()
  }

  /** Now, and again until something comes of it. */
  #say(step: 'open' | 'accept'): void {
    this.#soon(step)
    const { clock } = this.#options
    clock.cancel(this.#retryTimer)
    const wait = Math.max(this.#retry, LEAST_RETRY_CELLS * this.#options.cellTime())
    this.#retry = Math.min(LAST_RETRY, this.#retry * 2)
    this.#retryTimer = clock.after(Math.round(wait), () => {
      if (step === 'accept') this.counters.unconfirmed++
      this.#say(step)
    })
  }
}
