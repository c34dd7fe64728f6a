import type { Mission } from './mission.js'

export const FORGETFUL_MISSION: Mission = {
  name: 'forgetful',
  station: 'controller',
  title: 'mission.forgetful.title',
  text: 'mission.forgetful.text',
  hints: ['mission.forgetful.hint.text', 'mission.forgetful.hint.line'],
  settings: { text: 'Hello' },
  faults: ['memory-data-line', 'memory-address-line'],
  budget: 6,
  whole: 2,
}
