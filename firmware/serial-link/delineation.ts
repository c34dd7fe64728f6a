/**
 * Cell delineation without a sync word (ITU-T I.432.1 4.5): the header check itself shows where cells begin.
 *
 * The chart has the standard's three states; the work on each octet is plain code beside it, and the chart is told only
 * what can move it. Two things go beyond the standard, because here a lost cell costs a retransmission:
 *
 * - Octets are kept until they have proved to be part of a cell, and are searched again when alignment is lost. A slip of
 *   one octet costs the cell it fell in, and none of those that follow.
 * - A slip moves the check of its cell to another place, where it holds by chance once in 65,536. So a cell that is
 *   followed by more octets is handed over when the header after it holds as well; without that, one corrupted cell in
 *   65,536 slips would pass for good.
 */
import { assign, createActor, setup } from 'xstate'
import { CELL_OCTETS, type Cell, HEADER_OCTETS, headerHolds, payloadHolds, readCell } from './cell.js'
import { DELINEATION } from './link-table.js'

/** Wrong headers in a row end SYNC (ALPHA), correct ones PRESYNC (DELTA). */
const { ALPHA, DELTA } = DELINEATION
/**
 * Payload checks that fail in a row, none having held since HUNT, after which the alignment is taken for a false one: a
 * cell sent again and again (a session cell) may hold five octets that look like a header, and the header check alone
 * would stay with them for ever.
 */
const { ASTRAY } = DELINEATION
/** A delivery this long comes from a buffer: when it ends where a cell ends, nothing was cut off behind it. */
const RUN = 8

export type DelineationState = 'HUNT' | 'PRESYNC' | 'SYNC'

const delineationMachine = setup({
  types: {
    context: {} as { count: number },
    events: {} as { type: 'CORRECT' } | { type: 'WRONG' } | { type: 'ASTRAY' },
  },
  guards: {
    confirmed: ({ context }) => context.count + 1 >= DELTA,
    lost: ({ context }) => context.count + 1 >= ALPHA,
  },
  actions: {
    clear: assign({ count: 0 }),
    count: assign({ count: ({ context }) => context.count + 1 }),
  },
}).createMachine({
  id: 'delineation',
  initial: 'HUNT',
  context: { count: 0 },
  states: {
    HUNT: { entry: 'clear', on: { CORRECT: 'PRESYNC' } },
    PRESYNC: {
      entry: 'clear',
      on: { CORRECT: [{ guard: 'confirmed', target: 'SYNC' }, { actions: 'count' }], WRONG: 'HUNT', ASTRAY: 'HUNT' },
    },
    SYNC: {
      entry: 'clear',
      on: {
        CORRECT: { actions: 'clear' },
        WRONG: [{ guard: 'lost', target: 'HUNT' }, { actions: 'count' }],
        ASTRAY: 'HUNT',
      },
    },
  },
})

export interface DelineationCounters {
  /** Cells handed over: both checks held. */
  cells: number
  /** Headers that did not hold where one was due. */
  headerErrors: number
  /** Cells whose header held and whose payload check did not. */
  payloadErrors: number
  /** Cells whose checks held, dropped because the header behind them did not: a slip is likely. */
  suspects: number
  /** Octets that became part of no cell. Octets in = 64 × `cells` + `discardedOctets` + octets still kept. */
  discardedOctets: number
  /** Times alignment was found (SYNC entered) and lost (SYNC left). */
  found: number
  lost: number
}

export interface DelineationEvents {
  onCell(cell: Cell): void
  /** A cell in SYNC was dropped though its header held; the payload is empty. Reject it. */
  onDamaged(header: Cell): void
}

export class Delineation {
  readonly #events: DelineationEvents
  readonly #actor = createActor(delineationMachine)
  #state: DelineationState = 'HUNT'
  /** Wrong headers since the last correct one; kept here so that the chart hears only of what can move it. */
  #wrong = 0
  #octets = new Uint8Array(1024)
  /** Octets in `#octets`: kept from `#kept`, the next header is due at `#due`, the last one ends before `#end`. */
  #kept = 0
  #due = 0
  #end = 0
  /** The header at `#due` held; its 64 octets are awaited. */
  #headerSeen = false
  /** The cell before `#due` is whole and waits for the header at `#due`. */
  #held = false
  #goodSinceHunt = false
  #damagedInRow = 0
  readonly counters: DelineationCounters = {
    cells: 0,
    headerErrors: 0,
    payloadErrors: 0,
    suspects: 0,
    discardedOctets: 0,
    found: 0,
    lost: 0,
  }

  constructor(events: DelineationEvents) {
    this.#events = events
    this.#actor.subscribe((snapshot) => {
      const state = snapshot.value as DelineationState
      if (state === this.#state) return
      if (state === 'SYNC') this.counters.found++
      if (this.#state === 'SYNC') this.counters.lost++
      this.#state = state
    })
    this.#actor.start()
  }

  get state(): DelineationState {
    return this.#state
  }

  /** Octets kept because they may yet prove to be part of a cell. */
  get kept(): number {
    return this.#end - this.#kept
  }

  /** A whole cell waits to see whether more octets follow it. Call `silence` when the line has been quiet for two octets. */
  get waiting(): boolean {
    return this.#held
  }

