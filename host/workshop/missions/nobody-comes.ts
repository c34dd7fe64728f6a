import type { Mission } from './mission.js'

export const NOBODY_COMES_MISSION: Mission = {
  name: 'nobody-comes',
  station: 'controller',
  title: 'mission.nobody-comes.title',
  text: 'mission.nobody-comes.text',
  hints: ['mission.nobody-comes.hint.int', 'mission.nobody-comes.hint.sck'],
  settings: { text: 'Hello' },
  faults: ['int-open', 'spi-slow:50kHz'],
  budget: 7,
  whole: 3,
}
