/** TIME: pause, steps, speed, bookmarks; and how much of it the lanes show. */
import type { PaceState } from '../../workshop/protocol.js'
import type { StepUnit } from '../../workshop/station-parts.js'
import { told } from '../../workshop/words/told.js'
import { description, send, snapshot } from './connection.js'
import { sayIt, word } from './language.js'
import { instantText } from './time-text.js'

const STATES = {
  paused: 'time.state.paused',
  running: 'time.state.running',
  resting: 'time.state.resting',
  replaying: 'time.state.replaying',
} as const satisfies Readonly<Record<PaceState, string>>

const STEPS = {
  event: 'time.step.event',
  bit: 'time.step.bit',
  transfer: 'time.step.transfer',
  frame: 'time.step.frame',
  segment: 'time.step.segment',
} as const satisfies Readonly<Record<StepUnit, string>>

/** A number with thin groups: `115 200`. */
const grouped = (value: number) => `${value}`.replace(/\B(?=(\d{3})+$)/g, ' ')

export function TimeBar() {
  const { pace, now, bookmarks, bitsPerSecond, look, station } = snapshot.value!
  const { steps, speeds, spans } = description.value!
  const going = pace === 'running' || pace === 'resting'
  return (
    <section class="time" aria-label={word('area.time')}>
      <div class="buttons">
        <button type="button" class="main" onClick={() => send({ kind: going ? 'pause' : 'play' })}>
          {going ? `⏸ ${word('time.pause')}` : `▶ ${word('time.play')}`}
        </button>
        {steps.map((unit) => (
          <button key={unit} type="button" onClick={() => send({ kind: 'step', unit })}>
            {word(station === 'rs232' && unit === 'frame' ? 'time.step.character' : STEPS[unit])}
          </button>
        ))}
        <span>
          <label for="speed">{word('time.speed')}</label>{' '}
          <select
            id="speed"
            value={`${bitsPerSecond}`}
            onChange={({ currentTarget }) => send({ kind: 'speed', bitsPerSecond: Number(currentTarget.value) })}
          >
            {speeds.map((speed) => (
              <option key={speed} value={speed}>
                {sayIt(told('time.speed.bits', { bits: grouped(speed) }))}
              </option>
            ))}
            <option value="0">{word('time.speed.free')}</option>
          </select>
        </span>
        <span>
          <label class="wide" for="span">
            {word('time.span')}
          </label>{' '}
          <select
            id="span"
            aria-label={word('time.span')}
            value={`${look.span}`}
            onChange={({ currentTarget }) =>
              send({ kind: 'look', look: { ...look, span: Number(currentTarget.value) } })
            }
          >
            {spans.map((span) => (
              <option key={span} value={span}>
                {sayIt(told('time.span.bits', { bits: grouped(span) }))}
              </option>
            ))}
          </select>
        </span>
        <button type="button" onClick={() => send({ kind: 'bookmark' })}>
          {word('time.bookmark')}
        </button>
      </div>
      <p class="clock">
        <span class="instant" data-testid="now">
          {instantText(now)}
        </span>{' '}
        <span data-testid="pace">{word(STATES[pace])}</span>
      </p>
      {bookmarks.length > 0 && (
        <ul class="bookmarks" aria-label={word('time.bookmarks')}>
          {bookmarks.map(({ at }, i) => (
            <li key={i}>
              <button type="button" onClick={() => send({ kind: 'back', to: i })}>
                {sayIt(told('time.back', { at: instantText(at) }))}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
