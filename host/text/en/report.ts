/** The words of the reports themselves: headings, columns, the line that sums up. */
import { counted } from './counted.js'

export const REPORT_WORDS = {
  'layer.serial': 'the line between this computer and the board',
  'layer.spi': 'the wires between the controller and the Ethernet chip',
  'layer.chip': 'the digital half of the Ethernet chip',
  'layer.phy': 'the analogue half of the chip, and the link',
  'layer.mac': 'Ethernet frames on the cable',
  'layer.network': 'addresses and packets',

  'report.checking': ({ target, facts }: { readonly target: string; readonly facts: readonly string[] }) =>
    `Checking ${target}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`,
  'report.view': ({ view }: { readonly view: string }) => `view ${view}`,
  'report.seed': ({ seed }: { readonly seed: number }) => `seed ${seed}`,
  'report.checks': ({ count }: { readonly count: number }) => counted(count, 'check'),
  'report.tests': ({ count, counts }: { readonly count: number; readonly counts: readonly string[] }) =>
    `${counted(count, 'test')}: ${counts.join(', ')}`,
  'report.limit': ({ limit }: { readonly limit: string }) => `limit: ${limit}`,

  // Between what is named and what is said of it; a remark behind it.
  'report.colon': ': ',
  'report.brackets': ({ text }: { readonly text: string }) => ` (${text})`,

  'progress.place': ({ number, of }: RunPlace) => `${number} of ${of}`,
  'progress.seconds': ({ number, of, seconds }: RunPlace & { readonly seconds: number }) =>
    `${number} of ${of}, about ${seconds} s left`,
  'progress.minutes': ({ number, of, minutes }: RunPlace & { readonly minutes: number }) =>
    `${number} of ${of}, about ${minutes} min left`,

  // What came of running once more, at the end, what had failed.
  'again.passed': ({ checks }: { readonly checks: readonly string[] }) =>
    `Once more at the end: ${checks.join(', ')} passed the second time`,
  'again.otherwise': ({ checks }: { readonly checks: readonly string[] }) =>
    `Once more at the end: ${checks.join(', ')} failed again, with other figures`,
  'again.same': ({ checks }: { readonly checks: readonly string[] }) =>
    `Once more at the end: ${checks.join(', ')} failed again, with the same figures`,

  // Before the line of a check: as wide as each other.
  'mark.pass': 'pass',
  'mark.warn': 'warn',
  'mark.fail': 'FAIL',
  'mark.skip': 'skip',

  'skipped.interrupted': 'which were not finished when the run was interrupted',
  'skipped.needs': 'which stand on what failed above',
  'skipped.to': ({ last, count, why }: SkippedRow) => `to ${last}: ${counted(count, 'check')}, ${why}`,

  'occupant.heading': ({ who, percent }: { readonly who: string; readonly percent: number }) =>
    `At the port: ${who} (${percent} %)`,
  'occupant.heard': 'heard',
  'occupant.said': 'it said',
  'occupant.next': 'next',

  'diagnosis.heading': 'Diagnosis',
  'diagnosis.likeliest-first': 'Diagnosis, most likely first',
  'diagnosis.confidence': ({ percent }: { readonly percent: number }) => `confidence ${percent} %`,
  'diagnosis.side': ({ side }: { readonly side: string }) => `look at ${side}`,
  'diagnosis.certainty': ({ percent, where }: { readonly percent: string; readonly where: string }) =>
    `${percent}; ${where}`,
  'diagnosis.class': ({ others }: { readonly others: readonly string[] }) =>
    `or ${others.join(', or ')}: nothing that was measured tells them apart`,
  'diagnosis.next': 'next',
  'diagnosis.unexplained': 'This remains unexplained:',
  'diagnosis.because': 'because',
  'diagnosis.do-this': 'do this',
  'diagnosis.because-list': 'Because',
  'diagnosis.what-to-do': 'What to do:',

  'findings.heading': 'Findings (the chip was used in a way its data sheet forbids)',
  'findings.title': 'Findings',
  'findings.what': 'uses of the chip that its data sheet forbids',
  'findings.count': ({ count }: { readonly count: number }) => `all ${count}`,
  'findings.line': ({ id, count, time, octets, rule, source }: FindingLine) =>
    `${id}, ${count} ×, first at ${time} s by ${octets}: ${rule} [${source}]`,

  'counters.title': 'Counters',
  'counters.count': ({ count }: { readonly count: number }) => counted(count, 'count'),

  'summary.line': ({ verdict, checks, counts, ending }: Summary) =>
    `${verdict}  ${counted(checks, 'check')}: ${counts.join(', ')}: ${ending}`,
  'summary.likely': ({ summary, cause }: { readonly summary: string; readonly cause: string }) =>
    `${summary}; most likely ${cause}`,
  'summary.verdict.pass': 'PASS',
  'summary.verdict.warn': 'WARN',
  'summary.verdict.fail': 'FAIL',
  'summary.verdict.skip': 'SKIP',
  'summary.pass': ({ count }: { readonly count: number }) => `${count} passed`,
  'summary.warn': ({ count }: { readonly count: number }) => `${count} warned`,
  'summary.fail': ({ count }: { readonly count: number }) => `${count} failed`,
  'summary.skip': ({ count }: { readonly count: number }) => `${count} skipped`,
  'ending.pass': 'everything that was checked is in order',
  'ending.warn': 'usable, but read the warnings above',
  'ending.fail': 'something is broken',
  'ending.skip': 'nothing could be checked',
  'ending.interrupted': 'interrupted before it was done',
  'ending.time-limit': 'the time limit ran out before it was done',

  'verdict.pass': 'pass',
  'verdict.warn': 'warn',
  'verdict.fail': 'fail',
  'verdict.skip': 'skip',

  'table.check': 'check',
  'table.measured': 'measured',
  'table.from': 'from',

  'picture.what': 'From this computer to the peer, layer by layer',
  'picture.network': 'network',
  'picture.computer': 'this computer',
  'picture.serial': 'serial',
  'picture.controller': 'controller',
  'picture.spi': 'spi',
  'picture.chip': 'chip',
  'picture.chip-note': 'registers, memory',
  'picture.phy': 'phy',
  'picture.phy-note': 'link',
  'picture.mac': 'mac (frames)',
  'picture.peer': 'peer',
}

/** Which of the checks is under way. */
export interface RunPlace {
  readonly number: number
  readonly of: number
}

/** Checks in a row, from the one that is named before to the last. */
export interface SkippedRow {
  readonly last: string
  readonly count: number
  readonly why: string
}

export interface FindingLine {
  readonly id: string
  readonly count: number
  /** Seconds. */
  readonly time: string
  readonly octets: string
  readonly rule: string
  readonly source: string
}

export interface Summary {
  readonly verdict: string
  readonly checks: number
  readonly counts: readonly string[]
  readonly ending: string
}
