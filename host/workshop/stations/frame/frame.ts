/** Frames: build one, send it, turn bits of it over; four stations on a hub or a switch, filters, collisions. */
import type { WorkshopStation } from '../../station.js'
import type { ChoiceSetting } from '../../station-parts.js'
import { GROUP, GROUP_OF_SAME_HASH } from './filters.js'
import { END_IDS } from './network.js'
import { RunningFrame, WATCHED } from './running.js'

const ADDRESS = '[0-9A-Fa-f]{2}([:\\-][0-9A-Fa-f]{2}){5}'
const BROADCAST = 'ff:ff:ff:ff:ff:ff'

function filter(name: 'b' | 'c'): ChoiceSetting {
  return {
    kind: 'choice',
    name,
    title: `frame.set.${name}`,
    choices: ['usual', 'own', 'groups', 'hash', 'all', 'raw'],
    words: {
      usual: 'frame.filter.usual',
      own: 'frame.filter.own',
      groups: 'frame.filter.groups',
      hash: 'frame.filter.hash',
      all: 'frame.filter.all',
      raw: 'frame.filter.raw',
    },
    default: 'usual',
  }
}

export const FRAME_STATION: WorkshopStation = {
  name: 'frame',
  settings: [
    { kind: 'text', name: 'text', title: 'frame.set.text', longest: 40, default: 'Hello' },
    {
      kind: 'text',
      name: 'to',
      title: 'frame.set.to',
      longest: 17,
      pattern: ADDRESS,
      quiet: true,
      suggestions: {
        '02:00:00:00:00:0b': 'frame.end.b',
        '02:00:00:00:00:0c': 'frame.end.c',
        '02:00:00:00:00:0d': 'frame.end.d',
        [BROADCAST]: 'frame.address.broadcast',
        [GROUP]: 'frame.suggest.group',
        [GROUP_OF_SAME_HASH]: 'frame.suggest.same-hash',
        '02:00:00:00:00:99': 'frame.suggest.nobody',
      },
      default: '02:00:00:00:00:0b',
    },
    {
      kind: 'text',
      name: 'from',
      title: 'frame.set.from',
      longest: 17,
      pattern: ADDRESS,
      quiet: true,
      suggestions: { '02:00:00:00:00:0a': 'frame.end.a', '02:00:00:00:00:0b': 'frame.end.b' },
      default: '02:00:00:00:00:0a',
    },
    {
      kind: 'text',
      name: 'type',
      title: 'frame.set.type',
      longest: 4,
      pattern: '[0-9A-Fa-f]{4}',
      quiet: true,
      suggestions: {
        '88b5': 'frame.suggest.experimental',
        '0800': 'frame.suggest.ipv4',
        '0806': 'frame.suggest.arp',
        '8808': 'frame.suggest.control',
        '002e': 'frame.suggest.length',
      },
      default: '88b5',
    },
    {
      kind: 'choice',
      name: 'box',
      title: 'frame.set.box',
      choices: ['hub', 'switch'],
      words: { hub: 'frame.hub', switch: 'frame.switch' },
      default: 'hub',
    },
    filter('b'),
    filter('c'),
    {
      kind: 'text',
      name: 'flips',
      title: 'frame.set.flips',
      longest: 200,
      pattern: '(\\d{1,4}(,\\d{1,4})*)?',
      quiet: true,
      seldom: true,
      default: '',
    },
    {
      kind: 'choice',
      name: 'where',
      title: 'frame.set.where',
      seldom: true,
      choices: ['a', 'b'],
      words: { a: 'frame.where.a', b: 'frame.where.b' },
      default: 'a',
    },
    {
      kind: 'number',
      name: 'offset',
      title: 'frame.set.offset',
      seldom: true,
      min: 0,
      max: 100,
      step: 0.1,
      unit: 'µs',
      default: '0',
    },
  ],
  actions: [
    { name: 'send', title: 'frame.act.send' },
    { name: 'both', title: 'frame.act.both' },
    { name: 'hello', title: 'frame.act.hello', choices: END_IDS },
  ],
  probes: Object.entries(WATCHED).map(([id, { title }]) => ({ id, title, shown: id === 'a' || id === 'b' })),
  faults: [
    'rx-pair-open',
    'tx-pair-open',
    'cable-noise',
    'cable-unplugged',
    'partner-bad-fcs',
    'partner-full-duplex',
    'partner-silent',
  ],
  task: {
    text: 'frame.task',
    solved: 'frame.task.solved',
    hints: ['frame.hint.fcs', 'frame.hint.destination', 'frame.hint.filter'],
    settings: {
      text: 'Hello',
      to: BROADCAST,
      from: '02:00:00:00:00:0a',
      type: '88b5',
      box: 'hub',
      b: 'usual',
      c: 'all',
      flips: '300',
      where: 'a',
      offset: '0',
    },
    fault: '',
  },
  steps: ['event', 'bit', 'frame'],
  speeds: [1, 10, 100, 300, 1_000, 10_000, 1_000_000],
  speed: 300,
  span: 700,
  spans: [12, 60, 200, 700, 2_000, 8_000, 60_000],
  run: (surroundings) => new RunningFrame(surroundings),
}
