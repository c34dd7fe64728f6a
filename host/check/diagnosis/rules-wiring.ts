/**
 * What is wrong with the wires between the controller and the chip. To an SPI master a MISO that is open and a chip that is
 * never selected read the same; the difference is on INT, the one wire that the chip drives besides MISO: told blindly to
 * raise an interrupt, a chip that hears its commands pulls it low.
 */
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { INTERRUPT_PIN, MISO, POINTERS, SPI_MEMORY } from '../figures/spi.js'
import { type Evidence, type Prediction, seenOf } from './evidence.js'
import type { DiagnosisRule } from './rule.js'

/** What every reading was, when all were the same nothing. */
function silence(evidence: Evidence): Prediction | undefined {
  const all = evidence.value(MISO.answers)
  if (all === undefined || !evidence.failed('spi.miso')) return undefined
  const kinds = [
    { figure: MISO.allOnes, sentence: keyed('miso.all-ones', { count: all }) },
    { figure: MISO.allZeros, sentence: keyed('miso.all-zeros', { count: all }) },
    { figure: MISO.echoes, sentence: keyed('miso.echoes', { count: all }) },
  ]
  const kind = kinds.find(({ figure }) => evidence.value(figure) === all)
  if (kind === undefined) return undefined
  return { seen: true, sentence: kind.sentence }
}

/** Did INT go low when the chip was told to raise an interrupt? Undefined when the board cannot see the pin. */
function heard(evidence: Evidence): boolean | undefined {
  const pending = evidence.value(INTERRUPT_PIN.pending)
  const rest = evidence.value(INTERRUPT_PIN.rest)
  if (pending === undefined || rest === undefined) return undefined
  return rest === 1 && pending === 0
}

const misoOpen: DiagnosisRule = {
  cause: 'miso-open',
  remedy: keyed('miso-open.remedy'),
  seen(evidence) {
    const silent = silence(evidence)
    if (silent === undefined) return undefined
    const obeyed = heard(evidence)
    if (obeyed === false) return undefined
    return seenOf([silent, { seen: obeyed === true, sentence: keyed('miso-open.obeyed') }])
  },
}

const csStuckHigh: DiagnosisRule = {
  cause: 'cs-stuck-high',
  remedy: keyed('cs-stuck-high.remedy'),
  seen(evidence) {
    const silent = silence(evidence)
    if (silent === undefined) return undefined
    const obeyed = heard(evidence)
    if (obeyed === true) return undefined
    const rest = evidence.value(INTERRUPT_PIN.rest)
    if (rest === 0) return undefined
    return seenOf([
      silent,
      { seen: obeyed === false, sentence: keyed('cs-stuck-high.deaf') },
      { seen: rest === 1, sentence: keyed('cs-stuck-high.rests') },
    ])
  },
}

/** What looks like a chip select that never falls, and is rarer: worth a look when the chip select was found sound. */
function alsoUnheard(evidence: Evidence): readonly LocalizableText[] | undefined {
  const silent = silence(evidence)
  if (silent === undefined || heard(evidence) !== false) return undefined
  if (evidence.value(INTERRUPT_PIN.rest) === 0) return undefined
  return seenOf([silent, { seen: true, sentence: keyed('chip.does-not-hear') }])
}

const swapped: DiagnosisRule = {
  cause: 'mosi-miso-swapped',
  remedy: keyed('mosi-miso-swapped.remedy'),
  seen: (evidence) => alsoUnheard(evidence),
}

const csStuckLow: DiagnosisRule = {
  cause: 'cs-stuck-low',
  remedy: keyed('cs-stuck-low.remedy'),
  seen: (evidence) => alsoUnheard(evidence),
}

const intOpen: DiagnosisRule = {
  cause: 'int-open',
  remedy: keyed('int-open.remedy'),
  seen(evidence) {
    const pending = evidence.value(INTERRUPT_PIN.pending)
    const flag = evidence.value(INTERRUPT_PIN.flag)
    if (pending !== 1 || flag !== 1 || !evidence.passed('spi.miso')) return undefined
    return seenOf([
      { seen: true, sentence: keyed('int-open.unseen') },
      { seen: true, sentence: keyed('int-open.answers') },
    ])
  },
}

const tooFast: DiagnosisRule = {
  cause: 'spi-too-fast',
  remedy: keyed('spi-too-fast.remedy'),
  seen(evidence) {
    // Too fast is too fast every time: what comes right by itself, or now and then, is something else.
    if ((evidence.value(MISO.differing) ?? 0) > 15) return undefined
    if (evidence.is(MISO.rightAgain, (value) => value > 50)) return undefined
    const right = evidence.value(MISO.rightWhenSlow)
    if (right === undefined || right < 95 || !evidence.is(MISO.econ2, (value) => value !== 0x80)) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('spi-too-fast.slow', {
          clock: evidence.text(MISO.slowClock),
          right: evidence.text(MISO.rightWhenSlow),
        }),
      },
      { seen: true, sentence: keyed('spi-too-fast.fast', { econ2: evidence.text(MISO.econ2) }) },
    ])
  },
}

const noise: DiagnosisRule = {
  cause: 'spi-noise',
  remedy: keyed('spi-noise.remedy'),
  seen(evidence) {
    const differing = evidence.value(MISO.differing) ?? 0
    const answers = evidence.value(MISO.answers) ?? 0
    const pointers = evidence.value(POINTERS.wrong) ?? 0
    const written = evidence.value(POINTERS.written) ?? 0
    const octets = evidence.value(SPI_MEMORY.wrong) ?? 0
    const all = evidence.value(SPI_MEMORY.written) ?? 0
    const typicalIsRight =
      evidence.is(MISO.econ2, (value) => value === 0x80) ||
      evidence.is(MISO.rightAgain, (value) => value > 50) ||
      (differing > 0 && evidence.is(MISO.rightWhenSlow, (value) => value > 50))
    const spoilt = evidence.failed('spi.miso') || differing + pointers + octets > 0
    if (!typicalIsRight || !spoilt) return undefined
    // A wire that is wrong most of the time is broken, not noisy.
    if (differing > answers / 4 || pointers > written / 4 || octets > all / 4) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('spi-noise.few-wrong', { differing, answers, pointers, written, octets, all }),
      },
      { seen: typicalIsRight, sentence: keyed('spi-noise.typical') },
    ])
  },
}

export const WIRING_RULES: readonly DiagnosisRule[] = [
  misoOpen,
  csStuckHigh,
  swapped,
  csStuckLow,
  intOpen,
  tooFast,
  noise,
]
