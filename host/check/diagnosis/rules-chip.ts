/** What is wrong with the chip itself, or with what it needs to run. */
import { keyed } from '../../text/keyed.js'
import { CHIP_CLOCK, SELF_TEST } from '../figures/chip.js'
import { SETTINGS } from '../figures/mac.js'
import { STEADY } from '../figures/network.js'
import { IDENTIFIER } from '../figures/phy.js'
import { RESTARTS } from '../figures/serial.js'
import { SPI_CLOCK } from '../figures/spi.js'
import { seenOf } from './evidence.js'
import type { DiagnosisRule } from './rule.js'

/** Of what crosses the wires between controller and chip. */
const WIRE_CHECKS = ['spi.miso', 'spi.pointers', 'spi.memory'] as const

const crystalMissing: DiagnosisRule = {
  cause: 'crystal-missing',
  remedy: keyed('crystal-missing.remedy'),
  seen(evidence) {
    if (!evidence.is(CHIP_CLOCK.awake, (value) => value === 0)) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('crystal-missing.stopped', { waited: evidence.text(CHIP_CLOCK.waited) }),
      },
      {
        seen: evidence.passed('spi.miso') && evidence.passed('spi.pointers'),
        sentence: keyed('crystal-missing.answers'),
      },
    ])
  },
}

const chipBrownOut: DiagnosisRule = {
  cause: 'chip-brown-out',
  remedy: keyed('chip-brown-out.remedy'),
  seen(evidence) {
    if ((evidence.value(RESTARTS.starts) ?? 0) > 0) return undefined
    const lost = evidence.value(STEADY.registersLost) ?? 0
    const station = evidence.value(SETTINGS.station) ?? 0
    const trouble = evidence.value(STEADY.trouble) ?? 0
    if (lost + station + trouble === 0) return undefined
    if (WIRE_CHECKS.some((id) => evidence.failed(id))) return undefined
    return seenOf([
      { seen: lost > 0 || station > 0, sentence: keyed('chip-brown-out.reset') },
      {
        seen: trouble > 0,
        sentence: keyed('chip-brown-out.trouble', { count: trouble, reason: evidence.reason('network.steady') }),
      },
      { seen: evidence.passed('spi.memory'), sentence: keyed('chip-brown-out.wires') },
      { seen: evidence.passed('serial.restarts'), sentence: keyed('chip-brown-out.controller') },
    ])
  },
}

const memoryBad: DiagnosisRule = {
  cause: 'buffer-memory-bad',
  remedy: keyed('buffer-memory-bad.remedy'),
  seen(evidence) {
    if (!evidence.failed('chip.self-test')) return undefined
    // Wires that spoil what crosses them spoil the checksums on their way as well.
    if (WIRE_CHECKS.some((id) => evidence.failed(id))) return undefined
    const wrong = evidence.value(SELF_TEST.wrong) ?? 0
    return seenOf([
      {
        seen: true,
        sentence: keyed('buffer-memory-bad.checksum', { checksum: evidence.text(SELF_TEST.addressRead) }),
      },
      {
        seen: wrong > 0,
        sentence: keyed('buffer-memory-bad.where', {
          count: wrong,
          first: evidence.text(SELF_TEST.firstWrong),
          bits: evidence.text(SELF_TEST.wrongBits),
        }),
      },
      {
        seen: evidence.passed('chip.reset') && evidence.passed('spi.pointers'),
        sentence: keyed('buffer-memory-bad.registers'),
      },
    ])
  },
}

const phyDead: DiagnosisRule = {
  cause: 'phy-dead',
  remedy: keyed('phy-dead.remedy'),
  seen(evidence) {
    if (!evidence.failed('phy.identifier') || evidence.failed('serial.restarts')) return undefined
    const id1 = evidence.text(IDENTIFIER.phid1)
    const id2 = evidence.text(IDENTIFIER.phid2)
    const said =
      evidence.value(IDENTIFIER.phid1) === undefined
        ? keyed('phy-dead.silent', { reason: evidence.reason('phy.identifier') })
        : keyed('phy-dead.identifier', { id1, id2 })
    return seenOf([
      { seen: true, sentence: said },
      {
        seen: evidence.passed('chip.mac-registers') && evidence.passed('chip.clock'),
        sentence: keyed('phy-dead.analogue'),
      },
    ])
  },
}

const earlySilicon: DiagnosisRule = {
  cause: 'wrong-revision',
  remedy: keyed('wrong-revision.remedy'),
  seen(evidence) {
    const revision = evidence.value(SPI_CLOCK.erevid)
    if (!evidence.failed('spi.clock') || (revision !== 0x02 && revision !== 0x04)) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('wrong-revision.clock', {
          erevid: evidence.text(SPI_CLOCK.erevid),
          revision: revision === 0x02 ? 'B1' : 'B4',
          clock: evidence.text(SPI_CLOCK.clock),
        }),
      },
      {
        seen:
          evidence.failed('chip.mac-registers') || evidence.failed('chip.reset') || evidence.failed('phy.identifier'),
        sentence: keyed('wrong-revision.registers'),
      },
    ])
  },
}

export const CHIP_RULES: readonly DiagnosisRule[] = [crystalMissing, earlySilicon, memoryBad, phyDead, chipBrownOut]
