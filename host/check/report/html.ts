/**
 * A check as a page. It opens with a drawing of the layers, from this computer to the peer, each part in the colour of its
 * worst check.
 */
import { escapeMarkup } from '../../../firmware/text/markup.js'
import { pageText, VERDICT_MARKS } from '../../report/page.js'
import { EN } from '../../text/en.js'
import { findingRule } from '../../text/finding-rule.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say as sayIn } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { limitRemark, showValue, withinLimits } from '../measure.js'
import { overallVerdict } from '../runner.js'
import { type CheckLayer, type CheckResult, LAYERS, type Report, type Verdict } from '../types.js'
import { againWords } from './again-words.js'
import { reportIn, sideWords, unsaidOccupant } from './in-words.js'

/** In the language of the page. */
type Say = (message: LocalizableText) => string

function worst(report: Report, layer: CheckLayer): Verdict {
  return overallVerdict(report.checks.filter((check) => check.layer === layer))
}

/** Computer - line - controller - SPI - chip (digital, analogue) - cable - peer, and the layers above the cable. */
function picture(report: Report, say: Say): string {
  const verdict = (layer: CheckLayer): Verdict => worst(report, layer)
  const box = (layer: CheckLayer | undefined, x: number, width: number, title: string, note: string): string => {
    const name = layer === undefined ? 'skip' : verdict(layer)
    const mark = layer === undefined ? '' : ` ${VERDICT_MARKS[name]}`
    return (
      `<g class="${name}"><rect x="${x}" y="46" width="${width}" height="62" rx="5"/></g>` +
      `<text x="${x + width / 2}" y="73" text-anchor="middle">${escapeMarkup(title)}${mark}</text>` +
      `<text class="soft" x="${x + width / 2}" y="91" text-anchor="middle">${escapeMarkup(note)}</text>`
    )
  }
  const wire = (layer: CheckLayer, from: number, to: number, title: string): string => {
    const name = verdict(layer)
    const middle = (from + to) / 2
    return (
      `<g class="${name}"><line x1="${from}" y1="77" x2="${to}" y2="77"/></g>` +
      `<text x="${middle}" y="128" text-anchor="middle">${escapeMarkup(title)} ${VERDICT_MARKS[name]}</text>`
    )
  }
  const network = verdict('network')
  return [
    `<figure><svg viewBox="0 0 960 140" role="img" aria-label="${escapeMarkup(say(keyed('picture.what')))}">`,
    `<g class="${network}"><line x1="70" y1="20" x2="890" y2="20" stroke-dasharray="5 5"/></g>`,
    `<text x="480" y="14" text-anchor="middle">${escapeMarkup(say(keyed('picture.network')))} ${VERDICT_MARKS[network]}</text>`,
    box(undefined, 10, 120, say(keyed('picture.computer')), ''),
    wire('serial', 130, 230, say(keyed('picture.serial'))),
    box(undefined, 230, 120, say(keyed('picture.controller')), report.board.slice(0, 18)),
    wire('spi', 350, 440, say(keyed('picture.spi'))),
    box('chip', 440, 120, say(keyed('picture.chip')), say(keyed('picture.chip-note'))),
    box('phy', 560, 120, say(keyed('picture.phy')), say(keyed('picture.phy-note'))),
    wire('mac', 680, 830, say(keyed('picture.mac'))),
    box(undefined, 830, 120, say(keyed('picture.peer')), ''),
    '</svg></figure>',
  ].join('\n')
}

function diagnoses(report: Report, say: Say): string {
  if (report.diagnosis.length === 0) return ''
  const because = escapeMarkup(say(keyed('diagnosis.because-list')))
  const whatToDo = escapeMarkup(say(keyed('diagnosis.what-to-do')))
  const items = report.diagnosis.map(({ cause, confidence, class: alike, side, evidence, remedy }) => {
    const percent = say(keyed('diagnosis.confidence', { percent: Math.round(confidence * 100) }))
    const where = keyed('diagnosis.side', { side: sideWords(side) })
    const certainty = escapeMarkup(say(keyed('diagnosis.certainty', { percent, where })))
    const others =
      alike.length > 1
        ? `<p class="soft">${escapeMarkup(say(keyed('diagnosis.class', { others: alike.slice(1) })))}</p>`
        : ''
    return (
      `<article><h3><code>${escapeMarkup(cause)}</code> <span class="soft">${certainty}</span></h3>${others}` +
      `<p class="soft">${because}</p><ul>${evidence.map((sentence) => `<li>${escapeMarkup(sentence)}</li>`).join('')}</ul>` +
      `<p><strong>${whatToDo}</strong> ${escapeMarkup(remedy)}</p></article>`
    )
  })
  const open = report.unexplained.map(
    ({ check, what }) => `<li><code>${escapeMarkup(check)}</code> ${escapeMarkup(what)}</li>`,
  )
  const unexplained =
    open.length === 0 ? '' : `\n<p>${escapeMarkup(say(keyed('diagnosis.unexplained')))}</p><ul>${open.join('')}</ul>`
  const { nextMeasurement } = report
  const next =
    nextMeasurement === null
      ? ''
      : `\n<p><strong>${escapeMarkup(say(keyed('diagnosis.next')))}</strong> ${escapeMarkup(nextMeasurement.say)} ${escapeMarkup(nextMeasurement.why)}</p>`
  return `<h2>${escapeMarkup(say(keyed('diagnosis.likeliest-first')))}</h2>\n${items.join('\n')}${unexplained}${next}`
}

