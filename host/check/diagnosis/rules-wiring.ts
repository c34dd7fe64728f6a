/**
 * What is wrong with the wires between the controller and the chip. To an SPI master a MISO that is open and a chip that is
 * never selected read the same; the difference is on INT, the one wire that the chip drives besides MISO: told blindly to
 * raise an interrupt, a chip that hears its commands pulls it low.
 */
import { type Evidence, type Prediction, weigh } from './evidence.js'
import type { Rule } from './rule.js'

/** What every reading was, when all were the same nothing. */
function silence(evidence: Evidence): Prediction | undefined {
  const all = evidence.value('spi.miso', 'answers')
  if (all === undefined || !evidence.failed('spi.miso')) return undefined
  const kinds = [
    {
      name: 'answers FFh',
      what: `All ${all} readings were FFh, even of bits that are always 0: nothing drives MISO low`,
    },
    {
      name: 'answers 00h',
      what: `All ${all} readings were 00h, even of bits that are 1 after a reset: nothing drives MISO high`,
    },
    {
      name: 'answers that echo the command',
      what: `All ${all} readings repeat the command: MISO only picks up its neighbour MOSI`,
    },
  ]
  const kind = kinds.find(({ name }) => evidence.value('spi.miso', name) === all)
  if (kind === undefined) return undefined
  return {
    seen: true,
    weight: 2,
    sentence: `${kind.what}.`,
  }
}

/** Did INT go low when the chip was told to raise an interrupt? Undefined when the board cannot see the pin. */
function heard(evidence: Evidence): boolean | undefined {
  const pending = evidence.value('spi.interrupt-pin', 'INT with an interrupt pending')
  const rest = evidence.value('spi.interrupt-pin', 'INT at rest')
  if (pending === undefined || rest === undefined) return undefined
  return rest === 1 && pending === 0
}

const misoOpen: Rule = {
  cause: 'miso-open',
  remedy:
    'Check the wire from SO of the module (pin 6 of the chip) to MISO of the controller (pin 12 on an Uno): seat it anew, then measure it with ' +
    'the power off; it should be below 1 Ω. Look for a cold solder joint at SO. If the wire is sound, pull the ' +
    'other modules off the bus: one of them may hold MISO.',
  weigh(evidence) {
    const silent = silence(evidence)
    if (silent === undefined) return undefined
    const obeyed = heard(evidence)
    if (obeyed === false) return undefined
    return weigh([
      silent,
      {
        seen: obeyed === true,
        weight: 3,
        sentence:
          'The chip pulled INT low when it was told to, and let go when told so: it has power, hears its chip select and understands MOSI. Only the way back is broken.',
      },
    ])
  },
}

const csStuckHigh: Rule = {
  cause: 'cs-stuck-high',
  remedy:
    'Check the wire from the controller’s chip select (pin 10 or 8 on an Uno: the board’s settings must name the one that is wired) to CS of the ' +
    'module. With a multimeter CS must flicker below 3.3 V while a check runs; if it stays at 3.3 V the wire is open or on another pin.',
  weigh(evidence) {
    const silent = silence(evidence)
    if (silent === undefined) return undefined
    const obeyed = heard(evidence)
    if (obeyed === true) return undefined
    const rest = evidence.value('spi.interrupt-pin', 'INT at rest')
    if (rest === 0) return undefined
    return weigh(
      [
        silent,
        {
          seen: obeyed === false,
          weight: 3,
          sentence:
            'The chip did not move INT when it was told to raise an interrupt: it does not hear commands at all.',
        },
        { seen: rest === 1, sentence: 'INT rests high, as it does on a chip that has power and is idle.' },
      ],
      // A chip without power behind a pull-up on INT looks the same.
      0.9,
    )
  },
}

export const WIRING_RULES: readonly Rule[] = [misoOpen, csStuckHigh]
