/** The stage of RJ-45: two jacks with their contacts, eight conductors in the colours of their insulation, and both link charts. */
import { insulation } from '../../../physical/rj45.js'
import type { Rj45Scene, SceneConductor, SceneJack } from '../../../workshop/stations/rj45/scene.js'
import { sayIt, word } from '../language.js'
import { roomFor } from '../text-room.js'
import { Clickable } from './clickable.js'

const WIDTH = 700
const PINS = 78
const PITCH = 25
const NEAR = 214
const FAR = WIDTH - NEAR
const BOTTOM = PINS + 8 * PITCH + 8

/** The states of IEEE 802.3 14.2.1.7, as a chart is read: from no link to link. */
const STATES = ['Link Test Fail Reset', 'Link Test Fail', 'Link Test Fail Extend', 'Link Test Pass'] as const
/** Abbreviations stay those of the standard: Link Test Fail Reset, Fail, Fail Extend, Pass. */
const SHORT: Readonly<Record<string, string>> = {
  'Link Test Fail Reset': 'Reset',
  'Link Test Fail': 'Fail',
  'Link Test Fail Extend': 'Extend',
  'Link Test Pass': 'Pass',
}

const yOf = (pin: number) => PINS + (pin - 0.5) * PITCH

function Conductor({ wire }: { readonly wire: SceneConductor }) {
  const { paint, striped } = insulation(wire.colour)
  const [a, b] = [NEAR + 16, FAR - 16]
  const start = yOf(wire.from)
  const end = wire.to === 0 ? start : yOf(wire.to)
  const path = `M${a} ${start}C${a + 90} ${start} ${b - 90} ${end} ${b} ${end}`
  const middle = (a + b) / 2
  return (
    <g data-thing={wire.id} class="conductor">
      <title>{sayIt(wire.told)}</title>
      <path d={path} fill="none" stroke={paint} stroke-width={striped ? 5 : 4} />
      {striped && <path d={path} fill="none" stroke="#ffffff" stroke-width={2.6} stroke-dasharray="8 6" />}
      {wire.state !== 'whole' && (
        <g class="fault">
          <circle cx={middle} cy={(start + end) / 2} r={11} />
          <text x={middle} y={(start + end) / 2 + 5} text-anchor="middle">
            {wire.state === 'broken' ? '✂' : '!'}
          </text>
        </g>
      )}
    </g>
  )
}

function Jack({ jack, x, towards }: { readonly jack: SceneJack; readonly x: number; readonly towards: -1 | 1 }) {
  const anchor = towards < 0 ? 'end' : 'start'
  return (
    <g>
      <rect class="plug" x={x - 16} y={PINS - 4} width={32} height={8 * PITCH + 8} rx={6} />
      {jack.contacts.map(({ pin, colour, use }) => (
        <g key={pin} class={`contact ${use.startsWith('T') ? 'out' : use.startsWith('R') ? 'in' : 'unused'}`}>
          <rect class="pin" x={x - 11} y={yOf(pin) - 8} width={22} height={16} rx={3} />
          <text class="number" x={x} y={yOf(pin) + 5} text-anchor="middle">
            {pin}
          </text>
          <text x={x + towards * 24} y={yOf(pin) + 5} text-anchor={anchor}>
            {use}
          </text>
          <text class="faint" x={x + towards * 68} y={yOf(pin) + 5} text-anchor={anchor}>
            {colour === undefined ? '—' : word(`colour.${colour}`)}
          </text>
        </g>
      ))}
      <text class="faint" x={x} y={BOTTOM + 18} text-anchor="middle">
        {jack.kind}
      </text>
    </g>
  )
}

