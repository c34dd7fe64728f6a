/** Plays a result again that a learner has handed in: the same seed and the same deeds are the same run, event for event. */
import type { MissionResult } from '../protocol.js'
import { WorkshopSimulation } from '../simulation.js'
import { missionNamed } from './missions.js'

/**
 * @returns undefined where it comes out as it says, else what does not, in words
 * @throws RangeError for a mission that there is not
 */
export function replayMission(result: MissionResult): string | undefined {
  const mission = missionNamed(result.mission)
  if (mission === undefined) throw new RangeError(`there is no mission "${result.mission}"`)
  const simulation = new WorkshopSimulation()
  simulation.receive({
    kind: 'open',
    station: mission.station,
    seed: result.seed,
    settings: {},
    mission: mission.name,
    record: result.record,
    until: result.at,
    untilExecuted: result.executed,
  })
  while (simulation.work() !== undefined);
  const { result: played } = simulation.snapshot().mission!
  for (const name of ['solved', 'spent', 'budget', 'repairs', 'hints', 'at', 'executed', 'hash'] as const)
    if (played[name] !== result[name]) return `${name}: it says ${result[name]}, and played again it is ${played[name]}`
  return undefined
}
