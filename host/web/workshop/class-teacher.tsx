/** The teacher's view of a class: its clock, who is there, what was lost, who was not let in. */
import type { ClassRule, ClassView } from '../../workshop/class/class-view.js'
import { CLASS_SPEEDS } from '../../workshop/class/facts.js'
import { whyTold } from '../../workshop/class/why.js'
import { type PlainKey, told } from '../../workshop/words/told.js'
import { ClassLadder } from './class-ladder.js'
import { lossesOf } from './class-losses.js'
import { send } from './connection.js'
import { sayIt, word } from './language.js'
import { durationText, instantText } from './time-text.js'

const rule = (given: ClassRule) => send({ kind: 'class-rule', rule: given })

const COLUMNS = [
  'class.teacher.stations',
  'class.teacher.frames',
  'class.teacher.collisions',
  'class.teacher.lost',
  'class.teacher.behind',
] as const satisfies readonly PlainKey[]

export function Teacher({ state, passages }: Pick<Extract<ClassView, { kind: 'teacher' }>, 'state' | 'passages'>) {
  const { at, paused, speed, box, seats, places, code: current, refused, unplugged, dropped } = state
  return (
    <>
      <section class="teacher" aria-labelledby="class-teacher">
        <h3 id="class-teacher">{word('class.teacher')}</h3>
        <p>{sayIt(told('class.teacher.about', { box: told(`class.box.${box}`), seats: seats.length, places }))}</p>
        <p class="class-code">
          {location.origin}/ · <strong>{sayIt(told('class.teacher.code', { code: current }))}</strong>{' '}
          <button type="button" title={word('class.teacher.lock.title')} onClick={() => rule({ kind: 'lock' })}>
            {word('class.teacher.lock')}
          </button>
        </p>
        <div class="buttons">
          <button type="button" class="main" onClick={() => rule({ kind: 'pause', paused: !paused })}>
            {word(paused ? 'time.play' : 'time.pause')}
          </button>
          <label for="class-speed">{word('class.teacher.speed')}</label>
          <select
            id="class-speed"
            value={`${speed}`}
            onChange={({ currentTarget }) => rule({ kind: 'speed', speed: Number(currentTarget.value) })}
          >
            {CLASS_SPEEDS.map((each) => (
              <option key={each} value={`${each}`}>
                {each === 1 ? word('time.speed.real') : sayIt(told('time.speed.slower', { times: 1 / each }))}
              </option>
            ))}
          </select>
          <span class="instant">{instantText(at)}</span>
          {paused && <strong role="status">{word('time.state.paused')}</strong>}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and so must be reached by a keyboard */}
        <section class="class-stations" tabIndex={0} aria-label={word('class.teacher.stations')}>
          <table>
            <thead>
              <tr>
                {COLUMNS.map((key) => (
                  <th key={key} scope="col">
                    {word(key)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {seats.map((seat) => (
                <tr key={seat.seat}>
                  <th scope="row">
                    {seat.name} <code>{seat.address}</code>
                  </th>
                  <td>
                    {seat.sent} / {seat.received}
                  </td>
                  <td>{seat.collisions}</td>
                  <td>{lossesOf(seat).map(sayIt).join('; ')}</td>
                  <td>{durationText(seat.behind)}</td>
                  <td>
                    <button type="button" onClick={() => rule({ kind: 'kick', seat: seat.seat })}>
                      {sayIt(told('class.teacher.kick', { name: seat.name }))}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <Reasons title={word('class.teacher.refused')} counts={refused} />
        <Reasons title={word('class.teacher.unplugged')} counts={unplugged} />
        <Reasons title={word('class.teacher.dropped')} counts={dropped} />
      </section>
      <ClassLadder title={word('class.ladder.teacher')} box={box} people={seats} passages={passages} />
    </>
  )
}

function Reasons(props: { readonly title: string; readonly counts: Readonly<Record<string, number>> }) {
  const reasons = Object.entries(props.counts).map(([reason, count]) => `${sayIt(whyTold(reason))} ${count}`)
  return (
    <p>
      {props.title}: {reasons.length === 0 ? word('class.teacher.nothing') : reasons.join(', ')}
    </p>
  )
}