function atPort(report: Report, say: Say): string {
  const occupant = unsaidOccupant(report)
  if (occupant === undefined) return ''
  const { title, probability, evidence, said, next } = occupant
  const heading = say(keyed('occupant.heading', { who: title, percent: Math.round(probability * 100) }))
  const heard = [...evidence, ...said.map((line) => say(keyed('port.said', { said: line })))]
  return (
    `<h2>${escapeMarkup(heading)}</h2>\n<article><ul>${heard.map((each) => `<li>${escapeMarkup(each)}</li>`).join('')}</ul>` +
    `<p><strong>${escapeMarkup(say(keyed('diagnosis.what-to-do')))}</strong> ${escapeMarkup(next.join(' '))}</p></article>`
  )
}

function row(result: CheckResult, say: Say): string {
  const figures = result.measurements.map((measurement) => {
    const limit = say(limitRemark(measurement))
    const text = `${measurement.name}${say(keyed('report.colon'))}${say(showValue(measurement, measurement.value))}`
    const remark = escapeMarkup(say(keyed('report.brackets', { text: limit })))
    const note = limit === '' ? '' : remark.replace(/^( ?)(.*)$/s, '$1<span class="soft limit">$2</span>')
    return `<li${withinLimits(measurement) ? '' : ' class="fail"'}>${escapeMarkup(text)}${note}</li>`
  })
  const said = [result.reason, ...againWords([result]).map(say)].filter((text) => text !== '')
  const reason = said.map((text) => `<div>${escapeMarkup(text)}</div>`).join('')
  return (
    `<tr><td class="verdict ${result.verdict}">${VERDICT_MARKS[result.verdict]} ${escapeMarkup(say(keyed(`verdict.${result.verdict}`)))}</td>` +
    `<td>${escapeMarkup(result.title)}<br><code class="soft">${escapeMarkup(result.id)}</code>${reason}</td>` +
    `<td><ul class="figures">${figures.join('')}</ul></td><td class="soft">${escapeMarkup(result.reference)}</td></tr>`
  )
}

function layerTable(report: Report, layer: CheckLayer, say: Say): string {
  const results = report.checks.filter((check) => check.layer === layer)
  if (results.length === 0) return ''
  const columns = (['table.check', 'table.measured', 'table.from'] as const).map(
    (key) => `<th>${escapeMarkup(say(keyed(key)))}</th>`,
  )
  return [
    `<h2>${layer} <span class="soft">${escapeMarkup(say(keyed(`layer.${layer}`)))}</span></h2>`,
    `<table class="checks"><colgroup><col><col><col><col></colgroup><thead><tr><th></th>${columns.join('')}</tr></thead><tbody>`,
    ...results.map((result) => row(result, say)),
    '</tbody></table>',
  ].join('\n')
}

function counterTable(report: Report, say: Say): string {
  const rows = Object.entries(report.counters).flatMap(([place, counts]) =>
    Object.entries(counts).map(
      ([reason, count]) =>
        `<tr><td>${escapeMarkup(place)}</td><td>${escapeMarkup(reason)}</td><td>${escapeMarkup(String(count))}</td></tr>`,
    ),
  )
  if (rows.length === 0) return ''
  const title = escapeMarkup(say(keyed('counters.title')))
  const count = escapeMarkup(say(keyed('counters.count', { count: rows.length })))
  return `<h2>${title}</h2>\n<details><summary>${count}</summary><table><tbody>${rows.join('')}</tbody></table></details>`
}

function findings(report: Report, say: Say): string {
  if (report.findings.length === 0) return ''
  const rows = report.findings.map(
    ({ id, at, octets, rule, source }) =>
      `<tr><td>${escapeMarkup(id)}</td><td>${escapeMarkup(String(at))} ns</td><td><code>${escapeMarkup(octets)}</code></td>` +
      `<td>${escapeMarkup(say(findingRule({ id, rule })))} <span class="soft">${escapeMarkup(source)}</span></td></tr>`,
  )
  const title = escapeMarkup(say(keyed('findings.title')))
  const what = escapeMarkup(say(keyed('findings.what')))
  const count = escapeMarkup(say(keyed('findings.count', { count: rows.length })))
  return `<h2>${title} <span class="soft">${what}</span></h2>\n<details open><summary>${count}</summary><table><tbody>${rows.join('')}</tbody></table></details>`
}

export function htmlReport(given: Report, words: Words = EN): string {
  const report = reportIn(words, given)
  const say: Say = (message) => sayIn(words, message)
  const { board, backend, seed, checks } = report
  const facts = [
    board,
    backend,
    ...(seed === null ? [] : [say(keyed('report.seed', { seed }))]),
    say(keyed('report.view', { view: report.view })),
    say(keyed('report.checks', { count: checks.length })),
  ]
  return pageText({
    language: words.language,
    title: `linkpulse check ${report.target}`,
    verdict: { name: report.verdict, text: say(keyed(`verdict.${report.verdict}`)) },
    facts,
    parts: [
      picture(report, say),
      atPort(report, say),
      diagnoses(report, say),
      ...LAYERS.map((layer) => layerTable(report, layer, say)),
      findings(report, say),
      counterTable(report, say),
    ],
  })
}
