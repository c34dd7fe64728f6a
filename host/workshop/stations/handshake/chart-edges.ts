/** What follows what in the chart of RFC 9293 3.3.2, figure 5, as it is drawn: without what leads to CLOSED from everywhere. */
import type { TcpState } from '../../../../firmware/net/tcp/states.js'

/** `chart-edges.test.ts` holds them to the table that connections run on. */
export const CHART_EDGES: readonly (readonly [from: TcpState, to: TcpState])[] = [
  ['CLOSED', 'LISTEN'],
  ['CLOSED', 'SYN-SENT'],
  ['LISTEN', 'SYN-RECEIVED'],
  ['LISTEN', 'SYN-SENT'],
  ['SYN-SENT', 'SYN-RECEIVED'],
  ['SYN-SENT', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'FIN-WAIT-1'],
  ['SYN-RECEIVED', 'CLOSE-WAIT'],
  ['ESTABLISHED', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', 'CLOSING'],
  ['FIN-WAIT-1', 'FIN-WAIT-2'],
  ['FIN-WAIT-2', 'TIME-WAIT'],
  ['CLOSE-WAIT', 'LAST-ACK'],
  ['CLOSING', 'TIME-WAIT'],
]

/** States that the article has another name for; ESTABLISHED is ESTABLISHED in both. */
export const ARTICLE_NAMES: Readonly<Partial<Record<TcpState, string>>> = {
  'SYN-SENT': 'SYN_SEND',
  'SYN-RECEIVED': 'SYN_RECV',
  ESTABLISHED: 'ESTABLISHED',
}
