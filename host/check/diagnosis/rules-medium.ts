/**
 * Cables that look like no cable, and partners that are there and do harm. Where nothing goes either way, both ends see
 * the same whatever the cause: these rules stand behind `cable-unplugged` in the order in which a person had better look.
 */
import { squelchReach } from '../../../boards/ethernet/error-rate.js'
import { BYSTANDERS, TRANSMIT } from '../figures/mac.js'
import { type Evidence, type Prediction, weigh } from './evidence.js'
import type { Rule } from './rule.js'
import { noLink, partnerOf, silentPair } from './rules-cable.js'

const UNTOLD =
  'Both ends have power and neither sees a link: this end cannot tell such a cable or partner from a plug that is out.'

/** A cause of silence in both directions, and how likely it is when nothing else is known. */
function deadBothWays(evidence: Evidence, ceiling: number, guess: number): ReturnType<typeof weigh> {
  if (!noLink(evidence)) return undefined
  const partner = partnerOf(evidence)
  if (partner === undefined) return weigh(silentPair(evidence), guess)
  if (partner.linkUp || !partner.powered) return undefined
  return weigh([...silentPair(evidence), { seen: true, sentence: UNTOLD }], ceiling)
}

const straight: Rule = {
  cause: 'cable-straight',
  remedy:
    'Look at both plugs side by side: the same order of colours is a straight cable. The board is wired as a computer is (MDI, it sends on pins 1 and 2): to a computer without ' +
    'auto-MDIX it needs a crossover cable (pins 1 and 2 to 3 and 6), to a hub or switch a straight one. A switch in between helps either way.',
  weigh: (evidence) => deadBothWays(evidence, 0.8, 0.35),
}

const hundredOnly: Rule = {
  cause: 'partner-100-only',
  remedy:
    'Set the partner’s socket to automatic, or to 10 Mbit/s half duplex: the chip speaks 10BASE-T only. Many sockets at 1 Gbit/s and above no longer ' +
    'do; put an old 10/100 switch in between.',
  weigh: (evidence) => deadBothWays(evidence, 0.75, 0.35),
}

const shorted: Rule = {
  cause: 'cable-shorted',
  remedy:
    'Take the cable out at both ends and measure between neighbouring pins of one plug: above 1 MΩ they are apart, at a few ohms two conductors touch. ' +
    'Crimp a new plug, or take another cable; look for a staple or a nail through it.',
  weigh: (evidence) => deadBothWays(evidence, 0.7, 0.2),
}

const tooLong: Rule = {
  cause: 'cable-too-long',
  // Worked out when it is told: nobody else needs it.
  get remedy() {
    const { frames, pulses } = squelchReach('5e')
    return (
      `Keep the cable under 100 m. Over more than some ${frames} m of category 5e frames no longer open the receiver’s squelch, and over more than some ${pulses} m ` +
      'link test pulses do not either: in between there is a link that passes nothing. Try with a short cable. Where the way is longer, put a switch in the middle, or use fibre.'
    )
  },
  weigh: (evidence) => deadBothWays(evidence, 0.65, 0.2),
}

const silent: Rule = {
  cause: 'partner-silent',
  remedy:
    'Try the cable and the board with another partner: if the link comes up there, this partner’s transmitter, its transformer or its socket is broken. If ' +
    'it does not, the receive pair of the cable or of the board is.',
  weigh(evidence) {
    if (!noLink(evidence)) return undefined
    const partner = partnerOf(evidence)
    if (partner === undefined || !partner.linkUp) return undefined
    return weigh(
      [
        ...silentPair(evidence),
        {
          seen: true,
          weight: 3,
          sentence:
            'The partner sees the link and nothing comes from it: its transmitter is dead, or the pair on the way here is broken, which is likelier.',
        },
      ],
      0.8,
    )
  },
}

