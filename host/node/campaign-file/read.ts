/** A campaign from a file of YAML. All that is wrong with it, and with the files that it names, is told at once with line and column. */
import { createHash } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { arduinoPinNumber, slaveSelectPin } from '../../../boards/avr/arduino-pins.js'
import type { AvrPart } from '../../../boards/avr/part.js'
import { emulatedPart } from '../../../boards/avr/parts/parts.js'
import { BOARDS } from '../../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { errataNames, erratumNamed } from '../../../boards/chips/enc28j60/errata.js'
import { settleFault } from '../../../boards/faults/settle.js'
import { isPlainObject } from '../../../boards/plain-object.js'
import { problemsWithin, type SchemaPath, type SchemaProblem } from '../../../boards/schema/problems.js'
import { SECOND } from '../../../firmware/hal/clock.js'
import {
  type CampaignPlan,
  MOST_RUNS,
  type PlannedFault,
  plannedFaultText,
  seedsOf,
  seedText,
} from '../../campaign-file/plan.js'
import {
  CAMPAIGN_WRITTEN_OUT,
  type CampaignDefinition,
  NO_FAULT,
  type SketchDefinition,
} from '../../campaign-file/schema.js'
import { CHECKS } from '../../check/check-list.js'
import { selectChecks, UnknownCheckError } from '../../check/select.js'
import { UsageError } from '../../errors/errors.js'
import { placedProblems } from '../../errors/placed-problems.js'
import { nanosecondsIn } from '../../lab-file/quantities.js'
import { isSimulated, parseTarget } from '../../serial/specification.js'
import { shellWord } from '../../shell-word.js'
import { pickBoard } from '../../target/pick-board.js'
import { type InputKind, readInput, readTextFile } from '../files/input.js'
import { bundledImage } from '../flash/bundled.js'
import { PlacedYaml } from '../lab-file/placed-yaml.js'
import { DEFAULT_INT_PIN, DEFAULT_TIMEOUT } from '../run/defaults.js'
import { readDiagram } from '../scenario/project.js'
import { PACKAGE_VERSION } from '../version.js'
import { type BoardSubject, type CampaignSubject, prepareSketch, type SketchSubject } from './perform.js'

export interface Campaign {
  readonly plan: CampaignPlan
  /** In the order of the plan's. */
  readonly subjects: readonly CampaignSubject[]
  /** Files that it is made of, itself the first. */
  readonly files: readonly string[]
}

const CAMPAIGN_INPUT: InputKind = { what: 'campaign file', limit: 1 << 20, remedy: 'give the path of a YAML file' }
/** Whatever a campaign names is read already by those who know its limit. */
const NAMED_INPUT: InputKind = { what: 'file of a campaign', limit: 16 << 20, remedy: 'give the path of another file' }

/** @throws UsageError for a file that cannot be read, or with everything that is wrong with it */
export async function readCampaign(path: string, signal?: AbortSignal): Promise<Campaign> {
  const document = new PlacedYaml(await readTextFile(path, CAMPAIGN_INPUT, signal))
  const reader = new Reader(path)
  if (document.faults.length > 0) {
    const lines = document.faults.map(({ place, fault }) => `  ${path}:${place}: ${fault}`)
    throw notRunnable(path, lines.join('\n'))
  }
  const campaign = await reader.read(document.value)
  if (campaign !== undefined) return campaign
  const inOrder = [...reader.problems].sort((a, b) => document.offsetOf(a.path) - document.offsetOf(b.path))
  throw notRunnable(
    path,
    placedProblems(inOrder, (at) => `${path}:${document.placeOf(at)}`),
  )
}

function notRunnable(path: string, problems: string): UsageError {
  return new UsageError(`${path} is not a campaign that can be run:\n${problems}`)
}

interface Named {
  readonly subject: CampaignSubject
  readonly name: string
  readonly command: string
  readonly path: SchemaPath
  readonly board: BoardDefinition
  readonly backend: 'model' | 'avr'
}

class Reader {
  readonly problems: SchemaProblem[] = []
  readonly #folder: string
  readonly #files: string[]

  constructor(path: string) {
    this.#folder = dirname(path)
    this.#files = [path]
  }

