/** What is wrong with the chip itself, or with what it needs to run. */
import { CHIP_CLOCK, SELF_TEST } from '../figures/chip.js'
import { SETTINGS } from '../figures/mac.js'
import { STEADY } from '../figures/network.js'
import { IDENTIFIER } from '../figures/phy.js'
import { RESTARTS } from '../figures/serial.js'
import { SPI_CLOCK } from '../figures/spi.js'
import { times, weigh } from './evidence.js'
import type { Rule } from './rule.js'

/** Of what crosses the wires between controller and chip. */
const WIRE_CHECKS = ['spi.miso', 'spi.pointers', 'spi.memory'] as const

const crystalMissing: Rule = {
  cause: 'crystal-missing',
  remedy:
    'Look at the 25 MHz crystal beside the chip (pins 23 and 24): is it there, are both ends soldered, are its two small capacitors? With an ' +
    'oscilloscope or a frequency counter CLKOUT (pin 3) shows 6.25 MHz when it runs. A crystal that was dropped is often broken inside: swap it.',
  weigh(evidence) {
    if (!evidence.is(CHIP_CLOCK.awake, (value) => value === 0)) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `CLKRDY is still 0 ${evidence.text(CHIP_CLOCK.waited)} ms after the chip was woken; a crystal starts in 0.3 ms.`,
      },
      {
        seen: evidence.passed('spi.miso') && evidence.passed('spi.pointers'),
        sentence:
          'The chip answers, and its ETH registers keep what is written: they need no clock. Supply and wires are sound.',
      },
    ])
  },
}

const chipBrownOut: Rule = {
  cause: 'chip-brown-out',
  remedy:
    'The module needs 180 mA at 3.3 V, and never less than 3.1 V: measure between its 3.3 V pin and GND while it sends. The 3.3 V pin of an Uno, a Mega ' +
    'or a Nano is specified for 50 mA: feed the module from a regulator of its own (an AMS1117-3.3 on 5 V), with 10 µF and 100 nF beside it.',
  weigh(evidence) {
    if ((evidence.value(RESTARTS.starts) ?? 0) > 0) return undefined
    const lost = evidence.value(STEADY.registersLost) ?? 0
    const station = evidence.value(SETTINGS.station) ?? 0
    const trouble = evidence.value(STEADY.trouble) ?? 0
    if (lost + station + trouble === 0) return undefined
    if (WIRE_CHECKS.some((id) => evidence.failed(id))) return undefined
    return weigh(
      [
        {
          seen: lost > 0 || station > 0,
          weight: 3,
          sentence: 'Registers were back at their reset values although nobody reset the chip: its supply had sagged.',
        },
        {
          seen: trouble > 0,
          weight: 2,
          sentence: `The chip gave trouble ${times(trouble)} while it worked: ${evidence.reason('network.steady')}.`,
        },
        {
          seen: evidence.passed('spi.memory'),
          weight: 2,
          sentence: 'Its wires are sound: everything written came back as it was.',
        },
        { seen: evidence.passed('serial.restarts'), sentence: 'The controller itself ran through.' },
      ],
      0.95,
    )
  },
}

const memoryBad: Rule = {
  cause: 'buffer-memory-bad',
  remedy:
    'Run the check twice more, the second time with the chip warm: the same address again means that the chip is damaged (static, or 5 V on a pin that ' +
    'cannot take it) and must be replaced. Changing addresses mean a supply below 3.1 V: measure it.',
  weigh(evidence) {
    if (!evidence.failed('chip.self-test')) return undefined
    // Wires that spoil what crosses them spoil the checksums on their way as well.
    if (WIRE_CHECKS.some((id) => evidence.failed(id))) return undefined
    const wrong = evidence.value(SELF_TEST.wrong) ?? 0
    return weigh([
      {
        seen: true,
        weight: 2,
        sentence: `The chip filled its memory by itself and read ${evidence.text(SELF_TEST.addressRead)} as the checksum where F807h is right; no wire takes part in that.`,
      },
      {
        seen: wrong > 0,
        sentence: `${wrong === 1 ? 'One octet is' : `${wrong} octets are`} wrong, first at ${evidence.text(SELF_TEST.firstWrong)}, in bits ${evidence.text(SELF_TEST.wrongBits)}.`,
      },
      {
        seen: evidence.passed('chip.reset') && evidence.passed('spi.pointers'),
        sentence: 'Its registers are perfect.',
      },
    ])
  },
}

const phyDead: Rule = {
  cause: 'phy-dead',
  remedy:
    'Switch the board off and on once: a PHY whose clock did not start comes back. If it stays so, check 3.3 V at VDDRX, VDDTX and VDDPLL (pins 19, 15 and 20) and RBIAS (pin 14: 2.32 kΩ to ' +
    'ground on revisions B5 and B7, 2.7 kΩ before); if those are right, the chip is damaged (lightning on the cable does this): replace it.',
  weigh(evidence) {
    if (!evidence.failed('phy.identifier')) return undefined
    const id1 = evidence.text(IDENTIFIER.phid1)
    const id2 = evidence.text(IDENTIFIER.phid2)
    const said =
      evidence.value(IDENTIFIER.phid1) === undefined
        ? `The PHY does not answer: ${evidence.reason('phy.identifier')}.`
        : `PHID1 and PHID2 read ${id1} and ${id2} instead of 0083h and 1400h.`
    return weigh([
      { seen: true, weight: 2, sentence: said },
      {
        seen: evidence.passed('chip.mac-registers') && evidence.passed('chip.clock'),
        sentence:
          'MAC registers keep what is written and the 25 MHz clock runs: only the analogue half of the chip is silent.',
      },
    ])
  },
}

const earlySilicon: Rule = {
  cause: 'wrong-revision',
  remedy:
    'Run SPI at 8 MHz or more (spiClock in the board file, if the controller can), or clock it from CLKOUT; otherwise replace the chip by revision B5 or B7. The ' +
    'letter and digit are printed under the part number on the chip.',
  weigh(evidence) {
    const revision = evidence.value(SPI_CLOCK.erevid)
    if (!evidence.failed('spi.clock') || (revision !== 0x02 && revision !== 0x04)) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `EREVID reads ${evidence.text(SPI_CLOCK.erevid)}, revision ${revision === 0x02 ? 'B1' : 'B4'}, and SPI runs at ${evidence.text(SPI_CLOCK.clock)} MHz: below 8 MHz its MAC registers are unreliable (erratum 1).`,
      },
      {
        seen:
          evidence.failed('chip.mac-registers') || evidence.failed('chip.reset') || evidence.failed('phy.identifier'),
        sentence: 'MAC or MII registers did come back wrong, while ETH registers kept everything.',
      },
    ])
  },
}

export const CHIP_RULES: readonly Rule[] = [crystalMissing, earlySilicon, memoryBad, phyDead, chipBrownOut]
