import type { Told } from './words/told.js'

/** Something in a picture. */
export interface SceneThing {
  readonly id: string
  readonly told: Told
  readonly wrong?: boolean
  /** A click on it puts this probe there. */
  readonly probe?: string
}
