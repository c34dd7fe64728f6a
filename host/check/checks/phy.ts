/** The analogue half of the chip, and the link to whatever is at the other end of the cable. */
import { ChipAccess } from '../../../firmware/enc28j60/access.js'
import { enableReceiver, initialise } from '../../../firmware/enc28j60/initialise.js'
import { readLineStatus, readPhy, writePhy } from '../../../firmware/enc28j60/phy.js'
import { BITS, PHY_BITS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { sleepOnClock } from '../../serial/drive.js'
import { keyed } from '../../text/keyed.js'
import type { BoardCheck } from '../context.js'
import { IDENTIFIER, LINK, LINK_STEADY, PARTNER, PHY_FIGURES, POLARITY } from '../figures/phy.js'
import { exactly, measure, milliseconds, withinLimits } from '../measure.js'
import { notAsked } from '../not-asked.js'
import { blindReset, fresh, pause, timePhyRead } from '../probe.js'
import { LOOPBACK_CHECKS } from './phy-loopback.js'

const identifier: BoardCheck = {
  id: 'phy.identifier',
  layer: 'phy',
  reference: 'DS39662 table 3-3 (PHID1 0083h, PHID2 1400h: 00-04-A3); IEEE 802.3 22.2.4.3.1',
  needs: ['chip.clock'],
  after: ['chip.mac-registers'],
  async run({ chip }) {
    const [id1, id2] = await chip.run(
      (function* (): SpiProgram<[number, number]> {
        const access = new ChipAccess()
        return [yield* readPhy(access, 'PHID1'), yield* readPhy(access, 'PHID2')]
      })(),
    )
    const measurements = [measure(IDENTIFIER.phid1, id1), measure(IDENTIFIER.phid2, id2)]
    return { measurements, goesOn: measurements.some(withinLimits) }
  },
}

/** PHLCON with LED codes and stretch times that exist, and its reserved bits as they are to be (DS39662 2.6). */
const PHY_PATTERNS = [0x3472, 0x3ab6, 0x3d58, 0x3422] as const

const registers: BoardCheck = {
  id: 'phy.registers',
  layer: 'phy',
  reference: 'DS39662 3.3.1 and 3.3.2 (PHLCON)',
  needs: ['phy.identifier'],
  async run({ chip }) {
    const read = await chip.run(
      (function* (): SpiProgram<number[]> {
        const access = new ChipAccess()
        const values: number[] = []
        for (const pattern of PHY_PATTERNS) {
          yield* writePhy(access, 'PHLCON', pattern)
          values.push(yield* readPhy(access, 'PHLCON'))
        }
        return values
      })(),
    )
    const { phlcon } = PHY_FIGURES['phy.registers']
    return { measurements: PHY_PATTERNS.map((pattern, index) => exactly(phlcon, read[index], pattern)) }
  },
}

const accessTime: BoardCheck = {
  id: 'phy.access-time',
  layer: 'phy',
  reference: 'DS39662 3.3.1 (256 clocks of 25 MHz; MISTAT.BUSY)',
  needs: ['phy.identifier'],
  async run({ clock, chip }) {
    const { value, busyAfter, took } = await chip.run(timePhyRead('PHID1', () => clock.now))
    const figures = PHY_FIGURES['phy.access-time']
    return {
      measurements: [
        measure(figures.busy, Number(busyAfter)),
        measure(figures.phid1, value),
        measure(figures.seen, milliseconds(took)),
      ],
    }
  },
}

const duplex: BoardCheck = {
  id: 'phy.duplex',
  layer: 'phy',
  reference: 'DS39662 6.6 (PHCON1.PDPXMD equals MACON3.FULDPX); DS80349C 16',
  needs: ['phy.identifier'],
  async run({ chip, network }) {
    const { phcon1, phstat2, macon3 } = await chip.run(
      (function* (): SpiProgram<{ phcon1: number; phstat2: number; macon3: number }> {
        yield* blindReset()
        const access = new ChipAccess()
        yield* initialise(access, network.chip, 0)
        yield* enableReceiver(access)
        const batch = fresh()
        const macon3 = batch.read('MACON3')
        yield* batch.run()
        return {
          phcon1: yield* readPhy(access, 'PHCON1'),
          phstat2: yield* readPhy(access, 'PHSTAT2'),
          macon3: macon3.value,
        }
      })(),
    )
    const bit = (value: number, mask: number): number => Number((value & mask) !== 0)
    const wanted = Number(network.chip.fullDuplex)
    const figures = PHY_FIGURES['phy.duplex']
    return {
      measurements: [
        exactly(figures.pdpxmd, bit(phcon1, PHY_BITS.PHCON1.PDPXMD), wanted),
        exactly(figures.fuldpx, bit(macon3, BITS.MACON3.FULDPX), wanted),
        exactly(figures.dpxstat, bit(phstat2, PHY_BITS.PHSTAT2.DPXSTAT), wanted),
      ],
      // The chip has been set up, and one end in the wrong duplex has a link all the same.
      goesOn: true,
    }
  },
}

const honest: BoardCheck = {
  id: 'phy.not-forced',
  layer: 'phy',
  reference: 'DS39662 table 3-3 (PHCON2.FRCLNK and TXDIS, PHCON1.PLOOPBK and PPWRSV)',
  needs: ['phy.duplex'],
  async run({ chip }) {
    const [phcon1, phcon2] = await chip.run(
      (function* (): SpiProgram<[number, number]> {
        const access = new ChipAccess()
        return [yield* readPhy(access, 'PHCON1'), yield* readPhy(access, 'PHCON2')]
      })(),
    )
    const bit = (value: number, mask: number): number => Number((value & mask) !== 0)
    const figures = PHY_FIGURES['phy.not-forced']
    return {
      measurements: [
        measure(figures.frclnk, bit(phcon2, PHY_BITS.PHCON2.FRCLNK)),
        measure(figures.txdis, bit(phcon2, PHY_BITS.PHCON2.TXDIS)),
        measure(figures.ploopbk, bit(phcon1, PHY_BITS.PHCON1.PLOOPBK)),
        measure(figures.ppwrsv, bit(phcon1, PHY_BITS.PHCON1.PPWRSV)),
      ],
    }
  },
}

/** Switches take 1 s to 5.5 s to start a port; six is when a person may stop waiting. */
const LINK_LIMIT = 6_000 * MILLISECOND
const LINK_POLL = 20 * MILLISECOND
const PARTNER_LIMIT = 2_000 * MILLISECOND

const link: BoardCheck = {
  id: 'phy.link',
  layer: 'phy',
  reference: 'IEEE 802.3 14.2.1.7 (link integrity test); DS39662 table 3-3 (PHSTAT2.LSTAT)',
  needs: ['phy.duplex'],
  watched: 'always',
  timed: 'check',
  async run({ clock, chip }) {
    const started = clock.now
    const result = await chip.run(
      (function* (): SpiProgram<{ up: boolean; at: number; receiving: number; polls: number }> {
        const access = new ChipAccess()
        let receiving = 0
        for (let polls = 1; ; polls++) {
          const status = yield* readLineStatus(access)
          if (status.receiving) receiving++
          const at = clock.now
          // PHSTAT1 latches that there was no link until now; whoever reads it later is to be notified of losses (DS39662 PHSTAT1).
          if (status.linkUp) yield* readPhy(access, 'PHSTAT1')
          if (status.linkUp || at - started >= LINK_LIMIT) return { up: status.linkUp, at, receiving, polls }
          yield* pause(LINK_POLL)
        }
      })(),
    )
    const took = milliseconds(result.at - started)
    return {
      measurements: [
        measure(LINK.time, result.up ? took : null, { max: LINK_LIMIT / MILLISECOND }),
        measure(LINK.lstat, Number(result.up)),
        measure(LINK.readings, result.polls),
        measure(LINK.receiving, result.receiving),
      ],
      ...(result.up ? {} : { reason: keyed('phy.link.none', { seconds: decimalSeconds(took) }) }),
    }
  },
}

function decimalSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1)
}

