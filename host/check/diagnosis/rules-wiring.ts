/**
 * What is wrong with the wires between the controller and the chip. To an SPI master a MISO that is open and a chip that is
 * never selected read the same; the difference is on INT, the one wire that the chip drives besides MISO: told blindly to
 * raise an interrupt, a chip that hears its commands pulls it low.
 */
import { INTERRUPT_PIN, MEMORY, MISO, POINTERS } from '../figures/spi.js'
import { type Evidence, type Prediction, type Weighed, weigh } from './evidence.js'
import type { Rule } from './rule.js'

/** What every reading was, when all were the same nothing. */
function silence(evidence: Evidence): Prediction | undefined {
  const all = evidence.value(MISO.answers)
  if (all === undefined || !evidence.failed('spi.miso')) return undefined
  const kinds = [
    {
      figure: MISO.allOnes,
      what: `All ${all} readings were FFh, even of bits that are always 0: nothing drives MISO low`,
    },
    {
      figure: MISO.allZeros,
      what: `All ${all} readings were 00h, even of bits that are 1 after a reset: nothing drives MISO high`,
    },
    {
      figure: MISO.echoes,
      what: `All ${all} readings repeat the command: MISO only picks up its neighbour MOSI`,
    },
  ]
  const kind = kinds.find(({ figure }) => evidence.value(figure) === all)
  if (kind === undefined) return undefined
  return {
    seen: true,
    weight: 2,
    sentence: `${kind.what}.`,
  }
}

/** Did INT go low when the chip was told to raise an interrupt? Undefined when the board cannot see the pin. */
function heard(evidence: Evidence): boolean | undefined {
  const pending = evidence.value(INTERRUPT_PIN.pending)
  const rest = evidence.value(INTERRUPT_PIN.rest)
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
    const rest = evidence.value(INTERRUPT_PIN.rest)
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

/** What looks like a chip select that never falls, and is rarer: worth a look when the chip select was found sound. */
function alsoUnheard(evidence: Evidence, ceiling: number): Weighed | undefined {
  const silent = silence(evidence)
  if (silent === undefined || heard(evidence) !== false) return undefined
  if (evidence.value(INTERRUPT_PIN.rest) === 0) return undefined
  return weigh(
    [
      silent,
      { seen: true, weight: 3, sentence: 'The chip does not hear commands, as with a chip select that never falls.' },
    ],
    ceiling,
  )
}

const swapped: Rule = {
  cause: 'mosi-miso-swapped',
  remedy:
    'Compare the two data wires with the module’s print: SI goes to MOSI of the controller (pin 11 on an Uno), SO to MISO (pin 12). ' +
    'Modules print them as SI and SO of the chip, controllers as MOSI and MISO; exchange them and check again.',
  weigh: (evidence) => alsoUnheard(evidence, 0.5),
}

const csStuckLow: Rule = {
  cause: 'cs-stuck-low',
  remedy:
    'Measure CS of the module with a multimeter while nothing runs: it must be at 3.3 V. At 0 V it is shorted to ground, or held low by a pin that ' +
    'was never set up as an output: the chip then takes everything as one endless command.',
  weigh: (evidence) => alsoUnheard(evidence, 0.45),
}

const intOpen: Rule = {
  cause: 'int-open',
  remedy:
    'Check the wire from INT of the module (pin 4 of the chip) to the controller (pin 2 on an Uno), with the power off: below 1 Ω. Until it is ' +
    'mended the driver polls the chip: everything works, a little later.',
  weigh(evidence) {
    const pending = evidence.value(INTERRUPT_PIN.pending)
    const flag = evidence.value(INTERRUPT_PIN.flag)
    if (pending !== 1 || flag !== 1 || !evidence.passed('spi.miso')) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence:
          'The chip’s own register shows the interrupt (EIR.DMAIF is 1 and EIE enables it), but INT stayed high at the controller.',
      },
      { seen: true, sentence: 'Its registers answer correctly, so it has power and hears its commands.' },
    ])
  },
}

const tooFast: Rule = {
  cause: 'spi-too-fast',
  remedy:
    'Shorten the wires between controller and module to under 15 cm, and give SCK and GND a wire beside each other. Where they must stay long, lower the SPI ' +
    'clock in the board file (spiClock); revisions B1 and B4 need 8 MHz, later ones work slower too.',
  weigh(evidence) {
    // Too fast is too fast every time: what comes right by itself, or now and then, is something else.
    if ((evidence.value(MISO.differing) ?? 0) > 15) return undefined
    if (evidence.is(MISO.rightAgain, (value) => value > 50)) return undefined
    const right = evidence.value(MISO.rightWhenSlow)
    if (right === undefined || right < 95 || !evidence.is(MISO.econ2, (value) => value !== 0x80)) return undefined
    return weigh([
      {
        seen: true,
        weight: 3,
        sentence: `At ${evidence.text(MISO.slowClock)} MHz ${evidence.text(MISO.rightWhenSlow)} % of the answers are right.`,
      },
      {
        seen: true,
        sentence: `At full speed ECON2 reads ${evidence.text(MISO.econ2)} instead of 80h: bits are sampled before they have arrived.`,
      },
    ])
  },
}

const noise: Rule = {
  cause: 'spi-noise',
  remedy:
    'Shorten the SPI wires to under 15 cm, twist SCK with GND, and put 100 nF across the module’s supply. Check that a 5 V controller reads ' +
    'the module’s 2.6 V high level as high; a level shifter on SO helps. Then lower the SPI clock.',
  weigh(evidence) {
    const differing = evidence.value(MISO.differing) ?? 0
    const answers = evidence.value(MISO.answers) ?? 0
    const pointers = evidence.value(POINTERS.wrong) ?? 0
    const written = evidence.value(POINTERS.written) ?? 0
    const octets = evidence.value(MEMORY.wrong) ?? 0
    const all = evidence.value(MEMORY.written) ?? 0
    const typicalIsRight =
      evidence.is(MISO.econ2, (value) => value === 0x80) ||
      evidence.is(MISO.rightAgain, (value) => value > 50) ||
      (differing > 0 && evidence.is(MISO.rightWhenSlow, (value) => value > 50))
    const spoilt = evidence.failed('spi.miso') || differing + pointers + octets > 0
    if (!typicalIsRight || !spoilt) return undefined
    // A wire that is wrong most of the time is broken, not noisy.
    if (differing > answers / 4 || pointers > written / 4 || octets > all / 4) return undefined
    return weigh(
      [
        {
          seen: true,
          weight: 3,
          sentence: `Most answers are right and a few are not: ${differing} of ${answers} readings, ${pointers} of ${written} pointers and ${octets} of ${all} octets of memory came back wrong.`,
        },
        {
          seen: typicalIsRight,
          sentence:
            'ECON2 reads 80h after a reset, as it should, at the first or the second try: supply, chip select and the order of the wires are right.',
        },
      ],
      0.95,
    )
  },
}

export const WIRING_RULES: readonly Rule[] = [misoOpen, csStuckHigh, swapped, csStuckLow, intOpen, tooFast, noise]
