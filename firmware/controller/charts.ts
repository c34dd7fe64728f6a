/** The controller's state chart as something to show: each region with its states and the one it is in. */
import type { ChartNode } from '../services/service.js'
import { controllerMachine } from './machine.js'
import { flatten, type StateTree } from './report.js'

/** Regions of `on`, after the controller's own states; taken from the chart once. */
const REGIONS: readonly { readonly region: string; readonly states: readonly string[] }[] = [
  { region: 'controller', states: Object.keys(controllerMachine.root.states) },
  ...Object.entries(controllerMachine.root.states.on.states).map(([region, node]) => ({
    region,
    // `asking` is left as soon as it is entered.
    states: Object.keys(node.states).filter((state) => state !== 'asking'),
  })),
]

export function controllerCharts(value: StateTree): ChartNode[] {
  const active = flatten(value)
  return REGIONS.map(({ region, states }) => ({ region, states, active: active.get(region) }))
}
