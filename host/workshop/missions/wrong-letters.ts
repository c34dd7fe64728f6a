import type { Mission } from './mission.js'

export const WRONG_LETTERS_MISSION: Mission = {
  name: 'wrong-letters',
  station: 'rs232',
  title: 'mission.wrong-letters.title',
  text: 'mission.wrong-letters.text',
  hints: ['mission.wrong-letters.hint.flags', 'mission.wrong-letters.hint.samples'],
  settings: { text: 'Hello' },
  faults: ['baud-off-6-percent:8%', 'baud-off-6-percent:-7%', 'baud-off-6-percent:-9%', 'baud-off-6-percent:10%'],
  budget: 6,
  whole: 2,
}
