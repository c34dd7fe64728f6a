/** The scene of the controller station: chart, registers, memory, transfers, and what the pins and the cable are at. */
import { faultName } from '../../../../boards/faults/settle.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { numberText } from '../../../number-text.js'
import type { SceneThing } from '../../scene-thing.js'
import type { SettingValues } from '../../station-parts.js'
import { faultTitle } from '../../words/fault-title.js'
import { told } from '../../words/told.js'
import { chartRegions } from './chart.js'
import { shownMemory } from './memory.js'
import { bankShown, type ChipContents, shownRegisters } from './registers.js'
import type { Rig } from './rig.js'
import type { ControllerScene, ShownMemory, ShownTransfer } from './scene.js'

/** Transfers in the list. */
const LISTED = 10

export interface ControllerPicture {
  readonly rig: Rig
  readonly settings: SettingValues
  readonly fault: string
  /** What is broken is to be found. */
  readonly hidden: boolean
  readonly before: ChipContents
  readonly signal: ControllerScene['signal']
}

export function controllerScene({ rig, settings, fault, hidden, before, signal }: ControllerPicture): ControllerScene {
  const { board, cable } = rig.bench
  const contents = board.chip.inspect()
  const chart = chartRegions(board.state)
  const bank = bankShown(settings.bank, contents)
  const registers = shownRegisters(bank, contents, before)
  const memory = shownMemory(contents)
  const last = rig.history.count - LISTED
  const transfers = rig.history.latest(LISTED).map(
    ({ from, to, decoded }, i): ShownTransfer => ({
      id: `transfer-${Math.max(0, last) + i}`,
      instruction: decoded.instruction,
      from,
      to,
      text: decoded.text,
      told: decoded.told,
      ...(decoded.instruction === '?' ? { wrong: true } : {}),
    }),
  )
  // An instrument is at the controller's end of the wire.
  const high = board.wires.interrupt.high
  const interrupt = { chip: hidden ? high : board.chip.interruptHigh, controller: high }
  const { lent } = rig
  const things: SceneThing[] = [
    { id: 'driver', told: told(lent ? 'controller.driver.yours' : 'controller.driver.firmware') },
    ...supplyThings(rig),
    hidden
      ? { id: 'int', told: told(high ? 'controller.int.high-there' : 'controller.int.low-there'), probe: 'int' }
      : interruptThing(interrupt),
    {
      id: 'cable',
      told: told(
        !cable.plugged
          ? 'controller.cable.out'
          : board.chip.linkUp
            ? 'controller.cable.link'
            : 'controller.cable.no-link',
      ),
      wrong: !board.chip.linkUp,
    },
    ...chart,
    ...registers,
    ringThing(memory),
    ...memory.pointers,
    ...memory.pieces,
    ...transfers,
  ]
  if (fault !== '') things.push({ id: 'fault', told: faultTitle(faultName(fault)), wrong: true })
  return {
    kind: 'controller',
    driver: settings.driver as ControllerScene['driver'],
    lent,
    chart,
    bank,
    registers,
    memory,
    transfers,
    interrupt,
    powered: board.chip.powered,
    link: board.chip.linkUp,
    plugged: cable.plugged,
    signal,
    things,
  }
}

function supplyThings({ bench: { board } }: Rig): SceneThing[] {
  const { supply, chip } = board
  const values = { board: numberText(supply.board, 1), chip: numberText(supply.chip, 1) }
  return [
    {
      id: 'supply',
      told: told(chip.powered ? 'controller.supply' : 'controller.supply.low', values),
      wrong: !chip.powered,
      probe: '3v3',
    },
    {
      id: 'controller',
      told: told(board.controller.running ? 'controller.runs' : 'controller.stands'),
      wrong: !board.controller.running,
      probe: 'vcc',
    },
  ]
}

function interruptThing({ chip, controller }: ControllerScene['interrupt']): SceneThing {
  const wrong = chip !== controller
  const key = wrong ? 'controller.int.differs' : chip ? 'controller.int.high' : 'controller.int.low'
  return { id: 'int', told: told(key), wrong, probe: 'int' }
}

function ringThing({ start, end, pieces, free }: ShownMemory): SceneThing {
  const packets = pieces.filter(({ kind }) => kind === 'packet').length
  const values = { from: hexText(start, 4), to: hexText(end, 4), packets, free }
  return { id: 'ring', told: told('controller.ring', values) }
}
