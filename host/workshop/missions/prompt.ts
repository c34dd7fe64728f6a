/**
 * A mission without a page: a line of words in, what was seen in words out. Knows nothing of terminals. Time runs as fast as it goes, and
 * the same words are the same run.
 */
import { suggestion } from '../../../boards/nearest.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import { UsageError } from '../../errors/errors.js'
import { table } from '../../text/table.js'
import type { Lane, MissionState, StationDeed, WorkshopSnapshot } from '../protocol.js'
import { WorkshopSimulation } from '../simulation.js'
import type { StationName } from '../station-names.js'
import type { WorkshopAction, WorkshopSetting } from '../station-parts.js'
import { faultTitle } from '../words/fault-title.js'
import { sayTold, type Told, told, type WorkshopWords } from '../words/told.js'
import type { Mission } from './mission.js'

/** Virtual time that passes behind a deed, unless everything is at rest before: an end without pulses takes 150 ms to notice. */
const PASSES = SECOND
/** Behind an action, where that is another: a ping waits four seconds, and what SPI did is to be seen in the lanes afterwards. */
const PASSES_BEHIND_ACTION: Readonly<Partial<Record<StationName, number>>> = {
  controller: 100 * MILLISECOND,
  packets: 5 * SECOND,
  handshake: 5 * SECOND,
}
/** Between two looks at the clock, slices of simulation. */
const SLICES = 16
/** Sentences of what has happened that are shown, and marks of a lane's row. */
const SHOWN = 12
const SHOWN_MARKS = 200

const MISSION_PROMPT_WORDS = ['task', 'look', 'set', 'probe', 'faults', 'repair', 'hint', 'again', 'help'] as const

const HELP = [
  ['task', 'prompt.task'],
  ['look', 'prompt.look'],
  ['set [NAME VALUE]', 'prompt.set'],
  ['probe [NAME]', 'prompt.probe'],
  ['faults', 'prompt.faults'],
  ['repair FAULT', 'prompt.repair'],
  ['hint', 'prompt.hint'],
  ['again', 'prompt.again'],
  ['save FILE', 'prompt.save'],
  ['quit', 'prompt.quit'],
] as const

export class MissionPrompt {
  readonly #mission: Mission
  readonly #simulation: WorkshopSimulation
  readonly #words: WorkshopWords
  /** Sentences that were shown. */
  readonly #seen = new WeakSet<object>()

  constructor(mission: Mission, seed: number, words: WorkshopWords) {
    this.#mission = mission
    this.#words = words
    let wall = 0
    // A clock of its own: how long a slice takes on this computer must not show in the result.
    this.#simulation = new WorkshopSimulation(() => (wall += MILLISECOND))
    const { station, name } = mission
    this.#simulation.receive({ kind: 'open', station, seed, settings: {}, mission: name })
    this.#simulation.receive({ kind: 'speed', bitsPerSecond: 0 })
    this.#simulation.receive({ kind: 'play' })
    // All that a deed made happen is to be in the lanes.
    const { spans } = this.#simulation.describe()
    const { look } = this.#snapshot()
    if (station in PASSES_BEHIND_ACTION)
      this.#simulation.receive({ kind: 'look', look: { ...look, span: Math.max(...spans) } })
    this.#pass()
    this.#happened()
  }

  get state(): MissionState {
    return this.#snapshot().mission!
  }

  /** What a completion offers for the word that is being typed. */
  complete(line: string): readonly string[] {
    const words = line.split(/\s+/)
    const last = words.at(-1) ?? ''
    const offered =
      words.length < 2 ? [...MISSION_PROMPT_WORDS, ...this.#actions.keys()].sort() : this.#offered(words[0])
    return offered.filter((word) => word.startsWith(last))
  }

  /** @returns lines for a person @throws UsageError naming the word that is wrong, and what there is */
  run(line: string): string {
    const [word = '', ...rest] = line.trim().split(/\s+/)
    if (word === '') return ''
    const text = line.trim().slice(word.length).trim()
    const action = this.#actions.get(word)
    if (action !== undefined) return this.#act(action, text)
    const names = [...MISSION_PROMPT_WORDS, ...this.#actions.keys()]
    switch (named(word, names, 'command')) {
      case 'task':
        return this.#task()
      case 'look':
        return this.#lines(this.#snapshot().scene.things.map(({ told: what }) => what))
      case 'set':
        return this.#set(rest)
      case 'probe':
        return this.#probe(rest[0])
      case 'faults':
        return this.#table(this.#faults.map((name) => [name, this.#say(faultTitle(name))]))
      case 'repair': {
        if (rest.length === 0) throw new UsageError('repair needs a fault: `repair serial-noise`; `faults` lists them')
        return this.#do({ kind: 'repair', fault: named(rest[0], this.#faults, 'fault') })
      }
      case 'hint':
        return this.#hint()
      case 'again':
        this.#simulation.receive({ kind: 'restart' })
        this.#simulation.receive({ kind: 'play' })
        this.#pass()
        this.#happened()
        return this.#task()
      case 'help':
        return this.#help()
      default:
        return ''
    }
  }

  /** What can be asked for, by name. `send` is the first of them where none has that name. */
  get #actions(): ReadonlyMap<string, WorkshopAction> {
    const { actions } = this.#simulation.describe()
    const named = actions.map((action) => [action.name, action] as const)
    return new Map(named.some(([name]) => name === 'send') ? named : [['send', actions[0]], ...named])
  }

  #act({ name, choices }: WorkshopAction, argument: string): string {
    if (choices !== undefined && argument === '') throw new UsageError(`${name} needs one of ${choices.join(', ')}`)
    const told = choices === undefined ? argument : named(argument, choices, 'choice')
    return this.#do({ kind: 'act', action: name, argument: told })
  }