const partner: BoardCheck = {
  id: 'phy.partner',
  layer: 'phy',
  reference: 'IEEE 802.3 14.2.1.7 (each end decides by what it receives; 10BASE-T has no remote fault)',
  needs: ['phy.duplex'],
  async run({ clock, network }) {
    const { partner } = network
    if (partner === undefined) {
      return notAsked(network, keyed('phy.partner.not-ours'))
    }
    // Both ends start at once after a break, and a partner that negotiates breaks the link for 1.5 s.
    const until = clock.now + PARTNER_LIMIT
    let state = partner()
    while (!state.linkUp && state.powered && clock.now < until) {
      await sleepOnClock(clock, LINK_POLL)
      state = partner()
    }
    const { linkUp, powered, at } = state
    const measurements = [measure(PARTNER.link, Number(linkUp)), measure(PARTNER.power, Number(powered))]
    if (at === undefined) return { measurements }
    const speed = at.speed === null ? '?' : `${at.speed}`
    return {
      measurements,
      reason: keyed('phy.partner.at', { interface: at.interface, speed, duplex: at.duplex ?? '?' }),
    }
  },
}

const polarity: BoardCheck = {
  id: 'phy.polarity',
  layer: 'phy',
  reference: 'DS39662 table 3-3 (PHSTAT2.PLRITY); DS80349C 7 (the chip corrects it badly)',
  needs: ['phy.duplex'],
  watched: 'quick',
  async run({ chip }) {
    const reversed = await chip.run(
      (function* (): SpiProgram<number> {
        const access = new ChipAccess()
        let count = 0
        for (let reading = 0; reading < 3; reading++) {
          if ((yield* readLineStatus(access)).polarityReversed) count++
          yield* pause(LINK_POLL)
        }
        return count
      })(),
    )
    return { measurements: [measure(POLARITY.reversed, reversed), measure(POLARITY.readings, 3)] }
  },
}

