import type { Mission } from './mission.js'

export const NO_ANSWER_MISSION: Mission = {
  name: 'no-answer',
  station: 'controller',
  title: 'mission.no-answer.title',
  text: 'mission.no-answer.text',
  hints: ['mission.no-answer.hint.reads', 'mission.no-answer.hint.clock'],
  settings: { text: 'Hello' },
  faults: ['miso-open', 'mosi-open', 'crystal-missing', 'reset-held'],
  budget: 7,
  whole: 2,
}