  #help(): string {
    const actions = [...this.#actions].map(([word, { title, choices }]) => [
      `${word} ${choices === undefined ? '' : choices.join('|')}`,
      this.#say(told('prompt.action', { action: told(title) })),
    ])
    const rows = HELP.map(([word, key]) => [word, this.#say(told(key))])
    return this.#table([...rows, ...actions])
  }

  get #faults(): readonly string[] {
    return this.#simulation.describe().faults.map(({ name }) => name)
  }

  #task(): string {
    const { title, text } = this.#mission
    return `${this.#say(told('prompt.titled', { title: told(title), text: told(text) }))}\n${this.#score()}\n`
  }

  /** How far it is, in a line. */
  #score(): string {
    const { spent, budget, whole, wanted, hints, result } = this.state
    if (result.solved) return this.#say(told('missions.solved', { spent, budget, hints }))
    const state = told('missions.state', { spent, budget, whole, wanted })
    return this.#say(spent > budget ? told('prompt.over', { state, over: told('missions.over') }) : state)
  }

  #hint(): string {
    const before = this.#snapshot().task.hints.length
    this.#simulation.receive({ kind: 'hint' })
    const { hints } = this.#snapshot().task
    return hints.length === before
      ? `${this.#say(told('task.hint', { left: 0 }))}\n`
      : `${this.#say(hints[hints.length - 1])}\n`
  }

  #set([name, ...values]: readonly string[]): string {
    const { settings } = this.#simulation.describe()
    const now = this.#snapshot().settings
    if (name === undefined)
      return this.#table(
        settings.map((each) => [
          each.name,
          now[each.name],
          this.#say(rangeOf(each)),
          this.#words[each.title] as string,
        ]),
      )
    const setting = settings.find(
      (each) =>
        each.name ===
        named(
          name,
          settings.map((each) => each.name),
          'setting',
        ),
    )!
    if (values.length === 0) throw new UsageError(`set ${setting.name} needs a value (${this.#say(rangeOf(setting))})`)
    return this.#do({ kind: 'set', name: setting.name, value: values.join(' ') })
  }

  /** A probe says what its trace shows, in words; to put it there is a measurement, to look again is none. */
  #probe(name: string | undefined): string {
    const { probes } = this.#simulation.describe()
    const { look } = this.#snapshot()
    if (name === undefined)
      return this.#table(
        probes.map(({ id, title }) => [id, look.probes.includes(id) ? '*' : '', this.#words[title] as string]),
      )
    const id = named(
      name,
      probes.map((each) => each.id),
      'probe',
    )
    if (!look.probes.includes(id))
      this.#simulation.receive({ kind: 'look', look: { ...look, probes: [...look.probes, id] } })
    const lane = this.#snapshot().lanes.find((each) => each.id === id)
    return lane === undefined ? '' : this.#lane(lane)
  }

  #lane({ told: sentence, rows }: Lane): string {
    const lines = rows.flatMap(({ name, marks, samples }) => {
      if (marks.length === 0) return []
      const latest = marks.slice(-SHOWN_MARKS).map(({ text }) => this.#say(text))
      const text = latest.join(samples === true ? '' : ' ')
      return [`  ${this.#say(name)}: ${marks.length > SHOWN_MARKS ? '… ' : ''}${text}`]
    })
    return `${[this.#say(sentence), ...lines].join('\n')}\n`
  }

  #do(deed: StationDeed): string {
    this.#simulation.receive({ kind: 'do', deed })
    const { refused } = this.#snapshot()
    if (refused !== undefined) throw new UsageError(this.#say(refused))
    this.#pass(deed.kind === 'act' ? PASSES_BEHIND_ACTION[this.#mission.station] : undefined)
    return `${this.#happened()}${this.#score()}\n`
  }

  /** What has happened since it was last said; single bits are for a page. */
  #happened(): string {
    const fresh = this.#snapshot().log.filter((each) => !this.#seen.has(each))
    for (const each of fresh) this.#seen.add(each)
    return this.#lines(
      fresh
        .map((each) => each.told)
        .filter(({ key }) => key !== 'rs232.bit')
        .slice(-SHOWN),
    )
  }
  #pass(time = PASSES): void {
    const end = this.#simulation.now + time
    const often = time < PASSES ? 1 : SLICES
    for (let slices = 0; this.#simulation.work() !== undefined; slices++)
      if (slices % often === 0 && this.#simulation.now >= end) return
  }

  #offered(word: string): readonly string[] {
    const { settings, probes } = this.#simulation.describe()
    if (word === 'set') return settings.map(({ name }) => name)
    if (word === 'probe') return probes.map(({ id }) => id)
    return word === 'repair' ? this.#faults : (this.#actions.get(word)?.choices ?? [])
  }

  #snapshot(): WorkshopSnapshot {
    return this.#simulation.snapshot()
  }

  #say(what: Told | string): string {
    return sayTold(this.#words, what)
  }

  #lines(what: readonly Told[]): string {
    return what.map((each) => `  ${this.#say(each)}\n`).join('')
  }

  #table(rows: readonly (readonly string[])[]): string {
    return table(rows).replace(/^(?=.)/gm, '  ')
  }
}

function rangeOf(setting: WorkshopSetting): Told | string {
  if (setting.kind === 'choice') return setting.choices.join('|')
  if (setting.kind === 'text') return told('prompt.longest', { longest: setting.longest })
  return told('prompt.range', { min: setting.min, max: setting.max, unit: setting.unit })
}

function named<Name extends string>(word: string, names: readonly Name[], what: string): Name {
  const found = names.find((name) => name === word)
  if (found !== undefined) return found
  throw new UsageError(`there is no ${what} "${word}"${suggestion(word, names)} (there are: ${names.join(', ')})`)
}
