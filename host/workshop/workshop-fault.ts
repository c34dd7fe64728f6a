/** Faults as the workshop knows them: the families that a bench can have, and what only two computers with a firewall can. */
import { findBoard } from '../../boards/catalogue/catalogue.js'
import type { Breakage, Fault } from '../../boards/faults/fault.js'
import { faultName, faultNamed, settleFault } from '../../boards/faults/settle.js'
import { FIREWALL_FAULTS } from './network/firewall.js'

/** A fault of a board: parameters whose range depends on the board are those of this one. */
export const WORKSHOP_BOARD = 'uno'

/** @throws RangeError for a fault nobody knows */
export function workshopFault(name: string): Fault {
  return FIREWALL_FAULTS.find((fault) => fault.name === name) ?? faultNamed(name)
}

/** @param text as `--fault` takes it @throws RangeError that says what is wrong with it */
export function settleWorkshopFault(text: string): { readonly fault: Fault; readonly breakage: Breakage } {
  const board = findBoard(WORKSHOP_BOARD)
  const own = FIREWALL_FAULTS.find(({ name }) => name === faultName(text))
  if (own === undefined) return settleFault(text, board)
  if (text !== own.name) throw new RangeError(`${own.name} has no parameters`)
  return { fault: own, breakage: own.breaks({}, board) }
}

/** What a fault does. @param text as `--fault` takes it; empty: nothing is broken */
export function breakageOf(text: string): Breakage {
  return text === '' ? {} : settleWorkshopFault(text).breakage
}
