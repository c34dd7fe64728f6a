/** The stage of the controller: what to do, board and partner, buffer memory, registers, the state chart, SPI transfers. */
import type { ControllerScene } from '../../../workshop/stations/controller/scene.js'
import { told } from '../../../workshop/words/told.js'
import { description, send, snapshot } from '../connection.js'
import { sayIt, word } from '../language.js'
import { Clickable } from './clickable.js'
import { Deeds } from './deeds.js'
import { PacketMemory } from './packet-memory.js'
import { Panel } from './panel.js'
import { RegisterTable } from './register-table.js'
import { StateChart } from './state-chart.js'

const WIDTH = 700
const HEIGHT = 84

function Box({
  x,
  width,
  text,
  under,
}: {
  readonly x: number
  readonly width: number
  readonly text: string
  readonly under: string
}) {
  return (
    <g>
      <rect class="machine" x={x} y={6} width={width} height={HEIGHT - 12} rx={8} />
      <text class="name" x={x + width / 2} y={36} text-anchor="middle">
        {text}
      </text>
      <text class="faint" x={x + width / 2} y={60} text-anchor="middle">
        {under}
      </text>
    </g>
  )
}

/** Shows a transfer in the lanes, as wide as it fits. */
function lookAt(from: number, to: number): void {
  const { look, bitTime } = snapshot.peek()!
  const wanted = (1.2 * (to - from)) / bitTime
  const spans = description.peek()!.spans
  const span = spans.find((each) => each >= wanted) ?? spans[spans.length - 1]
  send({ kind: 'look', look: { ...look, span, until: to + 0.1 * span * bitTime } })
}

/** Controller, chip and partner, and what goes between them. */
function Overview({ scene }: { readonly scene: ControllerScene }) {
  const { things, interrupt, chart, powered, link, plugged, signal, transfers } = scene
  const thing = (id: string) => things.find((each) => each.id === id)!
  const state = chart[0].active ?? ''
  const [chip, wires, partner] = [270, 170, 560]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture with things in it to press
    <svg class="controller" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={sayIt(thing('driver').told)}>
      <Clickable thing={thing('controller')} area={{ x: 2, y: 6, width: 166, height: HEIGHT - 12 }}>
        <g class={thing('controller').wrong === true ? 'wrong' : ''}>
          <Box x={2} width={166} text={word('controller.stage.controller')} under={state} />
        </g>
      </Clickable>
      <g class="bus">
        <line x1={wires - 2} x2={chip} y1={28} y2={28} />
        <text x={(wires + chip) / 2} y={22} text-anchor="middle">
          {transfers.at(-1)?.instruction ?? 'SPI'}
        </text>
      </g>
      <Clickable thing={thing('int')} area={{ x: wires, y: 44, width: chip - wires, height: 34 }}>
        <g class={`int ${interrupt.controller ? '' : 'low'} ${thing('int').wrong === true ? 'wrong' : ''}`}>
          <line x1={wires - 2} x2={chip} y1={66} y2={66} />
          <text x={(wires + chip) / 2} y={60} text-anchor="middle">
            {`INT ${interrupt.controller ? '1' : '0'}`}
          </text>
        </g>
      </Clickable>
      <Clickable thing={thing('supply')} area={{ x: chip, y: 6, width: 166, height: HEIGHT - 12 }}>
        <g class={powered ? '' : 'unplugged'}>
          <Box
            x={chip}
            width={166}
            text={word('controller.stage.chip')}
            under={word(scene.lent ? 'controller.driver.by-hand' : 'controller.driver.by-firmware')}
          />
        </g>
      </Clickable>
      <g
        data-thing="cable"
        class={`way ${link ? '' : 'wrong'} ${signal === undefined ? '' : 'live frame'} ${plugged ? '' : 'unplugged'}`}
      >
        <title>{sayIt(thing('cable').told)}</title>
        <line x1={chip + 166} x2={partner} y1={42} y2={42} />
        <text x={(chip + 166 + partner) / 2} y={34} text-anchor="middle">
          {signal === 'to-chip' ? '←' : signal === 'to-partner' ? '→' : ''}
        </text>
        <text x={(chip + 166 + partner) / 2} y={62} text-anchor="middle">
          {word(link ? 'controller.stage.link' : 'controller.stage.no-link')}
        </text>
      </g>
      <Box x={partner} width={138} text={word('controller.stage.partner')} under="" />
    </svg>
  )
}

export function ControllerStage({ scene }: { readonly scene: ControllerScene }) {
  const { chart, registers, memory, transfers, lent, bank, things } = scene
  const ring = sayIt(things.find(({ id }) => id === 'ring')!.told)
  return (
    <>
      <Overview scene={scene} />
      <Deeds
        groups={[
          { title: 'controller.group.hand', actions: ['init', 'read', 'clear', 'send'], idle: !lent },
          { title: 'controller.group.partner', actions: ['receive', 'fill'] },
          { title: 'controller.group.harm', actions: ['reset-chip', 'reset-board', 'brown-out', 'chip-sag'] },
        ]}
      />
      <Panel title={word('controller.stage.memory')} name="memory">
        <PacketMemory memory={memory} label={ring} />
        <p class="ring-words">{ring}</p>
      </Panel>
      <Panel title={word('controller.stage.registers')} name="registers">
        <RegisterTable registers={registers} bank={sayIt(told('controller.stage.bank', { bank }))} />
      </Panel>
      <Panel title={word('controller.stage.chart')} name="chart">
        <StateChart regions={chart} label={word('controller.stage.chart')} />
      </Panel>
      <Panel title={word('controller.stage.spi')} name="spi">
        {transfers.length === 0 ? (
          <p>{word('controller.stage.no-transfers')}</p>
        ) : (
          <ol class="transfers">
            {transfers.map(({ id, text, told: what, wrong, from, to }) => (
              <li key={id} data-thing={id} class={wrong === true ? 'wrong' : undefined}>
                <button type="button" class="instant" title={sayIt(what)} onClick={() => lookAt(from, to)}>
                  <code>{text}</code>
                </button>
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </>
  )
}
