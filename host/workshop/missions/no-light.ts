import type { Mission } from './mission.js'

export const NO_LIGHT_MISSION: Mission = {
  name: 'no-light',
  station: 'rj45',
  title: 'mission.no-light.title',
  text: 'mission.no-light.text',
  hints: ['mission.no-light.hint.pulses', 'mission.no-light.hint.charts'],
  settings: { text: 'Hello' },
  faults: ['cable-too-long:900m', 'cable-shorted:1-2', 'cable-shorted:1-3', 'cable-shorted:3-6'],
  budget: 6,
  whole: 2,
}
