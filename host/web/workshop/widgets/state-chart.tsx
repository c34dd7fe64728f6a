/** A state chart as rows of states, one a region, and of the region that is chosen every arc, laid out here. */
import { signal } from '@preact/signals'
import type { ChartArc, ChartRegion } from '../../../workshop/stations/controller/scene.js'
import { told } from '../../../workshop/words/told.js'
import { sayIt } from '../language.js'
import { roomFor } from '../text-room.js'
import { Pressable } from './pressable.js'

const WIDTH = 700
const SIZE = 14
const NAMES = 96
const BOX = 24
const ROW = 29
const LEVEL = 19

/** The region whose arcs are shown. */
const chosen = signal('chip')

interface Placed {
  readonly state: string
  readonly x: number
  readonly line: number
  readonly width: number
}

/** States side by side, on as many lines as they need. */
function inLines(states: readonly string[], room: number): readonly Placed[] {
  let x = 0
  let line = 0
  return states.map((state) => {
    const width = roomFor(state, SIZE) + 14
    if (x > 0 && x + width > room) {
      x = 0
      line++
    }
    const placed = { state, x, line, width }
    x += width + 6
    return placed
  })
}

function Region({ region, top }: { readonly region: ChartRegion; readonly top: number }) {
  const placed = inLines(region.states, WIDTH - NAMES - 6)
  const shown = chosen.value === region.region
  const words = sayIt(region.told)
  const choose = () => {
    chosen.value = region.region
  }
  return (
    <g data-thing={region.id} class={region.active === undefined ? 'region absent' : 'region'}>
      <title>{words}</title>
      <text class={shown ? 'name' : ''} x={NAMES - 8} y={top + 17} text-anchor="end">
        {region.region}
      </text>
      {placed.map(({ state, x, line, width }) => (
        <g
          key={state}
          class={`state ${state === region.active ? 'now' : ''} ${state === region.active && region.wrong === true ? 'wrong' : ''}`}
        >
          <rect x={NAMES + x} y={top + line * ROW} width={width} height={BOX} rx={5} />
          <text x={NAMES + x + width / 2} y={top + line * ROW + 17} text-anchor="middle">
            {state}
          </text>
        </g>
      ))}
      <Pressable
        area={{ x: 0, y: top - 2, width: WIDTH, height: linesOf(region) * ROW }}
        words={words}
        pressed={shown}
        onPress={choose}
      />
    </g>
  )
}

const linesOf = ({ states }: ChartRegion) => Math.max(...inLines(states, WIDTH - NAMES - 6).map(({ line }) => line)) + 1

interface Way {
  readonly from: Placed
  readonly to: Placed
  readonly text: string
  readonly forward: boolean
  /** Left and right end of what it takes up, its words included. */
  readonly left: number
  readonly right: number
  level: number
}

const middle = ({ x, width }: Placed) => x + width / 2

/** Arcs between the same two states go together; each lies as near to the states as those under it let it. */
function waysOf(arcs: readonly ChartArc[], placed: readonly Placed[]): readonly Way[] {
  const together = new Map<string, string[]>()
  for (const { from, to, event } of arcs) {
    const key = `${from}\n${to}`
    together.set(key, [...(together.get(key) ?? []), event])
  }
  const find = (state: string) => placed.find((each) => each.state === state)!
  const ways = [...together].map(([key, events]): Way => {
    const [from, to] = key.split('\n').map(find)
    const text = events.join(', ')
    const [a, b] = [middle(from), middle(to)].sort((one, other) => one - other)
    const half = Math.max((b - a) / 2, roomFor(text, SIZE - 2) / 2) + 4
    const centre = Math.min(Math.max((a + b) / 2, half), Math.max(half, WIDTH - half))
    return { from, to, text, forward: middle(to) > middle(from), left: centre - half, right: centre + half, level: 0 }
  })
  ways.sort((one, other) => one.right - one.left - (other.right - other.left))
  for (const [i, way] of ways.entries()) {
    const below = ways.slice(0, i).filter((each) => each.forward === way.forward)
    const inTheWay = (level: number) =>
      below.some((each) => each.level === level && each.left < way.right && each.right > way.left)
    way.level = 1
    while (inTheWay(way.level)) way.level++
  }
  return ways
}

/** What happens wherever the region is: one event, or several that lead to the same states. */
interface Rail {
  readonly text: string
  readonly to: readonly string[]
}

/** Arcs that leave every other state alike are one rail over all of them; the rest stay arcs. */
function railsOf({ states, arcs }: ChartRegion): {
  readonly rails: readonly Rail[]
  readonly rest: readonly ChartArc[]
} {
  const anywhere = ({ to, event }: ChartArc) =>
    states.length > 2 && arcs.filter((arc) => arc.to === to && arc.event === event).length === states.length - 1
  const targets = new Map<string, Set<string>>()
  for (const arc of arcs.filter(anywhere)) targets.set(arc.event, (targets.get(arc.event) ?? new Set()).add(arc.to))
  const events = new Map<string, string[]>()
  for (const [event, to] of targets) {
    const key = [...to].join('\n')
    events.set(key, [...(events.get(key) ?? []), event])
  }
  const rails = [...events].map(([key, together]) => ({
    text: sayIt(told('controller.stage.anywhere', { events: together.join(', ') })),
    to: key.split('\n'),
  }))
  return { rails, rest: arcs.filter((arc) => !anywhere(arc)) }
}

