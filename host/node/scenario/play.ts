/** Plays a scenario: does its steps to the sketches of a run, one after the other, in virtual time. */
import { SECOND } from '../../../firmware/hal/clock.js'
import type { PingResult } from '../../../firmware/net/icmp/ping.js'
import { awaitFrame } from '../../expect/await-frame.js'
import type { LabLog } from '../../expect/lab-log.js'
import type { LabPeer } from '../../lab.js'
import { WaitError } from '../../lab-time.js'
import type { SketchButton } from '../../sketch/pin.js'
import type { Sketch } from '../../sketch/sketch.js'
import type { SketchLab } from '../../sketch/sketch-lab.js'
import type { Circuit, CircuitPart, Net } from './diagram.js'
import { FileProblem } from './place.js'
import type { Scenario, ScenarioAction, ScenarioStep } from './scenario.js'

/** What a scenario is played on. */
export interface Stage {
  readonly lab: SketchLab
  readonly log: LabLog
  readonly sketches: readonly Sketch[]
  readonly peer: LabPeer
  readonly circuit: Circuit | undefined
  /** Virtual nanoseconds at which whatever is waited for is too late. */
  readonly deadline: number
}

const REMEDY = 'allow more with --timeout, or look at what it does instead'

/** How a step ended. */
export interface StepResult {
  readonly step: ScenarioStep
  /** `late`: what it waited for did not come in time. */
  readonly verdict: 'met' | 'unmet' | 'late'
  /** Virtual nanoseconds. */
  readonly from: number
  readonly to: number
  /** Why it was not met. */
  readonly reason: string | undefined
}

/** An expectation that is not met. */
class Unmet extends Error {}

/** The buttons and potentiometers of a circuit, at the pins of its board. */
class Controls {
  readonly #sketch: Sketch
  readonly #parts = new Map<string, CircuitPart>()
  readonly #buttons = new Map<string, SketchButton>()

  constructor(sketch: Sketch, circuit: Circuit | undefined) {
    this.#sketch = sketch
    for (const part of circuit?.parts ?? []) {
      const pin = sketch.pin(part.pin)
      if (part.kind === 'pull') {
        pin.pull(part.to === 'supply')
        continue
      }
      this.#parts.set(part.id, part)
      if (part.kind === 'button') this.#buttons.set(part.id, sketch.button(part.pin, { to: part.to }))
      else pin.setVolts(part.value * this.#supply)
    }
  }

  get #supply(): number {
    return this.#sketch.board.definition.controller.level
  }

  /** @returns why not, if it cannot be done */
  set(id: string, control: string, value: number): string | undefined {
    const part = this.#parts.get(id)
    if (part === undefined) return undefined
    if (part.kind === 'button') {
      if (control !== 'pressed') return `a push button has the control "pressed", not "${control}"`
      const button = this.#buttons.get(id)
      if (value === 0) button?.release()
      else button?.press()
      return undefined
    }
    if (control !== 'position') return `a potentiometer has the control "position", not "${control}"`
    if (!(value >= 0 && value <= 1)) return `a position is a number from 0 to 1, not ${value}`
    this.#sketch.pin(part.pin).setVolts(value * this.#supply)
    return undefined
  }

  has(id: string): boolean {
    return this.#parts.has(id)
  }
}

/**
 * Looks whether all that the steps name is there: before anything runs.
 * @throws FileProblem for the first part, pin or address that is not
 */
export function checkScenario({ file, steps }: Scenario, stage: Pick<Stage, 'lab' | 'sketches' | 'circuit'>): void {
  for (const step of steps) {
    const { action } = step
    const wrong = (what: string) => new FileProblem(file, step.line, step.column, `${step.key} ${action.kind}`, what)
    if (action.kind === 'expect-pin' && levelAt(action.part, action.pin, stage) === undefined) {
      throw wrong(`there is no pin ${action.pin} at "${action.part}"; ${partsOf(stage)}`)
    }
    if (action.kind === 'set-control') {
      const known = stage.circuit?.parts.some(({ id, kind }) => id === action.part && kind !== 'pull') === true
      if (!known && sketchOf(action.part, stage) === undefined)
        throw wrong(`there is nothing to set at "${action.part}"; ${partsOf(stage)}`)
    }
    if (action.kind === 'set-fault') {
      try {
        stage.lab.checkFault(action.fault, stage.sketches[0])
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        throw wrong(error.message)
      }
    }
    if (
      'part' in action &&
      action.kind !== 'expect-pin' &&
      action.kind !== 'set-control' &&
      action.part !== undefined
    ) {
      if (sketchOf(action.part, stage) === undefined)
        throw wrong(`there is no board "${action.part}"; ${partsOf(stage)}`)
    }
  }
}

/** Plays it to its end, or to the first step that is not met. @param told is called with each step as it ends */
export async function playScenario(
  { steps }: Scenario,
  stage: Stage,
  told: (result: StepResult) => void,
): Promise<StepResult['verdict']> {
  const controls = new Controls(stage.sketches[0], stage.circuit)
  for (const step of steps) {
    const from = stage.lab.now
    let verdict: StepResult['verdict'] = 'met'
    let reason: string | undefined
    try {
      await perform(step.action, stage, controls)
    } catch (error) {
      if (!(error instanceof Unmet || error instanceof WaitError || error instanceof RangeError)) throw error
      verdict = error instanceof WaitError ? 'late' : 'unmet'
      reason = error.message
    }
    told({ step, verdict, from, to: stage.lab.now, reason })
    if (verdict !== 'met') return verdict
  }
  return 'met'
}

/** Behind the frame that was waited for last. */
const nextFrame = new WeakMap<LabLog, number>()

