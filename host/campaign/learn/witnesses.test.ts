import { expect, it } from 'vitest'
import type { PlannedRun } from '../plan.js'
import { chooseWitnesses, type Witness } from './witnesses.js'

const witness = (run: Partial<PlannedRun>, ...symptoms: number[]): Witness => ({
  run: { board: 'uno', faults: [], seed: 1, ...run },
  symptoms: Int8Array.from(symptoms),
})

it('keeps sound boards on slow lines and on others, but none where others talk or chance has a compiled firmware', () => {
  const traffic = { to: ['unicast'], load: 0.1, octets: 64 } as const
  const slow = [9_600, 19_200, 38_400, 9_600].map((baud) => witness({ baud }, 0))
  const quick = [57_600, undefined, undefined, undefined].map((baud) => witness(baud === undefined ? {} : { baud }, 0))
  const others = [witness({ baud: 9_600, traffic }, 0), witness({ backend: 'avr' }, 0)]
  expect(chooseWitnesses([...others, ...quick, ...slow], [])).toEqual([...slow.slice(0, 3), ...quick.slice(0, 3)])
})

it('keeps one fault of six, with what it shows under each seed', () => {
  const plain = Array.from({ length: 7 }, (_, fault) => [
    witness({ faults: [`fault-${fault}`], view: 'desk' }, 1, 2, -1, 4),
    witness({ faults: [`fault-${fault}`], view: 'desk', seed: 2 }, 1, 3, -1, -1),
    witness({ faults: [`fault-${fault}`], view: 'bench' }, 9, 9, 9, 9),
  ]).flat()
  expect(chooseWitnesses([], plain)).toEqual([
    witness({ faults: ['fault-0'], view: 'desk' }, 1, -1, -1, -1),
    witness({ faults: ['fault-6'], view: 'desk' }, 1, -1, -1, -1),
  ])
})
