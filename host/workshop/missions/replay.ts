/** Plays a result again that a learner has handed in: the same seed and the same deeds are the same run, event for event. */
import type { MissionResult } from '../protocol.js'
import { WorkshopSimulation } from '../simulation.js'
import { missionNamed } from './missions.js'

const COMPARED = ['solved', 'spent', 'budget', 'repairs', 'hints', 'at', 'executed', 'hash'] as const

/** What a result says of itself, and does not come to. */
export interface ReplayDifference {
  readonly field: (typeof COMPARED)[number]
  readonly said: string
  readonly played: string
}

/**
 * @returns undefined where it comes out as it says, else the first that does not
 * @throws RangeError for a mission that there is not
 */
export function replayMission(result: MissionResult): ReplayDifference | undefined {
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
  for (const field of COMPARED)
    if (played[field] !== result[field]) return { field, said: `${result[field]}`, played: `${played[field]}` }
  return undefined
}
