/** A report to test formats with: each verdict once, figures of each kind, and strings nobody would write by accident. */

import { MISO } from '../../host/check/figures/spi.js'
import { measure } from '../../host/check/measure.js'
import type { CheckResult, Report } from '../../host/check/types.js'
import { EN } from '../../host/text/en.js'
import { keyed, type LocalizableText } from '../../host/text/keyed.js'
import { say } from '../../host/text/say.js'

/** Markup, an escape sequence in C0 and in C1, a null, separators, directions, what hides, and what is no character. */
export const HOSTILE = `<b>"x"&'y'</b>\x1b[31m\x07\u0000\x9b2J\x7f\r\n\t\u2028# \\ ]]> \u202e\u2066\u200f\u200b\ufeff\ufffe\u{e0041} \ud800`

/** The same result for another reason. */
export function because(result: CheckResult, reason: LocalizableText): CheckResult {
  return { ...result, reason: say(EN, reason), keyed: { title: result.title, reason } }
}

export const SAMPLE_REPORT: Report = {
  target: 'model:uno',
  backend: 'model',
  board: `uno ${HOSTILE}`,
  seed: 7,
  view: 'desk',
  checks: [
    {
      id: 'serial.round-trip',
      layer: 'serial',
      title: 'A message returns',
      reference: 'serial-link, Cell',
      verdict: 'pass',
      measurements: [{ name: 'median round trip', value: 1.3, unit: 'ms', min: null, max: 20 }],
      reason: '',
    },
    {
      id: 'spi.miso',
      layer: 'spi',
      title: 'The chip answers',
      reference: 'DS39662 4.2.1',
      verdict: 'fail',
      measurements: [
        { name: 'answers FFh', value: 300, unit: '', min: 0, max: 0 },
        measure(MISO.econ2, 0xff),
        { name: 'not taken', value: null, unit: 'ms', min: null, max: 6000 },
      ],
      reason: HOSTILE,
    },
    {
      id: 'phy.link',
      layer: 'phy',
      title: 'The link comes up',
      reference: 'IEEE 802.3 14.2.1.7',
      verdict: 'skip',
      measurements: [],
      reason: 'needs spi.miso, which failed',
      keyed: { title: 'The link comes up', reason: keyed('run.needs-failed', { check: 'spi.miso' }) },
    },
    {
      id: 'mac.receive',
      layer: 'mac',
      title: 'The peer answers',
      reference: 'RFC 826',
      verdict: 'warn',
      measurements: [],
      reason: 'nobody answered',
    },
  ],
  occupant: {
    who: 'another-rate',
    title: `something ${HOSTILE}`,
    probability: 0.75,
    evidence: [`24 octets ${HOSTILE}`],
    said: [`it is ${HOSTILE}`],
    next: [`Look ${HOSTILE}`],
  },
  diagnosis: [
    {
      cause: 'miso-open',
      confidence: 0.98,
      class: ['miso-open', `cs-stuck ${HOSTILE}`],
      side: 'wire',
      evidence: ['All 300 readings were FFh.', HOSTILE],
      remedy: `Check SO. ${HOSTILE}`,
    },
  ],
  unexplained: [{ check: 'spi.miso', what: `Hardly ever seen ${HOSTILE}` }],
  nextMeasurement: {
    kind: 'question',
    what: 'cs-volts',
    say: `Is it? ${HOSTILE}`,
    why: `It ${HOSTILE}`,
    gain: 0.9,
    seconds: 60,
  },
  findings: [
    { id: 'bfs-on-mac', at: 1_234, octets: '82 32', rule: `BFS on MACON3 ${HOSTILE}`, source: 'DS39662 4.2.4' },
  ],
  counters: { host: { zeta: 1, alpha: 2 }, board: { octetsReceived: 3 } },
  verdict: 'fail',
}
