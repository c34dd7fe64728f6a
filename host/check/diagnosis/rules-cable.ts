/** What is wrong with the cable, or with whoever is at its other end. */
import { keyed } from '../../text/keyed.js'
import type { CheckId } from '../figures/all.js'
import { FLOOD, FRAME_CHECK, SETTINGS, SIMULTANEOUS } from '../figures/mac.js'
import { STEADY } from '../figures/network.js'
import { LINK, LINK_STEADY, PARTNER, POLARITY } from '../figures/phy.js'
import { RESTARTS } from '../figures/serial.js'
import { type Evidence, type Prediction, seenOf } from './evidence.js'
import type { DiagnosisRule } from './rule.js'

export function noLink(evidence: Evidence): boolean {
  return evidence.is(LINK.lstat, (value) => value === 0) && !evidence.is(POLARITY.reversed, (value) => value > 0)
}

/** What a person saw who walked over to the partner; undefined when nobody did. */
export function partnerOf(evidence: Evidence): { readonly powered: boolean; readonly linkUp: boolean } | undefined {
  const powered = evidence.value(PARTNER.power)
  const linkUp = evidence.value(PARTNER.link)
  return powered === undefined || linkUp === undefined ? undefined : { powered: powered === 1, linkUp: linkUp === 1 }
}

export function silentPair(evidence: Evidence): Prediction[] {
  return [
    { seen: true, sentence: keyed('silent-pair.no-link', { reason: evidence.reason('phy.link') }) },
    {
      seen: evidence.is(LINK.receiving, (value) => value === 0),
      sentence: keyed('silent-pair.nothing-received', { readings: evidence.text(LINK.readings) }),
    },
  ]
}

const unplugged: DiagnosisRule = {
  cause: 'cable-unplugged',
  remedy: keyed('cable-unplugged.remedy'),
  seen(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner?.linkUp || partner?.powered === false) return undefined
    return seenOf([
      ...silentPair(evidence),
      {
        seen: evidence.passed('phy.identifier') && evidence.passed('phy.duplex'),
        sentence: keyed('cable-unplugged.phy'),
      },
      ...(partner === undefined ? [] : [{ seen: true, sentence: keyed('cable-unplugged.partner') }]),
    ])
  },
}

const receivePairOpen: DiagnosisRule = {
  cause: 'rx-pair-open',
  remedy: keyed('rx-pair-open.remedy'),
  seen(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner === undefined) return seenOf(silentPair(evidence))
    if (!partner.linkUp) return undefined
    return seenOf([...silentPair(evidence), { seen: true, sentence: keyed('rx-pair-open.one-way') }])
  },
}

const partnerOff: DiagnosisRule = {
  cause: 'partner-off',
  remedy: keyed('partner-off.remedy'),
  seen(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner === undefined) return seenOf(silentPair(evidence))
    if (partner.powered) return undefined
    return seenOf([...silentPair(evidence), { seen: true, sentence: keyed('partner-off.dark') }])
  },
}

const transmitPairOpen: DiagnosisRule = {
  cause: 'tx-pair-open',
  remedy: keyed('tx-pair-open.remedy'),
  seen(evidence) {
    if (!evidence.passed('phy.link')) return undefined
    const partner = partnerOf(evidence)
    const unanswered = evidence.failed('mac.receive')
    if (partner === undefined || partner.linkUp || !partner.powered) return undefined
    return seenOf([
      { seen: true, sentence: keyed('tx-pair-open.one-way') },
      { seen: unanswered, sentence: keyed('tx-pair-open.unanswered', { reason: evidence.reason('mac.receive') }) },
    ])
  },
}