/** On one line with room for arcs between them; where there are none, on as many lines as they need. */
function placeStates(states: readonly string[], arcs: readonly ChartArc[]): readonly Placed[] {
  if (arcs.length === 0) return inLines(states, WIDTH - 8).map((each) => ({ ...each, x: each.x + 4 }))
  const widths = states.map((state) => roomFor(state, SIZE) + 14)
  const gap = Math.max(8, (WIDTH - 8 - widths.reduce((sum, each) => sum + each, 0)) / Math.max(1, widths.length - 1))
  let x = 4
  return states.map((state, i) => {
    const each = { state, x, line: 0, width: widths[i] }
    x += widths[i] + gap
    return each
  })
}

function Rails({
  rails,
  placed,
  top,
  edge,
  active,
}: {
  readonly rails: readonly Rail[]
  readonly placed: readonly Placed[]
  /** Of the first rail; and of the states below. */
  readonly top: number
  readonly edge: number
  readonly active: string | undefined
}) {
  return rails.map(({ text, to }, i) => {
    const ends = placed.filter(({ state }) => to.includes(state))
    const y = top + (i + 1) * LEVEL
    const last = placed[placed.length - 1]
    // Rails that end at one state end side by side.
    const at = (state: Placed) => middle(state) + (i - (rails.length - 1) / 2) * 12
    return (
      ends.length > 0 && (
        <g key={text} class={active !== undefined && to.some((state) => state !== active) ? 'arc live' : 'arc'}>
          <path
            d={`M${placed[0].x} ${y}H${last.x + last.width}${ends.map((end) => `M${at(end)} ${y}V${edge}`).join('')}`}
          />
          <path class="head" d={ends.map((end) => `M${at(end)} ${edge}l-4 -8h8z`).join('')} />
          <text x={placed[0].x + 2} y={y - 4}>
            {text}
          </text>
        </g>
      )
    )
  })
}

/** Every arc of one region: those to the right above the states, those to the left below; over them what leads there from anywhere. */
function Arcs({ region }: { readonly region: ChartRegion }) {
  const { rails, rest } = railsOf(region)
  const placed = placeStates(region.states, rest)
  const width = Math.max(WIDTH, ...placed.map((each) => each.x + each.width + 4))
  const ways = waysOf(rest, placed)
  const levels = (forward: boolean) =>
    Math.max(0, ...ways.filter((way) => way.forward === forward).map((way) => way.level))
  const above = rails.length * LEVEL + levels(true) * LEVEL + 12
  const pitch = above + BOX
  const lines = Math.max(...placed.map(({ line }) => line)) + 1
  const top = above
  const height = lines * pitch + levels(false) * LEVEL + 14
  // Ends of arcs at one state stand side by side.
  const ends = new Map<string, number>()
  const place = (state: Placed) => {
    const count = ends.get(state.state) ?? 0
    ends.set(state.state, count + 1)
    return middle(state) + (count % 2 === 0 ? 1 : -1) * Math.ceil(count / 2) * Math.min(12, state.width / 8)
  }
  const label = sayIt(told('controller.stage.arcs', { region: region.region }))
  return (
    <svg class="arcs" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      {Array.from({ length: lines }, (_, line) => (
        <Rails
          key={line}
          rails={rails}
          placed={placed.filter((each) => each.line === line)}
          top={line * pitch}
          edge={line * pitch + above}
          active={region.active}
        />
      ))}
      {ways.map(({ from, to, text, forward, level, left, right }) => {
        const a = place(from)
        const b = place(to)
        const y = forward ? top - level * LEVEL + 4 : top + BOX + level * LEVEL - 4
        const edge = forward ? top : top + BOX
        const live = from.state === region.active
        return (
          <g key={`${from.state} ${to.state}`} class={live ? 'arc live' : 'arc'}>
            <path d={`M${a} ${edge}V${y}H${b}V${edge}`} />
            <path class="head" d={`M${b} ${edge}l-4 ${forward ? -8 : 8}h8z`} />
            <text x={(left + right) / 2} y={forward ? y - 3 : y + 13} text-anchor="middle">
              {text}
            </text>
          </g>
        )
      })}
      {placed.map(({ state, x: at, line, width: wide }) => (
        <g
          key={state}
          class={`state ${state === region.active ? 'now' : ''} ${state === region.active && region.wrong === true ? 'wrong' : ''}`}
        >
          <rect x={at} y={line * pitch + above} width={wide} height={BOX} rx={5} />
          <text x={at + wide / 2} y={line * pitch + above + 17} text-anchor="middle">
            {state}
          </text>
        </g>
      ))}
    </svg>
  )
}

export function StateChart({ regions, label }: { readonly regions: readonly ChartRegion[]; readonly label: string }) {
  const tops: number[] = []
  let bottom = 4
  for (const region of regions) {
    tops.push(bottom)
    bottom += linesOf(region) * ROW
  }
  const focus = regions.find(({ region }) => region === chosen.value) ?? regions[0]
  return (
    <div class="state-chart">
      {/* biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press */}
      <svg viewBox={`0 0 ${WIDTH} ${bottom}`} role="group" aria-label={label}>
        {regions.map((region, i) => (
          <Region key={region.region} region={region} top={tops[i]} />
        ))}
      </svg>
      <Arcs region={focus} />
    </div>
  )
}