  /** Takes octets as the line delivered them. Cells are handed over from inside the call. */
  push(octets: Uint8Array): void {
    this.#append(octets)
    this.#work()
    if (this.#held && this.#end === this.#due && octets.length >= RUN) this.#deliver()
  }

  /** The line is quiet: a cell that ends with the last octet was cut off from nothing. */
  silence(): void {
    if (this.#held && this.#end === this.#due) this.#deliver()
  }

  /**
   * The line has been quiet for a whole cell, and nothing came of what is kept: a sender was cut off in a cell and began
   * anew, or an octet slipped. If a cell with both checks is among the octets, alignment is there.
   */
  rest(): void {
    const last = this.#end - CELL_OCTETS
    let at = this.#kept
    while (at <= last && !(headerHolds(this.#octets, at) && payloadHolds(this.#octets, at))) at++
    if (at > last || (this.#held && at === this.#due - CELL_OCTETS)) return
    this.#hunt('ASTRAY')
    this.#due = at
    this.#work()
    this.silence()
  }

  /** Forgets what was received, as after a reset of the line. Counters stay. */
  reset(): void {
    this.counters.discardedOctets += this.#end - this.#kept
    this.#kept = this.#due = this.#end = 0
    this.#hunt('ASTRAY')
  }

  #append(octets: Uint8Array): void {
    if (this.#end + octets.length > this.#octets.length) {
      const kept = this.#octets.subarray(this.#kept, this.#end)
      const needed = kept.length + octets.length
      const room = needed > this.#octets.length ? new Uint8Array(needed * 2) : this.#octets
      room.set(kept, 0) // set copes with overlap
      this.#octets = room
      this.#due -= this.#kept
      this.#end -= this.#kept
      this.#kept = 0
    }
    this.#octets.set(octets, this.#end)
    this.#end += octets.length
  }

  #work(): void {
    for (;;) {
      if (this.#state === 'HUNT') {
        if (!this.#search()) return
      } else if (!this.#headerSeen) {
        if (this.#end - this.#due < HEADER_OCTETS) return
        if (headerHolds(this.#octets, this.#due)) this.#correct()
        else this.#wrongHeader()
      } else {
        if (this.#end - this.#due < CELL_OCTETS) return
        this.#complete()
      }
    }
  }

  /** HUNT: slides an octet at a time. False when the octets ran out. */
  #search(): boolean {
    const octets = this.#octets
    let at = this.#due
    while (this.#end - at >= HEADER_OCTETS && !headerHolds(octets, at)) at++
    this.counters.discardedOctets += at - this.#kept
    this.#kept = this.#due = at
    if (this.#end - at < HEADER_OCTETS) return false
    this.#actor.send({ type: 'CORRECT' })
    this.#headerSeen = true
    this.#goodSinceHunt = false
    this.#damagedInRow = 0
    return true
  }

  #correct(): void {
    if (this.#held) this.#deliver()
    if (this.#state === 'PRESYNC' || this.#wrong > 0) this.#actor.send({ type: 'CORRECT' })
    this.#wrong = 0
    this.#headerSeen = true
    if (this.#state === 'SYNC') {
      // In SYNC a header where one is due proves the alignment: what came before will not be read any other way.
      this.counters.discardedOctets += this.#due - this.#kept
      this.#kept = this.#due
    }
  }

  #wrongHeader(): void {
    this.counters.headerErrors++
    this.#wrong++
    if (this.#held) {
      this.#held = false
      this.counters.suspects++
      this.#damaged(this.#due - CELL_OCTETS)
    }
    this.#actor.send({ type: 'WRONG' })
    if (this.#isHunting()) this.#again()
    else this.#due += CELL_OCTETS
  }

  #complete(): void {
    this.#headerSeen = false
    if (payloadHolds(this.#octets, this.#due)) {
      this.#held = true
      this.#due += CELL_OCTETS
      return
    }
    this.counters.payloadErrors++
    this.#damagedInRow++
    if (!this.#goodSinceHunt && this.#damagedInRow >= ASTRAY) {
      this.#actor.send({ type: 'ASTRAY' })
      this.#again()
      return
    }
    const at = this.#due
    this.#due += CELL_OCTETS
    this.#damaged(at)
  }

  /** Hands over the cell before `#due`. */
  #deliver(): void {
    const at = this.#due - CELL_OCTETS
    this.#held = false
    this.#goodSinceHunt = true
    this.#damagedInRow = 0
    this.counters.cells++
    this.counters.discardedOctets += at - this.#kept
    this.#kept = this.#due
    this.#events.onCell(readCell(this.#octets, at))
  }

  #damaged(at: number): void {
    if (this.#state !== 'SYNC') return
    const cell = readCell(this.#octets, at)
    this.#events.onDamaged({ ...cell, payload: new Uint8Array(0) })
  }

  #isHunting(): boolean {
    return this.#state === 'HUNT'
  }

  /** Alignment is lost: searches the kept octets again, from behind the place that proved wrong. */
  #again(): void {
    this.counters.discardedOctets++
    this.#kept++
    this.#due = this.#kept
    this.#headerSeen = false
    this.#held = false
    this.#wrong = 0
  }

  #hunt(type: 'ASTRAY'): void {
    this.#actor.send({ type })
    this.#headerSeen = false
    this.#held = false
    this.#wrong = 0
  }
}