const splitPair: Rule = {
  cause: 'cable-split-pair',
  remedy:
    'Look at a plug: the conductors on pins 3 and 6 must be of one colour (white/green and green in T568B), with blue on 4 and 5 between them. A tester that ' +
    'only checks continuity does not see this. Crimp new plugs, or take another cable.',
  weigh(evidence) {
    if (!evidence.passed('phy.link') || evidence.passed('mac.transmit')) return undefined
    if (!evidence.is(TRANSMIT.sent, (value) => value === 0)) return undefined
    if (evidence.is(BYSTANDERS.busy, (value) => value > 0)) return undefined
    const collisions = evidence.value(TRANSMIT.collisions)
    const partner = partnerOf(evidence)
    return weigh([
      {
        seen: evidence.passed('mac.bystanders'),
        weight: 3,
        sentence:
          'The line is quiet as long as the chip listens, and no frame of its own gets out: it collides with itself, across from the sending pair into the receiving one.',
      },
      {
        seen: collisions !== undefined,
        sentence: `The last attempt ended after ${collisions} collisions, of which nobody else was the cause.`,
      },
      {
        seen: partner === undefined || partner.linkUp,
        sentence: 'Both ends see the link: every conductor leads where it should.',
      },
    ])
  },
}

const busyLine = (evidence: Evidence): number => evidence.value(BYSTANDERS.busy) ?? 0

const readings = (evidence: Evidence): Prediction => ({
  seen: busyLine(evidence) > 0,
  sentence: `The line was busy in ${busyLine(evidence)} of ${evidence.text(BYSTANDERS.readings)} readings while nobody had been asked anything.`,
})

const jabber: Rule = {
  cause: 'partner-jabber',
  remedy:
    'Unplug the partner: the receive LED must go out. A network card that sends for more than 20 ms to 150 ms without a pause must cut itself off (IEEE 802.3 14.2.1.6); ' +
    'one that does not is broken: restart it, then replace it. Where there is a hub in between, unplug one port after another.',
  weigh(evidence) {
    if (busyLine(evidence) <= (evidence.value(BYSTANDERS.readings) ?? 0) * 0.8 || busyLine(evidence) === 0)
      return undefined
    const whole =
      (evidence.value(BYSTANDERS.others) ?? 0) +
      (evidence.value(BYSTANDERS.pauses) ?? 0) +
      (evidence.value(BYSTANDERS.runts) ?? 0)
    if (whole > 0) return undefined
    return weigh([
      { ...readings(evidence), weight: 2 },
      { seen: true, weight: 2, sentence: 'No frame came out of it: it is one signal without an end.' },
      {
        seen: evidence.failed('mac.transmit'),
        sentence: 'The chip waits for the end in vain and sends nothing.',
      },
    ])
  },
}

const pauseFlood: Rule = {
  cause: 'partner-pause-flood',
  remedy:
    'Unplug the partner, or switch its flow control off. A card that hangs with its receive memory full sends pause frames until it is restarted, and stops every switch port in ' +
    'full duplex that hears them; here they only take up the line, because the chip runs half duplex, where pause frames have no business.',
  weigh(evidence) {
    const count = evidence.value(BYSTANDERS.pauses)
    if (count === undefined || count === 0) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `${count} pause frames came in ${evidence.text(BYSTANDERS.listened)} ms (type 8808h, opcode 0001h).`,
      },
      readings(evidence),
    ])
  },
}

const runts: Rule = {
  cause: 'partner-runts',
  remedy:
    'Whoever sends frames of fewer than 64 octets does not pad them: look at the partner’s driver, or at its option for padding. The chip takes frames from 18 octets on (DS39662 6.5), others ' +
    'throw them away. If they are pieces with a wrong FCS, they are what collisions leave behind: look for a partner in full duplex, or for a cable that is too long.',
  weigh(evidence) {
    const count = evidence.value(BYSTANDERS.runts)
    if (count === undefined || count === 0) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `${count} frames of fewer than 64 octets came in ${evidence.text(BYSTANDERS.listened)} ms.`,
      },
      {
        seen: evidence.is(BYSTANDERS.pauses, (value) => value === 0),
        sentence: 'They are no pause frames.',
      },
    ])
  },
}

export const MEDIUM_RULES: readonly Rule[] = [
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
