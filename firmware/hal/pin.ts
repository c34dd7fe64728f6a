/** One digital wire, as the controller sees it. Levels are logic levels at the pin, not "asserted" or "active". */
export interface InputPin {
  readonly high: boolean
  /** Is called after each edge, at the instant of the edge. Returns the function that unsubscribes the listener. */
  onEdge(listener: (high: boolean) => void): () => void
}

export interface OutputPin {
  readonly high: boolean
  set(high: boolean): void
}
