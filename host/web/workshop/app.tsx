/** The frame that all stations share: navigation, task, stage, lanes, time, words, and what can be changed and broken. */
import { signal } from '@preact/signals'
import { STATION_NAMES, type StationName } from '../../workshop/station-names.js'
import { told } from '../../workshop/words/told.js'
import { BreakIt } from './break-it.js'
import { ClassRoom, classShown } from './class-room.js'
import { description, pageFailure, send, snapshot, tellMissing } from './connection.js'
import { Lanes } from './lanes.js'
import { language, sayIt, setLanguage, word } from './language.js'
import { Mission, MissionList, missionsShown } from './missions.js'
import { narrow } from './narrow.js'
import { Repair } from './repair.js'
import { Settings } from './settings.js'
import { Stage } from './stage.js'
import { Task } from './task.js'
import { theme, toggleTheme } from './theme.js'
import { TimeBar } from './time-bar.js'
import { forgetTyped } from './typed.js'
import { Words } from './words.js'

/** A name in the address that is no station's. */
export const unknownStation = signal<string | undefined>(undefined)

function openStation(station: StationName): void {
  unknownStation.value = undefined
  missionsShown.value = false
  classShown.value = false
  forgetTyped()
  send({ kind: 'open', station, seed: 1, settings: {} })
}

function Navigation() {
  const current = classShown.value ? undefined : snapshot.value?.station
  return (
    <header class="top">
      <button type="button" class="skip" onClick={() => document.getElementById('stage')?.focus()}>
        {word('page.skip')}
      </button>
      <h1>
        linkpulse <span class="tagline">{word('page.tagline')}</span>
      </h1>
      <nav aria-label={word('page.stations')}>
        <ol>
          {STATION_NAMES.map((name, i) => (
            <li key={name}>
              <button
                type="button"
                aria-current={name === current ? 'page' : undefined}
                onClick={() => openStation(name)}
              >
                {i + 1} {word(`station.${name}`)}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <div class="choices">
        <button
          type="button"
          aria-pressed={classShown.value}
          onClick={() => {
            classShown.value = !classShown.value
          }}
        >
          {word('class.title')}
        </button>
        <button
          type="button"
          aria-expanded={missionsShown.value}
          onClick={() => {
            missionsShown.value = !missionsShown.value
          }}
        >
          {word('missions.title')}
        </button>
        <button
          type="button"
          aria-pressed={theme.value === 'projector'}
          aria-label={`A+ ${word('page.theme.projector')}`}
          title={word('page.theme.projector')}
          onClick={toggleTheme}
        >
          A+
        </button>
        <button
          type="button"
          lang={language.value === 'en' ? 'zh-Hans' : 'en'}
          onClick={() => setLanguage(language.value === 'en' ? 'zh' : 'en').catch(tellMissing)}
        >
          {language.value === 'en' ? '中文' : 'English'}
        </button>
      </div>
    </header>
  )
}

function Notice() {
  const refused = snapshot.value?.refused
  const text =
    unknownStation.value !== undefined
      ? sayIt(told('page.unknown-station', { name: unknownStation.value }))
      : refused === undefined
        ? undefined
        : sayIt(refused)
  return (
    <div class="notice" role="status">
      {text !== undefined && <p>{text}</p>}
    </div>
  )
}

const FAILURES = { simulation: 'page.failed', 'no worker': 'page.no-worker', 'no piece': 'page.no-piece' } as const

function Failed() {
  const { kind, message } = pageFailure.value!
  return (
    <div class="failed" role="alert">
      <p>{word(FAILURES[kind])}</p>
      <pre>{message}</pre>
      <button type="button" onClick={() => location.reload()}>
        {word('page.failed.again')}
      </button>
    </div>
  )
}

function Beside() {
  return (
    <div class="right">
      <Settings />
      {snapshot.value!.mission === undefined ? <BreakIt /> : <Repair />}
    </div>
  )
}

export function App() {
  const mission = snapshot.value?.mission
  const ready = snapshot.value !== undefined && description.value !== undefined
  return (
    <>
      <Navigation />
      <Notice />
      {missionsShown.value && <MissionList />}
      {pageFailure.value !== undefined && <Failed />}
      {classShown.value && <ClassRoom />}
      {!ready && !classShown.value && pageFailure.value === undefined && <p class="loading">{word('page.loading')}</p>}
      {ready && !classShown.value && (
        <main>
          {mission === undefined ? <Task /> : <Mission mission={mission} />}
          <div class="work">
            {narrow.value && <Beside />}
            <div class="left" key="left">
              <Stage />
              <Lanes />
              <TimeBar />
            </div>
            {!narrow.value && <Beside />}
          </div>
          <Words />
        </main>
      )}
    </>
  )
}
