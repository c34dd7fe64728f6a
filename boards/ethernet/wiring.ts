/**
 * Eight conductors between two RJ-45 plugs, and which of them end up on which pin: T568A, T568B, straight, crossover, and
 * the ways it goes wrong in the field (ANSI/TIA-568-C.2; IEEE 802.3 14.5.1 for the pins of 10BASE-T).
 */

export type Colour =
  | 'white/orange'
  | 'orange'
  | 'white/green'
  | 'green'
  | 'white/blue'
  | 'blue'
  | 'white/brown'
  | 'brown'

/** Pins 1 to 8 of a plug, the colour crimped into each; undefined: nothing is. */
export type Plug = readonly (Colour | undefined)[]

export const T568A: Plug = [
  'white/green',
  'green',
  'white/orange',
  'blue',
  'white/blue',
  'orange',
  'white/brown',
  'brown',
]

export const T568B: Plug = [
  'white/orange',
  'orange',
  'white/green',
  'blue',
  'white/blue',
  'green',
  'white/brown',
  'brown',
]

/**
 * How a jack uses its pins. MDI, a station: sends on 1 and 2, receives on 3 and 6. MDI-X, a hub or switch: the other way
 * round. `auto` takes whichever fits (802.3 40.4.4).
 */
export type JackKind = 'MDI' | 'MDI-X' | 'auto'

interface Pins {
  readonly plus: number
  readonly minus: number
}

const LOW: Pins = { plus: 1, minus: 2 }
const HIGH: Pins = { plus: 3, minus: 6 }

/** Pins that send and receive, of a jack that has made up its mind. */
export const PINS: Readonly<Record<'MDI' | 'MDI-X', { readonly transmit: Pins; readonly receive: Pins }>> = {
  MDI: { transmit: LOW, receive: HIGH },
  'MDI-X': { transmit: HIGH, receive: LOW },
}

export interface CableWiring {
  readonly a: Plug
  readonly b: Plug
  /** Conductors that are broken somewhere. */
  readonly broken?: readonly Colour[]
  /** Conductors whose copper touches; both carry nothing a receiver could use. */
  readonly shorted?: readonly (readonly [Colour, Colour])[]
}

/** The same order at both ends: joins MDI to MDI-X. */
export const STRAIGHT_WIRING: CableWiring = { a: T568B, b: T568B }
/** Sending pins to receiving pins: joins MDI to MDI, or MDI-X to MDI-X. */
export const CROSSOVER_WIRING: CableWiring = { a: T568A, b: T568B }

/** Wired pin by pin in colour order: every pin has its partner, but pins 3 and 6 are on conductors of two pairs. */
const IN_COLOUR_ORDER: Plug = [
  'white/orange',
  'orange',
  'white/green',
  'green',
  'white/blue',
  'blue',
  'white/brown',
  'brown',
]
/** Continuity is perfect, twisting is not: the split pair. */
export const SPLIT_PAIR_WIRING: CableWiring = { a: IN_COLOUR_ORDER, b: IN_COLOUR_ORDER }

/** Swaps the conductors on two pins of a plug. @throws RangeError when a pin is not 1 to 8. */
export function swapPins(plug: Plug, one: number, other: number): Plug {
  for (const pin of [one, other])
    if (!Number.isInteger(pin) || pin < 1 || pin > 8) throw new RangeError(`an RJ-45 plug has pins 1 to 8; got ${pin}`)
  const swapped = [...plug]
  swapped[one - 1] = plug[other - 1]
  swapped[other - 1] = plug[one - 1]
  return swapped
}

/** What becomes of a sending pair at the other end. */
export interface PairPath {
  /** It arrives at the receiving pins. */
  readonly connected: boolean
  /** Its conductors arrive swapped. */
  readonly inverted: boolean
  /** Its two conductors are not twisted around each other: the other direction talks across. */
  readonly split: boolean
  /** Why it is not connected, for a person. */
  readonly reason: string | undefined
}

export interface Assessment {
  readonly aToB: PairPath
  readonly bToA: PairPath
  /** What jacks that choose have chosen. */
  readonly jacks: { readonly a: 'MDI' | 'MDI-X'; readonly b: 'MDI' | 'MDI-X' }
}

/** Follows both directions of a cable between two jacks. Jacks of kind `auto` take the choice that connects most. */
export function assess(wiring: CableWiring, a: JackKind, b: JackKind): Assessment {
  const choices = (kind: JackKind) => (kind === 'auto' ? (['MDI', 'MDI-X'] as const) : [kind])
  let best: Assessment | undefined
  let most = -1
  for (const atA of choices(a)) {
    for (const atB of choices(b)) {
      const aToB = follow(wiring, wiring.a, wiring.b, PINS[atA].transmit, PINS[atB].receive)
      const bToA = follow(wiring, wiring.b, wiring.a, PINS[atB].transmit, PINS[atA].receive)
      const connected = Number(aToB.connected) + Number(bToA.connected)
      if (connected <= most) continue
      most = connected
      best = { aToB, bToA, jacks: { a: atA, b: atB } }
    }
  }
  return best!
}

/** What a cable tester prints: the far pin of each near pin, 0 for none. */
export function pinMap(wiring: CableWiring): readonly number[] {
  return wiring.a.map((colour) =>
    colour === undefined || wiring.broken?.includes(colour) ? 0 : wiring.b.indexOf(colour) + 1,
  )
}

function follow(wiring: CableWiring, near: Plug, far: Plug, transmit: Pins, receive: Pins): PairPath {
  const fail = (reason: string): PairPath => ({ connected: false, inverted: false, split: false, reason })
  const arrivals: number[] = []
  const colours: Colour[] = []
  for (const pin of [transmit.plus, transmit.minus]) {
    const colour = near[pin - 1]
    if (colour === undefined) return fail(`pin ${pin} has no conductor`)
    if (wiring.broken?.includes(colour)) return fail(`the ${colour} conductor from pin ${pin} is broken`)
    const short = wiring.shorted?.find((pair) => pair.includes(colour))
    if (short !== undefined) return fail(`${short[0]} and ${short[1]} touch`)
    const at = far.indexOf(colour) + 1
    if (at === 0) return fail(`the ${colour} conductor from pin ${pin} ends in no pin`)
    arrivals.push(at)
    colours.push(colour)
  }
  const [plus, minus] = arrivals
  const straight = plus === receive.plus && minus === receive.minus
  const inverted = plus === receive.minus && minus === receive.plus
  if (!straight && !inverted)
    return fail(`pins ${transmit.plus} and ${transmit.minus} lead to pins ${plus} and ${minus}, which do not receive`)
  const pairOf = (colour: Colour) => colour.replace('white/', '')
  return { connected: true, inverted, split: pairOf(colours[0]) !== pairOf(colours[1]), reason: undefined }
}
