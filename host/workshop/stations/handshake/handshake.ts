/** The three-way handshake: two TCP stacks, the box between them, and a say in what becomes of each segment. */
import { END_DEEDS } from '../../network/stream-end.js'
import type { WorkshopStation } from '../../station.js'
import { RunningHandshake } from './running.js'

export const HANDSHAKE_STATION: WorkshopStation = {
  name: 'handshake',
  settings: [
    { kind: 'text', name: 'text', title: 'handshake.set.text', longest: 40, default: 'Hi' },
    {
      kind: 'number',
      name: 'delay',
      title: 'handshake.set.delay',
      min: 0,
      max: 2000,
      step: 10,
      unit: 'ms',
      default: '20',
    },
    {
      kind: 'choice',
      name: 'port',
      title: 'handshake.set.port',
      choices: ['open', 'closed'],
      words: { open: 'handshake.port.open', closed: 'handshake.port.closed' },
      default: 'open',
    },
    { kind: 'number', name: 'draw', title: 'handshake.set.draw', min: 1, max: 999, step: 1, unit: '', default: '1' },
    // What becomes of which segment: set on the ladder itself.
    { kind: 'text', name: 'plan', title: 'handshake.set.plan', longest: 400, onStage: true, default: '' },
  ],
  actions: [
    { name: 'client-send', title: 'handshake.act.client-send' },
    { name: 'wait', title: 'handshake.do.wait' },
    ...(['client', 'server'] as const).flatMap((end) =>
      END_DEEDS.filter((deed) => (end === 'client' ? deed !== 'send' : deed !== 'connect')).map((deed) => ({
        name: `${end}-${deed}`,
        title: `handshake.do.${deed}` as const,
      })),
    ),
  ],
  probes: [
    { id: 'client', title: 'ladder.end.client', shown: true },
    { id: 'server', title: 'ladder.end.server', shown: true },
  ],
  faults: [
    'box-drops',
    'box-duplicates',
    'box-delays',
    'box-reorders',
    'box-mangles',
    'firewall-only-syn',
    'firewall-no-syn-ack',
    'partner-slow',
    'partner-no-arp',
    'partner-restarts',
    'cable-intermittent',
    'cable-unplugged',
  ],
  task: {
    text: 'handshake.task',
    solved: 'handshake.task.solved',
    hints: ['handshake.hint.wait', 'handshake.hint.first', 'handshake.hint.order'],
    settings: { text: 'Hi', delay: '20', port: 'open', plan: '2-drop' },
    fault: '',
  },
  steps: ['event', 'segment'],
  // 1/500 of real time up to ten times as fast.
  speeds: [20_000, 200_000, 1_000_000, 10_000_000, 100_000_000],
  speed: 200_000,
  span: 3_000_000,
  spans: [20_000, 300_000, 3_000_000, 15_000_000, 100_000_000, 1_000_000_000],
  run: (surroundings) => new RunningHandshake(surroundings),
}
