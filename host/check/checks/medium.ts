/** What else is on the wire: who sends when nobody was asked. */
import { Batch } from '../../../firmware/enc28j60/access.js'
import { DEFAULT_FILTERS } from '../../../firmware/enc28j60/initialise.js'
import { readLineStatus } from '../../../firmware/enc28j60/phy.js'
import { RECEIVE_STATUS } from '../../../firmware/enc28j60/receive.js'
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import type { BoardCheck } from '../context.js'
import { BYSTANDERS } from '../figures/mac.js'
import { FrameBench, type FrameCount } from '../frame-bench.js'
import { measure } from '../measure.js'
import { pause } from '../probe.js'

/** minFrameSize (IEEE 802.3 4.4.2). */
const SHORTEST_FRAME = 64
const READINGS = 10
const INTERVAL = 10 * MILLISECOND
/** Frames looked at; each takes a turn over the serial line. */
const MOST_FRAMES = 24
/** A frame or two of others may be under way; a line that is never found free is no line. */
const BUSY_LIMIT = 8

interface Heard extends FrameCount {
  busy: number
  pauses: number
  runts: number
  fragments: number
  /** Whole frames that are neither. */
  others: number
}

const bystanders: BoardCheck = {
  id: 'mac.bystanders',
  layer: 'mac',
  reference:
    'IEEE 802.3 14.2.1.6 (jabber), 31B.1 (pause is for full duplex), 3.2.8 and 4.4.2 (minFrameSize); DS39662 8.0',
  needs: ['phy.link'],
  timed: 'check',
  async run({ chip, network }) {
    const bench = new FrameBench(network.chip)
    const heard = await chip.run(
      (function* (): SpiProgram<Heard> {
        const { access } = bench
        const seen: Heard = {
          good: 0,
          wrongFcs: 0,
          otherwiseBad: 0,
          busy: 0,
          pauses: 0,
          runts: 0,
          fragments: 0,
          others: 0,
        }
        // Everything, damaged or not, pause frames too: PASSALL.
        yield* bench.begin({ ...DEFAULT_FILTERS, multicast: true, promiscuous: true, discardBadFcs: false })
        const before = new Batch(access)
        const settings = before.read('MACON1')
        yield* before.run()
        yield* new Batch(access).write('MACON1', settings.value | BITS.MACON1.PASSALL).run()
        for (let reading = 0; reading < READINGS; reading++) {
          yield* pause(INTERVAL)
          if ((yield* readLineStatus(access)).receiving) seen.busy++
        }
        for (let frame = 0; frame < MOST_FRAMES; frame++) {
          const header = yield* bench.count(0, seen)
          if (header === undefined) break
          if ((header.status & RECEIVE_STATUS.PAUSE_FRAME) !== 0) seen.pauses++
          // What two others leave of a collision is short as well, and its check sum is wrong (IEEE 802.3 4.2.4.2.2).
          else if ((header.status & RECEIVE_STATUS.CRC_ERROR) !== 0) seen.fragments++
          else if (header.count < SHORTEST_FRAME) seen.runts++
          else seen.others++
        }
        yield* new Batch(access).write('MACON1', settings.value).run()
        yield* bench.begin(DEFAULT_FILTERS)
        return seen
      })(),
    )
    return {
      measurements: [
        // A busy line that brings whole frames is in use; one that brings none is held.
        measure(BYSTANDERS.busy, heard.busy, { max: heard.others > 0 ? READINGS : BUSY_LIMIT }),
        measure(BYSTANDERS.pauses, heard.pauses),
        measure(BYSTANDERS.runts, heard.runts),
        measure(BYSTANDERS.fragments, heard.fragments),
        measure(BYSTANDERS.others, heard.others),
        measure(BYSTANDERS.readings, READINGS),
        measure(BYSTANDERS.listened, (READINGS * INTERVAL) / MILLISECOND),
      ],
    }
  },
}

export const MEDIUM_CHECKS: readonly BoardCheck[] = [bystanders]
