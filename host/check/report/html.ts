/**
 * One self-contained page: no script, no font, no picture from elsewhere. It opens with a drawing of the layers, from this
 * computer to the peer, each part in the colour of its worst check; light or dark as the reader's system is.
 */
import { escapeMarkup } from '../../../firmware/text/markup.js'
import { EN } from '../../text/en.js'
import { findingRule } from '../../text/finding-rule.js'
import { keyed, type LocalizableText } from '../../text/keyed.js'
import { say as sayIn } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { limitRemark, showValue, withinLimits } from '../measure.js'
import { overallVerdict } from '../runner.js'
import { type CheckLayer, type CheckResult, LAYERS, type Report, type Verdict } from '../types.js'
import { reportIn, sideWords, unsaidOccupant } from './in-words.js'

const STYLE = `
:root{color-scheme:light dark;--page:#fbfaf7;--ink:#23241f;--soft:#66685f;--rule:#d9d7cd;--box:#fff;
--pass:#2c7a4b;--warn:#a86b00;--fail:#b3261e;--skip:#8a8c84}
@media (prefers-color-scheme:dark){:root{--page:#181a17;--ink:#e9e8e0;--soft:#a2a499;--rule:#3a3d37;--box:#20231f;
--pass:#6cc48d;--warn:#e0a83e;--fail:#f2857c;--skip:#7d8077}}
*{box-sizing:border-box}body{margin:0 auto;max-width:70rem;padding:2rem 1.25rem;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}
p.sub{color:var(--soft);margin:.25rem 0 1.5rem}.pass{color:var(--pass)}.warn{color:var(--warn)}.fail{color:var(--fail)}
.skip{color:var(--skip)}figure{margin:0;overflow-x:auto}svg{width:100%;min-width:44rem;height:auto;display:block}
svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .soft{fill:var(--soft)}
svg rect{fill:var(--box);stroke:currentColor;stroke-width:2}svg line{stroke:currentColor;stroke-width:3}
article{border:1px solid var(--rule);border-left:4px solid var(--fail);background:var(--box);padding:.75rem 1rem;margin:.75rem 0;
border-radius:4px}article h3{margin:0;font-size:1rem}article p{margin:.4rem 0}article ul{margin:.25rem 0 .5rem;padding-left:1.2rem}
table.checks{table-layout:fixed}table.checks col:nth-child(1){width:5rem}table.checks col:nth-child(2){width:33%}
table.checks col:nth-child(4){width:22%}table{border-collapse:collapse;width:100%;font-size:.92rem}td,th{text-align:left;vertical-align:top;padding:.4rem .5rem;
border-top:1px solid var(--rule)}td.verdict{font-weight:600;white-space:nowrap}.limit{white-space:nowrap}code{font-size:.85em}.figures{margin:0;padding:0;
list-style:none;font-variant-numeric:tabular-nums}.soft{color:var(--soft)}td,th,article{overflow-wrap:anywhere}
@media (max-width:44rem){body{padding:1.25rem .9rem}.limit{white-space:normal}
table.checks,table.checks tbody,table.checks tr,table.checks td{display:block}table.checks thead,table.checks colgroup{display:none}
table.checks tr{border-top:1px solid var(--rule);padding:.6rem 0}table.checks td{border:0;padding:.1rem 0}
table.checks td:last-child{font-size:.85rem}.figures{margin:.2rem 0;padding-left:.9rem;border-left:2px solid var(--rule)}}`

const MARKS: Readonly<Record<Verdict, string>> = { pass: '✓', warn: '!', fail: '✗', skip: '–' }

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
    const mark = layer === undefined ? '' : ` ${MARKS[name]}`
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
      `<text x="${middle}" y="128" text-anchor="middle">${escapeMarkup(title)} ${MARKS[name]}</text>`
    )
  }
  const network = verdict('network')
  return [
    `<figure><svg viewBox="0 0 960 140" role="img" aria-label="${escapeMarkup(say(keyed('picture.what')))}">`,
    `<g class="${network}"><line x1="70" y1="20" x2="890" y2="20" stroke-dasharray="5 5"/></g>`,
    `<text x="480" y="14" text-anchor="middle">${escapeMarkup(say(keyed('picture.network')))} ${MARKS[network]}</text>`,
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
  const reason = result.reason === '' ? '' : `<div>${escapeMarkup(result.reason)}</div>`
  return (
    `<tr><td class="verdict ${result.verdict}">${MARKS[result.verdict]} ${escapeMarkup(say(keyed(`verdict.${result.verdict}`)))}</td>` +
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
  const title = escapeMarkup(`linkpulse check ${report.target}`)
  const { board, backend, seed, checks } = report
  const facts = [
    board,
    backend,
    ...(seed === null ? [] : [say(keyed('report.seed', { seed }))]),
    say(keyed('report.view', { view: report.view })),
    say(keyed('report.checks', { count: checks.length })),
  ]
  return [
    '<!doctype html>',
    `<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${title}</title><style>${STYLE}</style></head><body>`,
    `<h1>${title} <span class="${report.verdict}">${escapeMarkup(say(keyed(`verdict.${report.verdict}`)))}</span></h1>`,
    `<p class="sub">${escapeMarkup(facts.join(' · '))}</p>`,
    picture(report, say),
    atPort(report, say),
    diagnoses(report, say),
    ...LAYERS.map((layer) => layerTable(report, layer, say)),
    findings(report, say),
    counterTable(report, say),
    '</body></html>',
    '',
  ]
    .filter((part, index, all) => part !== '' || index === all.length - 1)
    .join('\n')
}