async function perform(action: ScenarioAction, stage: Stage, controls: Controls): Promise<void> {
  const { lab, log, deadline, peer } = stage
  const timeout = Math.max(0, deadline - lab.now)
  const sketch =
    ('part' in action && action.part !== undefined ? sketchOf(action.part, stage) : undefined) ?? stage.sketches[0]
  switch (action.kind) {
    case 'delay':
      if (action.duration > timeout) {
        await lab.run({ for: timeout })
        throw new WaitError(`the time was over before ${action.duration / SECOND} s had passed`)
      }
      await lab.run({ for: action.duration })
      return
    case 'wait-serial':
      await sketch.serial.wait(action.text, { timeout, remedy: REMEDY })
      return
    case 'write-serial':
      sketch.serial.write(action.octets)
      return
    case 'expect-pin': {
      const high = levelAt(action.part, action.pin, stage)
      if (high !== (action.value === 1))
        throw new Unmet(`pin ${action.pin} of ${action.part} is ${high ? 1 : 0}, expected ${action.value}`)
      return
    }
    case 'set-control':
      setControl(action, stage, controls)
      return
    case 'wait-frame': {
      // As with what is printed: what came since the last one that was waited for counts.
      const { number } = await awaitFrame(log, lab.time, action.pattern, { timeout, from: nextFrame.get(log) ?? 0 })
      nextFrame.set(log, number + 1)
      return
    }
    case 'expect-link':
      if (await lab.time.until(() => sketch.linkUp === action.up, timeout)) return
      throw new WaitError(
        `${sketch.name} has ${sketch.linkUp ? 'a' : 'no'} link, expected ${action.up ? 'one' : 'none'}`,
      )
    case 'set-fault':
      lab.addFault(action.fault, { board: sketch, peer })
      return
    case 'plug':
    case 'unplug':
      movePlug(action.kind, sketch, stage)
      return
    case 'ping':
      await ping(action.address, stage, timeout)
  }
}

function setControl(
  { part, control, value }: ScenarioAction & { kind: 'set-control' },
  stage: Stage,
  controls: Controls,
): void {
  if (controls.has(part)) {
    const why = controls.set(part, control, value)
    if (why !== undefined) throw new Unmet(why)
    return
  }
  // A board: its controls are its pins, told volts at an analogue one and a level elsewhere.
  const sketch = sketchOf(part, stage)
  if (sketch === undefined) throw new Unmet(`there is nothing to set at "${part}"`)
  const pin = sketch.pin(control)
  if (/^A\d/i.test(control)) pin.setVolts(value)
  else pin.drive(value !== 0)
}

/** Cables that were pulled out, with the jacks they go back to. */
const pulled = new WeakMap<Sketch, () => void>()

function movePlug(kind: 'plug' | 'unplug', sketch: Sketch, { lab }: Stage): void {
  const back = pulled.get(sketch)
  if (kind === 'plug') {
    if (back === undefined) throw new Unmet(`the cable of ${sketch.name} was not unplugged by an earlier step`)
    pulled.delete(sketch)
    back()
    return
  }
  const cable = lab.cables.find(({ ends }) => ends?.includes(sketch.port))
  const { ends } = cable ?? {}
  if (cable === undefined || ends === undefined) throw new Unmet(`there is no cable in the jack of ${sketch.name}`)
  cable.unplug()
  pulled.set(sketch, () => cable.plug(...ends))
}

/** Asks until it is answered: a board may be on its way up. */
async function ping(address: string, { lab, peer }: Stage, timeout: number): Promise<void> {
  const end = lab.now + timeout
  let last: PingResult | undefined
  while (lab.now < end) {
    const result = await new Promise<PingResult>((resolve) => {
      let answered = false
      peer.network.ping(address, { timeLimit: Math.min(SECOND, end - lab.now) }, (found) => {
        answered = true
        last = found
      })
      void lab.time.until(() => answered, 2 * SECOND).then(() => last !== undefined && resolve(last))
    })
    if (result.ok) return
    // A refusal comes at once.
    if (lab.now < end) await lab.run({ for: Math.min(SECOND / 10, end - lab.now) })
  }
  const why = last !== undefined && !last.ok ? last.reason : 'no time'
  throw new WaitError(`${address} did not answer a ping: ${why}`)
}

/** A board of the run, by its name or as the diagram calls it. */
function sketchOf(part: string, { sketches, circuit }: Pick<Stage, 'sketches' | 'circuit'>): Sketch | undefined {
  if (part === circuit?.boardId) return sketches[0]
  return sketches.find(({ name }) => name === part)
}

/** The level at a pin of a board or a part; undefined where there is none. */
function levelAt(part: string, pin: string, stage: Pick<Stage, 'sketches' | 'circuit'>): boolean | undefined {
  const sketch = sketchOf(part, stage)
  if (sketch !== undefined) {
    try {
      return sketch.pin(pin).high
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  }
  const net: Net | undefined = stage.circuit?.netAt(part, pin)
  if (net === undefined) return undefined
  const [number] = net.pins
  if (number !== undefined) return stage.sketches[0].pin(number).high
  return net.rail === undefined ? undefined : net.rail === 'supply'
}

function partsOf({ sketches, circuit }: Pick<Stage, 'sketches' | 'circuit'>): string {
  const boards = sketches.map(({ name }) => name)
  if (circuit === undefined)
    return `there is no diagram: parts are the boards (${boards.join(', ')}) with their pins, as { part-id: ${boards[0]}, pin: 13 }`
  const parts = circuit.parts.flatMap(({ kind, id }) => (kind === 'pull' ? [] : [id]))
  return `the diagram has ${[circuit.boardId, ...parts].join(', ')}`
}
