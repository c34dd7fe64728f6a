/** MISSIONS: the list, and the one that is under way: what is asked, what was spent, what is handed in. */
import { signal } from '@preact/signals'
import { MISSIONS } from '../../workshop/missions/missions.js'
import { missionResultText } from '../../workshop/missions/result.js'
import type { MissionResult, MissionState } from '../../workshop/protocol.js'
import { told } from '../../workshop/words/told.js'
import { send, snapshot } from './connection.js'
import { Hints } from './hints.js'
import { sayIt, word } from './language.js'
import { saveFile } from './save-file.js'
import { forgetTyped } from './typed.js'

/** Whether the list is shown. */
export const missionsShown = signal(false)

function openMission(name: string, seed: number): void {
  missionsShown.value = false
  forgetTyped()
  const { station } = MISSIONS.find((mission) => mission.name === name)!
  send({ kind: 'open', station, seed, settings: {}, mission: name })
}

export function MissionList() {
  const current = snapshot.value?.mission?.name
  return (
    <section class="missions" aria-labelledby="missions-title">
      <h2 id="missions-title">{word('missions.title')}</h2>
      <p>{word('missions.about')}</p>
      <ol>
        {MISSIONS.map(({ name, title, station }, i) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === current ? 'true' : undefined}
              onClick={() => openMission(name, 1)}
            >
              {sayIt(told('missions.row', { number: i + 1, title: word(title) }))}
            </button>{' '}
            <span class="faint">{word(`station.${station}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** A file that a teacher's table takes. */
function saveResult(result: MissionResult): void {
  saveFile(`mission-${result.mission}-${result.seed}.json`, missionResultText(result), 'application/json')
}

export function Mission({ mission }: { readonly mission: MissionState }) {
  const { name, number, title, text, spent, budget, whole, wanted, hints, result } = mission
  const { seed, task } = snapshot.value!
  return (
    <section class="task mission" aria-label={word(title)}>
      <p>
        <strong>{sayIt(told('missions.row', { number, title: word(title) }))}:</strong> {word(text)}{' '}
        <span class={result.solved ? 'solved' : 'open'} data-testid="task-state">
          {result.solved
            ? `✓ ${sayIt(told('missions.solved', { spent, budget, hints }))}`
            : sayIt(told('missions.state', { spent, budget, whole, wanted }))}
        </span>
        {!result.solved && spent > budget && <span class="open"> {word('missions.over')}</span>}
      </p>
      <div class="buttons">
        <button type="button" disabled={task.hintsLeft === 0} onClick={() => send({ kind: 'hint' })}>
          {sayIt(told('task.hint', { left: task.hintsLeft }))}
        </button>
        <button type="button" onClick={() => send({ kind: 'restart' })}>
          {word('missions.again')}
        </button>
        <button type="button" onClick={() => openMission(name, seed + 1)}>
          {word('missions.another')}
        </button>
        <button type="button" onClick={() => saveResult(result)}>
          {word('missions.save')}
        </button>
        <button
          type="button"
          onClick={() => {
            forgetTyped()
            send({ kind: 'reset' })
          }}
        >
          {word('missions.free')}
        </button>
      </div>
      <Hints />
    </section>
  )
}
