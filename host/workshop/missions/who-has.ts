import type { Mission } from './mission.js'

export const WHO_HAS_MISSION: Mission = {
  name: 'who-has',
  station: 'packets',
  title: 'mission.who-has.title',
  text: 'mission.who-has.text',
  hints: ['mission.who-has.hint.asks', 'mission.who-has.hint.whose'],
  settings: { to: 'far' },
  asked: { to: 'far' },
  faults: ['partner-no-arp', 'partner-other-network', 'cable-noise:0.8V'],
  budget: 6,
  whole: 2,
}
