/** The picture of encapsulation: seven rows, the sender's layers left, the receiver's right, and between them what each layer handles. */
import { decodeText } from '../../../../firmware/text/utf8.js'
import { type Layer, OSI_LAYERS } from '../../../workshop/stations/layers/encapsulation.js'
import type { LayersScene, SceneCopy, SceneLayer, ScenePart } from '../../../workshop/stations/layers/scene.js'
import { told } from '../../../workshop/words/told.js'
import { sayIt, word } from '../language.js'
import { roomFor } from '../text-room.js'
import { Pressable } from './pressable.js'

const WIDTH = 700
const BOX = 124
const TOP = 26
const ROW = 38
const GAP = 5
const MIDDLE = { from: BOX + 10, to: WIDTH - BOX - 10 }
const SIZE = 13
/** The text's octets have so much room at most. */
const MOST_TEXT = 150

const SIGNS = { passed: '✓', dropped: '✗', never: '–', waits: '…' } as const

/** The four of RFC 1122 1.1.3, with the seven that each stands for. */
const FOUR = [
  { name: 'application', layers: [7, 6, 5] },
  { name: 'transport', layers: [4] },
  { name: 'internet', layers: [3] },
  { name: 'link', layers: [2, 1] },
] as const satisfies readonly { readonly name: string; readonly layers: readonly Layer[] }[]

const rowY = (layer: Layer) => TOP + OSI_LAYERS.indexOf(layer) * (ROW + GAP)

interface Placed extends ScenePart {
  readonly x: number
  readonly width: number
}

/** As much room as its name needs, and what is left by the number of its octets. */
function placed(parts: readonly ScenePart[]): Placed[] {
  const room = MIDDLE.to - MIDDLE.from
  const least = parts.map((part) => {
    const width = roomFor(part.name === 'text' ? partWords(part, 6)[0] : shortest(part), SIZE) + 8
    return Math.min(width, MOST_TEXT)
  })
  const needed = least.reduce((sum, width) => sum + width, 0)
  const octets = parts.reduce((sum, part) => sum + part.octets.length, 0)
  const scale = Math.min(1, room / needed)
  const spare = Math.max(0, room - needed)
  let x = MIDDLE.from
  return parts.map((part, i) => {
    const width = least[i] * scale + (spare * part.octets.length) / octets
    x += width
    return { ...part, x: x - width, width }
  })
}

function shortest(part: ScenePart): string {
  const words = partWords(part, 7)
  return words[words.length - 1]
}

function partWords({ name, octets }: ScenePart, layer: Layer): readonly string[] {
  const hex = octets.map((octet) => octet.toString(16).toUpperCase().padStart(2, '0')).join(' ')
  const own = word(`layers.part.${name}`)
  if (name === 'line-end') return layer === 7 ? ['↵'] : [hex, '↵']
  if (name !== 'text' && name !== 'command') return [`${own} ${octets.length}`, own]
  // What the application sees are characters; what is below it, octets.
  return layer === 7 ? [decodeText(Uint8Array.from(octets))] : [hex, own]
}

function Row({ layer, parts }: { readonly layer: Layer; readonly parts: readonly Placed[] }) {
  const y = rowY(layer)
  return (
    <g>
      {parts
        .filter((part) => part.layer >= layer || part.name === 'text')
        .map((part) => {
          const shown = partWords(part, layer).find((words) => roomFor(words, SIZE) <= part.width - 4)
          const isNew = part.layer === layer
          return (
            <g key={part.name} class={`part layer-${part.layer}${isNew ? ' new' : ''}`}>
              <rect x={part.x} y={y + 4} width={part.width} height={ROW - 8} />
              {shown !== undefined && (
                <text x={part.x + part.width / 2} y={y + ROW / 2 + 5} text-anchor="middle">
                  {shown}
                </text>
              )}
            </g>
          )
        })}
    </g>
  )
}

interface Box {
  readonly key: string
  readonly layers: readonly Layer[]
  readonly name: string
}

function boxesOf(model: LayersScene['model']): readonly Box[] {
  if (model === 'osi')
    return OSI_LAYERS.map((layer) => ({ key: `${layer}`, layers: [layer], name: word(`layers.name.${layer}`) }))
  return FOUR.map(({ name, layers }) => ({ key: name, layers, name: word(`layers.tcpip.${name}`) }))
}

