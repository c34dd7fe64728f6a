/** Two transmissions so long apart, in one batch: what stands between them on SPI passes the time. */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { CELL_OCTETS, PAYLOAD_OCTETS } from '../../../firmware/serial-link/cell.js'
import { keyed } from '../../text/keyed.js'
import type { CheckContext } from '../context.js'
import type { Outcome } from '../types.js'

/** From the first transmission to the second, in nanoseconds. */
export interface Apart {
  readonly earliest: number
  readonly meant: number
  readonly latest: number
}

/** SCK at which a few octets take that long; the ETH registers need no more (DS80349C 1 is about the others). */
const SLOW_CLOCK = 125_000
/** Octets that fit into one cell with the commands around them, so that nothing but SCK is between these. */
const MOST_PADDING = 14
/** Octets of two commands to set bits and of the head of one that writes memory (serprog, S_CMD_O_SPIOP). */
const COMMANDS = 26

/** Where octets go that only pass the time: transmit memory behind a frame of some thousand octets. */
export const PASSING = 0x1f00

/** Of a check that `runPaced` could not run. */
export const UNPACED: Outcome = { measurements: [], verdict: 'skip', reason: keyed('pacing.clock') }

/** How a program passes the time between its two transmissions. */
export interface TimePassing {
  /** Octets to be written to `PASSING`. */
  readonly padding: number
  /** Nothing but SCK is between the two, and no cell that a controller has to forward first. */
  readonly exact: boolean
}

interface Pacing {
  /** SCK in Hz; undefined where it stays as it is. */
  readonly clock: number | undefined
  /** Octets to be written to `PASSING`, at the SCK that was set; 0 where no number of them comes to the right time. */
  readonly padding: (clock: number) => number
}

/** Octets on a slow SCK, or, on a serial line that is fast enough, cells that the second transmission comes later in. */
function pacing(baud: number, { earliest, meant, latest }: Apart): Pacing {
  const cell = (CELL_OCTETS * 10 * SECOND) / baud
  const cells = Math.ceil(earliest / cell)
  if (cells * cell <= latest) return { clock: undefined, padding: () => PAYLOAD_OCTETS * cells + 5 - COMMANDS }
  return {
    clock: SLOW_CLOCK,
    padding: (clock) => {
      const octets = Math.round((meant * clock) / (8 * SECOND)) - 5
      return octets <= MOST_PADDING ? octets : 0
    },
  }
}

/**
 * Runs a program of such pairs, at the SCK that it takes, and sets SCK back whatever comes of it.
 * @param clock that SCK has now, in Hz; undefined where nobody says
 * @returns undefined, with nothing run, where SCK of this board comes to no right time
 */
export async function runPaced<T>(
  { chip, serial }: Pick<CheckContext, 'chip' | 'serial'>,
  clock: number | undefined,
  apart: Apart,
  program: (pace: TimePassing) => SpiProgram<T>,
): Promise<T | undefined> {
  const pace = pacing(serial.baud, apart)
  try {
    const set = pace.clock === undefined ? clock : await chip.setClock(pace.clock)
    const padding = set === undefined ? 0 : pace.padding(set)
    return padding > 0 ? await chip.run(program({ padding, exact: pace.clock !== undefined })) : undefined
  } finally {
    if (clock !== undefined) await chip.setClock(clock)
  }
}
