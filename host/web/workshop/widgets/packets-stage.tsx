/** The stage of packets: the network with what is on its way, frames with their headers, fragments, and every table that decides. */
import { signal } from '@preact/signals'
import {
  type NodeName,
  PACKET_SEGMENTS,
  type PacketNode,
  type PacketsScene,
  type SegmentName,
  type ShownFrame,
} from '../../../workshop/stations/packets/scene.js'
import { sayIt, word } from '../language.js'
import { roomFor } from '../text-room.js'
import { Clickable } from './clickable.js'
import { Deeds } from './deeds.js'
import { FragmentBars } from './fragment-bars.js'
import { HeaderTable } from './header-table.js'
import { Panel } from './panel.js'

const WIDTH = 700
const HEIGHT = 208
const BOX = 128
const TALL = 70
const TOP = 42
const BELOW = 132

/** The frame whose headers are shown; undefined: the newest. */
const chosen = signal<number | undefined>(undefined)

const PLACES: Readonly<Record<NodeName, readonly [x: number, y: number]>> = {
  board: [2, TOP],
  neighbour: [2, BELOW],
  'router-a': [254, TOP],
  'router-b': [412, TOP],
  far: [570, TOP],
}
const SWITCH = { x: 160, y: TOP + 12, width: 66, height: 46 }
const MIDDLE = TOP + 35

/** Both ends of each cable. */
const LINES: Readonly<Record<SegmentName, readonly [number, number, number, number]>> = {
  board: [2 + BOX, MIDDLE, SWITCH.x, MIDDLE],
  neighbour: [2 + BOX, BELOW + 35, SWITCH.x + 33, SWITCH.y + SWITCH.height],
  'router-a': [SWITCH.x + SWITCH.width, MIDDLE, 254, MIDDLE],
  transit: [254 + BOX, MIDDLE, 412, MIDDLE],
  far: [412 + BOX, MIDDLE, 570, MIDDLE],
}

function Node({ node }: { readonly node: PacketNode }) {
  const [x, y] = PLACES[node.name]
  return (
    <g data-thing={node.id} class="host">
      <title>{sayIt(node.told)}</title>
      <rect class="machine" x={x} y={y} width={BOX} height={TALL} rx={8} />
      <text class="name" x={x + BOX / 2} y={y + 21} text-anchor="middle">
        {sayIt(node.title)}
      </text>
      {node.interfaces.map(({ address }, i) => (
        <text key={address} class="address" x={x + BOX / 2} y={y + 42 + i * 18} text-anchor="middle">
          {address === '' ? '—' : address}
        </text>
      ))}
    </g>
  )
}

/** The frame that has just passed, over its cable. */
function Live({ frame }: { readonly frame: ShownFrame }) {
  const [x1, y1, x2, y2] = LINES[frame.segment]
  const x = (x1 + x2) / 2
  const arrow = frame.towards === 'right' ? '→' : '←'
  const text = frame.towards === 'right' ? `${frame.text} ${arrow}` : `${arrow} ${frame.text}`
  const width = roomFor(text, 15) + 16
  const left = Math.min(Math.max(2, x - width / 2), WIDTH - width - 2)
  const below = frame.segment === 'neighbour'
  const y = below ? HEIGHT - 30 : 4
  return (
    <g class={frame.wrong === true ? 'flying wrong' : 'flying'}>
      <path d={`M${x} ${below ? y : y + 26}L${x} ${(y1 + y2) / 2}`} />
      <circle cx={x} cy={(y1 + y2) / 2} r={6} />
      <rect x={below ? left + 90 : left} y={y} width={width} height={26} rx={6} />
      <text x={(below ? left + 90 : left) + width / 2} y={y + 18} text-anchor="middle">
        {text}
      </text>
    </g>
  )
}