/** Of several layers that are one: dropped where one dropped, and so on down. */
function stateOf(layers: readonly SceneLayer[]): SceneLayer['state'] {
  const states = layers.map(({ state }) => state)
  return (['dropped', 'never', 'waits'] as const).find((state) => states.includes(state)) ?? 'passed'
}

function Tower({
  side,
  scene,
  copy,
  onLook,
}: {
  readonly side: 'd' | 'u'
  readonly scene: LayersScene
  readonly copy: SceneCopy | undefined
  readonly onLook: (place: string) => void
}) {
  const x = side === 'd' ? 1 : WIDTH - BOX - 1
  const looked = scene.look[0] === side ? (Number(scene.look[1]) as Layer) : undefined
  return (
    <g>
      {boxesOf(scene.model).map(({ key, layers, name }) => {
        const own = copy?.layers.filter(({ layer }) => layers.includes(layer)) ?? []
        const added = own.reduce((sum, each) => sum + each.added, 0)
        const y = rowY(layers[0])
        const height = layers.length * (ROW + GAP) - GAP
        const state = side === 'u' && own.length > 0 ? stateOf(own) : undefined
        const now = looked !== undefined && layers.includes(looked)
        const first = side === 'd' ? layers[0] : layers[layers.length - 1]
        const words =
          side === 'd'
            ? sayIt(told('layers.box.down', { layer: name, octets: added }))
            : sayIt(told('layers.box.up', { layer: name }))
        const small =
          state === undefined
            ? copy === undefined
              ? ''
              : sayIt(told('layers.added', { octets: added }))
            : state === 'passed'
              ? `${SIGNS.passed} ${sayIt(told('layers.removed', { octets: added }))}`
              : SIGNS[state]
        return (
          <g key={key} class={`layer-box${now ? ' now' : ''}${state === undefined ? '' : ` ${state}`}`}>
            <rect x={x} y={y} width={BOX} height={height} rx={6} />
            <text x={x + 8} y={y + height / 2 - 2}>
              {name}
            </text>
            <text class="small" x={x + 8} y={y + height / 2 + 14}>
              {small}
            </text>
            <Pressable
              area={{ x, y, width: BOX, height }}
              words={words}
              pressed={now}
              onPress={() => onLook(`${side}${first}`)}
            />
          </g>
        )
      })}
    </g>
  )
}

export function LayersPicture({
  scene,
  onLook,
}: {
  readonly scene: LayersScene
  readonly onLook: (place: string) => void
}) {
  const copy = scene.copies[scene.copy]
  const parts = placed(copy?.parts ?? [])
  const bottom = TOP + OSI_LAYERS.length * (ROW + GAP)
  const live = scene.signal !== 'none'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press
    <svg class="layers" viewBox={`0 0 ${WIDTH} ${bottom + 34}`} role="group" aria-label={word('station.layers')}>
      <text class="name" x={4} y={17}>
        ↓ {word('layers.teller')}
      </text>
      <text class="name" x={WIDTH - 4} y={17} text-anchor="end">
        {word('layers.board-name')} ↑
      </text>
      {OSI_LAYERS.map((layer) => (
        <Row key={layer} layer={layer} parts={parts} />
      ))}
      {copy === undefined && (
        <text class="faint" x={WIDTH / 2} y={TOP + 3.5 * (ROW + GAP)} text-anchor="middle">
          {word('layers.message.none')}
        </text>
      )}
      <Tower side="d" scene={scene} copy={copy} onLook={onLook} />
      <Tower side="u" scene={scene} copy={copy} onLook={onLook} />
      <g class={live ? 'way live' : 'way'}>
        <path d={`M${BOX / 2} ${bottom - GAP}v16H${WIDTH - BOX / 2}v-16`} />
        {live && (
          <text x={WIDTH / 2} y={bottom + 30} text-anchor="middle">
            {scene.signal === 'to-board' ? '→' : scene.signal === 'to-teller' ? '←' : '⚡'}
          </text>
        )}
      </g>
    </svg>
  )
}
