/** Where the steps of a conversation stand on a ladder: time runs downwards, in the order of what happened, not to scale. */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { TcpState } from '../../firmware/net/tcp/states.js'
import type { Conversation, Excerpt, PacketPassage, PassageFate, StateEntered, WireSide } from './conversation.js'

export interface PlacedPassage {
  readonly kind: 'passage'
  readonly passage: PacketPassage
  readonly fate: PassageFate
  /** Units from the top of the ladder: where it leaves, and where it arrives or would. */
  readonly y: number
  readonly arrivesY: number
}

export interface PlacedState {
  readonly kind: 'state'
  readonly side: WireSide
  readonly state: TcpState
  /** Undefined: it was in this state when the conversation began. */
  readonly entered: StateEntered | undefined
  readonly y: number
}

/** Words across the ladder: nothing happened for so long, or so many steps are left out. */
export type PlacedPause = { readonly kind: 'pause'; readonly y: number } & (
  | { readonly nanoseconds: number }
  | { readonly leftOut: number }
)

export type PlacedStep = PlacedPassage | PlacedState | PlacedPause

export interface PlacedLadder {
  readonly steps: readonly PlacedStep[]
  readonly height: number
  /** Where it may be cut: nothing is under way there. */
  readonly cuts: readonly number[]
}

/** Lines of type from what stands above: of a packet that leaves there are two lines of words above its arrow. */
const ABOVE = { send: 3, arrive: 1.4, state: 2, pause: 2 } as const
const LEAST_FALL = 1.7
/** A cut is so far below what stands above it. */
const BELOW = 0.7
/** A wait from here on is said. */
const LONG = 100 * MILLISECOND

type Moment =
  | { readonly kind: 'send' | 'arrive'; readonly order: number; readonly at: number; readonly passage: PacketPassage }
  | { readonly kind: 'state'; readonly order: number; readonly at: number; readonly entered: StateEntered }
  | { readonly kind: 'left out'; readonly order: number; readonly at: number }

/**
 * @param most steps that are shown
 * @param lineHeight units of a line of type
 */
export function placeLadder(conversation: Conversation, most: number, lineHeight: number): PlacedLadder {
  const excerpt = conversation.excerpt(most)
  const above = (kind: keyof typeof ABOVE) => ABOVE[kind] * lineHeight
  const fall = LEAST_FALL * lineHeight

  const steps: PlacedStep[] = []
  const leavesAt = new Map<PacketPassage, number>()
  const cuts: number[] = []
  let y = above('state') / 2
  for (const [side, state] of firstStates(excerpt)) {
    steps.push({ kind: 'state', side, state, entered: undefined, y })
  }
  let before: number | undefined
  for (const moment of momentsOf(excerpt)) {
    if (leavesAt.size === 0) cuts.push(y + BELOW * lineHeight)
    if (moment.kind === 'left out') {
      y += above('pause')
      steps.push({ kind: 'pause', leftOut: excerpt.leftOut, y })
      continue
    }
    const waited = before === undefined ? 0 : moment.at - before
    before = moment.at
    if (waited >= LONG) {
      y += above('pause')
      steps.push({ kind: 'pause', nanoseconds: waited, y })
    }
    y += above(moment.kind)
    if (moment.kind === 'state') {
      const { side, change } = moment.entered
      steps.push({ kind: 'state', side, state: change.state, entered: moment.entered, y })
      continue
    }
    const { passage } = moment
    if (moment.kind === 'send') {
      leavesAt.set(passage, y)
      continue
    }
    const left = leavesAt.get(passage) ?? y - fall
    leavesAt.delete(passage)
    y = Math.max(y, left + fall)
    steps.push({ kind: 'passage', passage, fate: conversation.fateOf(passage), y: left, arrivesY: y })
  }
  // As it is read: from above.
  steps.sort((a, b) => a.y - b.y)
  return { steps, height: y + above('arrive'), cuts }
}

/** The state in which each side was: a server that was asked had been in LISTEN. */
function firstStates({ steps }: Excerpt): [WireSide, TcpState][] {
  return (['near', 'far'] as const).flatMap((side): [WireSide, TcpState][] => {
    const first = steps.find((step): step is StateEntered => step.kind === 'state' && step.side === side)
    if (first === undefined) return []
    return [[side, isPassiveOpen(first) ? 'LISTEN' : first.change.previous]]
  })
}

/** A connection that a listener makes goes through LISTEN, in which the listener has been all the time. */
function isPassiveOpen({ change }: StateEntered): boolean {
  return change.previous === 'CLOSED' && change.state === 'LISTEN'
}

/** What is seen of a packet at one end only has its other end beside that. */
function momentsOf({ steps, leftOut, behind }: Excerpt): Moment[] {
  const moments: Moment[] = []
  for (const [i, step] of steps.entries()) {
    if (leftOut > 0 && i === behind) {
      const { order, at } = step.kind === 'state' ? step : (step.sent ?? step.arrived ?? { order: 0, at: 0 })
      moments.push({ kind: 'left out', order: order - 0.75, at })
    }
    if (step.kind === 'state') {
      if (!isPassiveOpen(step)) moments.push({ kind: 'state', order: step.order, at: step.at, entered: step })
      continue
    }
    const { sent, arrived } = step
    const leaves = sent ?? (arrived && { at: arrived.at, order: arrived.order - 0.5 })
    if (leaves === undefined) continue
    moments.push({ kind: 'send', ...leaves, passage: step })
    moments.push({ kind: 'arrive', ...(arrived ?? { at: leaves.at, order: leaves.order + 0.5 }), passage: step })
  }
  return moments.sort((a, b) => a.order - b.order)
}

/** Cuts a ladder into pieces of about the same height. @returns where each begins, and where the last ends */
export function cutLadder({ height, cuts }: PlacedLadder, pieces: number): number[] {
  const edges = [0]
  for (let i = 1; i < pieces; i++) {
    const wanted = (height * i) / pieces
    const nearest = cuts.reduce((best, cut) => (Math.abs(cut - wanted) < Math.abs(best - wanted) ? cut : best), 0)
    if (nearest > edges[edges.length - 1]) edges.push(nearest)
  }
  return [...edges, height]
}

/** `0.001204`: seconds from the first step. */
export function ladderTime(at: number, began: number): string {
  return ((at - began) / SECOND).toFixed(6)
}
