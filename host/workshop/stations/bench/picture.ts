/** The bench as something to draw, and in sentences. */
import { overallVerdict } from '../../../check/runner.js'
import { type CheckLayer, type CheckResult, LAYERS } from '../../../check/types.js'
import type { SceneThing } from '../../scene-thing.js'
import { told } from '../../words/told.js'
import type { GivenProgram, ProgramRun } from './program-run.js'
import type { BenchScene, SceneCheckLayer, SceneOwnProgram, SceneSuite } from './scene.js'
import type { SuiteRun } from './suite-run.js'

interface BenchParts {
  readonly suite: SuiteRun | undefined
  /** Runs so far. */
  readonly suites: number
  readonly stale: boolean
  readonly given: GivenProgram | undefined
  readonly program: ProgramRun | undefined
  readonly refused: BenchScene['refused']
}

export function benchScene({ suite, suites, stale, given, program, refused }: BenchParts): BenchScene {
  const layers = LAYERS.map((layer) => sceneLayer(layer, suite))
  const shownSuite = suite === undefined ? undefined : sceneSuite(suite, suites, stale)
  const shownProgram = given === undefined ? undefined : sceneProgram(given, program)
  return {
    kind: 'bench',
    layers,
    suite: shownSuite,
    program: shownProgram,
    refused,
    things: [...layers, ...suiteThings(suite, stale), ...programThings(shownProgram, program)],
  }
}

function stateOf(layer: CheckLayer, suite: SuiteRun | undefined): SceneCheckLayer['state'] {
  if (suite === undefined) return 'open'
  if (suite.running && suite.underWay?.layer === layer) return 'runs'
  const own = resultsOf(suite).filter((result) => result.layer === layer)
  return own.length === 0 ? 'open' : overallVerdict(own)
}

function sceneLayer(layer: CheckLayer, suite: SuiteRun | undefined): SceneCheckLayer {
  const state = stateOf(layer, suite)
  return {
    id: `layer-${layer}`,
    layer,
    state,
    told: told('bench.layer-state', { layer: told(`bench.layer.${layer}`), state: told(`bench.state.${state}`) }),
    ...(state === 'fail' ? { wrong: true } : {}),
  }
}

function resultsOf({ report, results }: SuiteRun): readonly CheckResult[] {
  return report?.checks ?? results
}

function sceneSuite(suite: SuiteRun, number: number, stale: boolean): SceneSuite {
  const { running, counts, progress, underWay, results, report } = suite
  return {
    number,
    running,
    done: counts.done,
    of: counts.of,
    progress: running ? progress : undefined,
    title: underWay === undefined ? undefined : (underWay.keyed?.title ?? underWay.title),
    results: running ? results : [],
    report,
    stale,
  }
}

function suiteThings(suite: SuiteRun | undefined, stale: boolean): SceneThing[] {
  if (suite === undefined) return [{ id: 'suite', told: told('bench.suite.none') }]
  const { report, counts, running } = suite
  if (running || report === undefined)
    return [{ id: 'suite', told: told('bench.suite.runs', { done: counts.done, of: counts.of }) }]
  return [
    {
      id: 'suite',
      told: told(`bench.did.${report.verdict}-all`, { checks: report.checks.length }),
      ...(report.verdict === 'fail' ? { wrong: true } : {}),
    },
    ...report.diagnosis.map(({ cause, confidence }) => ({
      id: `cause-${cause}`,
      told: told('bench.did.cause', { cause, percent: Math.round(confidence * 100) }),
    })),
    ...(stale ? [{ id: 'stale', told: told('bench.suite.stale') }] : []),
  ]
}

function sceneProgram({ file, image }: GivenProgram, program: ProgramRun | undefined): SceneOwnProgram {
  return {
    file,
    format: image.format,
    octets: image.flash.reduce((sum, { octets }) => sum + octets.length, 0),
    running: program !== undefined,
    said: program?.said ?? '',
    saidOctets: program?.saidOctets ?? 0,
    baud: Math.round(program?.baud ?? 0),
    findings: program?.findings ?? [],
  }
}

function programThings(scene: SceneOwnProgram | undefined, program: ProgramRun | undefined): SceneThing[] {
  if (scene === undefined) return []
  const { file, octets, saidOctets, baud, findings } = scene
  if (program === undefined) return [{ id: 'program', told: told('bench.program.stands', { file, octets }) }]
  const { sent, received } = program.frames
  return [
    { id: 'program', told: told('bench.program.runs', { file, octets }) },
    { id: 'said', told: told('bench.program.said', { octets: saidOctets, baud }) },
    { id: 'link', told: told(program.linkUp ? 'bench.program.link' : 'bench.program.no-link', { sent, received }) },
    ...findings.map(({ id, rule, source, count }) => ({
      id: `finding-${id}`,
      told: told('bench.finding', { rule, source, count }),
      wrong: true,
    })),
  ]
}
