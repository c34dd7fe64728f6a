/** What one acknowledgement says beside its number. One is used for all: nothing here allocates for a segment. */
export class Acknowledged {
  /** Octets by which SND.UNA advanced. */
  advanced = 0
  /** Octets that have arrived by what it says, in order or not. */
  delivered = 0
  /** RFC 5681 2: it acknowledges what is outstanding, anew, with no text and the same window. */
  duplicate = false
  /** It tells of a congestion mark (RFC 3168 6.1.3). */
  congested = false
  /** When the step of the timestamp clock began that it echoes; undefined: it echoes none. */
  echoedAt: number | undefined
  /** The first number of a D-SACK (RFC 2883), and one beyond its last; equal where it has none. */
  repeatedFrom = 0
  repeatedTo = 0
}
