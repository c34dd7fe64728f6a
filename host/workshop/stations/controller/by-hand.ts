/** The chip in the learner’s hands: the firmware’s own routines, one at a time, while the controller has lent it. */
import { Batch, ChipAccess } from '../../../../firmware/enc28j60/access.js'
import { ChipError } from '../../../../firmware/enc28j60/chip-error.js'
import {
  type ChipConfig,
  DEFAULT_CONFIG,
  DRIVER_INTERRUPTS,
  enableReceiver,
  initialise,
} from '../../../../firmware/enc28j60/initialise.js'
import { readPhy } from '../../../../firmware/enc28j60/phy.js'
import { type ReceiveOutcome, ReceivePosition, receiveFrame } from '../../../../firmware/enc28j60/receive.js'
import { BITS } from '../../../../firmware/enc28j60/registers.js'
import { resetChip } from '../../../../firmware/enc28j60/reset.js'
import { type TransmitOutcome, transmitFrame } from '../../../../firmware/enc28j60/transmit.js'
import type { SpiOutcome, SpiProgram, SpiRunner } from '../../../../firmware/hal/spi.js'
import { type Told, told } from '../../words/told.js'
import { frameLabel } from './frames.js'

export type Say = (sentence: Told, wrong?: boolean) => void

/** Who is told what came of it, and what was read. */
export interface ByHandWatch {
  readonly say: Say
  read(frame: Uint8Array): void
}

export class ByHand {
  readonly #runner: SpiRunner
  readonly #config: ChipConfig
  readonly #say: Say
  readonly #read: (frame: Uint8Array) => void
  readonly #access = new ChipAccess()
  readonly #position = new ReceivePosition()

  constructor(runner: SpiRunner, address: Uint8Array, { say, read }: ByHandWatch) {
    this.#runner = runner
    this.#config = { ...DEFAULT_CONFIG, address }
    this.#say = say
    this.#read = read
  }

  /** The chip is ours from now on, as somebody else has left it. @param packet where the next one begins */
  take(packet: number): void {
    this.#access.forget()
    this.#position.packet = packet
  }

  initialise(done?: () => void): void {
    this.#run(this.#initialise(), () => {
      this.#say(told('controller.did.init'))
      done?.()
    })
  }

  send(frame: Uint8Array): void {
    this.#run(transmitFrame(this.#access, this.#config, frame), (outcome) => this.#sent(outcome))
  }

  read(): void {
    this.#run(receiveFrame(this.#access, this.#config, this.#position), (outcome) => this.#received(outcome))
  }

  /** Clears what can be cleared: RXERIF, TXIF, TXERIF and what ESTAT says of them, and LINKIF. */
  clearFlags(): void {
    const { EIR, ESTAT } = BITS
    const flags = new Batch(this.#access)
      .clear('EIR', EIR.RXERIF | EIR.TXIF | EIR.TXERIF | EIR.DMAIF)
      .clear('ESTAT', ESTAT.BUFER | ESTAT.LATECOL | ESTAT.TXABRT)
    this.#run(this.#clear(flags), () => this.#say(told('controller.did.clear')))
  }

  *#clear(flags: Batch): SpiProgram<void> {
    yield* flags.run()
    // LINKIF is the PHY's, and falls when it was asked why (DS39662 12.1).
    yield* readPhy(this.#access, 'PHIR')
  }

  *#initialise(): SpiProgram<void> {
    this.#access.forget()
    yield* resetChip(this.#access)
    yield* initialise(this.#access, this.#config, DRIVER_INTERRUPTS)
    yield* enableReceiver(this.#access)
    this.#position.packet = 0
  }

  #run<T>(program: SpiProgram<T>, done: (value: T) => void): void {
    this.#runner.run(program, (outcome: SpiOutcome<T>) => {
      if (outcome.ok) done(outcome.value)
      else this.#failed(outcome.error)
    })
  }

  #failed(error: Error): void {
    this.#access.forget()
    const trouble =
      error instanceof ChipError ? told(`controller.trouble.${error.trouble}`) : told('controller.trouble.bus')
    this.#say(told('controller.did.failed', { trouble }), true)
  }

  #sent({ kind }: TransmitOutcome): void {
    this.#say(told(kind === 'sent' ? 'controller.did.sent' : 'controller.did.not-sent'), kind !== 'sent')
  }

  #received(outcome: ReceiveOutcome | undefined): void {
    if (outcome === undefined) this.#say(told('controller.did.nothing'))
    else if (outcome.kind === 'frame') {
      this.#say(told('controller.did.read', { says: frameLabel(outcome.frame) }))
      this.#read(outcome.frame)
    } else this.#say(told(outcome.kind === 'corrupt' ? 'controller.did.corrupt' : 'controller.did.bad'), true)
  }
}
