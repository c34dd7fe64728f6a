/** The stage of the handshake: two state charts with what their programs can be told, the ladder between them, and a say in each segment. */
import { signal } from '@preact/signals'
import { numberText } from '../../../number-text.js'
import { parsePlan, planWith, type SegmentDeed } from '../../../workshop/network/segment-plan.js'
import type { HandshakeScene, SceneTcpEnd } from '../../../workshop/stations/handshake/scene.js'
import { told } from '../../../workshop/words/told.js'
import { send } from '../connection.js'
import { sayIt, word } from '../language.js'
import { durationText } from '../time-text.js'
import { LadderView } from './ladder.js'
import { CHART_HEIGHT, CHART_WIDTH, TcpChart } from './tcp-chart.js'

/** The segment that is picked; undefined: the next. */
const picked = signal<number | undefined>(undefined)
/** How long one is held back, ms. */
const holding = signal(300)
const HOLDINGS = [50, 300, 1_000, 3_000, 10_000]

const DEEDS = {
  client: ['connect', 'send', 'shutdown', 'close', 'reset'],
  server: ['send', 'shutdown', 'close', 'reset'],
} as const

/** What an end waits for, or has. */
function statusOf({ again, over, received, linkUp }: SceneTcpEnd): string {
  const seconds = (span: number) => numberText(span / 1e9, 2)
  if (!linkUp) return word('handshake.stage.no-link')
  if (again !== undefined) return sayIt(told('handshake.stage.again', { seconds: seconds(again) }))
  if (over !== undefined) return sayIt(told('handshake.stage.over', { seconds: seconds(over) }))
  return received === '' ? '' : sayIt(told('handshake.stage.got', { text: `“${received.slice(-24)}”` }))
}

function act(action: string): void {
  send({ kind: 'do', deed: { kind: 'act', action, argument: '' } })
  send({ kind: 'play' })
}

function End({ scene, end }: { readonly scene: HandshakeScene; readonly end: SceneTcpEnd }) {
  const name = word(`ladder.end.${end.end}`)
  const words = sayIt(scene.things.find(({ id }) => id === end.end)!.told)
  const letter = end.end === 'client' ? 'j' : 'k'
  const status = statusOf(end)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div class={`end ${end.end}`} role="group" aria-label={name}>
      <svg viewBox={`0 0 ${CHART_WIDTH} ${CHART_HEIGHT + 48}`} role="img" aria-label={words}>
        <text class="name" x={2} y={17}>
          {name}
        </text>
        <text class="faint" x={CHART_WIDTH - 2} y={17} text-anchor="end">
          {end.address}
        </text>
        <g transform="translate(0 26)">
          <TcpChart {...end} />
        </g>
        <text class="faint" x={2} y={CHART_HEIGHT + 42}>
          {end.initial === undefined ? `${letter} = …` : `${letter} = ${end.initial}`}
        </text>
        <text
          class={end.linkUp ? 'status' : 'status wrong'}
          x={CHART_WIDTH - 2}
          y={CHART_HEIGHT + 42}
          text-anchor="end"
        >
          {status}
        </text>
      </svg>
      <div class="buttons">
        {DEEDS[end.end].map((deed) => (
          <button
            key={deed}
            type="button"
            title={word(`handshake.do.${deed}.title`)}
            disabled={!end.can.includes(deed)}
            onClick={() => act(`${end.end}-${deed}`)}
          >
            {word(`handshake.do.${deed}`)}
          </button>
        ))}
        {end.over !== undefined && (
          <button type="button" title={word('handshake.do.wait.title')} onClick={() => act('wait')}>
            {word('handshake.do.wait')}
          </button>
        )}
      </div>
    </div>
  )
}

/** What is to become of the segment that is picked: of one that has passed, the run is played again with it. */
function Say({ scene }: { readonly scene: HandshakeScene }) {
  const { next, plan, rows } = scene.ladder
  const row = rows.find(({ number }) => number !== undefined && number === picked.value)
  const number = row?.number ?? next
  const asked = parsePlan(plan).get(number)
  const tell = (deed: SegmentDeed | undefined) => {
    const value = planWith(plan, number, deed)
    if (number >= next) send({ kind: 'do', deed: { kind: 'set', name: 'plan', value } })
    else send({ kind: 'rerun', name: 'plan', value })
    picked.value = number
  }
  const title =
    row === undefined
      ? sayIt(told('handshake.pick.next', { number }))
      : sayIt(told('handshake.pick', { number, what: sayIt(row.lines[0]) }))
  const option = (key: 'pass' | 'drop' | 'hold' | 'twice', deed: SegmentDeed | undefined) => (
    <button type="button" aria-pressed={(asked?.kind ?? 'pass') === key} onClick={() => tell(deed)}>
      {word(`handshake.pick.${key}`)}
    </button>
  )
  return (
    <fieldset class="say">
      <legend>{title}</legend>
      <div class="buttons">
        {option('pass', undefined)}
        {option('drop', { kind: 'drop' })}
        {option('twice', { kind: 'twice' })}
        {option('hold', { kind: 'hold', milliseconds: holding.value })}
        <label>
          {word('handshake.pick.for')}{' '}
          <select
            value={`${asked?.kind === 'hold' ? asked.milliseconds : holding.value}`}
            onChange={({ currentTarget }) => {
              holding.value = Number(currentTarget.value)
              if (asked?.kind === 'hold') tell({ kind: 'hold', milliseconds: holding.value })
            }}
          >
            {[...new Set([...HOLDINGS, ...(asked?.kind === 'hold' ? [asked.milliseconds] : [])])].map(
              (milliseconds) => (
                <option key={milliseconds} value={milliseconds}>
                  {durationText(milliseconds * 1e6)}
                </option>
              ),
            )}
          </select>
        </label>
        {row !== undefined && (
          <button
            type="button"
            onClick={() => {
              picked.value = undefined
            }}
          >
            {sayIt(told('handshake.pick.next', { number: next }))}
          </button>
        )}
      </div>
      <p class="help">{word('handshake.pick.help')}</p>
    </fieldset>
  )
}

export function HandshakeStage({ scene }: { readonly scene: HandshakeScene }) {
  const { client, server, ladder } = scene
  return (
    <div class="handshake">
      <End scene={scene} end={client} />
      <div class="between">
        <LadderView
          ladder={ladder}
          title={word('ladder.title')}
          names={[word('ladder.end.client'), word('ladder.box'), word('ladder.end.server')]}
          picked={picked.value}
          pick={(number) => {
            picked.value = picked.value === number ? undefined : number
          }}
        />
        <Say scene={scene} />
      </div>
      <End scene={scene} end={server} />
    </div>
  )
}
