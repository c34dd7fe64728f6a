/** What a connection remembers of explicit congestion notification (RFC 3168); `ecn.ts` does with it what is to be done. */
/** The ECN field of an IP header, the two low bits of its traffic class (RFC 3168 5). */
export const ECN_FIELD = 3
export const ECT_0 = 2
export const CONGESTION_EXPERIENCED = 3

/** What a connection remembers that both ends have agreed on it. */
export class EcnAgreement {
  /** A SYN without the request went out too: whatever the peer took it for, nothing of ours is to be marked (6.1.1). */
  readonly mayBeMarked: boolean
  /** A mark has come, and the sender has not said since that it knows: acknowledgements say ECE (6.1.3). */
  echoing = false
  /** The window was reduced: the next segment of new data says CWR (6.1.2). */
  reduced = false
  /**
   * SND.NXT when the window was last reduced: it is reduced once for a window of data. Undefined when something beyond is acknowledged,
   * and so the segment with CWR has arrived.
   */
  reducedAt: number | undefined

  constructor(mayBeMarked: boolean) {
    this.mayBeMarked = mayBeMarked
  }
}