const STEADY_READINGS = 5
const STEADY_INTERVAL = 100 * MILLISECOND

const steady: BoardCheck = {
  id: 'phy.link-steady',
  layer: 'phy',
  reference: 'DS39662 table 3-3 (PHSTAT1.LLSTAT latches a loss, JBSTAT); IEEE 802.3 14.2.1.6 and 14.2.1.7',
  needs: ['phy.link'],
  async run({ chip }) {
    const result = await chip.run(
      (function* (): SpiProgram<{ losses: number; jabber: number }> {
        const access = new ChipAccess()
        // The first reading shows what happened before the link came up, and is thrown away (DS39662 PHSTAT1).
        yield* readPhy(access, 'PHSTAT1')
        let losses = 0
        let jabber = 0
        for (let reading = 0; reading < STEADY_READINGS; reading++) {
          yield* pause(STEADY_INTERVAL)
          const status = yield* readPhy(access, 'PHSTAT1')
          if ((status & PHY_BITS.PHSTAT1.LLSTAT) === 0) losses++
          if ((status & PHY_BITS.PHSTAT1.JBSTAT) !== 0) jabber++
        }
        return { losses, jabber }
      })(),
    )
    return {
      measurements: [
        measure(LINK_STEADY.lost, result.losses),
        measure(LINK_STEADY.jabber, result.jabber),
        measure(LINK_STEADY.watched, (STEADY_READINGS * STEADY_INTERVAL) / MILLISECOND),
      ],
    }
  },
}

export const PHY_CHECKS: readonly BoardCheck[] = [
  identifier,
  registers,
  accessTime,
  ...LOOPBACK_CHECKS,
  duplex,
  honest,
  link,
  partner,
  polarity,
  steady,
]
