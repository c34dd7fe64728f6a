/** Steps, captures and times of a definition: whether they name what there is, and can be together. */
import { suggestion } from '../../boards/nearest.js'
import type { SchemaPath, SchemaProblem } from '../../boards/schema/problems.js'
import { type FaultHolder, placeFault } from './fault-places.js'
import { hasEnd } from './has-end.js'
import { jackName, type LabPlan, noSuch } from './plan.js'
import { nanosecondsIn } from './quantities.js'
import { ACTIONS, type LabDefinition, type StepEntry, type UpEntry } from './schema.js'

export function stepProblems(definition: LabDefinition, plan: LabPlan): readonly SchemaProblem[] {
  return new StepCheck(definition, plan).problems
}

class StepCheck {
  readonly problems: SchemaProblem[] = []
  readonly #plan: LabPlan
  readonly #members: readonly string[]
  readonly #boards: readonly string[]
  /** Each once: two of one name are reported where they stand. */
  readonly #cables: readonly string[]

  constructor(definition: LabDefinition, plan: LabPlan) {
    this.#plan = plan
    this.#cables = [...new Set(plan.cables.map(({ name }) => name))]
    const named = (kinds: readonly string[]) =>
      [...plan.kinds].filter(([, kind]) => kinds.includes(kind)).map(([name]) => name)
    // Whoever opens the serial port of a board whose firmware is executed drives it: it has no stack here.
    const isElsewhere = (name: string) =>
      plan.boards.get(name)?.mode === 'avr' && definition.boards?.[name].serial !== undefined
    this.#members = named(['board', 'host']).filter((name) => !isElsewhere(name))
    // A board whose firmware is executed is driven across its bridge for as long as the lab runs.
    this.#boards = named(['board']).filter((name) => plan.boards.get(name)?.mode !== 'avr')
    for (const [name, { mode }] of plan.boards) {
      if (mode === 'avr' && definition.boards?.[name].powered === false)
        this.problems.push({
          path: ['boards', name, 'powered'],
          problem: 'an avr: board is driven across its serial port from the start; leave this out',
        })
    }
    if (this.#members.length === 0)
      this.problems.push({ path: [], problem: 'nobody is in this lab; name boards or hosts' })
    for (const [name, { serial }] of Object.entries(definition.boards ?? {})) {
      if (serial !== undefined && (definition.pace ?? (hasEnd(definition) ? 'free' : 'wall')) !== 'wall')
        this.problems.push({
          path: ['boards', name, 'serial'],
          problem: 'programs of this computer have its clock; add pace: wall to the lab',
        })
    }
    if (definition.until !== undefined) this.#up(definition.until.up, ['until', 'up'])
    for (const [i, step] of (definition.steps ?? []).entries()) this.#step(step, ['steps', i])
    this.#times(definition)
    this.#captures(definition)
  }

  #step(step: StepEntry, path: SchemaPath): void {
    const actions = ACTIONS.filter((action) => step[action] !== undefined)
    if (actions.length !== 1) {
      const has = actions.length === 0 ? 'nothing' : actions.join(', ')
      this.problems.push({
        path,
        problem: `a step does one thing, and this does ${has}; give it one of ${ACTIONS.join(', ')}`,
      })
    }
    const { expect, ping, get, plug, unplug, powerOn, powerOff, reset } = step
    if (expect?.up !== undefined) this.#up(expect.up, [...path, 'expect', 'up'])
    for (const [i, name] of (expect?.down ?? []).entries())
      this.#among(this.#members, name, [...path, 'expect', 'down', i])
    if (expect !== undefined && expect.up === undefined && expect.down === undefined)
      this.problems.push({ path: [...path, 'expect'], problem: 'nothing is expected; add up or down' })
    if (ping !== undefined) this.#among(this.#members, ping.from, [...path, 'ping', 'from'])
    if (get !== undefined) this.#among(this.#members, get.from, [...path, 'get', 'from'])
    const cables = this.#cables
    if (plug !== undefined) this.#among(cables, plug, [...path, 'plug'])
    if (unplug !== undefined) this.#among(cables, unplug, [...path, 'unplug'])
    if (powerOn !== undefined) this.#among(this.#boards, powerOn, [...path, 'powerOn'])
    if (powerOff !== undefined) this.#among(this.#boards, powerOff, [...path, 'powerOff'])
    if (reset !== undefined) this.#among(this.#boards, reset, [...path, 'reset'])
    if (step.break !== undefined) this.#break(step.break, [...path, 'break'])
  }

