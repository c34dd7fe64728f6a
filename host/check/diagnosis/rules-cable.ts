/** What is wrong with the cable, or with whoever is at its other end. */
import type { CheckId } from '../figures/all.js'
import { FRAME_CHECK, SETTINGS, SIMULTANEOUS } from '../figures/mac.js'
import { STEADY } from '../figures/network.js'
import { LINK, LINK_STEADY, PARTNER, POLARITY } from '../figures/phy.js'
import { RESTARTS } from '../figures/serial.js'
import { type Evidence, type Prediction, times, weigh } from './evidence.js'
import type { Rule } from './rule.js'

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
    { seen: true, weight: 2, sentence: `There was ${evidence.reason('phy.link')}; a switch takes 5.5 s at most.` },
    {
      seen: evidence.is(LINK.receiving, (value) => value === 0),
      sentence: `${evidence.text(LINK.readings)} readings of PHSTAT2 never saw anything being received: the pair is silent.`,
    },
  ]
}

const unplugged: Rule = {
  cause: 'cable-unplugged',
  remedy:
    'Plug the cable in until it clicks, at both ends, and see whether the partner’s link LED lights. Try another cable and another socket. ' +
    'The chip speaks 10BASE-T only and crosses nothing by itself: a partner without auto-MDIX needs a crossover cable, ' +
    'and one that was set to 100 or 1000 Mbit/s must be set to automatic.',
  weigh(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner?.linkUp || partner?.powered === false) return undefined
    return weigh(
      [
        ...silentPair(evidence),
        {
          seen: evidence.passed('phy.identifier') && evidence.passed('phy.duplex'),
          sentence: 'The PHY answers, is awake and is set up as it should be.',
        },
        ...(partner === undefined
          ? []
          : [{ seen: true, sentence: 'The partner has power and sees no link either: nothing goes either way.' }]),
      ],
      // A partner that does not speak 10 Mbit/s is as silent as no partner.
      0.9,
    )
  },
}

/** What stands in for `cable-unplugged` once somebody has looked at the partner; a guess while nobody has. */
const GUESS = 0.35

const receivePairOpen: Rule = {
  cause: 'rx-pair-open',
  remedy:
    'A wire of the receive pair is broken: pins 3 and 6 of the RJ-45 plug. Test the cable with a cable tester or with a multimeter (each pin below 1 Ω ' +
    'from plug to plug), replace it; if it is sound, look for a bad joint between jack, transformer and TPIN+ and TPIN- (pins 13 and 12 of the chip).',
  weigh(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner === undefined) return weigh(silentPair(evidence), GUESS)
    if (!partner.linkUp) return undefined
    return weigh(
      [
        ...silentPair(evidence),
        {
          seen: true,
          weight: 3,
          sentence: 'The partner sees the link: what the chip sends arrives, what the partner sends does not.',
        },
      ],
      // A partner whose transmitter is dead looks the same.
      0.9,
    )
  },
}

const partnerOff: Rule = {
  cause: 'partner-off',
  remedy:
    'Switch the partner on, and see whether its link LED lights. If it sleeps, wake it; if its socket is disabled in its settings, enable it.',
  weigh(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner === undefined) return weigh(silentPair(evidence), GUESS)
    if (partner.powered) return undefined
    return weigh([
      ...silentPair(evidence),
      { seen: true, weight: 3, sentence: 'The partner has no power: none of its LEDs is lit.' },
    ])
  },
}

const transmitPairOpen: Rule = {
  cause: 'tx-pair-open',
  remedy:
    'A wire of the transmit pair is broken: pins 1 and 2 of the RJ-45 plug. Test the cable from plug to plug (each pin below 1 Ω), replace it; if it is sound, look for a ' +
    'bad joint between jack, transformer and TPOUT+ and TPOUT- (pins 17 and 16 of the chip), and whether the transformer’s centre tap has 3.3 V.',
  weigh(evidence) {
    if (!evidence.passed('phy.link')) return undefined
    const partner = partnerOf(evidence)
    const unanswered = evidence.failed('mac.receive')
    if (partner === undefined || partner.linkUp || !partner.powered) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: 'The link is up here, and the partner, which has power, sees none: nothing the chip sends arrives.',
      },
      { seen: unanswered, sentence: `Frames leave and nothing comes back: ${evidence.reason('mac.receive')}.` },
    ])
  },
}

