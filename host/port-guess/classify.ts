/** Tells from what was heard, and asked, who is at the port. Reads nothing but octets, times and counts, so that any hearing can be judged again. */
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { log } from '../../firmware/math/elementary.js'
import { SESSION } from '../../firmware/serial-link/link-table.js'
import { hexOctets } from '../hex-octets.js'
import type { ModemInputs } from '../target/host-line.js'
import { keyed, type LocalizableText } from '../text/keyed.js'
import { findCells, withoutOwnCells } from './cells-heard.js'
import type { Heard } from './heard.js'
import { countNmea } from './nmea.js'
import { rank, type Suspect, type Weighted } from './occupant.js'
import { findOwn } from './own-octets.js'
import { type Probe, STK_INSYNC, STK_OK } from './probes.js'
import { SLOW_BAUD } from './rates.js'
import {
  asksForLogin,
  countText,
  hasStuckBit,
  latin,
  modemResults,
  type ParityFound,
  parityInEighthBit,
  textEvidence,
  uprightAscii,
} from './text-heard.js'

/** A stretch of listening, and what was sent at its beginning. */
export interface Stretch {
  readonly heard: Heard
  readonly probe?: Probe
}

/** Logarithms of likelihood ratios. A check of 8 bits holds by chance once in 256, the two of a cell once in 2^24. */
const A_CHECKSUM = log(256)
const A_CELL = log(16_777_216)
/** Octets in their order, where each could have been any other. */
const AN_OCTET = log(256)
const MOST_OCTETS = 4
/** Words that text has by chance now and then. */
const A_WORD = 3
/** Text that fits none of these is a program that prints. */
const PRINTS = 0
/** Of octets that are no language, the ear may be wrong. */
const GARBLED = 6

/** A line that rests low, or makes sense the other way up, beside one that merely makes no sense. */
const UPSIDE_DOWN = 3

/** Rates after which it is hardly the rate. */
const MANY_RATES = 8

/** A receiver at the wrong rate finds no stop bit at a third of the octets, one at the right rate at one in 500. */
const FRAMING_FOR = log(0.998 / 0.65)
const FRAMING_AGAINST = log(0.002 / 0.35)
const FRAMING_OCTETS = 48
/** A parity bit in the place of the stop bit looks like a wrong rate, and is none: so text is believed in spite of errors. */
const MOST_AGAINST = -12

/** What was found in a stretch, and how much it speaks for its rate being right. */
export interface StretchReading {
  readonly stretch: Stretch
  /** Without what this end had sent. */
  readonly octets: Uint8Array
  readonly parity: ParityFound | undefined
  /** As a person reads it: a character an octet, the parity bit taken away. */
  readonly text: string
  readonly echoed: boolean
  readonly evidence: number
  readonly textEvidence: number
}

const readings = new WeakMap<Stretch, StretchReading>()

/** What was made of a stretch once is not made anew. */
export function readStretch(stretch: Stretch): StretchReading {
  let reading = readings.get(stretch)
  if (reading === undefined) {
    reading = readAnew(stretch)
    readings.set(stretch, reading)
  }
  return reading
}

function readAnew(stretch: Stretch): StretchReading {
  const { heard, probe } = stretch
  const own = probe === undefined ? undefined : findOwn(heard.octets, probe.octets)
  const octets = withoutOwnCells(own?.rest ?? heard.octets)
  const parity = parityInEighthBit(octets)
  const plain = parity === undefined ? octets : octets.map((octet) => octet & 0x7f)
  const text = latin(plain)
  const likeText = textEvidence(countText(plain))
  const asText = hasStuckBit(plain) ? Math.min(0, likeText) : likeText
  const { whole } = findCells(heard.octets)
  const nmea = countNmea(text).whole
  // Cells are no text, and need not be.
  const evidence = (whole > 0 ? 0 : asText) + nmea * A_CHECKSUM + whole * A_CELL + framingEvidence(heard)
  return { stretch, octets, parity, text, echoed: own !== undefined, evidence, textEvidence: asText }
}

