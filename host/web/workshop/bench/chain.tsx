/** The way from this computer to the partner: each part in the colour of its worst check, with a sign of its own beside it. */
import type { BenchScene, SceneCheckLayer } from '../../../workshop/stations/bench/scene.js'
import type { PlainKey } from '../../../workshop/words/told.js'
import { sayIt, word } from '../language.js'

const SIGNS: Readonly<Record<SceneCheckLayer['state'], string>> = {
  open: '',
  runs: '…',
  pass: '✓',
  warn: '!',
  fail: '✗',
  skip: '–',
}

const TOP = 40
const HEIGHT = 62
const MIDDLE = TOP + HEIGHT / 2

interface Box {
  readonly x: number
  readonly width: number
  readonly title: PlainKey
  /** Below the title, of a part that has checks of its own. */
  readonly part?: PlainKey
  readonly layer?: SceneCheckLayer
}

function BoxView({ x, width, title, part, layer }: Box) {
  const middle = x + width / 2
  return (
    <g data-state={layer?.state ?? 'open'} {...(layer === undefined ? {} : { 'data-thing': layer.id })}>
      {layer !== undefined && <title>{sayIt(layer.told)}</title>}
      <rect x={x} y={TOP} width={width} height={HEIGHT} rx={5} />
      <text x={middle} y={part === undefined ? MIDDLE + 6 : MIDDLE - 6}>
        {word(title)}
      </text>
      {part !== undefined && layer !== undefined && (
        <text x={middle} y={MIDDLE + 18}>
          {word(part)} {SIGNS[layer.state]}
        </text>
      )}
    </g>
  )
}

function Wire({ layer, from, to }: { readonly layer: SceneCheckLayer; readonly from: number; readonly to: number }) {
  return (
    <g data-state={layer.state} data-thing={layer.id}>
      <title>{sayIt(layer.told)}</title>
      <line x1={from} y1={MIDDLE} x2={to} y2={MIDDLE} />
      <text x={(from + to) / 2} y={TOP + HEIGHT + 24}>
        {word(`bench.layer.${layer.layer}`)} {SIGNS[layer.state]}
      </text>
    </g>
  )
}

export function Chain({ layers }: Pick<BenchScene, 'layers'>) {
  const of = (name: SceneCheckLayer['layer']) => layers.find(({ layer }) => layer === name)!
  const network = of('network')
  return (
    <svg class="chain" viewBox="0 0 760 134" role="img" aria-label={word('bench.stage.chain')}>
      <g data-state={network.state} data-thing={network.id}>
        <title>{sayIt(network.told)}</title>
        <path d="M56 38V26H706V38" />
        <text x={380} y={18}>
          {word('bench.layer.network')} {SIGNS[network.state]}
        </text>
      </g>
      <BoxView x={4} width={104} title="bench.part.computer" />
      <Wire layer={of('serial')} from={108} to={208} />
      <BoxView x={208} width={108} title="bench.part.controller" />
      <Wire layer={of('spi')} from={316} to={396} />
      <BoxView x={396} width={96} title="bench.part.chip" part="bench.part.digital" layer={of('chip')} />
      <BoxView x={492} width={84} title="bench.part.chip" part="bench.part.phy" layer={of('phy')} />
      <Wire layer={of('mac')} from={576} to={660} />
      <BoxView x={660} width={96} title="bench.part.partner" />
    </svg>
  )
}
