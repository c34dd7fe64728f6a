import type { Mission } from './mission.js'

export const SILENCE_MISSION: Mission = {
  name: 'silence',
  station: 'rs232',
  title: 'mission.silence.title',
  text: 'mission.silence.text',
  hints: ['mission.silence.hint.volts', 'mission.silence.hint.pins'],
  settings: { text: 'Hi' },
  faults: ['serial-tx-rx-swapped', 'serial-rx-open', 'serial-rx-shorted'],
  budget: 6,
  whole: 2,
}
