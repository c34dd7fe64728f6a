/** Registers as a person names and reads them: pairs of them, bits by name, and the section of the data sheet. */
import { suggestion } from '../../boards/nearest.js'
import type { PairName } from '../../firmware/enc28j60/access.js'
import {
  type ControlRegister,
  PHY_REGISTERS,
  type PhyRegister,
  type PhyRegisterName,
  REGISTERS,
  type RegisterName,
} from '../../firmware/enc28j60/registers.js'
import { UsageError } from '../errors/errors.js'

/** Where a register is explained, by what its name begins with: the first that fits. */
const CLAUSES: readonly (readonly [RegExp, string])[] = [
  [/^(EIE|EIR|ESTAT)$/, 'DS39662 12'],
  [/^ECON/, 'DS39662 3.1'],
  [/^(ERDPT|EWRPT)/, 'DS39662 3.2.3'],
  [/^ETX/, 'DS39662 3.2.2, 7.1'],
  [/^(ERXST|ERXND|ERXRDPT|ERXWRPT)/, 'DS39662 3.2.1, 7.2'],
  [/^EDMA/, 'DS39662 13'],
  [/^(EHT|EPM|ERXFCON)/, 'DS39662 8'],
  [/^EPKTCNT/, 'DS39662 7.2.3'],
  [/^MI/, 'DS39662 3.3'],
  [/^MA/, 'DS39662 6.5'],
  [/^EBST/, 'DS39662 15'],
  [/^EREVID/, 'DS80349C table 1'],
  [/^ECOCON/, 'DS39662 2.3'],
  [/^(EFLOCON|EPAUS)/, 'DS39662 10'],
  [/^PHCON/, 'DS39662 6.6'],
  [/^PHSTAT/, 'DS39662 3.3'],
  [/^PHID/, 'DS39662 table 3-3'],
  [/^(PHIE|PHIR)/, 'DS39662 12.1'],
  [/^PHLCON/, 'DS39662 2.6'],
]

/** The section of the data sheet, or of its errata. */
export function registerClause(name: string): string {
  return CLAUSES.find(([pattern]) => pattern.test(name))?.[1] ?? 'DS39662 3.1'
}

/** Two registers that hold one value, by the name that they share. MAIPGL and MAIPGH are no pair: each has a meaning of its own. */
const PAIR_NAMES: readonly PairName[] = (Object.keys(REGISTERS) as RegisterName[])
  .filter((name) => name !== 'MAIPGL' && name.endsWith('L') && Object.hasOwn(REGISTERS, `${name.slice(0, -1)}H`))
  .map((name) => name.slice(0, -1) as PairName)

/** What can be read and written, in the order of the table. */
export const REGISTER_NAMES: readonly string[] = [...Object.keys(REGISTERS), ...PAIR_NAMES]
export const PHY_NAMES: readonly string[] = Object.keys(PHY_REGISTERS)

export function pairNamed(name: string): PairName | undefined {
  return PAIR_NAMES.find((each) => each === name)
}

/** @throws UsageError that names the nearest there is */
export function registerNamed(name: string): ControlRegister | PairName {
  const asked = name.toUpperCase()
  const register = REGISTERS[asked as RegisterName] as ControlRegister | undefined
  if (register !== undefined) return register
  const pair = pairNamed(asked)
  if (pair !== undefined) return pair
  if (Object.hasOwn(PHY_REGISTERS, asked)) {
    throw new UsageError(`${asked} is a register of the PHY: say \`phy read ${asked}\` or \`phy write ${asked} VALUE\``)
  }
  throw new UsageError(`there is no register "${name}"${suggestion(asked, REGISTER_NAMES)}`)
}

/** @throws UsageError that names the nearest there is */
export function phyRegisterNamed(name: string): PhyRegister {
  const asked = name.toUpperCase()
  const register = PHY_REGISTERS[asked as PhyRegisterName] as PhyRegister | undefined
  if (register !== undefined) return register
  if (Object.hasOwn(REGISTERS, asked)) throw new UsageError(`${asked} is no register of the PHY: say \`read ${asked}\``)
  throw new UsageError(`the PHY has no register "${name}"${suggestion(asked, PHY_NAMES)}`)
}

/** @throws UsageError for a bit that the register has not, naming those it has */
export function bitsNamed(register: ControlRegister, names: readonly string[]): number {
  const fields = register.fields.map((field) => field.name)
  return names.reduce((mask, name) => {
    const field = register.fields.find((each) => each.name === name.toUpperCase())
    if (field !== undefined) return mask | field.mask
    const near = suggestion(name.toUpperCase(), fields)
    throw new UsageError(`${register.name} has no bit "${name}"${near} (${fields.join(', ') || 'it has none by name'})`)
  }, 0)
}

/** Values of fields by name, most significant first. */
export function fieldValues(register: ControlRegister | PhyRegister, value: number): Record<string, number> {
  return Object.fromEntries(register.fields.map(({ name, low, mask }) => [name, (value & mask) >>> low]))
}
