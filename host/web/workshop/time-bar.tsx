/** TIME: pause, steps, speed, bookmarks; and how much of it the lanes show. */
import type { PaceState } from '../../workshop/protocol.js'
import type { StepUnit } from '../../workshop/station-parts.js'
import { told } from '../../workshop/words/told.js'
import { description, send, snapshot } from './connection.js'
import { sayIt, word } from './language.js'
import { durationText, instantText } from './time-text.js'
import { choose, shownText } from './typed.js'

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

/** Where bits are the matter, a speed is so many a second; elsewhere, how much slower than life it is. */
function speedText(speed: number, bits: boolean, bitTime: number): string {
  if (bits) return sayIt(told('time.speed.bits', { bits: grouped(speed) }))
  const pace = (speed * bitTime) / 1e9
  if (pace === 1) return word('time.speed.real')
  return sayIt(
    pace < 1 ? told('time.speed.slower', { times: Math.round(1 / pace) }) : told('time.speed.faster', { times: pace }),
  )
}

/** Drawn: not every system's fonts have a sign for a pause. */
function Sign({ going }: { readonly going: boolean }) {
  return (
    <svg class="sign" viewBox="0 0 10 10" aria-hidden="true">
      <path d={going ? 'M1 0h3v10h-3zM6 0h3v10h-3z' : 'M1 0l8 5l-8 5z'} />
    </svg>
  )
}

export function TimeBar() {
  const { pace, now, bookmarks, bitsPerSecond, bitTime, look, station } = snapshot.value!
  const { steps, speeds, spans } = description.value!
  const bits = steps.includes('bit')
  const going = pace === 'running' || pace === 'resting'
  return (
    <section class="time" aria-label={word('area.time')}>
      <div class="buttons">
        <button type="button" class="main" onClick={() => send({ kind: going ? 'pause' : 'play' })}>
          <Sign going={going} /> {word(going ? 'time.pause' : 'time.play')}
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
            value={shownText('speed of time', `${bitsPerSecond}`)}
            onChange={({ currentTarget: { value } }) =>
              choose('speed of time', value, { kind: 'speed', bitsPerSecond: Number(value) })
            }
          >
            {speeds.map((speed) => (
              <option key={speed} value={speed}>
                {speedText(speed, bits, bitTime)}
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
            value={shownText('span of lanes', `${look.span}`)}
            onChange={({ currentTarget: { value } }) =>
              choose('span of lanes', value, { kind: 'look', look: { ...look, span: Number(value) } })
            }
          >
            {spans.map((span) => (
              <option key={span} value={span}>
                {bits ? sayIt(told('time.span.bits', { bits: grouped(span) })) : durationText(span * bitTime)}
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