  #break({ what, fault }: NonNullable<StepEntry['break']>, path: SchemaPath): void {
    const kind = holderNamed(this.#plan, what)
    if (kind === undefined) {
      const breakable = [...this.#members, ...this.#cables]
      this.#among(breakable, what, [...path, 'what'])
      return
    }
    const placed = placeFault(this.#plan, kind, what, fault, [...path, 'fault'], this.problems)
    if (placed === undefined) return
    const { breakage, fault: family } = placed.settled
    if (breakage.board === undefined && breakage.peer === undefined && breakage.cable === undefined) return
    this.problems.push({
      path: [...path, 'fault'],
      problem: `${family.name} is built in, and cannot come later; write it under faults of ${what}`,
    })
  }

  #up(up: UpEntry, path: SchemaPath): void {
    if (up === 'all') return
    for (const [i, name] of up.entries()) this.#among(this.#members, name, [...path, i])
  }

  #among(names: readonly string[], name: string, path: SchemaPath): void {
    if (names.includes(name)) return
    const known = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`
    this.problems.push({ path, problem: `"${name}" is none that can stand here; ${known}${suggestion(name, names)}` })
  }

  #times({ duration, steps = [] }: LabDefinition): void {
    const end = duration === undefined ? Number.POSITIVE_INFINITY : nanosecondsIn(duration)
    let before = 0
    for (const [i, { at }] of steps.entries()) {
      if (at === undefined) continue
      const instant = nanosecondsIn(at)
      const path = ['steps', i, 'at']
      if (instant < before)
        this.problems.push({ path, problem: `${at} is before a step above it; steps are done in their order` })
      if (instant >= end)
        this.problems.push({ path, problem: `${at} is not before the lab ends, at ${duration}; allow it more` })
      before = Math.max(before, instant)
    }
  }

  #captures({ captures = [] }: LabDefinition): void {
    const jacks = this.#plan.cables.flatMap(({ ends }) =>
      ends.flatMap((end) => (end === undefined ? [] : [jackName(end)])),
    )
    const cables = new Set(this.#cables)
    const files = new Map<string, number>()
    for (const [i, { file, at }] of captures.entries()) {
      const before = files.get(file)
      if (before !== undefined)
        this.problems.push({
          path: ['captures', i, 'file'],
          problem: `the capture at captures[${before}] goes to "${file}" too; give each a file of its own`,
        })
      files.set(file, i)
      for (const [j, name] of (at ?? []).entries()) {
        if (jacks.some((jack) => isAt(jack, name)) || cables.has(name)) continue
        const path = ['captures', i, 'at', j]
        if (this.#plan.kinds.has(name.replace(/\..*$/, '')))
          this.problems.push({
            path,
            problem: `no cable is plugged in at "${name}"; there are plugs at ${jacks.join(', ')}`,
          })
        else this.problems.push({ path, problem: noSuch(name, [...this.#plan.kinds.keys(), ...cables]) })
      }
    }
  }
}

/** Whether a jack is meant by a name: it itself, or any of whose it is. */
export function isAt(jack: string, name: string): boolean {
  return jack === name || jack.startsWith(`${name}.`)
}

/** What kind of thing a fault can be put on has that name. */
export function holderNamed(plan: LabPlan, name: string): FaultHolder | undefined {
  if (plan.cables.some((cable) => cable.name === name)) return 'cable'
  const kind = plan.kinds.get(name)
  return kind === 'box' ? undefined : kind
}
