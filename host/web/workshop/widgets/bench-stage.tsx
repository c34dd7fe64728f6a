/** The stage of the bench: the checks and what they found, somebody’s own program, a real board. */
import { useEffect } from 'preact/hooks'
import type { BenchScene, SceneSuite } from '../../../workshop/stations/bench/scene.js'
import { told } from '../../../workshop/words/told.js'
import { actBench } from '../bench/act.js'
import { Chain } from '../bench/chain.js'
import { loadBench, loadedBench } from '../bench/load.js'
import { OwnProgram } from '../bench/own-program.js'
import { RealBoard } from '../bench/real-board-panel.js'
import { ReportView, RunView } from '../bench/report-view.js'
import { description, send } from '../connection.js'
import { sayIt, word } from '../language.js'
import { Panel } from './panel.js'

function repair(cause: string): void {
  send({ kind: 'do', deed: { kind: 'repair', fault: cause } })
}

/** Nobody waits for checks as for a program that is watched: they go as fast as they go, and may be slowed down. */
function check(besideProgram: boolean): void {
  if (besideProgram) send({ kind: 'speed', bitsPerSecond: 0 })
  actBench('check')
}

function Suite({ suite, besideProgram }: { readonly suite: SceneSuite | undefined; readonly besideProgram: boolean }) {
  const running = suite?.running === true
  const { faults } = description.value!
  const repairable = (cause: string) => faults.some(({ name }) => name === cause)
  return (
    <Panel title={word('bench.stage.suite')} name="suite">
      <div class="buttons">
        <button type="button" class="main" disabled={running} onClick={() => check(besideProgram)}>
          {word('bench.act.check')}
        </button>
        <button type="button" disabled={!running} onClick={() => actBench('stop')}>
          {word('bench.act.stop')}
        </button>
      </div>
      {suite?.stale && <p class="help">{word('bench.suite.stale')}</p>}
      {suite !== undefined && suite.report === undefined && <RunView run={suite} />}
      {suite?.report !== undefined && (
        <ReportView
          report={suite.report}
          name="bench"
          repair={(cause) => (
            <button type="button" disabled={!repairable(cause)} onClick={() => repair(cause)}>
              {sayIt(told('bench.stage.repair', { fault: cause }))}
            </button>
          )}
        />
      )}
    </Panel>
  )
}

export function BenchStage({ scene }: { readonly scene: BenchScene }) {
  useEffect(loadBench, [])
  if (loadedBench.value === undefined) return <p class="loading">{word('bench.stage.loading')}</p>
  return (
    <div class="bench">
      <p class="help">{word('bench.stage.far')}</p>
      <Chain layers={scene.layers} />
      <Suite suite={scene.suite} besideProgram={scene.program?.running === true} />
      <OwnProgram program={scene.program} refused={scene.refused} />
      <RealBoard />
    </div>
  )
}
