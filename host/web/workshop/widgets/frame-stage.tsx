/** The stage of the frame station: the frame and its bits, the box with its four cables, the stations, and who tried when. */
import type { FrameScene, SceneEnd } from '../../../workshop/stations/frame/scene.js'
import { told } from '../../../workshop/words/told.js'
import { send, snapshot } from '../connection.js'
import { sayIt, word } from '../language.js'
import { set, textIn } from '../typed.js'
import { BackOff } from './back-off.js'
import { Clickable } from './clickable.js'
import { FrameOctets } from './frame-octets.js'

const WIDTH = 700
const BOX = { x: 150, y: 6, width: 400, height: 54 }
const HEIGHT = 122
const PORT = 18

const stationX = (i: number) => WIDTH * ((i + 0.5) / 4)
const portX = (i: number) => BOX.x + BOX.width * ((i + 0.5) / 4)

/** Turns a bit over, or back: the setting is what is shared and played again. */
function turn(bit: number): void {
  const { flips } = snapshot.peek()!.settings
  const bits = flips === '' ? [] : flips.split(',').map(Number)
  const next = bits.includes(bit) ? bits.filter((each) => each !== bit) : [...bits, bit]
  setFlips(next.sort((a, b) => a - b).join(','))
}

function setFlips(value: string): void {
  send({ kind: 'do', deed: { kind: 'set', name: 'flips', value } })
}

/** What was typed and not yet set is meant. */
function sendFrame(): void {
  if (textIn('text') !== snapshot.peek()!.settings.text) set('text')
  act('send', '')
}

function act(action: string, argument: string): void {
  send({ kind: 'do', deed: { kind: 'act', action, argument } })
  send({ kind: 'play' })
}

function Cable({ end, i }: { readonly end: SceneEnd; readonly i: number }) {
  const [x, y] = [portX(i), BOX.y + BOX.height]
  const path = `M${x} ${y}C${x} ${y + 36} ${stationX(i)} ${HEIGHT - 40} ${stationX(i)} ${HEIGHT}`
  const live = end.signal === 'none' ? '' : ` live ${end.signal}`
  const left = Math.min(x, stationX(i)) - 14
  return (
    <Clickable thing={end} area={{ x: left, y, width: Math.abs(x - stationX(i)) + 28, height: HEIGHT - y }}>
      <g class={`cable${live}${end.up ? '' : ' down'}`}>
        <path d={path} />
        {end.signal !== 'none' && (
          <text x={(x + stationX(i)) / 2 + 12} y={(y + HEIGHT) / 2 + 6}>
            {end.signal === 'in' ? '▼' : end.signal === 'out' ? '▲' : '⚡'}
          </text>
        )}
        {!end.up && (
          <text class="cross" x={(x + stationX(i)) / 2 + 8} y={(y + HEIGHT) / 2 + 6}>
            ✗
          </text>
        )}
      </g>
    </Clickable>
  )
}

function Box({ scene }: { readonly scene: FrameScene }) {
  const { box, ends, things } = scene
  const thing = things.find(({ id }) => id === 'box')!
  const middle = BOX.y + BOX.height / 2
  return (
    <g data-thing="box" class={`box ${box}`}>
      <title>{sayIt(thing.told)}</title>
      <rect class="machine" {...BOX} rx={8} />
      <text class="name" x={BOX.x + 10} y={BOX.y + 20}>
        {word(`frame.${box}`)}
      </text>
      {box === 'hub' && (
        // One wire to all: that is what a hub is.
        <line class="bus" x1={portX(0)} x2={portX(3)} y1={middle + 4} y2={middle + 4} />
      )}
      {ends.map(({ id, learned }, i) => (
        <g key={id}>
          {box === 'hub' && <line class="bus" x1={portX(i)} x2={portX(i)} y1={middle + 4} y2={BOX.y + BOX.height} />}
          <rect class="port" x={portX(i) - PORT} y={BOX.y + BOX.height - 14} width={2 * PORT} height={14} rx={2} />
          {box === 'switch' && (
            <text
              x={portX(i)}
              y={BOX.y + BOX.height - 18}
              text-anchor="middle"
              class={learned === undefined ? 'faint' : ''}
            >
              {learned === undefined ? '?' : id.toUpperCase()}
            </text>
          )}
        </g>
      ))}
    </g>
  )
}

function End({ end }: { readonly end: SceneEnd }) {
  const { id, address, filter, taken, dropped, last, up } = end
  const greets = sayIt(told('frame.hello', { end: told(`frame.end.${id}`) }))
  return (
    <div class={up ? 'end' : 'end down'} data-thing={id}>
      <p>
        <strong>{word(`frame.end.${id}`)}</strong> <code>{address}</code>
      </p>
      <p class="faint">{filter === undefined ? word('frame.filter.card') : word(`frame.filter.${filter}`)}</p>
      <p class="took">
        {sayIt(told('frame.at.taken', { count: taken }))}
        {last !== undefined && <span class="last"> “{last}”</span>}
      </p>
      <ul>
        {dropped.map(({ reason, count, usual }) => (
          <li key={typeof reason === 'string' ? reason : reason.key} class={usual ? undefined : 'wrong'}>
            {sayIt(told('frame.times', { count, reason }))}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => act('hello', id)}>
        {greets}
      </button>
    </div>
  )
}

export function FrameStage({ scene }: { readonly scene: FrameScene }) {
  const { octets, ends, attempts } = scene
  const turned = octets.some((octet) => octet.turned !== 0)
  return (
    <div class="frame-stage">
      <FrameOctets octets={octets} onTurn={turn} />
      <div class="buttons">
        <button type="button" class="main" onClick={sendFrame}>
          {word('frame.act.send')}
        </button>
        <button type="button" onClick={() => act('both', '')}>
          {word('frame.act.both')}
        </button>
        <button type="button" disabled={!turned} onClick={() => setFlips('')}>
          {word('frame.clear')}
        </button>
      </div>
      <div class="network">
        {/* biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press */}
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={word(`frame.${scene.box}`)}>
          {ends.map((end, i) => (
            <Cable key={end.id} end={end} i={i} />
          ))}
          <Box scene={scene} />
        </svg>
        <div class="ends">
          {ends.map((end) => (
            <End key={end.id} end={end} />
          ))}
        </div>
        {attempts.length > 0 && <BackOff attempts={attempts} />}
      </div>
    </div>
  )
}
