/** LANES: what the probes see, on one time axis, with one cursor through all of them. */
import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { numberText } from '../../number-text.js'
import { niceStep, timeUnit } from '../../scope/svg.js'
import type { Lane, LaneMark, LaneRow } from '../../workshop/protocol.js'
import { told } from '../../workshop/words/told.js'
import { description, send, snapshot } from './connection.js'
import { sayIt, word } from './language.js'
import { toggleProbe } from './stage.js'
import { roomFor } from './text-room.js'
import { theme } from './theme.js'
import { durationText, instantText } from './time-text.js'
import { traceLine } from './trace-line.js'

const PLOT = 74
const AXIS = 30

/** Pixels across, as the page has room. */
const width = signal(700)
/** Share of the window at which the cursor stands; undefined: none. */
const cursor = signal<number | undefined>(undefined)

interface Axis {
  readonly span: number
  readonly x: (time: number) => number
  /** Of letters, px: as the style sheet has them. */
  readonly size: number
  /** Where the traces begin: before them stand volts and the names of rows. */
  readonly left: number
  /** From one row to the next. */
  readonly row: number
}

function axisOf(span: number): Axis & { readonly room: number } {
  const size = theme.value === 'projector' ? 16 : 14
  const left = Math.round(6.7 * size)
  // Behind the trace stands what its levels are called.
  const room = width.value - left - Math.round(6.3 * size)
  return { span, x: (time) => (time / span) * room, size, left, row: size + 10, room }
}

function voltRange({ points, bands }: Lane): readonly [number, number] {
  let low = 0
  let high = 0
  for (let i = 1; i < points.length; i += 2) {
    if (points[i] < low) low = points[i]
    if (points[i] > high) high = points[i]
  }
  for (const band of bands) {
    if (band.undefined !== true) continue
    low = Math.min(low, band.from)
    high = Math.max(high, band.to)
  }
  const margin = 0.1 * Math.max(high - low, 0.2)
  return [low - margin, high + margin]
}

function voltsAt({ points }: Lane, time: number): number {
  for (let i = 2; i < points.length; i += 2) {
    if (points[i] < time) continue
    const [t0, v0, t1, v1] = [points[i - 2], points[i - 1], points[i], points[i + 1]]
    return t1 === t0 ? v1 : v0 + ((v1 - v0) * (time - t0)) / (t1 - t0)
  }
  return points[points.length - 1] ?? 0
}

function Plot({ lane, axis, top }: { readonly lane: Lane; readonly axis: Axis; readonly top: number }) {
  const [low, high] = voltRange(lane)
  const y = (volts: number) => top + PLOT - ((volts - low) / (high - low)) * PLOT
  const right = axis.left + axis.x(axis.span)
  const step = niceStep((high - low) / (PLOT / 26))
  const labels: number[] = []
  for (let i = Math.ceil(low / step); i * step <= high; i++) labels.push(i * step)
  return (
    <g>
      {lane.bands.map((band) => {
        const from = Math.max(low, band.from)
        const to = Math.min(high, band.to)
        if (y(from) - y(to) < 2) return null
        return (
          <g key={`${band.from}`}>
            <rect
              class={band.undefined === true ? 'band undefined' : 'band'}
              x={axis.left}
              y={y(to)}
              width={right - axis.left}
              height={y(from) - y(to)}
            />
            {y(from) - y(to) > axis.size - 2 && (
              <text class="faint" x={right + 6} y={(y(from) + y(to)) / 2 + 5}>
                {sayIt(band.text)}
              </text>
            )}
          </g>
        )
      })}
      {labels.map((volts) => (
        <g key={`${volts}`}>
          <line class="grid" x1={axis.left} x2={right} y1={y(volts)} y2={y(volts)} />
          <text class="faint" x={axis.left - 6} y={y(volts) + 5} text-anchor="end">
            {`${numberText(volts)} V`}
          </text>
        </g>
      ))}
      <polyline
        class={`trace ${lane.colour}`}
        points={traceLine(lane.points, { x: (time) => axis.left + axis.x(time), y })}
      />
    </g>
  )
}

