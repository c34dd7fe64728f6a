/** The controller’s state chart as something to draw: regions, states and arcs, from the machine’s own definition. */
import { controllerMachine } from '../../../../firmware/controller/machine.js'
import { flatten } from '../../../../firmware/controller/report.js'
import type { ControllerState } from '../../../../firmware/controller/state.js'
import { told } from '../../words/told.js'
import type { ChartArc, ChartRegion } from './scene.js'

/** What of a state of XState’s is looked at. */
interface ChartState {
  readonly key: string
  readonly path: readonly string[]
  readonly parent?: ChartState | undefined
  readonly states: Readonly<Record<string, ChartState>>
  readonly definition: { readonly transitions: readonly ChartTransition[] }
  readonly always?: readonly ChartTransition[] | undefined
}

interface ChartTransition {
  readonly eventType: string
  readonly target?: readonly ChartState[] | undefined
}

interface DrawnRegion {
  readonly region: string
  readonly states: readonly string[]
  readonly arcs: readonly ChartArc[]
}

const ROOT = controllerMachine.root as unknown as ChartState
/** A state that is left as soon as it is entered: arcs lead through it. */
const PASSING = 'asking'

/** `xstate.after.retry.controller.on.chip.failed`: after the delay called `retry`. */
function eventText({ eventType }: ChartTransition, { path }: ChartState): string {
  const delayed = eventType.startsWith('xstate.after.')
  if (!delayed) return eventType
  return `after ${eventType.slice('xstate.after.'.length, -[ROOT.key, ...path].join('.').length - 1)}`
}

function everyState(state: ChartState): readonly ChartState[] {
  return [state, ...Object.values(state.states).flatMap(everyState)]
}

function leaving(state: ChartState): readonly ChartTransition[] {
  return [...state.definition.transitions, ...(state.always ?? [])]
}

/** The four states of the controller itself, with every arc from inside of one to another. */
function topRegion(): DrawnRegion {
  const arcs = Object.values(ROOT.states).flatMap((top) =>
    everyState(top).flatMap((state) =>
      leaving(state).flatMap((transition) =>
        (transition.target ?? []).flatMap(({ path: [to] }) => {
          const event = eventText(transition, state)
          return to === top.key ? [] : [{ from: top.key, to, event: event === '' ? 'no reset is active' : event }]
        }),
      ),
    ),
  )
  return { region: ROOT.key, states: Object.keys(ROOT.states), arcs: once(arcs) }
}

function innerRegion(region: ChartState): DrawnRegion {
  const names = Object.keys(region.states)
  const inside = (target: ChartState) => target.path.length === region.path.length + 1 && target.parent === region
  const own = Object.values(region.states).flatMap((state) =>
    leaving(state).flatMap((transition) =>
      (transition.target ?? [])
        .filter((target) => inside(target) && target !== state)
        .map(({ key }) => ({ from: state.key, to: key, event: eventText(transition, state) })),
    ),
  )
  const beyond = own.filter(({ from }) => from === PASSING).map(({ to }) => to)
  // What the region does wherever it is.
  const anywhere = leaving(region).flatMap((transition) =>
    (transition.target ?? []).filter(inside).flatMap(({ key: to }) =>
      names
        .filter((from) => from !== to && from !== PASSING)
        .flatMap((from) => {
          const event = eventText(transition, region)
          return (to === PASSING ? beyond : [to]).map((end) => ({ from, to: end, event }))
        }),
    ),
  )
  return {
    region: region.key,
    states: names.filter((name) => name !== PASSING),
    arcs: once([...own, ...anywhere].filter(({ from, to }) => from !== PASSING && to !== from)),
  }
}

function once(arcs: readonly ChartArc[]): ChartArc[] {
  return [...new Map(arcs.map((arc) => [`${arc.from}\n${arc.to}\n${arc.event}`, arc])).values()]
}

/** Without what only DHCP leads to: the board of this station has its address from the beginning. */
function withoutDhcp({ region, states, arcs }: DrawnRegion): DrawnRegion {
  const byDhcp = (state: string) => {
    const into = arcs.filter(({ to }) => to === state)
    return into.length > 0 && into.every(({ event }) => event === 'DHCP')
  }
  const left = new Set(states.filter((state) => !byDhcp(state)))
  return {
    region,
    states: states.filter((state) => left.has(state)),
    arcs: arcs.filter(({ from, to, event }) => left.has(from) && left.has(to) && event !== 'DHCP'),
  }
}

/** The regions of `on`, of `held`, and the controller itself: taken from the chart once. */
const DRAWN: readonly DrawnRegion[] = [
  topRegion(),
  ...Object.values(ROOT.states.held.states).map(innerRegion),
  ...Object.values(ROOT.states.on.states).map(innerRegion),
].map(withoutDhcp)

export function chartRegions({ value }: Pick<ControllerState, 'value'>): ChartRegion[] {
  const active = flatten(value)
  const held = active.get(ROOT.key) === 'held' || active.get(ROOT.key) === 'off'
  return DRAWN.filter(({ region }) => region === ROOT.key || region in ROOT.states.held.states === held).map(
    (drawn) => {
      const state = active.get(drawn.region)
      return {
        ...drawn,
        id: `chart-${drawn.region}`,
        active: state,
        told:
          state === undefined
            ? told('controller.chart.idle', { region: drawn.region })
            : told('controller.chart.state', { region: drawn.region, state }),
        ...(drawn.region === 'fault' && state !== undefined && state !== 'none' ? { wrong: true } : {}),
      }
    },
  )
}
