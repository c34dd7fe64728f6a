/** Whether what was heard is what this end had sent. */

export interface OwnOctets {
  /** What was sent is in what was heard, whole and in order. */
  readonly whole: boolean
  /** What was heard beside it. */
  readonly rest: Uint8Array
}

/** @returns undefined where what was sent is not in it, or nothing was sent */
export function findOwn(heard: Uint8Array, sent: Uint8Array): OwnOctets | undefined {
  if (sent.length === 0 || heard.length < sent.length) return undefined
  for (let at = 0; at + sent.length <= heard.length; at++) {
    if (sent.every((octet, index) => heard[at + index] === octet)) {
      const rest = new Uint8Array(heard.length - sent.length)
      rest.set(heard.subarray(0, at))
      rest.set(heard.subarray(at + sent.length), at)
      return { whole: true, rest }
    }
  }
  return undefined
}
