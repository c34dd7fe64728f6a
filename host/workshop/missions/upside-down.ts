import type { Mission } from './mission.js'

export const UPSIDE_DOWN_MISSION: Mission = {
  name: 'upside-down',
  station: 'rs232',
  title: 'mission.upside-down.title',
  text: 'mission.upside-down.text',
  hints: ['mission.upside-down.hint.idle', 'mission.upside-down.hint.levels'],
  settings: { text: 'Hi' },
  faults: ['serial-inverted:both', 'serial-ttl-meets-rs232'],
  budget: 6,
  whole: 2,
}
