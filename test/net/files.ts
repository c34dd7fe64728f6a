/** Files that the tests send, and what is left of a stack when they are through. */
import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { RandomFile } from '../../firmware/services/http/random-file.js'
import type { Namespace, Stat } from './namespace.js'

export function sha256(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex')
}

/** Of what our HTTP server has under /random/SIZE. */
export function sha256OfRandomFile(size: number): string {
  const octets = new Uint8Array(size)
  const file = new RandomFile(size)
  for (let at = 0; at < size; ) at += file.fill(octets, at, size)
  return sha256(octets)
}

export function randomOctets(length: number): Buffer {
  return randomBytes(length)
}

/** Connections that the other end closed last are remembered for two maximum segment lifetimes, in a budget of their own. */
const TIMEOUT_MILLISECONDS = 90_000

/** The stack of the `net up` that runs there is as it was in the beginning: nothing connected, nothing held. */
export async function expectIdle(namespace: Namespace): Promise<Stat> {
  const began = Date.now()
  for (;;) {
    const stat = await namespace.stat()
    const { memory, tcp } = stat
    if ((memory.used === 0 && tcp.length === 0) || Date.now() - began > TIMEOUT_MILLISECONDS) {
      expect(tcp).toEqual([])
      expect(memory.used).toBe(0)
      return stat
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
