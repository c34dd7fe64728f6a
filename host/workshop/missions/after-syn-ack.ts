import type { Mission } from './mission.js'

export const AFTER_SYN_ACK_MISSION: Mission = {
  name: 'after-syn-ack',
  station: 'handshake',
  title: 'mission.after-syn-ack.title',
  text: 'mission.after-syn-ack.text',
  hints: ['mission.after-syn-ack.hint.states', 'mission.after-syn-ack.hint.box'],
  settings: { text: 'Hi' },
  faults: ['firewall-only-syn', 'firewall-no-syn-ack'],
  budget: 12,
  whole: 1,
}
