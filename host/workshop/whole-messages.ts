/** Messages compared with what arrived, octet by octet: how many were whole, one after the other. */
export class WholeMessages {
  #inARow = 0
  /** What is under way, and how much of it has arrived; undefined: nothing, or something that is spoilt. */
  #sent: readonly number[] | undefined
  #arrived = 0

  get inARow(): number {
    return this.#inARow
  }

  /** Counts from 0 again; what is under way is the first. */
  begin(): void {
    this.#inARow = 0
  }

  send(octets: Iterable<number>): void {
    // The one before has not arrived, or not yet: then nobody can say whose the next octets are.
    if (this.#sent !== undefined && this.#arrived < this.#sent.length) this.#inARow = 0
    this.#sent = [...octets]
    this.#arrived = 0
  }

  /** @param clean without a flag */
  receive(octet: number, clean: boolean): void {
    const sent = this.#sent
    if (sent === undefined || !clean || sent[this.#arrived] !== octet) {
      this.#inARow = 0
      this.#sent = undefined
      return
    }
    if (++this.#arrived === sent.length) this.#inARow++
  }
}
