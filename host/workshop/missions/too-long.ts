import type { Mission } from './mission.js'

export const TOO_LONG_MISSION: Mission = {
  name: 'too-long',
  station: 'packets',
  title: 'mission.too-long.title',
  text: 'mission.too-long.text',
  hints: ['mission.too-long.hint.size', 'mission.too-long.hint.where'],
  settings: { to: 'far', size: '1400' },
  asked: { to: 'far', size: '1400' },
  faults: ['box-drops-large:600', 'box-drops-large:1200', 'cable-noise:0.42V'],
  budget: 7,
  whole: 3,
}
