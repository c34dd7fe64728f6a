import type { Mission } from './mission.js'

export const WRONG_SUM_MISSION: Mission = {
  name: 'wrong-sum',
  station: 'frame',
  title: 'mission.wrong-sum.title',
  text: 'mission.wrong-sum.text',
  hints: ['mission.wrong-sum.hint.who', 'mission.wrong-sum.hint.where'],
  settings: { text: 'Hello', box: 'hub' },
  asked: { to: '02:00:00:00:00:0b' },
  faults: ['partner-bad-fcs:0.9', 'cable-noise:0.8V'],
  budget: 8,
  whole: 4,
}
