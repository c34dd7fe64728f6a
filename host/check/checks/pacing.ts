/** Two transmissions so long apart, in one batch: what stands between them on SPI passes the time. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { CELL_OCTETS, PAYLOAD_OCTETS } from '../../../firmware/serial-link/cell.js'

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

export interface Pacing {
  /** SCK in Hz; undefined where it stays as it is. */
  readonly clock: number | undefined
  /** Octets to be written to `PASSING`, at the SCK that was set; 0 where no number of them comes to the right time. */
  readonly padding: (clock: number) => number
}

/** Octets on a slow SCK, or, on a serial line that is fast enough, cells that the second transmission comes later in. */
export function pacing(baud: number, { earliest, meant, latest }: Apart): Pacing {
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
