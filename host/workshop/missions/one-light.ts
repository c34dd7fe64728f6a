import type { Mission } from './mission.js'

export const ONE_LIGHT_MISSION: Mission = {
  name: 'one-light',
  station: 'rj45',
  title: 'mission.one-light.title',
  text: 'mission.one-light.text',
  hints: ['mission.one-light.hint.pairs', 'mission.one-light.hint.ways'],
  settings: { text: 'Hello' },
  faults: ['rx-pair-open', 'tx-pair-open'],
  budget: 5,
  whole: 2,
}
