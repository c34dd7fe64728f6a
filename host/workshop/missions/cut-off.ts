import type { Mission } from './mission.js'

export const CUT_OFF_MISSION: Mission = {
  name: 'cut-off',
  station: 'frame',
  title: 'mission.cut-off.title',
  text: 'mission.cut-off.text',
  hints: ['mission.cut-off.hint.lights', 'mission.cut-off.hint.hello'],
  settings: { text: 'Hello', box: 'hub' },
  asked: { to: '02:00:00:00:00:0b' },
  faults: ['rx-pair-open', 'tx-pair-open', 'partner-silent'],
  budget: 6,
  whole: 2,
}
