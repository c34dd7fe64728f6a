/** What can be wrong with a chip that a driver meets, told apart as far as SPI can tell (reference 20). */
export type ChipTrouble =
  /** Reads are all ones, all zeros or not those of an ENC28J60: supply, chip select, MISO, or another device. */
  | 'no-answer'
  /** ETH registers answer, CLKRDY stays 0: no 25 MHz. */
  | 'clock-not-ready'
  /** EREVID is not one of the four known: a corrupted read, or a clone. */
  | 'unknown-revision'
  /** MAC registers do not hold what was written (erratum 1, chip select hold, signal integrity). */
  | 'register-readback'
  /** MISTAT.BUSY stays set, or PHID1 and PHID2 are not Microchip's. */
  | 'phy-not-ready'
  /** Registers are back at their reset values although nobody reset the chip: its supply sagged. */
  | 'registers-lost'
  /** Frames pass on the wire and none arrives, and resetting the receive logic did not help. */
  | 'receiver-deaf'
  /** Receive memory holds impossible headers again and again. */
  | 'memory-corrupt'
  /** The transmit logic does not come back after its reset. */
  | 'transmitter-stuck'

export class ChipError extends Error {
  constructor(
    readonly trouble: ChipTrouble,
    message: string,
  ) {
    super(message)
    this.name = 'ChipError'
  }
}
