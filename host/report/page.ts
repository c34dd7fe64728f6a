/** A page that is one file: no script, no font, no picture from elsewhere; light or dark as the reader's system is. */
import { escapeMarkup } from '../../firmware/text/markup.js'
import type { TestVerdict } from './test-results.js'

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

export const VERDICT_MARKS: Readonly<Record<TestVerdict, string>> = { pass: '✓', warn: '!', fail: '✗', skip: '–' }

export interface Page {
  /** BCP 47. */
  readonly language: string
  readonly title: string
  readonly verdict: { readonly name: TestVerdict; readonly text: string }
  /** The line below the title. */
  readonly facts: readonly string[]
  /** Markup; what is empty is left out. */
  readonly parts: readonly string[]
}

export function pageText({ language, title, verdict, facts, parts }: Page): string {
  const head = escapeMarkup(title)
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${head}</title><style>${STYLE}</style></head><body>`,
    `<h1>${head} <span class="${verdict.name}">${escapeMarkup(verdict.text)}</span></h1>`,
    `<p class="sub">${escapeMarkup(facts.join(' · '))}</p>`,
    ...parts.filter((part) => part !== ''),
    '</body></html>',
    '',
  ].join('\n')
}
