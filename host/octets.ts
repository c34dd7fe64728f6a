/** Whether these are the octets of one frame, before and behind a cable, which pads a short one (IEEE 802.3 3.2.8). */
export function isSameFrame(sent: Uint8Array, arrived: Uint8Array): boolean {
  const length = Math.min(sent.length, arrived.length)
  for (let i = 0; i < length; i++) if (sent[i] !== arrived[i]) return false
  return true
}

/** One array of all of them, in order. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
