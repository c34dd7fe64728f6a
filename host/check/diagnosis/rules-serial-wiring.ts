/** How the serial cable is made and what is at its ends: what a report shows of it. */

import { CELL_OCTETS } from '../../../firmware/serial-link/cell.js'
import { keyed } from '../../text/keyed.js'
import { RATE, SERIAL_SESSION } from '../figures/serial.js'
import { type Evidence, seenOf } from './evidence.js'
import type { DiagnosisRule } from './rule.js'
import { hearsHosts } from './rules-serial.js'

/** Octets come, no cell is among them, and no other rate makes it better: so it is not the rate. */
function garbageAtEveryRate(evidence: Evidence): boolean {
  return (
    evidence.failed('serial.session') &&
    evidence.is(SERIAL_SESSION.octetsReceived, (n) => n > 0) &&
    evidence.is(SERIAL_SESSION.cellsUnderstood, (n) => n === 0) &&
    evidence.failed('serial.rate') &&
    evidence.value(RATE.answered) === undefined &&
    evidence.is(RATE.tried, (n) => n > 0)
  )
}

function neverQuiet(evidence: Evidence): boolean {
  const tried = evidence.value(RATE.tried) ?? 0
  return tried > 0 && evidence.value(RATE.unquiet) === tried
}

const swapped: DiagnosisRule = {
  cause: 'serial-tx-rx-swapped',
  remedy: keyed('serial-tx-rx-swapped.remedy'),
  seen(evidence) {
    if (!evidence.failed('serial.session') || !evidence.is(SERIAL_SESSION.octetsReceived, (n) => n === 0))
      return undefined
    if (evidence.value(RATE.answered) !== undefined) return undefined
    return seenOf([
      { seen: true, sentence: keyed('serial-tx-rx-swapped.silent') },
      {
        seen: evidence.is(RATE.tried, (n) => n > 0),
        sentence: keyed('serial-tx-rx-swapped.any-rate', { tried: evidence.text(RATE.tried) }),
      },
    ])
  },
}

const groundMissing: DiagnosisRule = {
  cause: 'serial-ground-missing',
  remedy: keyed('serial-ground-missing.remedy'),
  seen(evidence) {
    if (!garbageAtEveryRate(evidence) || !neverQuiet(evidence)) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('serial-ground-missing.restless', { pauses: evidence.text(RATE.tried) }),
      },
      { seen: true, sentence: keyed('serial-ground-missing.no-cell') },
    ])
  },
}

const ttlMeetsRs232: DiagnosisRule = {
  cause: 'serial-ttl-meets-rs232',
  remedy: keyed('serial-ttl-meets-rs232.remedy'),
  seen(evidence) {
    if (!garbageAtEveryRate(evidence) || neverQuiet(evidence)) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('serial-ttl-meets-rs232.garbage', { octets: evidence.text(SERIAL_SESSION.octetsReceived) }),
      },
      { seen: true, sentence: keyed('serial-ttl-meets-rs232.any-rate', { tried: evidence.text(RATE.tried) }) },
      { seen: true, sentence: keyed('serial-ttl-meets-rs232.pauses') },
    ])
  },
}

const wrongParity: DiagnosisRule = {
  cause: 'serial-wrong-parity',
  remedy: keyed('serial-wrong-parity.remedy'),
  seen(evidence) {
    const understood = evidence.is(SERIAL_SESSION.cellsUnderstood, (n) => n > 0)
    if (!evidence.failed('serial.session') || !understood || hearsHosts(evidence)) return undefined
    return seenOf([
      {
        seen: true,
        sentence: keyed('serial-wrong-parity.one-way', { cells: evidence.text(SERIAL_SESSION.cellsUnderstood) }),
      },
      {
        seen:
          evidence.value(SERIAL_SESSION.octetsReceived) ===
          CELL_OCTETS * (evidence.value(SERIAL_SESSION.cellsUnderstood) ?? 0),
        sentence: keyed('serial-wrong-parity.undamaged'),
      },
    ])
  },
}

export const SERIAL_WIRING_RULES: readonly DiagnosisRule[] = [groundMissing, wrongParity, ttlMeetsRs232, swapped]
