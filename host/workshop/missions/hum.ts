import type { Mission } from './mission.js'

export const HUM_MISSION: Mission = {
  name: 'hum',
  station: 'rs232',
  title: 'mission.hum.title',
  text: 'mission.hum.text',
  hints: ['mission.hum.hint.rest', 'mission.hum.hint.ground'],
  settings: { text: 'Hello' },
  faults: ['serial-ground-missing:20V', 'serial-ground-missing:35V', 'serial-ground-missing:60V'],
  budget: 7,
  whole: 2,
}
