/** What is wrong with the chip itself, or with what it needs to run. */
import { weigh } from './evidence.js'
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

export const CHIP_RULES: readonly Rule[] = [crystalMissing]