function framingEvidence({ errors, total }: Heard): number {
  if (errors === undefined || total === 0) return 0
  const wrong = Math.min(total, errors.framing + errors.breaks) / total
  const counted = Math.min(total, FRAMING_OCTETS)
  return Math.max(MOST_AGAINST, counted * ((1 - wrong) * FRAMING_FOR + wrong * FRAMING_AGAINST))
}

/** The stretch whose rate is likeliest the right one: of those that are as likely, the first. */
export function bestReading(readings: readonly StretchReading[]): StretchReading | undefined {
  let best: StretchReading | undefined
  for (const reading of readings) {
    if (reading.stretch.heard.total === 0) continue
    if (best === undefined || reading.evidence > best.evidence) best = reading
  }
  return best
}

/** @param inputs control circuits that the other end drives; undefined where the port does not tell them */
export function classify(stretches: readonly Stretch[], inputs: ModemInputs | undefined): readonly Suspect[] {
  const readings = stretches.map(readStretch)
  const best = bestReading(readings)
  if (best === undefined) return rank(silent(stretches, inputs))
  return rank([...speakers(readings, best), ...echo(readings), ...bootLoader(readings), ...garbled(readings, best)])
}

function silent(stretches: readonly Stretch[], inputs: ModemInputs | undefined): Weighted[] {
  const time = stretches.reduce((sum, { heard }) => sum + heard.time, 0)
  const asked = stretches.filter(({ probe }) => probe !== undefined).length
  const alive = inputs !== undefined && (inputs.cts || inputs.dsr || inputs.dcd)
  const nothing: LocalizableText[] = [keyed('port.heard.nothing', { seconds: seconds(time) })]
  if (asked > 0) nothing.push(keyed('port.heard.no-answer', { count: asked }))
  const breaks = stretches.reduce((sum, { heard }) => sum + (heard.errors?.breaks ?? 0), 0)
  if (breaks > 0) nothing.push(keyed('port.heard.rests-low'))
  const swapped = alive ? [...nothing, keyed('port.heard.alive')] : nothing
  return [
    { who: 'silence', weight: log(alive ? 0.3 : 0.75), evidence: nothing },
    { who: 'swapped', weight: log(alive ? 0.7 : 0.25), evidence: swapped },
  ]
}

/** Who speaks a language that is known. */
function speakers(readings: readonly StretchReading[], best: StretchReading): Weighted[] {
  const found: Weighted[] = []
  const { text, stretch } = best
  const spoke = Math.max(0, best.textEvidence)
  for (const { heard } of stretchesOf(readings)) {
    const { whole, session } = findCells(heard.octets)
    if (whole === 0) continue
    const ours = session?.role === 'host'
    // What was sent and came back is counted as such.
    if (ours && readings.some(({ echoed, octets }) => echoed || octets.length > 0)) break
    const evidence: LocalizableText[] = [keyed(ours ? 'port.heard.own-cells' : 'port.heard.cells', { cells: whole })]
    if (session !== undefined && !ours) {
      const { board, firmware } = session.identity
      evidence.push(keyed('port.heard.session', { board, firmware, version: session.speaks }))
      if (session.speaks < SESSION.VERSION) evidence.push(keyed('port.heard.version'))
    }
    if (ours) found.push(...loopbackOr(whole * A_CELL, evidence))
    else found.push({ who: 'bridge', weight: whole * A_CELL, evidence })
    break
  }
  const nmea = countNmea(text)
  if (nmea.whole > 0) {
    const evidence = [keyed('port.heard.nmea', { count: nmea.whole, addresses: nmea.addresses.slice(0, 6).join(', ') })]
    found.push({ who: 'nmea', weight: spoke + nmea.whole * A_CHECKSUM - nmea.damaged, evidence })
  }
  if (asksForLogin(text))
    found.push({ who: 'login', weight: spoke + 2 * A_WORD, evidence: [keyed('port.heard.login')] })
  const asked = readings.filter(({ stretch }) => stretch.probe?.kind === 'attention')
  const answers = asked.flatMap((reading) => modemResults(reading.text))
  const unasked = modemResults(text)
  if (answers.length > 0) {
    const evidence = [keyed('port.heard.modem-answer', { answer: answers[0] })]
    found.push({ who: 'modem', weight: spoke + 4 * A_WORD, evidence })
  } else if (unasked.length > 0) {
    const evidence = [keyed('port.heard.modem', { words: [...new Set(unasked)].join(', ') })]
    found.push({ who: 'modem', weight: spoke + A_WORD * Math.min(2, unasked.length), evidence })
  }
  if (spoke > 0) {
    const evidence = [keyed('port.heard.text', { octets: stretch.heard.total })]
    found.push({ who: 'sketch', weight: spoke + PRINTS, evidence })
  }
  return found
}

