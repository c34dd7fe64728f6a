/** Seven layers: one message from the application to the voltage and up again, and what each layer adds and takes off. */
import type { WorkshopStation } from '../../station.js'
import type { PlainKey } from '../../words/told.js'
import { OSI_LAYERS } from './encapsulation.js'
import { RunningLayers } from './running.js'
import { SPOILS } from './spoil.js'

const DOWN = OSI_LAYERS.map((layer) => `d${layer}` as const)
const UP = [...OSI_LAYERS].reverse().map((layer) => `u${layer}` as const)
/** Places to look at, in the order in which a message is there. */
const PLACES = [...DOWN, ...UP]

export const LAYERS_STATION: WorkshopStation = {
  name: 'layers',
  settings: [
    { kind: 'text', name: 'text', title: 'layers.set.text', longest: 40, default: 'Hello' },
    {
      kind: 'choice',
      name: 'look',
      title: 'layers.set.at',
      choices: PLACES,
      words: Object.fromEntries(PLACES.map((place) => [place, `layers.at.${place}` satisfies PlainKey])),
      default: 'd7',
    },
    {
      kind: 'choice',
      name: 'model',
      title: 'layers.set.model',
      choices: ['osi', 'tcpip'],
      words: { osi: 'layers.model.osi', tcpip: 'layers.model.tcpip' },
      default: 'osi',
    },
    {
      kind: 'choice',
      name: 'transport',
      title: 'layers.set.transport',
      choices: ['tcp', 'udp'],
      words: { tcp: 'layers.transport.tcp', udp: 'layers.transport.udp' },
      default: 'tcp',
    },
    {
      kind: 'choice',
      name: 'spoil',
      title: 'layers.set.spoil',
      choices: SPOILS,
      words: Object.fromEntries(SPOILS.map((spoil) => [spoil, `layers.spoil.${spoil}` satisfies PlainKey])),
      default: 'none',
    },
  ],
  actions: [
    { name: 'send', title: 'frame.act.send' },
    { name: 'copy', title: 'layers.act.copy' },
  ],
  probes: [
    { id: 'wire', title: 'layers.probe.wire', shown: true },
    { id: 'back', title: 'layers.probe.back', shown: true },
  ],
  faults: ['rx-pair-open', 'tx-pair-open', 'cable-noise', 'cable-unplugged', 'partner-bad-fcs', 'partner-silent'],
  task: {
    text: 'layers.task',
    solved: 'layers.task.solved',
    hints: ['layers.hint.sum', 'layers.hint.utf8', 'layers.hint.mix'],
    settings: { text: 'Hello!', look: 'd7', model: 'osi', transport: 'tcp', spoil: 'none' },
    fault: '',
  },
  steps: ['event', 'bit', 'frame'],
  speeds: [1, 10, 100, 300, 1_000, 10_000, 1_000_000],
  speed: 0,
  span: 2_500,
  spans: [12, 60, 200, 1_000, 2_500, 20_000, 200_000, 3_000_000],
  run: (surroundings) => new RunningLayers(surroundings),
}
