/** The state chart of a connection (RFC 9293 3.3.2, figure 5), with the article's names under those of the RFC. */
import type { TcpState } from '../../../../firmware/net/tcp/states.js'
import { ARTICLE_NAMES, CHART_EDGES } from '../../../workshop/stations/handshake/chart-edges.js'

const COLUMN = 121
const ROW = 41
const BOX = { width: 114, height: 33 } as const
export const CHART_WIDTH = 2 * COLUMN + BOX.width + 4
export const CHART_HEIGHT = 3 * ROW + BOX.height + 4

/** From opening above to closed below; the left is how a server goes up and whoever closes first goes down, the right the other. */
const PLACES: Readonly<Record<TcpState, readonly [column: number, row: number]>> = {
  LISTEN: [0, 0],
  CLOSED: [1, 0],
  'SYN-SENT': [2, 0],
  'SYN-RECEIVED': [0, 1],
  ESTABLISHED: [1, 1],
  'FIN-WAIT-1': [0, 2],
  CLOSING: [1, 2],
  'CLOSE-WAIT': [2, 2],
  'FIN-WAIT-2': [0, 3],
  'TIME-WAIT': [1, 3],
  'LAST-ACK': [2, 3],
}
const STATES = Object.keys(PLACES) as TcpState[]

function middleOf(state: TcpState): readonly [x: number, y: number] {
  const [column, row] = PLACES[state]
  return [2 + column * COLUMN + BOX.width / 2, 2 + row * ROW + BOX.height / 2]
}

export function TcpChart(props: { readonly state: TcpState; readonly previous: TcpState; readonly listens: boolean }) {
  const { state, previous, listens } = props
  return (
    <g class="tcp-chart">
      {CHART_EDGES.map(([from, to]) => {
        const [x1, y1] = middleOf(from)
        const [x2, y2] = middleOf(to)
        const taken = from === previous && to === state
        return <line key={`${from} ${to}`} class={taken ? 'edge taken' : 'edge'} x1={x1} y1={y1} x2={x2} y2={y2} />
      })}
      {STATES.map((each) => {
        const [x, y] = middleOf(each)
        const article = ARTICLE_NAMES[each]
        const other = article === each ? undefined : article
        const now = each === state
        const waits = each === 'LISTEN' && listens
        return (
          <g key={each} class={`state${now ? ' now' : ''}${waits ? ' waits' : ''}`} data-state={each}>
            <rect x={x - BOX.width / 2} y={y - BOX.height / 2} {...BOX} rx={6} />
            <text x={x} y={other === undefined ? y + 5 : y - 1} text-anchor="middle">
              {each}
            </text>
            {other !== undefined && (
              <text class="article" x={x} y={y + 13} text-anchor="middle">
                {other}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}
