/**
 * The ladder of a class: who sent what to whom, downwards in the order of time. A rail for each station; each step is drawn, and said beside it. It
 * is laid out in parts of its own width, so that letters are as large on a phone.
 */
import type { ClassBoxKind } from '../../workshop/class/facts.js'
import type { ClassPassage, WirePlace } from '../../workshop/class/wire-log.js'
import { told } from '../../workshop/words/told.js'
import { sayIt, word } from './language.js'
import { instantText } from './time-text.js'
import { useNewestInSight } from './widgets/newest-in-sight.js'

/** Stations with a rail of their own: more are not told apart on a phone. The others share one. */
const MOST_RAILS = 6

interface ClassLadderProps {
  readonly title: string
  readonly box: ClassBoxKind
  /** Whose page it is; left out: the teacher's. */
  readonly own?: number | undefined
  readonly people: readonly { readonly seat: number; readonly name: string }[]
  readonly passages: readonly ClassPassage[]
}

interface Rail {
  readonly place: WirePlace | 'others'
  readonly name: string
}

export function ClassLadder({ title, box, own, people, passages }: ClassLadderProps) {
  const { frame, onScroll } = useNewestInSight(passages.at(-1)?.number ?? 0)
  const rails = railsOf({ box, own, people, passages })
  return (
    <section
      class="class-ladder"
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by a keyboard
      tabIndex={0}
      aria-label={title}
      onScroll={onScroll}
    >
      <div class="head">
        <h3>{title}</h3>
        {passages.length > 0 && (
          <div class="rails" aria-hidden="true">
            {rails.map(({ place, name }) => (
              <span key={place} title={name} class={place === own ? 'own' : undefined}>
                {name}
              </span>
            ))}
          </div>
        )}
      </div>
      {passages.length === 0 && <p>{word('class.ladder.none')}</p>}
      <ol class="passages">
        {passages.map((passage) => (
          <li key={passage.number} class={stepClass(passage, own)}>
            <Step passage={passage} rails={rails} />
            <p>
              <span class="instant">{instantText(passage.at)}</span> {sayIt(passage.told)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function stepClass({ kind, from, wrong }: ClassPassage, own: number | undefined): string {
  const way = kind !== 'frame' ? 'between' : own !== undefined && from[0] === own ? 'out' : 'in'
  return wrong ? `${way} wrong` : way
}

/** One's own first, then the box where it is a station itself, then who was last seen, each where it has its port. */
function railsOf({ box, own, people, passages }: Omit<ClassLadderProps, 'title'>): readonly Rail[] {
  const seen = passages.flatMap(({ from, to, behind }) => [...from, to, behind]).reverse()
  const seats = [...new Set(seen.filter((place): place is number => typeof place === 'number' && place !== own))]
  const room = MOST_RAILS - (own === undefined ? 0 : 1) - (seen.includes('box') ? 1 : 0)
  const shown = (seats.length > room ? seats.slice(0, room - 1) : seats).sort((a, b) => a - b)
  const nameOf = (seat: number) => people.find((each) => each.seat === seat)?.name ?? `${seat + 1}`
  const others = seats.length - shown.length
  return [
    ...(own === undefined ? [] : [{ place: own, name: nameOf(own) }]),
    ...(seen.includes('box') ? [{ place: 'box' as const, name: word(`class.box.${box}`) }] : []),
    ...shown.map((seat) => ({ place: seat, name: nameOf(seat) })),
    ...(others > 0 ? [{ place: 'others' as const, name: sayIt(told('class.ladder.others', { count: others })) }] : []),
  ]
}

/** Of the width, where a rail is. */
const at = (rail: number, rails: number) => `${(100 * (rail + 0.5)) / rails}%`

function Step({ passage, rails }: { readonly passage: ClassPassage; readonly rails: readonly Rail[] }) {
  const { kind, from, to, behind, text } = passage
  const railOf = (place: WirePlace) => {
    const own = rails.findIndex((rail) => rail.place === place)
    return own >= 0 ? own : rails.length - 1
  }
  const x = (rail: number) => at(rail, rails.length)
  const sender = from.length > 0 ? railOf(from[0]) : undefined
  const receivers =
    to === 'everybody'
      ? rails.map((_, rail) => rail).filter((rail) => rail !== sender)
      : to === undefined
        ? []
        : [railOf(to)]
  const ends = kind === 'frame' && sender !== undefined ? [sender, ...receivers] : []
  const [left, right] = [Math.min(...ends), Math.max(...ends)]
  return (
    <svg class="step" aria-hidden="true">
      {rails.map(({ place }, rail) => (
        <line key={place} class="rail" x1={x(rail)} x2={x(rail)} y1="0" y2="100%" />
      ))}
      {behind !== undefined && (
        <line class="behind" x1={x(railOf('box'))} x2={x(railOf(behind))} y1={BEHIND} y2={BEHIND} />
      )}
      {ends.length > 1 && <line class="way" x1={x(left)} x2={x(right)} y1={ARROW} y2={ARROW} />}
      {receivers.map((rail) => (
        <svg key={rail} x={x(rail)} y={ARROW} overflow="visible" aria-hidden="true">
          <polygon points={rail >= sender! ? '0,0 -10,-5 -10,5' : '0,0 10,-5 10,5'} />
        </svg>
      ))}
      {ends.length === 1 && <Cross x={x(ends[0])} />}
      {kind === 'collision' && from.map((place) => <Cross key={place} x={x(railOf(place))} />)}
      {kind === 'passed over' && (
        <text x="50%" y={ARROW} text-anchor="middle">
          ⋮
        </text>
      )}
      {ends.length > 1 && <Label left={left} right={right} rails={rails.length} text={text} />}
    </svg>
  )
}

/** Where the arrow of a step runs, and where what is said of it from behind the box. */
const ARROW = 26
const BEHIND = ARROW + 7

function Cross({ x }: { readonly x: string }) {
  return (
    <text class="cross" x={x} y={ARROW + 6} text-anchor="middle">
      ✗
    </text>
  )
}

/** Over the arrow, and within the picture: where it would leave it, it begins or ends with the arrow. */
function Label(props: {
  readonly left: number
  readonly right: number
  readonly rails: number
  readonly text: string
}) {
  const { left, right, rails, text } = props
  const middle = (left + right) / 2
  const share = (middle + 0.5) / rails
  const anchor = share < 0.35 ? 'start' : share > 0.65 ? 'end' : 'middle'
  const place = anchor === 'start' ? left : anchor === 'end' ? right : middle
  return (
    <text
      class="what"
      x={at(place, rails)}
      dx={anchor === 'start' ? 6 : anchor === 'end' ? -6 : 0}
      y={ARROW - 8}
      text-anchor={anchor}
    >
      {text}
    </text>
  )
}
