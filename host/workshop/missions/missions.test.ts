/** Missions as a learner has them: each is to be solved by repairing, none by sending alone, and what was handed in plays again. */
import { describe, expect, it } from 'vitest'
import { faultName } from '../../../boards/faults/settle.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { StationDeed } from '../protocol.js'
import { WorkshopSimulation } from '../simulation.js'
import type { StationName } from '../station-names.js'
import { STATIONS } from '../stations/stations.js'
import type { Mission } from './mission.js'
import { MissionRun } from './mission-run.js'
import { MISSIONS, missionNamed } from './missions.js'
import { replayMission } from './replay.js'

/** Of a mission, the first seed of each of its faults. */
function seedsOf(mission: Mission): number[] {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed)
  return mission.faults.map((fault) => seeds.find((seed) => new MissionRun(mission, seed).fault === fault)!)
}

/** What a message is at a station, as a learner asks for it: the last of these is what arrives, or not. */
const MESSAGE: Readonly<Partial<Record<StationName, readonly string[]>>> = {
  controller: ['receive'],
  packets: ['ping'],
  handshake: ['client-reset', 'client-connect', 'client-send', 'client-close', 'server-close'],
}
/** Seconds that a learner waits behind each. */
const WAITS: Readonly<Partial<Record<StationName, number>>> = { controller: 0.02, handshake: 0.15 }
/** Until whatever is new works: a cable needs its time until both ends have a link. */
const SETTLES: Readonly<Partial<Record<StationName, number>>> = { rj45: 3, controller: 0.3 }

/** A learner who works as fast as it goes. */
function learner(name: string, seed: number) {
  let wall = 0
  const simulation = new WorkshopSimulation(() => (wall += MILLISECOND))
  const { station } = missionNamed(name)!
  simulation.receive({ kind: 'open', station, seed, settings: {}, mission: name })
  simulation.receive({ kind: 'speed', bitsPerSecond: 0 })
  simulation.receive({ kind: 'play' })
  const mission = () => simulation.snapshot().mission!
  /** Until so much virtual time has passed, or nothing is under way. */
  const pass = (seconds: number) => {
    const end = simulation.snapshot().now + seconds * SECOND
    for (let slices = 0; simulation.work() !== undefined; slices++)
      if (
        slices % (station === 'controller' ? 2 : 20) === 0 &&
        (simulation.snapshot().now >= end || mission().result.solved)
      )
        return
  }
  const act = (deed: StationDeed) => {
    simulation.receive({ kind: 'do', deed })
    pass(WAITS[station] ?? 0.2)
  }
  const send = (times: number) => {
    for (let i = 0; i < times && !mission().result.solved; i++)
      for (const action of MESSAGE[station] ?? ['send']) act({ kind: 'act', action, argument: '' })
  }
  const settle = () => pass(SETTLES[station] ?? 0.2)
  settle()
  return { simulation, mission, act, send, settle }
}

describe('the missions', () => {
  it('have names and numbers, faults that their station can have, and hints', () => {
    expect(new Set(MISSIONS.map(({ name }) => name)).size).toBe(MISSIONS.length)
    for (const { name, station, faults, hints, settings } of MISSIONS) {
      const found = STATIONS.find((each) => each.name === station)!
      for (const fault of faults) expect(found.faults, name).toContain(faultName(fault))
      for (const setting of Object.keys(settings)) expect(found.settings.map((each) => each.name)).toContain(setting)
      expect(hints.length).toBeGreaterThan(1)
    }
    expect(missionNamed('3')).toBe(MISSIONS[2])
  })

  it('draw what is broken from the seed: each of its faults comes', () => {
    for (const mission of MISSIONS) {
      const drawn = Array.from({ length: 60 }, (_, seed) => new MissionRun(mission, seed).fault)
      expect(new Set(drawn), mission.name).toEqual(new Set(mission.faults))
    }
  })
})

describe.each(MISSIONS.map(({ name }) => name))('mission %s', (name) => {
  const seeds = seedsOf(missionNamed(name)!)

  it.each(seeds)('says nothing of what is broken, and is solved by repairing it, not by sending (seed %d)', (seed) => {
    const { whole, budget, station } = missionNamed(name)!
    const { simulation, mission, act, send, settle } = learner(name, seed)
    expect(mission().result).toMatchObject({ solved: false, spent: 0, hints: 0, repairs: 0 })
    send(whole + 1)
    expect(mission().result.solved).toBe(false)
    const family = faultName(new MissionRun(missionNamed(name)!, seed).fault)
    const probes = STATIONS.find((each) => each.name === station)!.probes.map(({ id }) => id)
    simulation.receive({ kind: 'look', look: { ...simulation.snapshot().look, probes } })
    const { scene, fault, log, lanes } = simulation.snapshot()
    expect(fault).toBe('?')
    expect(lanes.length).toBeGreaterThan(0)
    expect(scene.things.map(({ id }) => id)).not.toContain('fault')
    expect(JSON.stringify([scene, log, lanes])).not.toMatch(new RegExp(`fault\\.|${family}`))
    act({ kind: 'repair', fault: family })
    settle()
    // What was on the line as it was repaired may spoil one.
    send(whole + 2)
    expect(mission().result).toMatchObject({ solved: true, repairs: 1 })
    // Whoever knows what it is needs no more than is given.
    expect((whole + 1) * (MESSAGE[station] ?? ['send']).length).toBeLessThanOrEqual(budget)
  })

  it('plays again as it was handed in', () => {
    const seed = seeds.at(-1)!
    const { simulation, mission, act, send, settle } = learner(name, seed)
    send(1)
    simulation.receive({ kind: 'hint' })
    act({ kind: 'repair', fault: 'serial-bursts' })
    act({ kind: 'repair', fault: faultName(new MissionRun(missionNamed(name)!, seed).fault) })
    settle()
    send(missionNamed(name)!.whole + 2)
    const { result } = mission()
    expect(result).toMatchObject({ solved: true, hints: 1, repairs: 2 })
    expect(replayMission(JSON.parse(JSON.stringify(result)))).toBeUndefined()
  })
})

