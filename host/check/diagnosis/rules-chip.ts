/** What is wrong with the chip itself, or with what it needs to run. */
import { times, weigh } from './evidence.js'
import type { Rule } from './rule.js'

const crystalMissing: Rule = {
  cause: 'crystal-missing',
  remedy:
    'Look at the 25 MHz crystal beside the chip (pins 23 and 24): is it there, are both ends soldered, are its two small capacitors? With an ' +
    'oscilloscope or a frequency counter CLKOUT (pin 3) shows 6.25 MHz when it runs. A crystal that was dropped is often broken inside: swap it.',
  weigh(evidence) {
    if (!evidence.is('chip.clock', 'CLKRDY after waking', (value) => value === 0)) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `CLKRDY is still 0 ${evidence.text('chip.clock', 'waited')} ms after the chip was woken; a crystal starts in 0.3 ms.`,
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
    'The module needs 180 mA at 3.3 V, and never less than 3.1 V: measure between its 3.3 V pin and GND while it sends. The 3.3 V pin of an Uno gives 150 mA, ' +
    'that of a Nano 50 mA: feed the module from a regulator of its own (an AMS1117-3.3 on 5 V), with 10 µF and 100 nF beside it.',
  weigh(evidence) {
    if ((evidence.value('serial.restarts', 'times it started anew') ?? 0) > 0) return undefined
    const lost = evidence.value('network.steady', 'times its registers were lost') ?? 0
    const station = evidence.value('mac.settings', 'octets of the station address lost') ?? 0
    const trouble = evidence.value('network.steady', 'times the chip gave trouble') ?? 0
    if (lost + station + trouble === 0) return undefined
    if (evidence.failed('spi.miso') || evidence.failed('spi.pointers') || evidence.failed('spi.memory'))
      return undefined
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

export const CHIP_RULES: readonly Rule[] = [crystalMissing, chipBrownOut]
