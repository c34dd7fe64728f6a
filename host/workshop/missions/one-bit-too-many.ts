import type { Mission } from './mission.js'

export const ONE_BIT_TOO_MANY_MISSION: Mission = {
  name: 'one-bit-too-many',
  station: 'rs232',
  title: 'mission.one-bit-too-many.title',
  text: 'mission.one-bit-too-many.text',
  hints: ['mission.one-bit-too-many.hint.flags', 'mission.one-bit-too-many.hint.framing'],
  settings: { text: 'Hello' },
  faults: ['serial-wrong-parity:even', 'serial-wrong-parity:odd', 'serial-data-bits:7'],
  budget: 6,
  whole: 2,
}
