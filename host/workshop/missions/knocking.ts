import type { Mission } from './mission.js'

export const KNOCKING_MISSION: Mission = {
  name: 'knocking',
  station: 'handshake',
  title: 'mission.knocking.title',
  text: 'mission.knocking.text',
  hints: ['mission.knocking.hint.arp', 'mission.knocking.hint.link'],
  settings: { text: 'Hi' },
  faults: ['partner-no-arp', 'cable-unplugged'],
  budget: 12,
  whole: 1,
}
