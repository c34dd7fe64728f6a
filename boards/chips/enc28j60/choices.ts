/**
 * Where the data sheet is silent or contradicts itself, a model has to choose. Each choice that a driver could notice is
 * named here with its default, and can be made otherwise (`new Enc28j60({ choices: … })`). docs/chip.md has the list with
 * the reasons.
 */
export interface Choices {
  /** The octet before a MAC or MII register's value: a number, or chance, to expose drivers that take it for data. */
  readonly dummyOctet: number | 'random'
  /** Does MISTAT bit 3, which the sheet reserves, read 1 from the end of the first MII read on? */
  readonly readSetsReservedStatus: boolean
  /** What BFS and BFC do to a MAC or MII register: OR and AND NOT, take the mask as the value, or nothing. */
  readonly bitFieldOnMac: 'modify' | 'write' | 'ignore'
  /** Can a host set the clear-only flags of EIR and ESTAT? */
  readonly flagsWritable: boolean
  /** Does DMAIF come when the host cancels a DMA? */
  readonly dmaFlagOnCancel: boolean
  /** Does TXIF come when the host cancels a transmission? */
  readonly transmitFlagOnCancel: boolean
  /** Does ESTAT.TXABRT come when the host cancels a transmission? */
  readonly abortOnCancel: boolean
  /** Does TXRST clear ESTAT.LATECOL? */
  readonly transmitResetClearsLatecol: boolean
  /** Does RXRST clear EPKTCNT and put the write pointer back to ERXST? */
  readonly receiveResetClears: boolean
  /** How far a packet may reach: to the free space formula of 7.2.3, or to the octet before ERXRDPT. */
  readonly receiveLimit: 'formula' | 'pointer'
  /** Does a plain overflow set ESTAT.BUFER beside RXERIF? */
  readonly overflowSetsBufer: boolean
  /** Does ERXWRPT show ERXST as soon as ERXST or ERXND is written, or only after the next packet? */
  readonly writePointerShowsStart: boolean
  /** The hidden write pointer after a reset. */
  readonly resetWritePointer: number
  /** Does PADCFG append an FCS although TXCRCEN is 0? */
  readonly paddingAppendsCrc: boolean
  /** Does the receive status vector check lengths without MACON3.FRMLNEN? */
  readonly lengthCheckAlways: boolean
  /** Is a broadcast marked as a multicast too in the receive status vector? */
  readonly broadcastIsMulticast: boolean
  /** Is a change of the link through FRCLNK a link change for PHIR? */
  readonly forcedLinkInterrupts: boolean
  /** Do the one-shot modes of EFLOCON go back to 00 when the pause frame has left? */
  readonly oneShotPauseClears: boolean
  /** Time between periodic pause frames, as a share of EPAUS. */
  readonly pausePeriod: number
  /** Revision nibble of PHID2. */
  readonly phyRevision: number
  /** Link pulses in a row that bring the link up, 2 to 10. */
  readonly linkTestCount: number
}

export const DEFAULT_CHOICES: Choices = {
  dummyOctet: 0x00,
  readSetsReservedStatus: true,
  bitFieldOnMac: 'modify',
  flagsWritable: false,
  dmaFlagOnCancel: true,
  transmitFlagOnCancel: true,
  abortOnCancel: false,
  transmitResetClearsLatecol: false,
  receiveResetClears: false,
  receiveLimit: 'formula',
  overflowSetsBufer: true,
  writePointerShowsStart: true,
  resetWritePointer: 0x05fa,
  paddingAppendsCrc: true,
  lengthCheckAlways: false,
  broadcastIsMulticast: false,
  forcedLinkInterrupts: true,
  oneShotPauseClears: true,
  pausePeriod: 0.5,
  phyRevision: 0,
  linkTestCount: 3,
}
