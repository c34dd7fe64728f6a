/** A real board: a port is chosen by a click, the suite is run on it, and the report stands below. No part of the simulation, and of no link. */
import { signal } from '@preact/signals'
import type { Report } from '../../../check/types.js'
import { told } from '../../../workshop/words/told.js'
import type { WebSerial, WebSerialPort } from '../../web-serial.js'
import { snapshot } from '../connection.js'
import { language, sayIt, word } from '../language.js'
import { Panel } from '../widgets/panel.js'
import { loadedBench } from './load.js'
import type { RealRun } from './real-board.js'
import { ReportView, RunView } from './report-view.js'

type RealState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'none chosen' }
  | { readonly kind: 'running'; readonly run: RealRun | undefined }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly report: Report }

const state = signal<RealState>({ kind: 'idle' })
/** Ends the run that is under way. */
let stop = new AbortController()

/** Undefined where the browser has none: another browser, or a page that it does not trust. */
function webSerial(): WebSerial | undefined {
  return (navigator as { readonly serial?: WebSerial }).serial
}

async function chooseAndCheck(serial: WebSerial): Promise<void> {
  let port: WebSerialPort
  try {
    port = await serial.requestPort()
  } catch (error) {
    // The person has closed the list; anything else is said as the browser says it.
    const { name, message } = error as Error
    state.value = name === 'NotFoundError' ? { kind: 'none chosen' } : { kind: 'failed', message }
    return
  }
  stop = new AbortController()
  state.value = { kind: 'running', run: undefined }
  const { only } = snapshot.peek()!.settings
  try {
    const report = await loadedBench.peek()!.checkRealBoard(port, {
      only: only === 'all' ? '' : only,
      signal: stop.signal,
      changed: (run) => {
        state.value = { kind: 'running', run }
      },
    })
    state.value = { kind: 'done', report }
  } catch (error) {
    state.value = { kind: 'failed', message: (error as Error).message }
  }
}

export function RealBoard() {
  const serial = webSerial()
  const now = state.value
  return (
    <Panel title={word('bench.stage.real')} name="real">
      <p class="help">{word(serial === undefined ? 'bench.real.no-serial' : 'bench.real.about')}</p>
      {serial !== undefined && (
        <div class="buttons">
          <button
            type="button"
            class="main"
            disabled={now.kind === 'running'}
            onClick={() => void chooseAndCheck(serial)}
          >
            {word('bench.real.choose')}
          </button>
          <button type="button" disabled={now.kind !== 'running'} onClick={() => stop.abort()}>
            {word('bench.act.stop')}
          </button>
        </div>
      )}
      <div role="status">
        {now.kind === 'none chosen' && <p>{word('bench.real.none')}</p>}
        {now.kind === 'running' && now.run !== undefined && (
          <p>{sayIt(told('bench.real.running', { port: now.run.port }))}</p>
        )}
        {now.kind === 'failed' && (
          <p class="wrong">
            {sayIt(told('bench.real.failed', { why: loadedBench.value!.sayError(language.value, now.message) }))}
          </p>
        )}
      </div>
      {now.kind === 'running' && now.run !== undefined && <RunView run={now.run} />}
      {now.kind === 'done' && <ReportView report={now.report} name={now.report.target.replace(/[^\w-]+/g, '-')} />}
    </Panel>
  )
}
