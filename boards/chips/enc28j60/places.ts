/** Where each control register sits in the register file: bank * 32 + address, the five common ones in bank 0. */
import { REGISTERS, type RegisterName } from '../../../firmware/enc28j60/registers.js'

export const PLACES = 128

export const PLACE: Readonly<Record<RegisterName, number>> = (() => {
  const places: Partial<Record<RegisterName, number>> = {}
  for (const { name, banks, address } of Object.values(REGISTERS)) places[name] = banks[0] * 32 + address
  return places as Record<RegisterName, number>
})()

/** The place an address means while `bank` is selected: 1Bh to 1Fh are the same in every bank (DS39662 3.1). */
export function registerPlace(bank: number, address: number): number {
  return address >= 0x1b ? address : bank * 32 + address
}