function Mark(props: {
  readonly mark: LaneMark
  /** The one behind it, which may begin before this one is over. */
  readonly next: LaneMark | undefined
  readonly axis: Axis
  readonly top: number
}) {
  const { mark, next, axis, top } = props
  const from = axis.left + Math.max(0, axis.x(mark.from))
  const to = axis.left + Math.min(axis.x(axis.span), axis.x(mark.to))
  if (to - from < 1.5 && mark.wrong !== true) return null
  const room = Math.min(to, next === undefined ? to : axis.left + axis.x(next.from))
  const words = sayIt(mark.text)
  const shown = [words, mark.short, words.split(' ')[0]].find(
    (each) => each !== undefined && roomFor(each, axis.size) <= room - from - 2,
  )
  return (
    <g class={mark.wrong === true ? 'mark wrong' : 'mark'}>
      <rect x={from} y={top} width={Math.max(2, to - from)} height={axis.row - 4} rx={2} />
      {shown !== undefined && (
        <text x={(from + room) / 2} y={top + 15} text-anchor="middle">
          {shown}
        </text>
      )}
    </g>
  )
}

/** Each look of the receiver: high or low, and thick where it counts. */
function Samples({ row, axis, top }: { readonly row: LaneRow; readonly axis: Axis; readonly top: number }) {
  const tick = ({ from, to, text }: LaneMark) => {
    const x = axis.left + axis.x((from + to) / 2)
    return text === '1' ? `M${x.toFixed(1)} ${top + 2}v9` : `M${x.toFixed(1)} ${top + 10}v9`
  }
  const inside = row.marks.filter(({ from }) => from >= 0)
  return (
    <g>
      <line class="grid" x1={axis.left} x2={axis.left + axis.x(axis.span)} y1={top + 10.5} y2={top + 10.5} />
      <path
        class="sample"
        d={inside
          .filter(({ faint }) => faint === true)
          .map(tick)
          .join('')}
      />
      <path
        class="sample vote"
        d={inside
          .filter(({ faint }) => faint !== true)
          .map(tick)
          .join('')}
      />
    </g>
  )
}

function OneLane({ lane, axis, top }: { readonly lane: Lane; readonly axis: Axis; readonly top: number }) {
  const rows = top + axis.row + plotOf(lane)
  return (
    <g class="lane" data-lane={lane.id}>
      <text class={`title ${lane.colour}`} x={axis.left} y={top + 16}>
        {sayIt(lane.title)}
      </text>
      {lane.points.length > 0 && <Plot lane={lane} axis={axis} top={top + axis.row} />}
      {lane.rows.map((row, i) => (
        <g key={row.name.key}>
          <text class="faint" x={axis.left - 6} y={rows + i * axis.row + 15} text-anchor="end">
            {sayIt(row.name)}
          </text>
          {row.samples === true ? (
            <Samples row={row} axis={axis} top={rows + i * axis.row} />
          ) : (
            row.marks.map((mark, at) => (
              // By its place, not by its time: the picture moves on fifty times a second, and what is drawn is used again.
              <Mark key={at} mark={mark} next={row.marks[at + 1]} axis={axis} top={rows + i * axis.row} />
            ))
          )}
        </g>
      ))}
    </g>
  )
}

/** Where there is no voltage there are only rows. */
function plotOf({ points }: Lane): number {
  return points.length > 0 ? PLOT + 6 : 0
}

function heightOf(lane: Lane, axis: Axis): number {
  return axis.row + plotOf(lane) + lane.rows.length * axis.row + 8
}

function Ticks({ axis, bottom }: { readonly axis: Axis; readonly bottom: number }) {
  const { unit, divisor } = timeUnit(axis.span)
  const step = niceStep(axis.span / Math.max(3, width.value / 110))
  const ticks: number[] = []
  for (let i = 1; i * step <= axis.span; i++) ticks.push(i * step)
  return (
    <g>
      {ticks.map((time) => (
        <g key={`${time}`}>
          <line
            class="grid"
            x1={axis.left + axis.x(axis.span - time)}
            x2={axis.left + axis.x(axis.span - time)}
            y1={0}
            y2={bottom}
          />
          <text class="faint" x={axis.left + axis.x(axis.span - time)} y={bottom + 18} text-anchor="middle">
            {`${numberText(-time / divisor)} ${unit}`}
          </text>
        </g>
      ))}
    </g>
  )
}

