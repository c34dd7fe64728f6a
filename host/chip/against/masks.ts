/** Which bits of what is read two good chips must agree in, and why the others are left out. */
import {
  BITS,
  type ControlRegister,
  PHY_BITS,
  PHY_REGISTERS,
  type PhyRegister,
  type PhyRegisterName,
  REGISTERS,
  type RegisterName,
} from '../../../firmware/enc28j60/registers.js'
import { keyed, type Sentence } from '../../text/keyed.js'

interface LeftOut {
  readonly register: string
  readonly mask: number
  readonly why: Sentence
}

const { EIR, ESTAT, EREVID } = BITS
const { PHCON1, PHID2, PHSTAT1, PHSTAT2, PHIR } = PHY_BITS
const LINK = keyed('against.why.link')
const REVISION = keyed('against.why.revision')

/** What differs from chip to chip, or with what is at the cable. */
export const LEFT_OUT: readonly LeftOut[] = [
  { register: 'EREVID', mask: EREVID.REV, why: REVISION },
  { register: 'PHID2', mask: PHID2.PREV, why: REVISION },
  { register: 'EIR', mask: EIR.LINKIF | EIR.PKTIF, why: LINK },
  { register: 'ESTAT', mask: ESTAT.INT | ESTAT.RXBUSY, why: LINK },
  { register: 'PHSTAT1', mask: PHSTAT1.LLSTAT | PHSTAT1.JBSTAT, why: LINK },
  {
    register: 'PHSTAT2',
    mask: PHSTAT2.TXSTAT | PHSTAT2.RXSTAT | PHSTAT2.COLSTAT | PHSTAT2.LSTAT | PHSTAT2.PLRITY,
    why: LINK,
  },
  { register: 'PHIR', mask: PHIR.PLNKIF | PHIR.PGIF, why: LINK },
  // DS39662 6.6 and 2.6: what the LED at LEDB is wired to decides it at each reset.
  { register: 'PHCON1', mask: PHCON1.PDPXMD, why: keyed('against.why.strap') },
  { register: 'PHSTAT2', mask: PHSTAT2.DPXSTAT, why: keyed('against.why.strap') },
  { register: 'MIRDL', mask: 0xff, why: keyed('against.why.brought') },
  { register: 'MIRDH', mask: 0xff, why: keyed('against.why.brought') },
  // DS39662 2.3
  { register: 'ECOCON', mask: 0xff, why: keyed('against.why.kept') },
]

/** The bits of a reading that count. @param of as `RegisterReading` has it */
export function comparedBits(of: string): number {
  const left = LEFT_OUT.filter(({ register }) => register === of).reduce((sum, { mask }) => sum | mask, 0)
  return implementedBits(of) & ~left
}

/** Reserved bits count for nothing, and neither do those that silicon sets by itself; what is not implemented reads 0 (DS39662 table 3-2). */
function implementedBits(of: string): number {
  return wholeOf(of) & ~(registerCalled(of)?.reserved ?? 0)
}

/** All bits of a register, or of two together. */
export function wholeOf(of: string): number {
  return Object.hasOwn(REGISTERS, of) || of.startsWith('octet ') ? 0xff : 0xffff
}

function registerCalled(name: string): ControlRegister | PhyRegister | undefined {
  if (Object.hasOwn(REGISTERS, name)) return REGISTERS[name as RegisterName]
  return Object.hasOwn(PHY_REGISTERS, name) ? PHY_REGISTERS[name as PhyRegisterName] : undefined
}

/** Fields that lie in a mask whole, by name, and the other bits by number; most significant first. */
export function bitNames(of: string, mask: number): readonly string[] {
  const fields = registerCalled(of)?.fields ?? []
  const names: string[] = []
  for (let bit = 15; bit >= 0; bit--) {
    if ((mask & (1 << bit)) === 0) continue
    const field = fields.find((each) => (each.mask & (1 << bit)) !== 0 && (each.mask & ~mask) === 0)
    if (field === undefined) names.push(`bit ${bit}`)
    else if (field.high === bit) names.push(field.name)
  }
  return names
}