  /** Undefined where something is wrong: `problems` says what. */
  async read(value: unknown): Promise<Campaign | undefined> {
    const written = writtenOut(value)
    this.problems.push(...problemsWithin(CAMPAIGN_WRITTEN_OUT, written))
    // What is wrong in the rest is told in the same round.
    const rest = without(
      written,
      this.problems.map(({ path }) => path),
    )
    if (!v.is(CAMPAIGN_WRITTEN_OUT, rest)) return undefined
    const definition = rest
    const subjects = [...this.#boards(definition), ...(await this.#sketches(definition))]
    if (definition.boards === undefined && definition.sketches === undefined) {
      this.#problem([], 'nothing is tested; give "boards:", as [model:uno], or "sketches:"')
    }
    const faults = this.#faults(definition, subjects)
    const seeds = this.#seeds(definition)
    const runs = subjects.length * faults.length * seedsOf({ seeds }).length
    if (runs > MOST_RUNS) {
      this.#problem(['seeds'], `these are ${runs} runs, and a campaign has at most ${MOST_RUNS}; give fewer seeds`)
    }
    if (this.problems.length > 0) return undefined
    const plan = {
      name: definition.name,
      subjects: subjects.map(({ name, command }) => ({ name, command })),
      faults,
      seeds,
    }
    const of = await this.#hash(
      plan,
      subjects.map(({ subject }) => subject),
    )
    return { plan: { ...plan, of }, subjects: subjects.map(({ subject }) => subject), files: this.#files }
  }

  #problem(path: SchemaPath, problem: string): void {
    this.problems.push({ path, problem })
  }