describe('a mission', () => {
  it('does not play again where somebody has changed what was handed in', () => {
    const { simulation, mission, act, send } = learner('silence', 4)
    send(1)
    act({ kind: 'repair', fault: 'serial-bursts' })
    act({ kind: 'repair', fault: faultName(new MissionRun(missionNamed('silence')!, 4).fault) })
    send(4)
    const { result } = mission()
    expect(result.solved).toBe(true)
    expect(simulation.snapshot().mission!.spent).toBe(result.spent)
    expect(replayMission(result)).toBeUndefined()
    expect(replayMission({ ...result, spent: 1 })).toEqual({ field: 'spent', said: '1', played: `${result.spent}` })
    expect(replayMission({ ...result, seed: 5 })).toBeDefined()
    expect(replayMission({ ...result, record: result.record.slice(1) })).toBeDefined()
  })

  it('does not let anything be broken, counts each new probe, and begins again with nothing spent', () => {
    const { simulation, mission, act } = learner('silence', 1)
    act({ kind: 'break', fault: '' })
    expect(simulation.snapshot().refused?.key).toBe('refused.in-mission')
    expect(simulation.snapshot().fault).toBe('?')
    const { look } = simulation.snapshot()
    simulation.receive({ kind: 'look', look: { ...look, probes: [...look.probes, 'cts'] } })
    simulation.receive({ kind: 'look', look })
    expect(mission().spent).toBe(1)
    act({ kind: 'repair', fault: 'serial-noise' })
    expect(mission()).toMatchObject({ spent: 2, repairs: 1 })
    expect(simulation.snapshot().log.at(-1)?.told.key).toBe('repair.whole')
    simulation.receive({ kind: 'restart' })
    expect(mission()).toMatchObject({ spent: 0, repairs: 0, hints: 0 })
    expect(simulation.snapshot().fault).toBe('?')
    simulation.receive({ kind: 'reset' })
    expect(simulation.snapshot()).toMatchObject({ mission: undefined, fault: '' })
  })

  it('is solved by any repair that works: another rate at this end', () => {
    const { simulation, mission, act, send } = learner('wrong-letters', 1)
    const [, error] = /:(-?\d+)%/.exec(new MissionRun(missionNamed('wrong-letters')!, 1).fault)!
    act({ kind: 'set', name: 'baud', value: `${Math.round(9_600 * (1 + Number(error) / 100))}` })
    act({ kind: 'set', name: 'farbaud', value: '9600' })
    send(3)
    expect(mission().result).toMatchObject({ solved: true, repairs: 0 })
    expect(simulation.snapshot().log.some(({ told }) => told.key === 'missions.solved')).toBe(true)
  })

  it('counts only what is sent as it asks, and lets anything be sent besides', () => {
    const { mission, act, send, settle } = learner('too-long', 0)
    act({ kind: 'repair', fault: faultName(new MissionRun(missionNamed('too-long')!, 0).fault) })
    settle()
    send(1)
    act({ kind: 'set', name: 'size', value: '56' })
    send(1)
    expect(mission()).toMatchObject({ whole: 1, spent: 3 })
    act({ kind: 'set', name: 'size', value: '1400' })
    send(1)
    expect(mission().whole).toBe(2)
  })

  it('is of one seed, even where another one has broken the same', () => {
    const fault = (seed: number) => new MissionRun(missionNamed('silence')!, seed).fault
    const twin = Array.from({ length: 50 }, (_, seed) => seed).find((seed) => seed > 1 && fault(seed) === fault(1))!
    const [one, other] = [1, twin].map((seed) => {
      const { mission, send } = learner('silence', seed)
      send(1)
      return mission().result
    })
    expect(one.at).toBe(other.at)
    expect(one.hash).not.toBe(other.hash)
    expect(replayMission({ ...one, seed: twin })?.field).toBe('hash')
  })

  it('that there is not is refused by its name, and is free play', () => {
    const simulation = new WorkshopSimulation()
    simulation.receive({ kind: 'open', station: 'rs232', seed: 1, settings: {}, mission: 'boredom' })
    expect(simulation.snapshot()).toMatchObject({ mission: undefined, refused: { values: { name: 'boredom' } } })
  })
})
