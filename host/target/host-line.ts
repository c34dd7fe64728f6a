/** The computer's end of the line to a board, whoever makes it: a port of the operating system, a browser's, a simulation. */
import type { SerialLine } from '../../firmware/hal/serial-line.js'

/** Who finds cells in what comes in. */
export interface CellFinder {
  /** True in SYNC: it is sure of where cells begin. */
  readonly synchronised: boolean
  /** Octets of the current cell it has already. */
  readonly held: number
}

/** What whoever speaks on a line has to know of the port that it is. */
export interface LineTraits {
  /** Cells that may wait in the port behind the one that leaves: 0 where the line keeps time (`LinkOptions.lead`). */
  readonly lead: number
  /** Nanoseconds that a network between here and the port may add to an answer; left out where there is none. */
  readonly transit?: number
  /** A change of rate opens the port anew, and that restarts a board which has its reset at DTR. */
  readonly reopensForRate?: boolean
  /** What the port itself has counted, where it counts. */
  readonly portCounters?: Readonly<Record<string, number>> | undefined
}

/**
 * A window of an Uno's: a computer that wakes up for each cell does so late when it is busy, and the line stands still meanwhile. What
 * is behind in the port goes out late by as much, at worst: 2.6 ms at 1 Mbaud.
 */
export const PORT_LEAD = 4

/** Counts of what a receiver found wrong with what came in. */
export interface LineErrorCounts {
  /** No stop bit where one was due. */
  readonly framing: number
  readonly parity: number
  /** Octets that came while nobody had taken those before. */
  readonly overruns: number
  /** The line was low for longer than an octet. */
  readonly breaks: number
}

export interface HostLine extends SerialLine, LineTraits {
  /** What the receiver has found wrong so far; left out by a port that does not tell, undefined where this one turned out not to. */
  lineErrors?(): LineErrorCounts | undefined
  /** Waits for octets before it, and holds back those after it, until it has taken effect. */
  setBaud(baud: number): void
  /** Is called when the port refused a write or a rate. */
  onError(listener: (error: Error) => void): () => void
  /**
   * Has octets handed over one cell at a time, as far as `finder` knows where cells begin; undefined: as they come. Left out by a line that
   * reads no stream.
   */
  cutCells?(finder: CellFinder | undefined): void
}

/** Outputs of the port; what is left out stays as it is. */
export interface ModemOutputs {
  readonly dtr?: boolean
  readonly rts?: boolean
  /** A break: the line is held in its start state. */
  readonly brk?: boolean
}

export interface ModemInputs {
  readonly cts: boolean
  readonly dsr: boolean
  readonly dcd: boolean
}

/** The port's control circuits. */
export interface PortModem {
  /** Rejects when the port cannot. */
  set(outputs: ModemOutputs): Promise<void>
  get(): Promise<ModemInputs>
}
