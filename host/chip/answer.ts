/** What a command of the chip's prompt came to. */

import type { LineStatus } from '../../firmware/enc28j60/phy.js'
import type { ChipIdentity } from '../../firmware/enc28j60/reset.js'
import type { ReportedFinding } from '../check/types.js'

/** `read`, `phy read`: a register with its bits and its value after a reset; a pair of registers has a value alone. */
export interface RegisterAnswer {
  readonly register: string
  readonly value: number
  readonly bits?: Readonly<Record<string, number>>
  readonly reset?: number
  /** The section of the data sheet. */
  readonly clause: string
}

/** As a plain value; which form it has, the command says. Octets are in hexadecimal. */
export type ChipResult =
  /** Nothing to say: `write`, `set`, `wait`; of `receive` that no frame came, of `int` that the board cannot read it. */
  | null
  | RegisterAnswer
  | readonly RegisterAnswer[]
  /** `mem read` */
  | { readonly address: number; readonly octets: string }
  /** `init` */
  | { readonly address: string; readonly fullDuplex: boolean; readonly receiveEnd: number }
  /** `send` */
  | { readonly sent: boolean; readonly octets: number; readonly collisions: number; readonly repeated: number }
  /** `receive`: a frame, one with a header that contradicts itself, one with a bad status vector. */
  | { readonly headers: string; readonly octets: string }
  | { readonly corrupt: string }
  | { readonly damaged: number }
  /** `link` */
  | LineStatus
  /** `int`: whether the pin is high. */
  | boolean
  /** `reset` */
  | ChipIdentity
  /** `dump` */
  | readonly { readonly register: string; readonly value: number; readonly reset: number }[]
  /** `raw` */
  | string
  /** `help` */
  | readonly { readonly usage: string; readonly help: string }[]

export interface ChipAnswer {
  readonly command: string
  /** Lines for a person. */
  readonly text: string
  /** The same, as a plain value; where a chip model watches and a rule of the data sheet was broken, beside the rule. */
  readonly result: ChipResult | { readonly result: ChipResult; readonly findings: readonly ReportedFinding[] }
}