const intermittent: Rule = {
  cause: 'cable-intermittent',
  remedy:
    'A plug is loose or a wire is broken inside the cable: move the cable near each plug while a check runs and watch the link LED. Replace the cable; if ' +
    'the link still comes and goes, look at the latch and the contacts of the jack, and at its joints on the board.',
  weigh(evidence) {
    if (!evidence.passed('phy.link')) return undefined
    if ((evidence.value(RESTARTS.starts) ?? 0) > 0) return undefined
    if ((evidence.value(STEADY.trouble) ?? 0) > 0) return undefined
    if ((evidence.value(SETTINGS.station) ?? 0) > 0) return undefined
    if (evidence.is(SETTINGS.receiving, (value) => value === 0)) return undefined
    const watched = evidence.value(LINK_STEADY.lost) ?? 0
    const latched = evidence.value(SETTINGS.linkLost) ?? 0
    const reported = evidence.value(STEADY.linkLost) ?? 0
    if (watched + latched + reported === 0) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `The link came up and was lost again ${times(watched + latched + reported)} while it was in use.`,
      },
      {
        seen: evidence.passed('spi.memory'),
        sentence: 'The chip kept its registers all the time, so it is not its supply.',
      },
    ])
  },
}

const partnerFullDuplex: Rule = {
  cause: 'partner-full-duplex',
  remedy:
    'Set the partner’s socket to automatic, or to 10 Mbit/s half duplex. Forced to full duplex it sends without listening, and the chip, which cannot negotiate and therefore runs half duplex, takes every frame of it for a ' +
    'collision. Where the partner must stay as it is, set both sides to full duplex by hand.',
  weigh(evidence) {
    const broken = evidence.value(SIMULTANEOUS.broken)
    if (broken === undefined || !evidence.failed('mac.simultaneous')) return undefined
    // A chip that loses its settings, or its link, breaks off as well.
    if (evidence.failed('mac.settings') || evidence.failed('network.steady')) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `With both ends sending, the chip broke transmissions off in ${broken} of ${evidence.text(SIMULTANEOUS.rounds)} rounds: the partner barges in where it should wait.`,
      },
      {
        seen: evidence.passed('mac.frame-check'),
        sentence: 'With one end sending at a time everything arrives undamaged, so it is not the cable.',
      },
    ])
  },
}

const pairReversed: Rule = {
  cause: 'rx-pair-reversed',
  remedy:
    'The two wires of the receive pair are exchanged: pins 3 and 6 of the RJ-45 plug (white/green and green in T568B). Look at both plugs side by ' +
    'side, or use a cable tester; replace the cable. If the cable is sound, TPIN+ and TPIN- (pins 13 and 12 of the chip) are exchanged on the ' +
    'module. The chip’s own correction does not work (erratum 7).',
  weigh(evidence) {
    const reversed = evidence.value(POLARITY.reversed)
    if (reversed === undefined || reversed === 0) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `PHSTAT2.PLRITY was set in ${reversed} of ${evidence.text(POLARITY.readings)} readings: link pulses arrive upside down.`,
      },
      {
        seen: evidence.failed('phy.link') || evidence.failed('mac.receive') || evidence.failed('mac.frame-check'),
        sentence: evidence.failed('phy.link')
          ? 'The link does not come up on them.'
          : 'The link is up, and frames do not arrive as they should.',
      },
    ])
  },
}

const noise: Rule = {
  cause: 'cable-noise',
  remedy:
    'Swap the cable first: a damaged or split pair looks like this. Keep it away from mains, motors and fluorescent lamps, and under 100 m. ' +
    'Then check the four 49.9 Ω resistors and RBIAS (2.32 kΩ on revisions B5 and B7, 2.7 kΩ before) on the module, and a supply that stays above 3.1 V while it sends.',
  weigh(evidence) {
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
    return weigh([
      {
        seen: wrong > 0,
        weight: 3,
        sentence: `${wrong} of ${sent} frames arrived with a wrong FCS: bits are flipped on the way here.`,
      },
      {
        seen: lost > 0 && wrong > 0,
        sentence: `${lost} of ${sent} were not answered: the partner threw away what reached it damaged.`,
      },
      {
        seen: evidence.passed('phy.link') && evidence.passed('phy.duplex'),
        sentence: 'The link is up and both halves of the chip agree on the duplex, so it is not a matter of set-up.',
      },
      {
        seen: evidence.passed('mac.transmit'),
        sentence: 'The chip sends without collisions.',
      },
    ])
  },
}

export const CABLE_RULES: readonly Rule[] = [
  unplugged,
  receivePairOpen,
  partnerOff,
  pairReversed,
  transmitPairOpen,
  noise,
  intermittent,
  partnerFullDuplex,
]
