/** What the chip noticed its driver doing against the data sheet. A finding never changes what the chip does. */
export interface Finding {
  /** Stable name of the rule, e.g. `bit-field-on-mac-register`. */
  readonly id: string
  /** Virtual time, ns. */
  readonly at: number
  /** Octets the driver had sent under the chip select in which it happened (the instruction first). */
  readonly octets: Uint8Array
  /** The rule that was broken, in words. */
  readonly rule: string
  /** Where the rule is written. */
  readonly source: string
}