function stretchesOf(readings: readonly StretchReading[]): readonly Stretch[] {
  return readings.map(({ stretch }) => stretch)
}

/** Our own octets: a plug that joins both wires gives them back and nothing else; a modem and a shell say more. */
function echo(readings: readonly StretchReading[]): Weighted[] {
  const asked = readings.filter(({ stretch }) => stretch.probe !== undefined && stretch.heard.total > 0)
  const echoed = asked.filter((reading) => reading.echoed)
  if (echoed.length === 0 || echoed.length < asked.length) return []
  if (readings.some(({ octets }) => octets.length > 0)) return []
  const octets = echoed.reduce((sum, { stretch }) => sum + (stretch.probe?.octets.length ?? 0), 0)
  const weight = Math.min(octets, MOST_OCTETS * echoed.length) * AN_OCTET
  const evidence = [keyed('port.heard.own', { octets })]
  const spokenTo = asked.some(({ stretch }) => stretch.probe?.kind === 'attention')
  return spokenTo ? [{ who: 'loopback', weight, evidence }] : loopbackOr(weight, evidence)
}

/** A modem in its command mode echoes as well, and was asked nothing yet that it answers. */
function loopbackOr(weight: number, heard: readonly LocalizableText[]): Weighted[] {
  const evidence = [...heard, keyed('port.heard.echoes')]
  return [
    { who: 'loopback', weight, evidence },
    { who: 'modem', weight: weight - 1.5, evidence },
  ]
}

function bootLoader(readings: readonly StretchReading[]): Weighted[] {
  const answers = (kind: Probe['kind']): Uint8Array[] =>
    readings
      .filter(({ stretch, octets }) => stretch.probe?.kind === kind && octets.length > 0)
      .map(({ octets }) => octets)
  const inStep = answers('boot loader').filter((octets) => octets[0] === STK_INSYNC && octets[1] === STK_OK)
  if (inStep.length === 0) return []
  const evidence: LocalizableText[] = [keyed('port.heard.in-sync')]
  const signature = signatureIn(readings)
  if (signature !== undefined) evidence.push(keyed('port.heard.signature', { signature: hexOctets(signature) }))
  return [{ who: 'boot-loader', weight: (2 * inStep.length + (signature === undefined ? 0 : 2)) * AN_OCTET, evidence }]
}

/** The three octets that a boot loader gave for its controller's signature. */
export function signatureIn(readings: readonly StretchReading[]): Uint8Array | undefined {
  for (const { stretch, octets } of readings) {
    if (stretch.probe?.kind !== 'signature') continue
    if (octets.length >= 5 && octets[0] === STK_INSYNC && octets[4] === STK_OK) return octets.slice(1, 4)
  }
  return undefined
}

