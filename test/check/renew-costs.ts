/**
 * What each check costs (`make costs`): run on a simulated board at two rates, of which the time that octets take on the line and the time
 * that is waited for other things follow.
 */
import { join } from 'node:path'
import { SECOND } from '../../firmware/hal/clock.js'
import { checkOpened } from '../../host/check/run.js'
import { openTarget } from '../../host/node/serial/open-target.js'
import { ROOT } from '../docs/shown.js'
import { writeWhole } from '../support/write-whole.js'

const BOARD = 'model:uno'
const RATES = [1_000_000, 115_200] as const

async function secondsAt(baud: number): Promise<ReadonlyMap<string, number>> {
  const target = await openTarget(BOARD, { baud })
  const { clock } = target
  const seconds = new Map<string, number>()
  let began = 0
  const listener = {
    started: () => {
      began = clock.now
    },
    finished: ({ id }: { readonly id: string }) => seconds.set(id, (clock.now - began) / SECOND),
  }
  // A bench has the checks of a desk, and those that ask the partner.
  await checkOpened(target, { view: 'bench', listener })
  return seconds
}

const [fast, slow] = await Promise.all(RATES.map(secondsAt))
const rows = [...fast].map(([id, seconds]) => {
  const bits = Math.max(0, (slow.get(id)! - seconds) / (1 / RATES[1] - 1 / RATES[0]))
  const waited = Math.max(0, seconds - bits / RATES[0])
  return `  '${id}': [${Number(waited.toFixed(3))}, ${Math.round(bits)}],\n`
})
/** Put in, so that this file declares nothing of the name. */
const DECLARED = 'export const'
const file = join(ROOT, 'host/check/progress/cost-data.ts')
const text = `/**
 * Seconds that a check waits, and bits for which it has the serial line to itself: learned from ${BOARD} at ${RATES.join(' and ')} baud.
 * \`make costs\` writes this file.
 */
import type { CheckId } from '../figures/all.js'

${DECLARED} COST_DATA: Readonly<Record<CheckId, readonly [seconds: number, bits: number]>> = {
${rows.join('')}}
`
writeWhole('generated', file, text)
console.log(`wrote ${file}`)
