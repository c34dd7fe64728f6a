import type { Mission } from './mission.js'

export const NOW_AND_THEN_MISSION: Mission = {
  name: 'now-and-then',
  station: 'rs232',
  title: 'mission.now-and-then.title',
  text: 'mission.now-and-then.text',
  hints: ['mission.now-and-then.hint.compare', 'mission.now-and-then.hint.kinds'],
  settings: { text: 'The quick brown fox jumps over the dog.' },
  faults: ['serial-noise:rate=0.01', 'serial-insertions:rate=0.02', 'serial-drops:rate=0.02'],
  budget: 10,
  whole: 4,
}