/** What stands under the cursor, in words. */
function cursorText(): string {
  const { lanes, from, to } = snapshot.value!
  if (cursor.value === undefined || lanes.length === 0) return word('lane.axis')
  const time = cursor.value * (to - from)
  const parts = lanes.map((lane) => {
    const marks = lane.rows
      .filter(({ samples }) => samples !== true)
      .flatMap(({ marks }) =>
        marks.filter((mark) => mark.from <= time && time < mark.to).map(({ text }) => sayIt(text)),
      )
    const title = sayIt(lane.title)
    const volts = { lane: title, volts: numberText(voltsAt(lane, time), 2) }
    return [lane.points.length > 0 ? sayIt(told('lane.volts', volts)) : title, ...marks].join(', ')
  })
  return `${sayIt(told('lane.cursor', { at: instantText(from + time) }))} (${durationText(time - (to - from))}): ${parts.join('; ')}`
}

/** Moves what is looked at; `undefined`: with the time. */
function lookAt(until: number | undefined): void {
  const { look } = snapshot.peek()!
  const { until: _, ...rest } = look
  send({ kind: 'look', look: until === undefined ? rest : { ...rest, until } })
}

export function Lanes() {
  const { lanes, from, to, look, now } = snapshot.value!
  const { probes } = description.value!
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.max(320, Math.floor(entry.contentRect.width))
    })
    observer.observe(frame.current!)
    return () => observer.disconnect()
  }, [])
  const axis = axisOf(to - from)
  const tops: number[] = []
  let bottom = 2
  for (const lane of lanes) {
    tops.push(bottom)
    bottom += heightOf(lane, axis)
  }
  // A quarter of a bit, or what an eye can tell apart.
  const stride = Math.max(1 / (4 * look.span), 1 / 400)
  const move = (by: number) => {
    cursor.value = Math.min(1, Math.max(0, (cursor.value ?? 1) + by))
  }
  return (
    <section class="lanes" aria-label={word('area.lanes')}>
      <div ref={frame}>
        {lanes.length === 0 ? (
          <p>{word('lane.none')}</p>
        ) : (
          <div
            class="axis"
            role="slider"
            tabIndex={0}
            aria-label={word('area.lanes')}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round((cursor.value ?? 1) * 100)}
            aria-valuetext={cursorText()}
            onPointerMove={({ currentTarget, clientX }) => {
              const place = (clientX - currentTarget.getBoundingClientRect().left - axis.left) / axis.room
              cursor.value = place >= 0 && place <= 1 ? place : undefined
            }}
            onPointerLeave={() => {
              cursor.value = undefined
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowLeft') move(-stride)
              else if (event.key === 'ArrowRight') move(stride)
              else if (event.key === 'Home') cursor.value = 0
              else if (event.key === 'End') cursor.value = 1
              else if (event.key === 'Escape') cursor.value = undefined
              else return
              event.preventDefault()
            }}
          >
            <svg width={width.value} height={bottom + AXIS} aria-hidden="true">
              <Ticks axis={axis} bottom={bottom} />
              {lanes.map((lane, i) => (
                <OneLane key={lane.id} lane={lane} axis={axis} top={tops[i]} />
              ))}
              {cursor.value !== undefined && (
                <line
                  class="cursor"
                  x1={axis.left + cursor.value * axis.room}
                  x2={axis.left + cursor.value * axis.room}
                  y1={0}
                  y2={bottom}
                />
              )}
            </svg>
          </div>
        )}
      </div>
      <p class="reading">{cursorText()}</p>
      <div class="buttons">
        <button type="button" onClick={() => lookAt(to - (to - from) / 2)}>
          ◀ {word('time.earlier')}
        </button>
        <button
          type="button"
          disabled={look.until === undefined}
          onClick={() => lookAt(to + (to - from) / 2 >= now ? undefined : to + (to - from) / 2)}
        >
          {word('time.later')} ▶
        </button>
        <fieldset class="probes">
          <legend>{word('area.probes')}</legend>
          {probes.map(({ id, title }) => (
            <label key={id}>
              <input type="checkbox" checked={look.probes.includes(id)} onChange={() => toggleProbe(id)} />{' '}
              {word(title)}
            </label>
          ))}
        </fieldset>
      </div>
    </section>
  )
}