const intermittent: DiagnosisRule = {
  cause: 'cable-intermittent',
  remedy: keyed('cable-intermittent.remedy'),
  seen(evidence) {
    if (!evidence.passed('phy.link')) return undefined
    if ((evidence.value(RESTARTS.starts) ?? 0) > 0) return undefined
    if ((evidence.value(STEADY.trouble) ?? 0) > 0) return undefined
    if ((evidence.value(SETTINGS.station) ?? 0) > 0) return undefined
    if (evidence.is(SETTINGS.receiving, (value) => value === 0)) return undefined
    const watched = evidence.value(LINK_STEADY.lost) ?? 0
    const latched = evidence.value(SETTINGS.linkLost) ?? 0
    const reported = evidence.value(STEADY.linkLost) ?? 0
    if (watched + latched + reported === 0) return undefined
    return seenOf([
      { seen: true, sentence: keyed('cable-intermittent.lost', { count: watched + latched + reported }) },
      { seen: evidence.passed('spi.memory'), sentence: keyed('cable-intermittent.registers') },
    ])
  },
}

const partnerFullDuplex: DiagnosisRule = {
  cause: 'partner-full-duplex',
  remedy: keyed('partner-full-duplex.remedy'),
  seen(evidence) {
    if (evidence.failed('mac.duplex-flood') && evidence.is(FLOOD.clean, (clean) => clean > 0)) {
      const values = { clean: evidence.text(FLOOD.clean), rounds: evidence.text(FLOOD.rounds) }
      return seenOf([
        { seen: true, sentence: keyed('partner-full-duplex.clean', values) },
        { seen: evidence.passed('mac.frame-check'), sentence: keyed('partner-full-duplex.undamaged') },
      ])
    }
    const broken = evidence.value(SIMULTANEOUS.broken)
    if (broken === undefined || !evidence.failed('mac.simultaneous')) return undefined
    // A chip that loses its settings, or its link, breaks off as well.
    if (evidence.failed('mac.settings') || evidence.failed('network.steady')) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('partner-full-duplex.broken', { broken, rounds: evidence.text(SIMULTANEOUS.rounds) }),
      },
      { seen: evidence.passed('mac.frame-check'), sentence: keyed('partner-full-duplex.undamaged') },
    ])
  },
}

const pairReversed: DiagnosisRule = {
  cause: 'rx-pair-reversed',
  remedy: keyed('rx-pair-reversed.remedy'),
  seen(evidence) {
    const reversed = evidence.value(POLARITY.reversed)
    if (reversed === undefined || reversed === 0) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('rx-pair-reversed.pulses', { reversed, readings: evidence.text(POLARITY.readings) }),
      },
      {
        seen: evidence.failed('phy.link') || evidence.failed('mac.receive') || evidence.failed('mac.frame-check'),
        sentence: keyed(evidence.failed('phy.link') ? 'rx-pair-reversed.no-link' : 'rx-pair-reversed.frames'),
      },
    ])
  },
}

const noise: DiagnosisRule = {
  cause: 'cable-noise',
  remedy: keyed('cable-noise.remedy'),
  seen(evidence) {
    const wrong = evidence.value(FRAME_CHECK.wrongFcs)
    const lost = evidence.value(FRAME_CHECK.lost)
    if (wrong === undefined || lost === undefined || wrong + lost === 0) return undefined
    // Frames that only vanish may have met another fault on their way through the chip and over the serial line.
    const elsewhere: readonly CheckId[] = [
      'serial.line-errors',
      'spi.miso',
      'spi.pointers',
      'spi.memory',
      'phy.link-steady',
      'mac.settings',
    ]
    if (wrong === 0 && elsewhere.some((id) => evidence.failed(id))) return undefined
    if (evidence.is(POLARITY.reversed, (value) => value > 0)) return undefined
    const sent = evidence.text(FRAME_CHECK.sent)
    return seenOf([
      { seen: wrong > 0, sentence: keyed('cable-noise.wrong-fcs', { wrong, sent }) },
      { seen: lost > 0 && wrong > 0, sentence: keyed('cable-noise.unanswered', { lost, sent }) },
      { seen: evidence.passed('phy.link') && evidence.passed('phy.duplex'), sentence: keyed('cable-noise.set-up') },
      { seen: evidence.passed('mac.transmit'), sentence: keyed('cable-noise.sends') },
    ])
  },
}

export const CABLE_RULES: readonly DiagnosisRule[] = [
  unplugged,
  receivePairOpen,
  partnerOff,
  pairReversed,
  transmitPairOpen,
  noise,
  intermittent,
  partnerFullDuplex,
]
