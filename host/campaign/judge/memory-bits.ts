/** Stuck bits of the buffer memory, at random addresses: each is to be found, and named for what it is. */

import { SeededRandom } from '../../../boards/simulation/random.js'
import { BUFFER_SIZE } from '../../../firmware/enc28j60/registers.js'
import type { PlannedRun } from '../plan.js'

export const MEMORY_FAULT = 'buffer-memory-bad'

export function memoryBitRuns(count: number, seed: number): PlannedRun[] {
  const random = new SeededRandom(seed).fork('stuck bits')
  return Array.from({ length: count }, () => {
    const address = random.below(BUFFER_SIZE)
    const bit = random.below(8)
    const level = random.below(2) === 0 ? 'low' : 'high'
    return {
      board: 'uno',
      seed: random.below(2 ** 31),
      faults: [`${MEMORY_FAULT}:address=${address},bit=${bit},level=${level}`],
    }
  })
}
