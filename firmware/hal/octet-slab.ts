/**
 * Room for octets that are handed out and never taken back. Beyond 64 octets an array of its own costs ten times as much as
 * a view of a larger one; nobody's octets are ever handed out again, so a view is as good as a copy to keep.
 */

const SLAB = 65_536
/** Up to here the engine keeps an array's octets with the array, which is faster still. */
const SMALL = 64

let slab = new ArrayBuffer(SLAB)
let used = 0

/** `count` octets, all 0, that belong to the caller. */
export function takeOctets(count: number): Uint8Array {
  if (count <= SMALL || count > SLAB / 4) return new Uint8Array(count)
  if (used + count > SLAB) {
    slab = new ArrayBuffer(SLAB)
    used = 0
  }
  const octets = new Uint8Array(slab, used, count)
  used += (count + 7) & ~7
  return octets
}
