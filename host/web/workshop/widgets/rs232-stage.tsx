/** The stage of RS-232: two machines, their plugs contact by contact, the cable between them. */
import type { SceneThing } from '../../../workshop/scene-thing.js'
import type { Rs232Scene, SceneConnector, ScenePin } from '../../../workshop/stations/rs232/scene.js'
import { voltsText } from '../../../workshop/volts-text.js'
import { sayIt, word } from '../language.js'
import { roomFor } from '../text-room.js'
import { Clickable } from './clickable.js'

const WIDTH = 700
const BOXES = 106
const SLOT = 25
const NEAR = 236
const FAR = WIDTH - 236

function thingOf({ things }: Rs232Scene, id: string): SceneThing {
  const thing = things.find((each) => each.id === id)
  if (thing === undefined) throw new Error(`the scene has no ${id}`)
  return thing
}

function Machines({ scene }: { readonly scene: Rs232Scene }) {
  const { slots, waiting, arrived, far } = scene
  const half = WIDTH / 2 - 20
  const shown: { readonly text: string; readonly wrong: boolean; readonly x: number; readonly width: number }[] = []
  let x = half - 12
  for (const each of [...arrived].reverse()) {
    const width = roomFor(each.text, 15) + 12
    if (x - width < 10) break
    x -= width + 4
    shown.unshift({ ...each, x, width })
  }
  const shift = shown.length > 0 ? 12 - shown[0].x : 0
  return (
    <g>
      <Clickable thing={thingOf(scene, 'uart')} area={{ x: 2, y: 2, width: half, height: BOXES - 8 }}>
        <rect class="machine" x={2} y={2} width={half} height={BOXES - 8} rx={8} />
        <text class="name" x={14} y={24}>
          {word('rs232.stage.computer')}
        </text>
        <text class="faint" x={half - 10} y={24} text-anchor="end">
          {waiting === '' ? '' : `${word('rs232.stage.waiting')}: ${waiting.slice(0, 14)}`}
        </text>
        <text class="faint" x={14} y={56}>
          {word('rs232.stage.uart')}
        </text>
        {slots.length === 0 ? (
          <text class="faint" x={62} y={56}>
            {word('rs232.stage.rest')}
          </text>
        ) : (
          slots.map(({ name, level, state }, i) => (
            <g key={i} class={`slot ${state.replace(' ', '-')}`}>
              <rect x={62 + i * (SLOT - 3)} y={38} width={SLOT - 5} height={26} rx={3} />
              <text x={62 + i * (SLOT - 3) + (SLOT - 5) / 2} y={56} text-anchor="middle">
                {level}
              </text>
              <text class="faint small" x={62 + i * (SLOT - 3) + (SLOT - 5) / 2} y={84} text-anchor="middle">
                {name}
              </text>
            </g>
          ))
        )}
      </Clickable>
      <g data-thing="screen">
        <title>{sayIt(thingOf(scene, 'screen').told)}</title>
        <rect class="machine" x={WIDTH / 2 + 18} y={2} width={half} height={BOXES - 8} rx={8} />
        <text class="name" x={WIDTH / 2 + 30} y={24}>
          {word(far.role === 'dte' ? 'rs232.stage.far-computer' : 'rs232.stage.far-modem')}
        </text>
        <text class="faint" x={WIDTH - 14} y={24} text-anchor="end">
          {word('rs232.stage.screen')}
        </text>
        {shown.map(({ text, wrong, x: at, width }, i) => (
          <g key={i} class={wrong ? 'arrival wrong' : 'arrival'}>
            <rect x={WIDTH / 2 + 18 + at + shift} y={38} width={width} height={28} rx={4} />
            <text x={WIDTH / 2 + 18 + at + shift + width / 2} y={57} text-anchor="middle">
              {text}
            </text>
          </g>
        ))}
      </g>
    </g>
  )
}

/** An input that nobody drives has no voltage worth a number. */
function contactVolts({ volts, state }: ScenePin): string {
  return state === 'undriven' ? '—' : `${voltsText(volts)} V`
}

interface Side {
  readonly x: number
  /** Which way the words stand: −1 to the left of the contacts. */
  readonly towards: -1 | 1
  readonly pitch: number
}

