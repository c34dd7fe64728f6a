/** What is wrong with the cable, or with whoever is at its other end. */
import { weigh } from './evidence.js'
import type { Rule } from './rule.js'

const unplugged: Rule = {
  cause: 'cable-unplugged',
  remedy:
    'Plug the cable in until it clicks, at both ends, and see whether the partner’s link LED lights. Try another cable and another socket. ' +
    'The chip speaks 10BASE-T only and crosses nothing by itself: a partner without auto-MDIX needs a crossover cable, ' +
    'and one that was set to 100 or 1000 Mbit/s must be set to automatic.',
  weigh(evidence) {
    if (!evidence.is('phy.link', 'LSTAT', (value) => value === 0)) return undefined
    if (evidence.is('phy.polarity', 'readings with PLRITY set', (value) => value > 0)) return undefined
    return weigh(
      [
        { seen: true, weight: 2, sentence: `There was ${evidence.reason('phy.link')}; a switch takes 5.5 s at most.` },
        {
          seen: evidence.is('phy.link', 'readings that saw something being received', (value) => value === 0),
          sentence: `${evidence.text('phy.link', 'status readings')} readings of PHSTAT2 never saw anything being received: the pair is silent.`,
        },
        {
          seen: evidence.passed('phy.identifier') && evidence.passed('phy.duplex'),
          sentence: 'The PHY answers, is awake and is set up as it should be.',
        },
      ],
      // A partner that is off, or does not speak 10 Mbit/s, is as silent as no partner.
      0.9,
    )
  },
}

const pairReversed: Rule = {
  cause: 'rx-pair-reversed',
  remedy:
    'The two wires of the receive pair are exchanged: pins 3 and 6 of the RJ-45 plug (white/green and green in T568B). Look at both plugs side by ' +
    'side, or use a cable tester; replace the cable. If the cable is sound, TPIN+ and TPIN- (pins 13 and 12 of the chip) are exchanged on the ' +
    'module. The chip’s own correction does not work (erratum 7).',
  weigh(evidence) {
    const reversed = evidence.value('phy.polarity', 'readings with PLRITY set')
    if (reversed === undefined || reversed === 0) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `PHSTAT2.PLRITY was set in ${reversed} of ${evidence.text('phy.polarity', 'readings')} readings: link pulses arrive upside down.`,
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
    const wrong = evidence.value('mac.frame-check', 'frames received with a wrong FCS')
    const lost = evidence.value('mac.frame-check', 'frames lost')
    if (wrong === undefined || lost === undefined || wrong + lost === 0) return undefined
    if (evidence.is('phy.polarity', 'readings with PLRITY set', (value) => value > 0)) return undefined
    const sent = evidence.text('mac.frame-check', 'frames sent')
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

export const CABLE_RULES: readonly Rule[] = [unplugged, pairReversed, noise]
