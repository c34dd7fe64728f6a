import type { Mission } from './mission.js'

export const LIGHT_AND_NOTHING_MISSION: Mission = {
  name: 'light-and-nothing',
  station: 'rj45',
  title: 'mission.light-and-nothing.title',
  text: 'mission.light-and-nothing.text',
  hints: ['mission.light-and-nothing.hint.errors', 'mission.light-and-nothing.hint.twist'],
  settings: { text: 'Hello' },
  faults: ['cable-split-pair:85m', 'cable-split-pair:100m', 'cable-noise:0.7V'],
  budget: 7,
  whole: 3,
}