function Network({ scene }: { readonly scene: PacketsScene }) {
  const { nodes, links, frames, things, mtu } = scene
  const live = frames.find((frame) => frame.live)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press
    <svg class="packets" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={word('packets.stage.picture')}>
      {PACKET_SEGMENTS.map((segment) => {
        const [x1, y1, x2, y2] = LINES[segment]
        const thing = things.find(({ id }) => id === `segment-${segment}`)!
        const area = { x: x1 - 4, y: Math.min(y1, y2) - 14, width: x2 - x1 + 8, height: Math.abs(y2 - y1) + 28 }
        return (
          <Clickable key={segment} thing={thing} area={area}>
            <line
              class={`cable ${links[segment] ? '' : 'out'} ${live?.segment === segment ? 'live' : ''}`}
              {...{ x1, y1, x2, y2 }}
            />
          </Clickable>
        )
      })}
      <rect class="machine" {...SWITCH} rx={6} />
      <text x={SWITCH.x + SWITCH.width / 2} y={MIDDLE + 5} text-anchor="middle">
        {word('packets.stage.switch')}
      </text>
      {nodes.map((node) => (
        <Node key={node.id} node={node} />
      ))}
      <g data-thing="mtu">
        <text class="faint" x={397} y={TOP + TALL + 22} text-anchor="middle">
          {`MTU ${mtu}`}
        </text>
      </g>
      {live !== undefined && <Live frame={live} />}
    </svg>
  )
}

function Frames({ frames }: { readonly frames: readonly ShownFrame[] }) {
  if (frames.length === 0) return <p>{word('packets.stage.no-frames')}</p>
  const newest = frames[frames.length - 1]
  const shown = frames.find(({ number }) => number === chosen.value) ?? newest
  return (
    <div class="frames-and-headers">
      <ol class="frames" aria-label={word('packets.stage.frames')}>
        {[...frames].reverse().map((frame) => (
          <li key={frame.id} data-thing={frame.id} class={frame.wrong === true ? 'wrong' : undefined}>
            <button
              type="button"
              aria-pressed={frame === shown}
              title={sayIt(frame.told)}
              onClick={() => {
                chosen.value = frame === newest ? undefined : frame.number
              }}
            >
              <span class="where">{word(`packets.segment.${frame.segment}`)}</span>{' '}
              {frame.towards === 'right' ? '→' : '←'} {frame.text}
            </button>
          </li>
        ))}
      </ol>
      <HeaderTable fields={shown.fields} title={`${word('packets.stage.headers')}: ${shown.text}`} />
    </div>
  )
}

function Tables({ nodes }: { readonly nodes: readonly PacketNode[] }) {
  return (
    <div class="tables">
      {nodes.map(({ id, title, neighbours, routes }) => (
        <div key={id} class="node-tables">
          <p class="node-name">{sayIt(title)}</p>
          <p class="faint">{word('packets.stage.arp')}</p>
          <ul class="plain">
            {neighbours.length === 0 && <li class="faint">{word('packets.stage.none')}</li>}
            {neighbours.map(({ id: key, address, mac }) => (
              <li key={key} data-thing={key}>
                {address} <code>{mac}</code>
              </li>
            ))}
          </ul>
          <p class="faint">{word('packets.stage.routes')}</p>
          <ul class="plain">
            {routes.map(({ id: key, to, via }) => (
              <li key={key} data-thing={key}>
                {to} {via === '' ? word('packets.stage.on-link') : `→ ${via}`}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

export function PacketsStage({ scene }: { readonly scene: PacketsScene }) {
  const { nodes, frames, hops, datagrams } = scene
  return (
    <>
      <Network scene={scene} />
      <Deeds groups={[{ title: 'area.deeds', actions: ['ping', 'forget'] }]} />
      {hops.length > 0 && (
        <Panel title={word('packets.stage.hops')} name="hops">
          <ul class="plain hops">
            {hops.map(({ id, told, wrong }) => (
              <li key={id} data-thing={id} class={wrong === true ? 'wrong' : undefined}>
                {sayIt(told)}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={word('packets.stage.frames')} name="frames">
        <Frames frames={frames} />
      </Panel>
      {datagrams.length > 0 && (
        <Panel title={word('packets.stage.datagrams')} name="datagrams">
          <FragmentBars datagrams={datagrams} label={word('packets.stage.datagrams')} />
        </Panel>
      )}
      <Panel title={word('packets.stage.tables')} name="tables">
        <Tables nodes={nodes} />
      </Panel>
    </>
  )
}
