/** What a page shows of a class: plain data, with a sentence for each thing. */
import type { Told } from '../words/told.js'
import type { ClassBoxKind } from './facts.js'
import type { ClassCounters, ClassPerson, ClassState } from './from-wire.js'
import type { ClassPassage } from './wire-log.js'

/** What can be done on the wire. */
export type ClassDeed =
  | { readonly kind: 'ping'; readonly to: string }
  | { readonly kind: 'say'; readonly how: 'UDP' | 'TCP'; readonly to: string; readonly text: string }
  | { readonly kind: 'roll' }
  | { readonly kind: 'file'; readonly to: string; readonly name: string; readonly octets: Uint8Array }

/** The teacher's. */
export type ClassRule =
  | { readonly kind: 'pause'; readonly paused: boolean }
  | { readonly kind: 'speed'; readonly speed: number }
  | { readonly kind: 'kick'; readonly seat: number }
  | { readonly kind: 'lock' }

export interface ClassSentence {
  /** On the class's clock, ns. */
  readonly at: number
  readonly told: Told
  readonly wrong: boolean
}

/** A learner's own. */
export interface MemberView {
  readonly name: string
  readonly box: ClassBoxKind
  readonly address: string
  readonly gateway: string
  readonly linkUp: boolean
  readonly paused: boolean
  readonly speed: number
  /** Milliseconds of wall time that each frame waits. */
  readonly waitMilliseconds: number
  readonly seat: number
  /** The others. */
  readonly peers: readonly ClassPerson[]
  readonly counters: ClassCounters
  /** What it sent and got, the newest last. */
  readonly passages: readonly ClassPassage[]
  readonly log: readonly ClassSentence[]
}

export type ClassView =
  | { readonly kind: 'joining' }
  | { readonly kind: 'member'; readonly member: MemberView }
  | { readonly kind: 'teacher'; readonly state: ClassState; readonly passages: readonly ClassPassage[] }
  /** Not on the wire, or not any more. */
  | { readonly kind: 'out'; readonly why: Told }

/** What a page asks of a class. */
export type ClassCommand =
  | { readonly kind: 'class-join'; readonly url: string; readonly name: string; readonly code: string }
  | { readonly kind: 'class-teach'; readonly url: string; readonly key: string }
  | { readonly kind: 'class-do'; readonly deed: ClassDeed }
  | { readonly kind: 'class-rule'; readonly rule: ClassRule }
  | { readonly kind: 'class-leave'; readonly why: 'paused' | 'left' }

export function isOfClass(command: { readonly kind: string }): command is ClassCommand {
  return command.kind.startsWith('class-')
}

/** What it is told. */
export type ClassMessage =
  | { readonly kind: 'class'; readonly view: ClassView }
  | { readonly kind: 'class-file'; readonly from: string; readonly name: string; readonly octets: Uint8Array }
