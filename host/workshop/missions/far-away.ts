import type { Mission } from './mission.js'

export const FAR_AWAY_MISSION: Mission = {
  name: 'far-away',
  station: 'rs232',
  title: 'mission.far-away.title',
  text: 'mission.far-away.text',
  hints: ['mission.far-away.hint.edges', 'mission.far-away.hint.slow'],
  settings: { text: 'Hello', metres: '30' },
  faults: ['serial-too-long:700m', 'serial-too-long:900m', 'serial-too-long:1000m'],
  budget: 7,
  whole: 2,
}
