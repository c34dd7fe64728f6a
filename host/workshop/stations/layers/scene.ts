/** What the layers station shows. */
import type { HeaderField } from '../../network/header-fields.js'
import type { SceneThing } from '../../scene-thing.js'
import type { Told } from '../../words/told.js'
import type { FramePartName, Layer } from './encapsulation.js'

/** Octets that a layer added, in the order in which they are sent. */
export interface ScenePart {
  readonly name: FramePartName
  readonly layer: Layer
  readonly octets: readonly number[]
}

/** What became of a copy of the message at the receiver. */
export type CopyOutcome =
  | { readonly kind: 'underway' }
  | { readonly kind: 'shown' }
  | { readonly kind: 'dropped'; readonly layer: Layer; readonly reason: Told | string }

export interface SceneLayer {
  readonly layer: Layer
  /** Octets of it in the frame. */
  readonly added: number
  readonly fields: readonly HeaderField[]
  readonly down: Told
  readonly up: Told
  /** At the receiver: it took its part off, dropped the message, or never saw it. */
  readonly state: 'passed' | 'dropped' | 'never' | 'waits'
}

/** The message as it went out once: TCP sends again what is not acknowledged. */
export interface SceneCopy {
  readonly at: number
  readonly parts: readonly ScenePart[]
  readonly layers: readonly SceneLayer[]
  readonly outcome: CopyOutcome
}

export interface SceneLine {
  readonly from: 'teller' | 'board'
  readonly text: string
}

export interface LayersScene {
  readonly kind: 'layers'
  readonly model: 'osi' | 'tcpip'
  readonly transport: 'tcp' | 'udp'
  /** Where one looks: `d7` is layer 7 on the way down, `u1` layer 1 on the way up. */
  readonly look: string
  readonly copies: readonly SceneCopy[]
  /** Which of them is taken apart. */
  readonly copy: number
  /** What the two said to each other. */
  readonly dialogue: readonly SceneLine[]
  readonly shown: readonly string[]
  readonly signal: 'none' | 'to-board' | 'to-teller' | 'both'
  readonly things: readonly SceneThing[]
}
