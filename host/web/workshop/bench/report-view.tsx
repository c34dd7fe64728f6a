/** What checks found: while they run, and when they are done. The words are those of the command line. */
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { CheckResult, Report } from '../../../check/types.js'
import type { LocalizableText } from '../../../text/keyed.js'
import { WORKSHOP_EN } from '../../../workshop/words/en.js'
import { faultTitle } from '../../../workshop/words/fault-title.js'
import { language, sayIt, word } from '../language.js'
import { saveFile } from '../save-file.js'
import type { BenchDoors } from './doors.js'
import { loadedBench } from './load.js'

/** Whether what is in order is left out. */
const failedOnly = signal(false)

/** It is there before anything is shown that is checked. */
function doors(): BenchDoors {
  return loadedBench.value!
}

/** How far checks are. */
interface ShownRun {
  readonly done: number
  readonly of: number
  readonly progress: LocalizableText | undefined
  readonly title: LocalizableText | undefined
  readonly results: readonly CheckResult[]
}

export function RunView({ run }: { readonly run: ShownRun }) {
  const { done, of, progress, title, results } = run
  const say = (text: LocalizableText | undefined) => (text === undefined ? '' : doors().say(language.value, text))
  return (
    <>
      <p class="progress">
        <progress max={of} value={done} aria-label={word('bench.stage.suite')} /> {say(progress)}
        <br />
        <span class="faint">{say(title)}</span>
      </p>
      <Results results={results.slice(-6)} />
    </>
  )
}

/** Of what is in order one figure, as the command line shows it; the others are in the report that is saved. */
function Results({ results }: { readonly results: readonly CheckResult[] }) {
  return (
    <table class="results">
      <caption>{word('bench.stage.results')}</caption>
      <tbody>
        {doors()
          .shownResults(language.value, results)
          .map(({ id, verdict, verdictWord, title, reason, figures, reference }) => (
            <tr key={id} data-check={id} data-state={verdict}>
              <td class="verdict">{verdictWord}</td>
              <th scope="row">
                {title} <code>{id}</code>
                {reason !== '' && <p>{reason}</p>}
              </th>
              <td>
                <ul>
                  {(verdict === 'pass' ? figures.slice(0, 1) : figures).map(({ text, wrong }) => (
                    <li key={text} class={wrong ? 'wrong' : undefined}>
                      {text}
                    </li>
                  ))}
                </ul>
                <p class="faint">{reference}</p>
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

/** A family of faults by its title, where the page has one. */
function causeTitle(cause: string): string {
  return Object.hasOwn(WORKSHOP_EN, `fault.${cause}`) ? sayIt(faultTitle(cause)) : ''
}

function Causes({ report, repair }: Pick<ReportViewProps, 'report' | 'repair'>) {
  const { diagnosis, because, whatToDo, unexplained, next, occupant } = doors().shownReport(language.value, report)
  return (
    <div class="diagnosis">
      {occupant !== undefined && (
        <>
          <h2>{occupant.heading}</h2>
          <ul>
            {occupant.rows.map((row) => (
              <li key={row}>{row}</li>
            ))}
          </ul>
        </>
      )}
      {diagnosis.length > 0 && <h2>{word('bench.stage.diagnosis')}</h2>}
      <ol>
        {diagnosis.map(({ cause, confidence, certainty, others, alike, evidence, remedy }) => (
          <li key={cause} data-cause={cause}>
            <p>
              <code>{cause}</code> {causeTitle(cause)}
            </p>
            <p>
              <meter max={1} value={confidence} aria-label={cause} /> {certainty}
            </p>
            {alike !== '' && <p class="faint">{alike}</p>}
            <p class="faint">{because}</p>
            <ul>
              {evidence.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            <p>
              <strong>{whatToDo}</strong> {remedy}
            </p>
            {repair !== undefined && cause !== 'unknown' && (
              <p class="buttons">{[cause, ...others].map((each) => repair(each))}</p>
            )}
          </li>
        ))}
      </ol>
      {unexplained.rows.length > 0 && (
        <>
          <p>{unexplained.heading}</p>
          <ul>
            {unexplained.rows.map((row) => (
              <li key={row}>{row}</li>
            ))}
          </ul>
        </>
      )}
      {next !== '' && <p>{next}</p>}
    </div>
  )
}

interface ReportViewProps {
  readonly report: Report
  /** Of what is saved. */
  readonly name: string
  /** What repairs a cause; left out for a board that nobody can repair from here. */
  readonly repair?: (cause: string) => ComponentChildren
}

export function ReportView({ report, name, repair }: ReportViewProps) {
  const { jsonReport, htmlReport } = doors()
  const shown = report.checks.filter(({ verdict }) => !failedOnly.value || verdict === 'fail' || verdict === 'warn')
  return (
    <div class="report" data-verdict={report.verdict}>
      <Causes report={report} {...(repair === undefined ? {} : { repair })} />
      <div class="buttons">
        <label>
          <input
            type="checkbox"
            checked={failedOnly.value}
            onChange={({ currentTarget }) => {
              failedOnly.value = currentTarget.checked
            }}
          />{' '}
          {word('bench.stage.failed-only')}
        </label>
        <button type="button" onClick={() => saveFile(`report-${name}.json`, jsonReport(report), 'application/json')}>
          {word('bench.stage.json')}
        </button>
        <button
          type="button"
          onClick={() => saveFile(`report-${name}.html`, htmlReport(language.peek(), report), 'text/html')}
        >
          {word('bench.stage.html')}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by a keyboard */}
      <section class="box" tabIndex={0} aria-label={word('bench.stage.results')}>
        <Results results={shown} />
      </section>
    </div>
  )
}