function Contacts({ end, x, towards, pitch }: Side & { readonly end: SceneConnector }) {
  const anchor = towards < 0 ? 'end' : 'start'
  return (
    <g>
      <rect class="plug" x={x - 17} y={BOXES} width={34} height={end.pins.length * pitch + 6} rx={6} />
      {end.pins.map((pin, i) => {
        const y = BOXES + 3 + (i + 0.5) * pitch
        return (
          <Clickable
            key={pin.id}
            thing={pin}
            area={{ x: towards < 0 ? x - 200 : x - 17, y: y - pitch / 2, width: 217, height: pitch }}
          >
            <g class={`contact ${pin.direction} at-${pin.state}`}>
              <circle cx={x} cy={y} r={Math.min(11, pitch / 2 - 1)} />
              <text class="number" x={x} y={y + 5} text-anchor="middle">
                {pin.pin}
              </text>
              <text x={x + towards * 26} y={y + 5} text-anchor={anchor}>
                {pin.name}
              </text>
              <text class="volts" x={x + towards * 92} y={y + 5} text-anchor={anchor}>
                {contactVolts(pin)}
              </text>
              <text class="arrow" x={x + towards * 172} y={y + 5} text-anchor={anchor}>
                {pin.direction === 'ground' ? '' : (pin.direction === 'out') === towards < 0 ? '→' : '←'}
              </text>
            </g>
          </Clickable>
        )
      })}
    </g>
  )
}

function Wires({ scene, pitch }: { readonly scene: Rs232Scene; readonly pitch: number }) {
  const { near, far, wires } = scene
  const y = (pins: readonly ScenePin[], pin: string) =>
    BOXES + 3 + (pins.findIndex((each) => each.pin === pin) + 0.5) * pitch
  const a = NEAR + 17
  const b = FAR - 17
  return (
    <g>
      {wires.map(([from, to]) => {
        const pin = near.pins.find((each) => each.pin === from)!
        const other = far.pins.find((each) => each.pin === to)!
        const clash = pin.direction === 'out' && other.direction === 'out'
        const driven = pin.direction === 'out' ? pin : other
        const start = y(near.pins, from)
        const end = y(far.pins, to)
        return (
          <path
            key={`${from} ${to}`}
            class={`wire ${pin.direction} at-${driven.state} ${clash ? 'clash' : ''}`}
            d={`M${a} ${start}C${a + 90} ${start} ${b - 90} ${end} ${b} ${end}`}
          />
        )
      })}
      {[near, far].flatMap(({ bridges, pins }, side) =>
        bridges.map(([one, two]) => {
          const x = side === 0 ? a : b
          const reach = side === 0 ? x + 40 : x - 40
          return (
            <path
              key={`${side} ${one} ${two}`}
              class="bridge"
              d={`M${x} ${y(pins, one)}C${reach} ${y(pins, one)} ${reach} ${y(pins, two)} ${x} ${y(pins, two)}`}
            />
          )
        }),
      )}
    </g>
  )
}

export function Rs232Stage({ scene }: { readonly scene: Rs232Scene }) {
  const rows = Math.max(scene.near.pins.length, scene.far.pins.length)
  const pitch = rows > 10 ? 20 : 24
  const height = BOXES + rows * pitch + 34
  const cable = thingOf(scene, 'cable')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press
    <svg
      class="rs232"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="group"
      aria-label={sayIt(thingOf(scene, 'driver').told)}
    >
      <Machines scene={scene} />
      <Clickable thing={cable} area={{ x: NEAR + 17, y: BOXES, width: FAR - NEAR - 34, height: rows * pitch + 6 }}>
        <Wires scene={scene} pitch={pitch} />
      </Clickable>
      <Contacts end={scene.near} x={NEAR} towards={-1} pitch={pitch} />
      <Contacts end={scene.far} x={FAR} towards={1} pitch={pitch} />
      <text class="faint" x={NEAR} y={height - 8} text-anchor="middle">
        {scene.connector ?? word('rs232.stage.header')}
      </text>
      <text class="faint" x={FAR} y={height - 8} text-anchor="middle">
        {scene.connector ?? word('rs232.stage.header')}
      </text>
    </svg>
  )
}