/** Octets came, and they are no language at any rate. */
function garbled(readings: readonly StretchReading[], best: StretchReading): Weighted[] {
  const rates = [
    ...new Set(readings.filter(({ stretch }) => stretch.heard.total > 0).map((each) => each.stretch.heard.baud)),
  ]
  const heard = readings.reduce((sum, { stretch }) => sum + stretch.heard.total, 0)
  const evidence: LocalizableText[] = [keyed('port.heard.garbled', { octets: heard, rates: rates.join(', ') })]
  const told = readings.map(({ stretch }) => stretch.heard.errors).filter((each) => each !== undefined)
  const framing = told.reduce((sum, errors) => sum + errors.framing, 0)
  const breaks = told.reduce((sum, errors) => sum + errors.breaks, 0)
  if (framing + breaks > 0) evidence.push(keyed('port.heard.framing', { framing, breaks }))
  const found: Weighted[] = [{ who: 'another-rate', weight: GARBLED, evidence }]
  const upright = uprightText(best)
  const low = restsLow(stretchesOf(readings))
  if (upright !== undefined) {
    const why = keyed('port.heard.upright', { text: upright })
    found.push({ who: 'inverted', weight: GARBLED + UPSIDE_DOWN, evidence: [...evidence, why] })
  } else if (low === true) {
    found.push({
      who: 'inverted',
      weight: GARBLED + UPSIDE_DOWN,
      evidence: [...evidence, keyed('port.heard.low-at-rest')],
    })
  } else if (low === undefined && rates.length >= MANY_RATES) {
    found.push({ who: 'inverted', weight: GARBLED - 1.5, evidence: [...evidence, keyed('port.heard.no-rate')] })
  }
  if (readings.some(({ stretch }) => isHum(stretch.heard)))
    found.push({ who: 'noise', weight: GARBLED + UPSIDE_DOWN, evidence: [...evidence, keyed('port.heard.hum')] })
  return found
}

/** Bursts that a slow ear must have heard before it is believed. */
const SLOW_BURSTS = 2
const NEARLY_ALL = 0.85
/** At 300 baud two characters: what comes later is another burst. */
const BETWEEN_BURSTS = 60 * MILLISECOND

/** The last octet before each pause. */
export function burstEnds({ began, time, chunks }: Heard): readonly number[] {
  return chunks.flatMap(({ at, octets }, index) => {
    const next = chunks[index + 1]?.at ?? began + time
    return next - at >= BETWEEN_BURSTS && octets.length > 0 ? [octets[octets.length - 1]] : []
  })
}

/**
 * Whether the line rests low, as a receiver shows that is too slow for what is said: the bits it takes last are those of the rest behind a
 * burst. Undefined where it was not listened for, or does not show.
 */
export function restsLow(stretches: readonly Stretch[]): boolean | undefined {
  const ends = stretches.filter(({ heard }) => heard.baud === SLOW_BAUD).flatMap(({ heard }) => burstEnds(heard))
  if (ends.length < SLOW_BURSTS) return undefined
  const high = ends.filter((octet) => octet >= 0x80).length / ends.length
  return high >= NEARLY_ALL ? false : high <= 1 - NEARLY_ALL ? true : undefined
}

const UPRIGHT_OCTETS = 12
const UPRIGHT_SHOWN = 40

/** What the line would say the other way up, where that is text and what it says as it is is not. */
function uprightText({ octets }: StretchReading): string | undefined {
  if (octets.length < UPRIGHT_OCTETS) return undefined
  const turned = Array.from(octets, uprightAscii)
  const known = Uint8Array.from(turned.filter((each) => each !== undefined))
  if (known.length < 0.95 * octets.length) return undefined
  const asIs = countText(octets)
  const asTurned = countText(known)
  if (asTurned.text < 0.95 * known.length || asIs.text > 0.92 * octets.length) return undefined
  return latin(known.subarray(0, UPRIGHT_SHOWN))
}

/** What comes apart from what came before by this much is another event. */
const APART = 4 * MILLISECOND
/** Half a period and a whole one of 50 Hz and of 60 Hz, and how near counts. */
const MAINS = [SECOND / 120, SECOND / 100, SECOND / 60, SECOND / 50]
const NEAR = 0.12
const MAINS_EVENTS = 24
const MOSTLY = 0.7

/** Whether octets come in step with the mains. */
function isHum({ chunks }: Heard): boolean {
  const events = chunks.filter(({ at }, index) => index === 0 || at - chunks[index - 1].at >= APART)
  if (events.length < MAINS_EVENTS) return false
  const intervals = events.slice(1).map(({ at }, index) => at - events[index].at)
  const inStep = intervals.filter((each) => MAINS.some((period) => Math.abs(each - period) <= NEAR * period))
  return inStep.length >= MOSTLY * intervals.length
}

function seconds(nanoseconds: number): string {
  return (nanoseconds / SECOND).toFixed(1)
}