  /** What a lower floor refuses is a problem there. @returns undefined then */
  #attempt<Value>(path: SchemaPath, work: () => Value): Value | undefined {
    try {
      return work()
    } catch (error) {
      this.#refused(path, error)
      return undefined
    }
  }

  #refused(path: SchemaPath, error: unknown): void {
    if (!(error instanceof RangeError || error instanceof UsageError || error instanceof UnknownCheckError)) throw error
    this.#problem(path, error.message)
  }

  #boards({ boards = [], checks = [], view = 'desk' }: CampaignDefinition): Named[] {
    for (const [at, name] of checks.entries()) this.#attempt(['checks', at], () => selectChecks(CHECKS, [name]))
    const options = [...checks.flatMap((name) => ['--only', name]), ...(view === 'desk' ? [] : ['--view', view])]
    return boards.flatMap((target, at) => {
      const path = ['boards', at]
      if (boards.indexOf(target) < at) this.#problem(path, 'it is there twice; leave one out')
      const found = this.#attempt(path, () => simulatedBoard(target))
      if (found === undefined) return []
      const subject: BoardSubject = { kind: 'board', target, only: checks, view }
      const command = ['linkpulse', 'check', target, ...options].map(shellWord).join(' ')
      return [{ subject, name: target, command, path, ...found }]
    })
  }

  async #sketches({ sketches = {} }: CampaignDefinition): Promise<Named[]> {
    const named: Named[] = []
    for (const [name, given] of Object.entries(sketches)) {
      const path = ['sketches', name]
      try {
        const before = this.problems.length
        const sketch = await this.#sketch(name, given, path)
        if (sketch === undefined) continue
        named.push(sketch)
        if (this.problems.length > before) continue
        // Built once and not run: what a scenario names is there, and what is given fits together.
        const { run } = await prepareSketch(sketch.subject, [], 1)
        run.close()
      } catch (error) {
        this.#refused(path, error)
      }
    }
    return named
  }

  async #sketch(
    name: string,
    given: SketchDefinition,
    path: SchemaPath,
  ): Promise<(Named & { readonly subject: SketchSubject }) | undefined> {
    const { scenario, diagram, expect = [], fail = [], strict = false, errata = {}, services = [] } = given
    const file = (relative: string): string => {
      const absolute = resolve(this.#folder, relative)
      this.#files.push(absolute)
      return absolute
    }
    const expects = scenario !== undefined || expect.length > 0
    if (!expects && fail.length === 0 && !strict) {
      this.#problem(
        path,
        'nothing is expected of it; give expect: ["IP: "], scenario: FILE, fail: [TEXT] or strict: true',
      )
    } else if (!expects && given.for === undefined) {
      this.#problem(path, 'nothing ends its run; give for: 5s, or something that is expected')
    }
    for (const [key, texts] of Object.entries({ expect, fail })) {
      const at = texts.indexOf('')
      if (at >= 0) this.#problem([...path, key, at], 'this text is empty; give what is printed')
    }
    for (const erratum of Object.keys(errata)) {
      if (erratumNamed(erratum) !== undefined) continue
      this.#problem([...path, 'errata', erratum], `there is no erratum "${erratum}"; there are ${errataNames()}`)
    }
    const diagramPath = diagram === undefined ? undefined : file(diagram)
    const circuit = diagramPath === undefined ? undefined : await readDiagram(diagramPath)
    const boardName = given.board ?? circuit?.board ?? 'uno'
    const board = this.#attempt([...path, 'board'], () => pickBoard(BOARDS, boardName))
    const part = board === undefined ? undefined : this.#attempt([...path, 'board'], () => emulatedPart(board))
    if (board === undefined || part === undefined) return undefined
    const pin = (key: 'cs' | 'int' | 'reset') => this.#pin(part, given[key], [...path, key])
    const timeout = given.timeout === undefined ? undefined : nanosecondsIn(given.timeout)
    const deadline = timeout ?? (expects ? DEFAULT_TIMEOUT : Number.MAX_SAFE_INTEGER)
    const until = given.for === undefined ? deadline : Math.min(deadline, nanosecondsIn(given.for))
    const subject: SketchSubject = {
      kind: 'sketch',
      name,
      firmware: file(given.firmware),
      board: boardName,
      pins: {
        cs: pin('cs') ?? circuit?.chip.cs ?? slaveSelectPin(part),
        int: pin('int') ?? circuit?.chip.int ?? DEFAULT_INT_PIN,
        reset: pin('reset') ?? circuit?.chip.reset ?? null,
      },
      scenario: scenario === undefined ? null : file(scenario),
      diagram: diagramPath ?? null,
      expected: expect,
      forbidden: fail,
      strict,
      deadline,
      until,
      errata: Object.fromEntries(Object.entries(errata).map(([erratum, state]) => [erratum, state === 'on'])),
      services,
    }
    return { subject, name, command: commandOfSketch(given), path, board, backend: 'avr' }
  }

  #pin(part: AvrPart, text: string | number | undefined, path: SchemaPath): number | undefined {
    if (text === undefined) return undefined
    return this.#attempt(path, () => arduinoPinNumber(part, text))
  }

  #faults({ faults = [{ fault: NO_FAULT }] }: CampaignDefinition, subjects: readonly Named[]): PlannedFault[] {
    const cells = new Set<string>()
    const planned: PlannedFault[] = []
    if (faults.length === 0) this.#problem(['faults'], 'the list is empty; give none, or leave it out')
    for (const [at, { fault, severities = [''], expect = 'pass' }] of faults.entries()) {
      const path = ['faults', at]
      if (severities.length === 0)
        this.#problem([...path, 'severities'], 'the list is empty; give one, or leave it out')
      if (severities[0] !== '' && (fault === NO_FAULT || fault.includes(':'))) {
        this.#problem(
          [...path, 'severities'],
          `${fault} takes no severities besides; leave them out, or give the name of a fault alone`,
        )
        continue
      }
      if (expect === 'found' && (fault === NO_FAULT || subjects.some(({ subject }) => subject.kind === 'sketch'))) {
        this.#problem(
          [...path, 'expect'],
          'found is for faults of boards, which are diagnosed; give pass or fail, or another campaign for sketches',
        )
      }
      for (const [index, severity] of severities.entries()) {
        const here = severity === '' ? [...path, 'fault'] : [...path, 'severities', index]
        const cell: PlannedFault = { fault, severity, expect }
        const text = plannedFaultText(cell) ?? ''
        if (cells.has(text)) this.#problem(here, 'it is there twice; leave one out')
        cells.add(text)
        planned.push(cell)
        if (text !== '') this.#possible(text, here, subjects)
      }
    }
    return planned
  }

  /** Says the same of several boards once. */
  #possible(text: string, path: SchemaPath, subjects: readonly Named[]): void {
    const said = new Set<string>()
    for (const { board, backend } of subjects) {
      try {
        settleFault(text, board, backend)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        if (said.has(error.message)) continue
        said.add(error.message)
        this.#problem(path, error.message)
      }
    }
  }

  #seeds({ seeds = [1] }: CampaignDefinition): string {
    const path = ['seeds']
    if (typeof seeds !== 'string') {
      if (seeds.length === 0) this.#problem(path, 'the list is empty; give one, or leave it out')
      const twice = seeds.findIndex((seed, at) => seeds.indexOf(seed) < at)
      if (twice >= 0) this.#problem([...path, twice], 'it is there twice; leave one out')
      return seedText(seeds)
    }
    const [first, last] = seeds.split('..').map(Number)
    if (last < first || last > 0xffff_ffff) {
      this.#problem(path, `${seeds} is no range of seeds; give the lower one first, up to 4294967295`)
    }
    return first === last ? `${first}` : `${first}..${last}`
  }

  /** Of all that results depend on: where the files lie is not part of it. */
  async #hash(plan: Omit<CampaignPlan, 'of'>, subjects: readonly CampaignSubject[]): Promise<string> {
    const hash = createHash('sha256')
    const parts = subjects.map((subject) =>
      subject.kind === 'board' ? subject : { ...subject, firmware: '', scenario: '', diagram: '' },
    )
    hash.update(JSON.stringify([PACKAGE_VERSION, plan, parts]))
    for (const file of this.#files.slice(1)) {
      hash.update(
        createHash('sha256')
          .update(await readInput(file, NAMED_INPUT))
          .digest(),
      )
    }
    return hash.digest('hex').slice(0, 16)
  }
}

