/**
 * Cables that look like no cable, and partners that are there and do harm. Where nothing goes either way, both ends see
 * the same whatever the cause: these rules stand behind `cable-unplugged` in the order in which a person had better look.
 */

import { squelchReach } from '../../../boards/ethernet/error-rate.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { BYSTANDERS, TRANSMIT } from '../figures/mac.js'
import { type Evidence, type Prediction, seenOf } from './evidence.js'
import type { DiagnosisRule } from './rule.js'
import { noLink, partnerOf, silentPair } from './rules-cable.js'

/** A cause of silence in both directions. */
function deadBothWays(evidence: Evidence): readonly LocalizableText[] | undefined {
  if (!noLink(evidence)) return undefined
  const partner = partnerOf(evidence)
  if (partner === undefined) return seenOf(silentPair(evidence))
  if (partner.linkUp || !partner.powered) return undefined
  return seenOf([...silentPair(evidence), { seen: true, sentence: keyed('dead-both-ways.untold') }])
}

const straight: DiagnosisRule = {
  cause: 'cable-straight',
  remedy: keyed('cable-straight.remedy'),
  seen: (evidence) => deadBothWays(evidence),
}

const hundredOnly: DiagnosisRule = {
  cause: 'partner-100-only',
  remedy: keyed('partner-100-only.remedy'),
  seen: (evidence) => deadBothWays(evidence),
}

const shorted: DiagnosisRule = {
  cause: 'cable-shorted',
  remedy: keyed('cable-shorted.remedy'),
  seen: (evidence) => deadBothWays(evidence),
}

const tooLong: DiagnosisRule = {
  cause: 'cable-too-long',
  // Worked out when it is told: nobody else needs it.
  get remedy() {
    return keyed('cable-too-long.remedy', squelchReach('5e'))
  },
  seen: (evidence) => deadBothWays(evidence),
}

const silent: DiagnosisRule = {
  cause: 'partner-silent',
  remedy: keyed('partner-silent.remedy'),
  seen(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner === undefined || !partner.linkUp) return undefined
    return seenOf([...silentPair(evidence), { seen: true, sentence: keyed('partner-silent.one-way') }])
  },
}

const splitPair: DiagnosisRule = {
  cause: 'cable-split-pair',
  remedy: keyed('cable-split-pair.remedy'),
  seen(evidence) {
    if (!evidence.passed('phy.link') || evidence.passed('mac.transmit')) return undefined
    if (!evidence.is(TRANSMIT.sent, (value) => value === 0)) return undefined
    if (evidence.is(BYSTANDERS.busy, (value) => value > 0)) return undefined
    // A chip that loses its settings breaks off as well.
    if (evidence.failed('mac.settings') || evidence.failed('network.steady')) return undefined
    const collisions = evidence.value(TRANSMIT.collisions)
    const partner = partnerOf(evidence)
    return seenOf([
      { seen: evidence.passed('mac.bystanders'), sentence: keyed('cable-split-pair.own-collisions') },
      {
        seen: collisions !== undefined,
        sentence: keyed('cable-split-pair.last-attempt', { collisions: collisions ?? 0 }),
      },
      { seen: partner === undefined || partner.linkUp, sentence: keyed('cable-split-pair.conductors') },
    ])
  },
}

const busyLine = (evidence: Evidence): number => evidence.value(BYSTANDERS.busy) ?? 0

const readings = (evidence: Evidence): Prediction => ({
  seen: busyLine(evidence) > 0,
  sentence: keyed('busy-line.readings', { busy: busyLine(evidence), readings: evidence.text(BYSTANDERS.readings) }),
})

const jabber: DiagnosisRule = {
  cause: 'partner-jabber',
  remedy: keyed('partner-jabber.remedy'),
  seen(evidence) {
    if (busyLine(evidence) <= (evidence.value(BYSTANDERS.readings) ?? 0) * 0.8 || busyLine(evidence) === 0)
      return undefined
    const whole =
      (evidence.value(BYSTANDERS.others) ?? 0) +
      (evidence.value(BYSTANDERS.pauses) ?? 0) +
      (evidence.value(BYSTANDERS.runts) ?? 0)
    if (whole > 0) return undefined
    return seenOf([
      readings(evidence),
      { seen: true, sentence: keyed('partner-jabber.endless') },
      { seen: evidence.failed('mac.transmit'), sentence: keyed('partner-jabber.waits') },
    ])
  },
}

const pauseFlood: DiagnosisRule = {
  cause: 'partner-pause-flood',
  remedy: keyed('partner-pause-flood.remedy'),
  seen(evidence) {
    const count = evidence.value(BYSTANDERS.pauses)
    if (count === undefined || count === 0) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('partner-pause-flood.count', { count, time: evidence.text(BYSTANDERS.listened) }),
      },
      readings(evidence),
    ])
  },
}

const runts: DiagnosisRule = {
  cause: 'partner-runts',
  remedy: keyed('partner-runts.remedy'),
  seen(evidence) {
    const count = evidence.value(BYSTANDERS.runts)
    if (count === undefined || count === 0) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('partner-runts.count', { count, time: evidence.text(BYSTANDERS.listened) }),
      },
      { seen: evidence.is(BYSTANDERS.pauses, (value) => value === 0), sentence: keyed('partner-runts.no-pauses') },
    ])
  },
}

export const MEDIUM_RULES: readonly DiagnosisRule[] = [
  straight,
  hundredOnly,
  shorted,
  tooLong,
  silent,
  splitPair,
  jabber,
  pauseFlood,
  runts,
]