/** One end: its name, its light, and the chart of its link integrity test. */
function End({
  jack,
  name,
  x,
  children,
}: {
  readonly jack: SceneJack
  readonly name: string
  readonly x: number
  readonly children?: preact.ComponentChildren
}) {
  const width = WIDTH / 2 - 22
  const box = (width - 20) / STATES.length
  return (
    <g>
      <rect class="machine" x={x} y={2} width={width} height={64} rx={8} />
      <text class="name" x={x + 12} y={22}>
        {name}
      </text>
      <g class={jack.up ? 'light on' : 'light'}>
        <circle cx={x + width - 18} cy={17} r={8} />
        <text x={x + width - 32} y={22} text-anchor="end">
          {word(jack.up ? 'rj45.stage.link' : 'rj45.stage.no-link')}
        </text>
      </g>
      {STATES.map((state, i) => (
        <g key={state} class={state === jack.state ? 'state now' : 'state'}>
          <rect x={x + 10 + i * box} y={34} width={box - 8} height={25} rx={5} />
          <text x={x + 10 + i * box + (box - 8) / 2} y={52} text-anchor="middle">
            {`${SHORT[state]}${state === 'Link Test Fail' && state === jack.state ? ` ${jack.count}/3` : ''}`}
          </text>
          {i < STATES.length - 1 && (
            <text class="faint" x={x + 10 + (i + 1) * box - 4} y={51} text-anchor="middle">
              ›
            </text>
          )}
        </g>
      ))}
      {children}
    </g>
  )
}

export function Rj45Stage({ scene }: { readonly scene: Rj45Scene }) {
  const { near, farJack, conductors, plugged, signal, arrived, things } = scene
  const thing = (id: string) => things.find((each) => each.id === id)!
  const last = arrived.at(-1)
  const height = BOTTOM + 78
  const arrowY = BOTTOM + 32
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press
    <svg class="rj45" viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={sayIt(thing('cable').told)}>
      <g data-thing="near">
        <title>{sayIt(thing('near').told)}</title>
        <End jack={near} name={word('rj45.stage.near')} x={2} />
      </g>
      <g data-thing="far">
        <title>{sayIt(thing('far').told)}</title>
        <End jack={farJack} name={word(`rj45.far.${scene.far}`)} x={WIDTH / 2 + 20} />
      </g>
      <g class={plugged ? '' : 'unplugged'}>
        {conductors.map((wire) => (
          <Conductor key={wire.id} wire={wire} />
        ))}
      </g>
      <Jack jack={near} x={NEAR} towards={-1} />
      <Jack jack={farJack} x={FAR} towards={1} />
      {(['to-far', 'to-near'] as const).map((id, i) => {
        const path = thing(id)
        const words = id === 'to-far' ? '→' : '←'
        const live = signal !== undefined && (signal.towards === 'far') === (id === 'to-far')
        const y = arrowY + i * 20
        return (
          <Clickable key={id} thing={path} area={{ x: NEAR + 20, y: y - 10, width: FAR - NEAR - 40, height: 20 }}>
            <g class={`way ${path.wrong === true ? 'wrong' : ''} ${live ? `live ${signal.kind}` : ''}`}>
              <line x1={NEAR + 30} x2={FAR - 30} y1={y} y2={y} />
              <text x={id === 'to-far' ? FAR - 24 : NEAR + 12} y={y + 5}>
                {path.wrong === true ? '✗' : words}
              </text>
            </g>
          </Clickable>
        )
      })}
      {last !== undefined && (
        <g data-thing="screen" class={last.wrong ? 'arrival wrong' : 'arrival'}>
          <title>{sayIt(thing('screen').told)}</title>
          <rect x={FAR + 10} y={BOTTOM + 30} width={Math.min(200, roomFor(last.text, 15) + 16)} height={28} rx={4} />
          <text x={FAR + 18} y={BOTTOM + 49}>
            {last.text.slice(0, 20)}
          </text>
        </g>
      )}
      {!plugged && (
        <text class="faint" x={WIDTH / 2} y={PINS + 4 * PITCH} text-anchor="middle">
          {sayIt(thing('cable').told)}
        </text>
      )}
    </svg>
  )
}
