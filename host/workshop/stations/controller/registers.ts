/** Registers as they are shown: the five of every bank bit by bit, and those of the bank that is looked at. */
import { PLACE } from '../../../../boards/chips/enc28j60/places.js'
import {
  type ControlRegister,
  PHY_REGISTERS,
  type PhyRegister,
  REGISTERS,
  type RegisterField,
  type RegisterName,
} from '../../../../firmware/enc28j60/registers.js'
import { hexText } from '../../../../firmware/text/hex-text.js'
import { pairNamed } from '../../../chip/register-words.js'
import { told } from '../../words/told.js'
import type { ShownField, ShownRegister } from './scene.js'
import { fieldsText } from './spi-decoding.js'

/** What the chip holds, as `Enc28j60.inspect` gives it. */
export interface ChipContents {
  readonly registers: Uint8Array
  readonly phy: Uint16Array
  readonly memory: Uint8Array
}

/** Banks that can be looked at; `selected`: the one that ECON1.BSEL selects. */
export const SHOWN_BANKS = ['selected', '0', '1', '2', '3', 'PHY'] as const

const ALL: readonly ControlRegister[] = Object.values(REGISTERS)
const COMMON = ALL.filter(({ banks }) => banks.length > 1)

export function registerValue({ registers }: Pick<ChipContents, 'registers'>, name: RegisterName): number {
  return registers[PLACE[name]]
}

/** Two registers that hold one value. */
export function pairValue({ registers }: Pick<ChipContents, 'registers'>, name: string): number {
  const low = PLACE[`${name}L` as RegisterName]
  return registers[low] | (registers[low + 1] << 8)
}

export function bankShown(asked: string, now: ChipContents): string {
  return asked === 'selected' ? `${registerValue(now, 'ECON1') & 3}` : asked
}

/** @param before what was there when something was last done: what differs from it is marked */
export function shownRegisters(bank: string, now: ChipContents, before: ChipContents): ShownRegister[] {
  const common = COMMON.map((register) => one(register, now, before, true))
  if (bank === 'PHY')
    return [...common, ...Object.values(PHY_REGISTERS).map((register) => ofPhy(register, now, before))]
  const banked = ALL.filter(({ banks, withdrawn }) => banks.length === 1 && `${banks[0]}` === bank && !withdrawn)
  return [
    ...common,
    ...banked.flatMap((register) => {
      const { name } = register
      const base = name.slice(0, -1)
      const paired = pairNamed(base) !== undefined
      if (paired && name.endsWith('H')) return []
      return [paired ? pair(base, now, before) : one(register, now, before, false)]
    }),
  ]
}

function one(register: ControlRegister, now: ChipContents, before: ChipContents, common: boolean): ShownRegister {
  const { name, fields } = register
  const value = registerValue(now, name)
  const old = registerValue(before, name)
  return shown(name, hexText(value), value, old, fields, fieldsText(register, value), common)
}

function ofPhy(register: PhyRegister, now: ChipContents, before: ChipContents): ShownRegister {
  const { name, address, fields } = register
  const value = now.phy[address]
  const set = fields.filter(({ high, low, mask }) => high === low && (value & mask) !== 0).map((field) => field.name)
  return shown(name, hexText(value, 4), value, before.phy[address], fields, set.join(' '), false)
}

function pair(name: string, now: ChipContents, before: ChipContents): ShownRegister {
  const value = pairValue(now, name)
  return shown(name, hexText(value, 4), value, pairValue(before, name), [], '', false)
}

function shown(
  name: string,
  text: string,
  value: number,
  old: number,
  fields: readonly RegisterField[],
  set: string,
  common: boolean,
): ShownRegister {
  const changed = value !== old
  const values = { register: name, value: text, bits: set }
  const isNumber = fields.length === 1 && fields[0].name === name
  return {
    id: `register-${name}`,
    name,
    value: text,
    changed,
    common,
    fields: isNumber ? [] : fields.map((field) => fieldOf(field, value, old)),
    told: told(changed ? 'controller.register.changed' : 'controller.register', values),
  }
}

function fieldOf({ name, high, low, mask }: RegisterField, value: number, old: number): ShownField {
  return {
    name,
    width: high - low + 1,
    value: (value & mask) >>> low,
    changed: ((value ^ old) & mask) !== 0,
  }
}
