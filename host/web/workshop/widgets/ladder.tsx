/** A ladder (sequence diagram): two ends, a box between them, what passed in the order of time; each segment can be picked. */
import type { Ladder, LadderRow } from '../../../workshop/ladder.js'
import { sayIt } from '../language.js'
import { durationText } from '../time-text.js'
import { LINE, layLadder, type PlacedRow } from './ladder-layout.js'
import { useNewestInSight } from './newest-in-sight.js'
import { Pressable } from './pressable.js'

const WIDTH = 700
const LEFT = 222
const RIGHT = WIDTH - LEFT
const MIDDLE = WIDTH / 2
const TOP = 44

const sideOf = (row: LadderRow) =>
  row.from === 'left'
    ? { near: LEFT, far: RIGHT, label: LEFT - 10, anchor: 'end' as const, x: 0 }
    : { near: RIGHT, far: LEFT, label: RIGHT + 10, anchor: 'start' as const, x: RIGHT }

type Point = readonly [x: number, y: number]

function Arrow({ points, kind }: { readonly points: readonly Point[]; readonly kind: 'arrived' | 'lost' | 'going' }) {
  const [x, y] = points[points.length - 1]
  const [fromX, fromY] = points[points.length - 2]
  const length = Math.hypot(x - fromX, y - fromY) || 1
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length]
  const tip = (along: number, aside: number) => `${x - along * dx - aside * dy},${y - along * dy + aside * dx}`
  return (
    <g class={`arrow ${kind}`}>
      <polyline points={points.map(([px, py]) => `${px},${py}`).join(' ')} />
      {kind === 'lost' ? (
        <text class="cross" x={x} y={y + 7} text-anchor="middle">
          ✗
        </text>
      ) : (
        <polygon points={`${x},${y} ${tip(11, 5)} ${tip(11, -5)}`} />
      )}
    </g>
  )
}

/** The ways that a segment and its copies took. */
function waysOf({ row, sent, box, copies }: PlacedRow, now: number, at: number) {
  const { near, far } = sideOf(row)
  const start: Point = sent === undefined ? [MIDDLE, box ?? now] : [near, sent]
  if (row.fate === 'refused' && row.copies.length === 0)
    return [{ kind: 'lost' as const, points: [start, [near + (far - near) / 8, start[1] + 5] as Point] }]
  if (row.fate === 'drop' || row.fate === 'refused')
    return [{ kind: 'lost' as const, points: [start, [MIDDLE, start[1] + 14] as Point] }]
  if (copies.length === 0)
    return [
      { kind: 'going' as const, points: [start, [near + (far - near) / 6, Math.max(now, start[1] + 4)] as Point] },
    ]
  const half: Point = [MIDDLE, (start[1] + (copies[0].arrives ?? Math.max(now, start[1] + 8))) / 2]
  return copies.map(({ leaves, arrives }, i) => {
    const { leavesAt } = row.copies[i]
    const held: Point[] = row.fate === 'hold' && box !== undefined ? [[MIDDLE, box + 8]] : []
    const begin: Point[] = i > 0 ? [half] : [start, ...held]
    if (arrives !== undefined) {
      if (held.length > 0) begin.push([MIDDLE, Math.max(held[0][1], (leaves ?? arrives) - 4)])
      return { kind: 'arrived' as const, points: [...begin, [far, arrives] as Point] }
    }
    const from = row.sentAt ?? row.boxAt ?? at
    const share = Math.min(0.92, Math.max(0.06, (at - from) / Math.max(1, leavesAt - from)))
    const x = held.length > 0 && leaves === undefined ? MIDDLE : near + share * (far - near)
    const y = Math.max(now, begin[begin.length - 1][1] + 5)
    return { kind: 'going' as const, points: [...begin, [x, y] as Point] }
  })
}

function Row(props: {
  readonly placed: PlacedRow
  readonly now: number
  readonly at: number
  readonly picked: boolean
  /** Left out: it cannot be picked. */
  readonly pick: ((number: number) => void) | undefined
  readonly lit: boolean
}) {
  const { placed, now, at, picked, pick, lit } = props
  const { row } = placed
  const { label, anchor, x } = sideOf(row)
  const y = placed.sent ?? placed.box ?? now
  const words = sayIt(row.told)
  const { number } = row
  const mood = `${row.wrong === true ? ' wrong' : ''}${row.faint === true ? ' faint' : ''}${picked ? ' picked' : ''}${lit ? ' lit' : ''}`
  return (
    <g class={`segment${mood}`} data-thing={row.id}>
      <title>{words}</title>
      {waysOf(placed, now, at).map(({ points, kind }, i) => (
        <Arrow key={i} points={points} kind={kind} />
      ))}
      {row.lines.map((line, i) => (
        <text key={i} class={i === 0 ? 'what' : 'faint'} x={label} y={y + 5 + i * LINE} text-anchor={anchor}>
          {`${i === 0 && number !== undefined ? `${number}  ` : ''}${sayIt(line)}`}
        </text>
      ))}
      {number !== undefined && pick !== undefined && (
        <Pressable
          area={{ x, y: y - 11, width: LEFT, height: row.lines.length * LINE + 4 }}
          words={words}
          pressed={picked}
          onPress={() => pick(number)}
        />
      )}
    </g>
  )
}

export function LadderView(props: {
  readonly ladder: Ladder
  readonly title: string
  readonly names: readonly [left: string, middle: string, right: string]
  readonly picked?: number | undefined
  readonly pick?: (number: number) => void
  /** Rows that go back to this are drawn stronger. */
  readonly lit?: number | undefined
}) {
  const { ladder, title, names, picked, pick, lit } = props
  const { rows, marks, pauses, now } = layLadder(ladder, TOP)
  const height = now + 28
  const { frame, onScroll } = useNewestInSight(height)
  return (
    <section
      class="ladder"
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by a keyboard
      tabIndex={0}
      aria-label={title}
      onScroll={onScroll}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press */}
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={title}>
        {[LEFT, MIDDLE, RIGHT].map((x, i) => (
          <g key={x}>
            <text class="name" x={x} y={20} text-anchor="middle">
              {names[i]}
            </text>
            <line class={i === 1 ? 'rail box' : 'rail'} x1={x} x2={x} y1={28} y2={height - 4} />
          </g>
        ))}
        {pauses.map(({ y, span }) => (
          <text key={`${y}`} class="pause" x={MIDDLE} y={y + 5} text-anchor="middle">
            {`⋮ ${durationText(span)} ⋮`}
          </text>
        ))}
        {marks.map(({ mark, y }, i) => {
          const left = mark.end === 'left'
          return (
            <g key={i} class="turn">
              <circle cx={left ? LEFT : RIGHT} cy={y} r={5} />
              <text x={left ? LEFT - 10 : RIGHT + 10} y={y + 5} text-anchor={left ? 'end' : 'start'}>
                {mark.text}
              </text>
            </g>
          )
        })}
        {rows.map((placed) => (
          <Row
            key={placed.row.id}
            placed={placed}
            now={now}
            at={ladder.now}
            picked={placed.row.number !== undefined && placed.row.number === picked}
            pick={pick}
            lit={lit !== undefined && placed.row.cause === lit}
          />
        ))}
      </svg>
    </section>
  )
}