/** A fault that is told nothing else may be its name alone. */
function writtenOut(value: unknown): unknown {
  if (!isPlainObject(value) || !Array.isArray(value.faults)) return value
  return { ...value, faults: value.faults.map((each) => (typeof each === 'string' ? { fault: each } : each)) }
}

/** A document without the fields at those paths. What stands in a list stays, or the places behind it would be others. */
function without(document: unknown, paths: readonly SchemaPath[]): unknown {
  const copy: unknown = structuredClone(document)
  for (const path of paths) {
    let holder: unknown = copy
    for (const key of path.slice(0, -1)) holder = (holder as Record<string, unknown> | undefined)?.[key]
    const last = path.at(-1)
    if (isPlainObject(holder) && last !== undefined) delete (holder as Record<string, unknown>)[last]
  }
  return copy
}

/** @throws UsageError, RangeError */
function simulatedBoard(target: string): { readonly board: BoardDefinition; readonly backend: 'model' | 'avr' } {
  const specification = parseTarget(target)
  if (!isSimulated(specification)) {
    throw new RangeError(`${target} is not simulated, and a campaign is; give model:BOARD or avr:BOARD`)
  }
  const board = pickBoard(BOARDS, specification.board)
  if (specification.backend === 'avr') bundledImage(board)
  return { board, backend: specification.backend }
}

function commandOfSketch(given: SketchDefinition): string {
  const option = (name: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`--${name}`, String(value)]
  const seconds = (text: string | undefined) => (text === undefined ? undefined : nanosecondsIn(text) / SECOND)
  const { expect = [], fail = [], errata = {}, services = [] } = given
  return [
    ...['linkpulse', 'run', given.firmware],
    ...option('board', given.board),
    ...option('cs', given.cs),
    ...option('int', given.int),
    ...option('reset', given.reset),
    ...option('scenario', given.scenario),
    ...option('diagram', given.diagram),
    ...expect.flatMap((text) => option('expect', text)),
    ...fail.flatMap((text) => option('fail', text)),
    ...(given.strict ? ['--strict'] : []),
    ...option('timeout', seconds(given.timeout)),
    ...option('for', seconds(given.for)),
    ...Object.entries(errata).flatMap(([name, state]) => option('errata', `${name}=${state}`)),
    ...(services.length === 0 ? [] : option('peer-services', services.join(','))),
  ]
    .map(shellWord)
    .join(' ')
}
