/**
 * The ENC28J60's registers as data: driver, chip model, checks, traces and documents all read this one table.
 *
 * Source: DS39662 (sections 3, 5 and the register figures), cross-checked with drivers. Names are the data sheet's;
 * the station address uses the names of DS39662C and later (MAADR1 is the first octet on the wire, bank 3, 04h), not
 * those of the 2004 edition and Linux (MAADR5 for the same octet).
 */

/** Where a register sits: ETH reads answer at once, MAC and MII reads are preceded by a dummy octet (DS39662 4.2.1). */
export type RegisterKind = 'ETH' | 'MAC' | 'MII'

/**
 * rw: as written. ro: the chip's own. rc: can be cleared by the host, never set by it. sc: a written 1 starts something
 * and reads back 0.
 */
export type Access = 'rw' | 'ro' | 'rc' | 'sc'

type Span = `${Access} ${number}` | `${Access} ${number}:${number}`

interface RegisterSpec {
  /** Bank 0 to 3; left out for the five registers that every bank shows. */
  readonly bank?: number
  readonly address: number
  readonly kind: RegisterKind
  readonly reset: number
  /** Fields by name, most significant first: access and bit or bits. */
  readonly bits: Readonly<Record<string, Span>>
  /** Bits the data sheet reserves: "maintain as 0". Stored, without function, unless the register is read only. */
  readonly reserved?: number
  /** Which of the reserved bits silicon sets by itself all the same. */
  readonly reservedButSet?: number
  /** The whole address is reserved: may be read, must not be changed. */
  readonly withdrawn?: true
}

const CONTROL = {
  // Every bank (DS39662 3.1)
  EIE: {
    address: 0x1b,
    kind: 'ETH',
    reset: 0x00,
    bits: {
      INTIE: 'rw 7',
      PKTIE: 'rw 6',
      DMAIE: 'rw 5',
      LINKIE: 'rw 4',
      TXIE: 'rw 3',
      TXERIE: 'rw 1',
      RXERIE: 'rw 0',
    },
    reserved: 0x04,
  },
  EIR: {
    address: 0x1c,
    kind: 'ETH',
    reset: 0x00,
    bits: { PKTIF: 'ro 6', DMAIF: 'rc 5', LINKIF: 'ro 4', TXIF: 'rc 3', TXERIF: 'rc 1', RXERIF: 'rc 0' },
    reserved: 0x04,
  },
  ESTAT: {
    address: 0x1d,
    kind: 'ETH',
    reset: 0x00,
    bits: { INT: 'ro 7', BUFER: 'rc 6', LATECOL: 'rc 4', RXBUSY: 'ro 2', TXABRT: 'rc 1', CLKRDY: 'ro 0' },
    reserved: 0x20,
  },
  ECON2: {
    address: 0x1e,
    kind: 'ETH',
    reset: 0x80,
    bits: { AUTOINC: 'rw 7', PKTDEC: 'sc 6', PWRSV: 'rw 5', VRPS: 'rw 3' },
    reserved: 0x10,
  },
  ECON1: {
    address: 0x1f,
    kind: 'ETH',
    reset: 0x00,
    bits: {
      TXRST: 'rw 7',
      RXRST: 'rw 6',
      DMAST: 'rw 5',
      CSUMEN: 'rw 4',
      TXRTS: 'rw 3',
      RXEN: 'rw 2',
      BSEL: 'rw 1:0',
    },
  },

  // Bank 0: buffer pointers, 13 bits each
  ERDPTL: { bank: 0, address: 0x00, kind: 'ETH', reset: 0xfa, bits: { ERDPTL: 'rw 7:0' } },
  ERDPTH: { bank: 0, address: 0x01, kind: 'ETH', reset: 0x05, bits: { ERDPTH: 'rw 4:0' } },
  EWRPTL: { bank: 0, address: 0x02, kind: 'ETH', reset: 0x00, bits: { EWRPTL: 'rw 7:0' } },
  EWRPTH: { bank: 0, address: 0x03, kind: 'ETH', reset: 0x00, bits: { EWRPTH: 'rw 4:0' } },
  ETXSTL: { bank: 0, address: 0x04, kind: 'ETH', reset: 0x00, bits: { ETXSTL: 'rw 7:0' } },
  ETXSTH: { bank: 0, address: 0x05, kind: 'ETH', reset: 0x00, bits: { ETXSTH: 'rw 4:0' } },
  ETXNDL: { bank: 0, address: 0x06, kind: 'ETH', reset: 0x00, bits: { ETXNDL: 'rw 7:0' } },
  ETXNDH: { bank: 0, address: 0x07, kind: 'ETH', reset: 0x00, bits: { ETXNDH: 'rw 4:0' } },
  ERXSTL: { bank: 0, address: 0x08, kind: 'ETH', reset: 0xfa, bits: { ERXSTL: 'rw 7:0' } },
  ERXSTH: { bank: 0, address: 0x09, kind: 'ETH', reset: 0x05, bits: { ERXSTH: 'rw 4:0' } },
  ERXNDL: { bank: 0, address: 0x0a, kind: 'ETH', reset: 0xff, bits: { ERXNDL: 'rw 7:0' } },
  ERXNDH: { bank: 0, address: 0x0b, kind: 'ETH', reset: 0x1f, bits: { ERXNDH: 'rw 4:0' } },
  ERXRDPTL: { bank: 0, address: 0x0c, kind: 'ETH', reset: 0xfa, bits: { ERXRDPTL: 'rw 7:0' } },
  ERXRDPTH: { bank: 0, address: 0x0d, kind: 'ETH', reset: 0x05, bits: { ERXRDPTH: 'rw 4:0' } },
  ERXWRPTL: { bank: 0, address: 0x0e, kind: 'ETH', reset: 0x00, bits: { ERXWRPTL: 'ro 7:0' } },
  ERXWRPTH: { bank: 0, address: 0x0f, kind: 'ETH', reset: 0x00, bits: { ERXWRPTH: 'ro 4:0' } },
  EDMASTL: { bank: 0, address: 0x10, kind: 'ETH', reset: 0x00, bits: { EDMASTL: 'rw 7:0' } },
  EDMASTH: { bank: 0, address: 0x11, kind: 'ETH', reset: 0x00, bits: { EDMASTH: 'rw 4:0' } },
  EDMANDL: { bank: 0, address: 0x12, kind: 'ETH', reset: 0x00, bits: { EDMANDL: 'rw 7:0' } },
  EDMANDH: { bank: 0, address: 0x13, kind: 'ETH', reset: 0x00, bits: { EDMANDH: 'rw 4:0' } },
  EDMADSTL: { bank: 0, address: 0x14, kind: 'ETH', reset: 0x00, bits: { EDMADSTL: 'rw 7:0' } },
  EDMADSTH: { bank: 0, address: 0x15, kind: 'ETH', reset: 0x00, bits: { EDMADSTH: 'rw 4:0' } },
  EDMACSL: { bank: 0, address: 0x16, kind: 'ETH', reset: 0x00, bits: { EDMACSL: 'ro 7:0' } },
  EDMACSH: { bank: 0, address: 0x17, kind: 'ETH', reset: 0x00, bits: { EDMACSH: 'ro 7:0' } },

  // Bank 1: receive filters
  EHT0: { bank: 1, address: 0x00, kind: 'ETH', reset: 0x00, bits: { EHT0: 'rw 7:0' } },
  EHT1: { bank: 1, address: 0x01, kind: 'ETH', reset: 0x00, bits: { EHT1: 'rw 7:0' } },
  EHT2: { bank: 1, address: 0x02, kind: 'ETH', reset: 0x00, bits: { EHT2: 'rw 7:0' } },
  EHT3: { bank: 1, address: 0x03, kind: 'ETH', reset: 0x00, bits: { EHT3: 'rw 7:0' } },
  EHT4: { bank: 1, address: 0x04, kind: 'ETH', reset: 0x00, bits: { EHT4: 'rw 7:0' } },
  EHT5: { bank: 1, address: 0x05, kind: 'ETH', reset: 0x00, bits: { EHT5: 'rw 7:0' } },
  EHT6: { bank: 1, address: 0x06, kind: 'ETH', reset: 0x00, bits: { EHT6: 'rw 7:0' } },
  EHT7: { bank: 1, address: 0x07, kind: 'ETH', reset: 0x00, bits: { EHT7: 'rw 7:0' } },
  EPMM0: { bank: 1, address: 0x08, kind: 'ETH', reset: 0x00, bits: { EPMM0: 'rw 7:0' } },
  EPMM1: { bank: 1, address: 0x09, kind: 'ETH', reset: 0x00, bits: { EPMM1: 'rw 7:0' } },
  EPMM2: { bank: 1, address: 0x0a, kind: 'ETH', reset: 0x00, bits: { EPMM2: 'rw 7:0' } },
  EPMM3: { bank: 1, address: 0x0b, kind: 'ETH', reset: 0x00, bits: { EPMM3: 'rw 7:0' } },
  EPMM4: { bank: 1, address: 0x0c, kind: 'ETH', reset: 0x00, bits: { EPMM4: 'rw 7:0' } },
  EPMM5: { bank: 1, address: 0x0d, kind: 'ETH', reset: 0x00, bits: { EPMM5: 'rw 7:0' } },
  EPMM6: { bank: 1, address: 0x0e, kind: 'ETH', reset: 0x00, bits: { EPMM6: 'rw 7:0' } },
  EPMM7: { bank: 1, address: 0x0f, kind: 'ETH', reset: 0x00, bits: { EPMM7: 'rw 7:0' } },
  EPMCSL: { bank: 1, address: 0x10, kind: 'ETH', reset: 0x00, bits: { EPMCSL: 'rw 7:0' } },
  EPMCSH: { bank: 1, address: 0x11, kind: 'ETH', reset: 0x00, bits: { EPMCSH: 'rw 7:0' } },
  EPMOL: { bank: 1, address: 0x14, kind: 'ETH', reset: 0x00, bits: { EPMOL: 'rw 7:0' } },
  EPMOH: { bank: 1, address: 0x15, kind: 'ETH', reset: 0x00, bits: { EPMOH: 'rw 4:0' } },
  EWOLIE: { bank: 1, address: 0x16, kind: 'ETH', reset: 0x00, bits: {}, withdrawn: true },
  EWOLIR: { bank: 1, address: 0x17, kind: 'ETH', reset: 0x00, bits: {}, withdrawn: true },
  ERXFCON: {
    bank: 1,
    address: 0x18,
    kind: 'ETH',
    reset: 0xa1,
    bits: {
      UCEN: 'rw 7',
      ANDOR: 'rw 6',
      CRCEN: 'rw 5',
      PMEN: 'rw 4',
      MPEN: 'rw 3',
      HTEN: 'rw 2',
      MCEN: 'rw 1',
      BCEN: 'rw 0',
    },
  },
  EPKTCNT: { bank: 1, address: 0x19, kind: 'ETH', reset: 0x00, bits: { EPKTCNT: 'ro 7:0' } },

  // Bank 2: MAC and MII
  MACON1: {
    bank: 2,
    address: 0x00,
    kind: 'MAC',
    reset: 0x00,
    bits: { TXPAUS: 'rw 3', RXPAUS: 'rw 2', PASSALL: 'rw 1', MARXEN: 'rw 0' },
    reserved: 0x10,
  },
  /** Withdrawn after the 2004 edition; old drivers still write 00h to it, so it keeps what is written. */
  MACON2: { bank: 2, address: 0x01, kind: 'MAC', reset: 0x00, bits: { MACON2: 'rw 7:0' }, withdrawn: true },
  MACON3: {
    bank: 2,
    address: 0x02,
    kind: 'MAC',
    reset: 0x00,
    bits: { PADCFG: 'rw 7:5', TXCRCEN: 'rw 4', PHDREN: 'rw 3', HFRMEN: 'rw 2', FRMLNEN: 'rw 1', FULDPX: 'rw 0' },
  },
  MACON4: {
    bank: 2,
    address: 0x03,
    kind: 'MAC',
    reset: 0x00,
    bits: { DEFER: 'rw 6', BPEN: 'rw 5', NOBKOFF: 'rw 4' },
    reserved: 0x03,
  },
  MABBIPG: { bank: 2, address: 0x04, kind: 'MAC', reset: 0x00, bits: { BBIPG: 'rw 6:0' } },
  MAIPGL: { bank: 2, address: 0x06, kind: 'MAC', reset: 0x00, bits: { MAIPGL: 'rw 6:0' } },
  MAIPGH: { bank: 2, address: 0x07, kind: 'MAC', reset: 0x00, bits: { MAIPGH: 'rw 6:0' } },
  MACLCON1: { bank: 2, address: 0x08, kind: 'MAC', reset: 0x0f, bits: { RETMAX: 'rw 3:0' } },
  MACLCON2: { bank: 2, address: 0x09, kind: 'MAC', reset: 0x37, bits: { COLWIN: 'rw 5:0' } },
  MAMXFLL: { bank: 2, address: 0x0a, kind: 'MAC', reset: 0x00, bits: { MAMXFLL: 'rw 7:0' } },
  MAMXFLH: { bank: 2, address: 0x0b, kind: 'MAC', reset: 0x06, bits: { MAMXFLH: 'rw 7:0' } },
  MARESERVED0C: { bank: 2, address: 0x0c, kind: 'MAC', reset: 0x00, bits: {}, withdrawn: true },
  MAPHSUP: { bank: 2, address: 0x0d, kind: 'MAC', reset: 0x00, bits: {}, withdrawn: true },
  MARESERVED0E: { bank: 2, address: 0x0e, kind: 'MAC', reset: 0x00, bits: {}, withdrawn: true },
  MIRESERVED10: { bank: 2, address: 0x10, kind: 'MII', reset: 0x00, bits: {}, withdrawn: true },
  MICON: { bank: 2, address: 0x11, kind: 'MII', reset: 0x00, bits: {}, withdrawn: true },
  MICMD: { bank: 2, address: 0x12, kind: 'MII', reset: 0x00, bits: { MIISCAN: 'rw 1', MIIRD: 'rw 0' } },
  MIREGADR: { bank: 2, address: 0x14, kind: 'MII', reset: 0x00, bits: { MIREGADR: 'rw 4:0' } },
  MIRESERVED15: { bank: 2, address: 0x15, kind: 'MII', reset: 0x00, bits: {}, withdrawn: true },
  MIWRL: { bank: 2, address: 0x16, kind: 'MII', reset: 0x00, bits: { MIWRL: 'rw 7:0' } },
  MIWRH: { bank: 2, address: 0x17, kind: 'MII', reset: 0x00, bits: { MIWRH: 'rw 7:0' } },
  MIRDL: { bank: 2, address: 0x18, kind: 'MII', reset: 0x00, bits: { MIRDL: 'ro 7:0' } },
  MIRDH: { bank: 2, address: 0x19, kind: 'MII', reset: 0x00, bits: { MIRDH: 'ro 7:0' } },

  // Bank 3
  MAADR5: { bank: 3, address: 0x00, kind: 'MAC', reset: 0x00, bits: { MAADR5: 'rw 7:0' } },
  MAADR6: { bank: 3, address: 0x01, kind: 'MAC', reset: 0x00, bits: { MAADR6: 'rw 7:0' } },
  MAADR3: { bank: 3, address: 0x02, kind: 'MAC', reset: 0x00, bits: { MAADR3: 'rw 7:0' } },
  MAADR4: { bank: 3, address: 0x03, kind: 'MAC', reset: 0x00, bits: { MAADR4: 'rw 7:0' } },
  MAADR1: { bank: 3, address: 0x04, kind: 'MAC', reset: 0x00, bits: { MAADR1: 'rw 7:0' } },
  MAADR2: { bank: 3, address: 0x05, kind: 'MAC', reset: 0x00, bits: { MAADR2: 'rw 7:0' } },
  EBSTSD: { bank: 3, address: 0x06, kind: 'ETH', reset: 0x00, bits: { EBSTSD: 'rw 7:0' } },
  EBSTCON: {
    bank: 3,
    address: 0x07,
    kind: 'ETH',
    reset: 0x00,
    bits: { PSV: 'rw 7:5', PSEL: 'rw 4', TMSEL: 'rw 3:2', TME: 'rw 1', BISTST: 'rw 0' },
  },
  EBSTCSL: { bank: 3, address: 0x08, kind: 'ETH', reset: 0x00, bits: { EBSTCSL: 'ro 7:0' } },
  EBSTCSH: { bank: 3, address: 0x09, kind: 'ETH', reset: 0x00, bits: { EBSTCSH: 'ro 7:0' } },
  /** Silicon sets the reserved bit with the first MII read and never clears it: wait for BUSY, not for 00h (docs/chip.md). */
  MISTAT: {
    bank: 3,
    address: 0x0a,
    kind: 'MII',
    reset: 0x00,
    bits: { NVALID: 'ro 2', SCAN: 'ro 1', BUSY: 'ro 0' },
    reserved: 0x08,
    reservedButSet: 0x08,
  },
  /** Reads 2, 4, 5 or 6: see `REVISION_ID`. */
  EREVID: { bank: 3, address: 0x12, kind: 'ETH', reset: 0x00, bits: { REV: 'ro 4:0' } },
  /** Power-on value; no other reset touches it (DS39662 2.3). */
  ECOCON: { bank: 3, address: 0x15, kind: 'ETH', reset: 0x04, bits: { COCON: 'rw 2:0' } },
  ERESERVED16: { bank: 3, address: 0x16, kind: 'ETH', reset: 0x00, bits: {}, withdrawn: true },
  EFLOCON: { bank: 3, address: 0x17, kind: 'ETH', reset: 0x00, bits: { FULDPXS: 'ro 2', FCEN: 'rw 1:0' } },
  EPAUSL: { bank: 3, address: 0x18, kind: 'ETH', reset: 0x00, bits: { EPAUSL: 'rw 7:0' } },
  EPAUSH: { bank: 3, address: 0x19, kind: 'ETH', reset: 0x10, bits: { EPAUSH: 'rw 7:0' } },
} as const satisfies Record<string, RegisterSpec>

/** PHY registers are 16 bits wide and reached only through MIREGADR, MIWR and MIRD (DS39662 3.3). */
const PHY = {
  PHCON1: {
    address: 0x00,
    reset: 0x0000, // bit 8 takes the LEDB strap at each reset
    bits: { PRST: 'sc 15', PLOOPBK: 'rw 14', PPWRSV: 'rw 11', PDPXMD: 'rw 8' },
    reserved: 0x0480,
  },
  PHSTAT1: {
    address: 0x01,
    reset: 0x1800,
    bits: { PFDPX: 'ro 12', PHDPX: 'ro 11', LLSTAT: 'ro 2', JBSTAT: 'ro 1' },
  },
  PHID1: { address: 0x02, reset: 0x0083, bits: { PID_3_18: 'ro 15:0' } },
  PHID2: { address: 0x03, reset: 0x1400, bits: { PID_19_24: 'ro 15:10', PPN: 'ro 9:4', PREV: 'ro 3:0' } },
  PHCON2: {
    address: 0x10,
    reset: 0x0000,
    bits: { FRCLNK: 'rw 14', TXDIS: 'rw 13', JABBER: 'rw 10', HDLDIS: 'rw 8' },
    reserved: 0x1aff,
  },
  PHSTAT2: {
    address: 0x11,
    reset: 0x0000,
    bits: { TXSTAT: 'ro 13', RXSTAT: 'ro 12', COLSTAT: 'ro 11', LSTAT: 'ro 10', DPXSTAT: 'ro 9', PLRITY: 'ro 5' },
  },
  PHIE: { address: 0x12, reset: 0x0000, bits: { PLNKIE: 'rw 4', PGEIE: 'rw 1' }, reserved: 0xffed },
  PHIR: { address: 0x13, reset: 0x0000, bits: { PLNKIF: 'ro 4', PGIF: 'ro 2' } },
  PHLCON: {
    address: 0x14,
    reset: 0x3422,
    bits: { LACFG: 'rw 11:8', LBCFG: 'rw 7:4', LFRQ: 'rw 3:2', STRCH: 'rw 1' },
    reserved: 0xf001,
  },
} as const satisfies Record<string, Omit<RegisterSpec, 'kind' | 'bank'>>

export type RegisterName = keyof typeof CONTROL
export type PhyRegisterName = keyof typeof PHY

/** One field of a register. */
export interface RegisterField {
  readonly name: string
  readonly access: Access
  /** Highest and lowest bit of the field, and its mask in place. */
  readonly high: number
  readonly low: number
  readonly mask: number
}

interface RegisterMasks {
  readonly address: number
  readonly reset: number
  /** Fields, most significant first. */
  readonly fields: readonly RegisterField[]
  /** Bits that take the value written, reserved ones that are stored included. */
  readonly writable: number
  readonly readOnly: number
  /** Bits a host can clear and never set. */
  readonly clearOnly: number
  /** Bits that act when 1 is written and read 0. */
  readonly selfClearing: number
  /** Bits to be kept at their reset value. */
  readonly reserved: number
  /** Bits that can ever read 1. */
  readonly implemented: number
}

export interface ControlRegister extends RegisterMasks {
  readonly name: RegisterName
  readonly kind: RegisterKind
  /** Banks that show it: one, or all four. */
  readonly banks: readonly number[]
  /** The address is reserved: it may be read and must not be changed. */
  readonly withdrawn: boolean
}

export interface PhyRegister extends RegisterMasks {
  readonly name: PhyRegisterName
  readonly kind: 'PHY'
}

function field(name: string, span: string): RegisterField {
  const [access, bits] = span.split(' ')
  const [high, low = high] = bits.split(':').map(Number)
  return { name, access: access as Access, high, low, mask: (2 ** (high - low + 1) - 1) * 2 ** low }
}

function masks(spec: Omit<RegisterSpec, 'kind' | 'bank'>): RegisterMasks {
  const fields = Object.entries(spec.bits).map(([name, span]) => field(name, span))
  const of = (access: Access) => fields.reduce((sum, each) => (each.access === access ? sum | each.mask : sum), 0)
  const reserved = spec.reserved ?? 0
  const stored = of('rw') === 0 ? 0 : reserved
  const writable = of('rw') | stored
  return {
    address: spec.address,
    reset: spec.reset,
    fields,
    writable,
    readOnly: of('ro'),
    clearOnly: of('rc'),
    selfClearing: of('sc'),
    reserved: spec.withdrawn === true ? 0xff : reserved,
    implemented: writable | of('ro') | of('rc') | (spec.reservedButSet ?? 0),
  }
}

function mapValues<Name extends string, Spec, Value>(
  table: Readonly<Record<Name, Spec>>,
  make: (name: Name, spec: Spec) => Value,
): Readonly<Record<Name, Value>> {
  const result: Partial<Record<Name, Value>> = {}
  for (const name in table) result[name] = make(name, table[name])
  return result as Record<Name, Value>
}

/** Every control register, by name. */
export const REGISTERS = mapValues<RegisterName, RegisterSpec, ControlRegister>(CONTROL, (name, spec) => ({
  name,
  kind: spec.kind,
  banks: spec.bank === undefined ? [0, 1, 2, 3] : [spec.bank],
  withdrawn: spec.withdrawn === true,
  ...masks(spec),
}))

/** Every PHY register, by name. */
export const PHY_REGISTERS = mapValues<PhyRegisterName, Omit<RegisterSpec, 'kind' | 'bank'>, PhyRegister>(
  PHY,
  (name, spec) => ({ name, kind: 'PHY', ...masks(spec) }),
)

type MasksOf<Table extends Record<string, { bits: object }>> = {
  readonly [Name in keyof Table]: { readonly [Bit in keyof Table[Name]['bits']]: number }
}

function bitMasks<Table extends Record<string, { bits: object }>>(
  registers: Record<string, RegisterMasks>,
): MasksOf<Table> {
  return Object.fromEntries(
    Object.entries(registers).map(([name, register]) => [
      name,
      Object.fromEntries(register.fields.map((each) => [each.name, each.mask])),
    ]),
  ) as MasksOf<Table>
}

/** Masks in place: `BITS.ECON1.TXRTS` is 08h, `BITS.ECON1.BSEL` is 03h. */
export const BITS: MasksOf<typeof CONTROL> = bitMasks(REGISTERS)
/** Masks in place of the PHY's registers: `PHY_BITS.PHSTAT2.LSTAT` is 0400h. */
export const PHY_BITS: MasksOf<typeof PHY> = bitMasks(PHY_REGISTERS)

const BY_PLACE: (ControlRegister | undefined)[] = new Array(128)
for (const register of Object.values(REGISTERS)) {
  for (const bank of register.banks) BY_PLACE[bank * 32 + register.address] = register
}
const PHY_BY_ADDRESS: (PhyRegister | undefined)[] = new Array(32)
for (const register of Object.values(PHY_REGISTERS)) PHY_BY_ADDRESS[register.address] = register

/** The register at an address (0 to 1Fh) of a bank (0 to 3); undefined where nothing is implemented. */
export function registerAt(bank: number, address: number): ControlRegister | undefined {
  return BY_PLACE[(bank & 3) * 32 + (address & 0x1f)]
}

/** The PHY register at an address (0 to 1Fh); undefined where nothing is implemented. */
export function phyRegisterAt(address: number): PhyRegister | undefined {
  return PHY_BY_ADDRESS[address & 0x1f]
}

/** First octets of the seven instructions (DS39662 table 4-1). RCR, WCR, BFS and BFC take a register address in bits 4:0. */
export const OPCODE = {
  RCR: 0x00,
  RBM: 0x3a,
  WCR: 0x40,
  WBM: 0x7a,
  BFS: 0x80,
  BFC: 0xa0,
  SRC: 0xff,
} as const

/** Octets of buffer memory (DS39662 3.2). */
export const BUFFER_SIZE = 8192
/** Octets of the transmit status vector, written after ETXND (DS39662 7.1). */
export const TRANSMIT_STATUS_OCTETS = 7
/** Next packet pointer, 2 octets, and receive status vector, 4 octets, before each packet (DS39662 7.2.2). */
export const RECEIVE_HEADER_OCTETS = 6

export type SiliconRevision = 'B1' | 'B4' | 'B5' | 'B7'
/** EREVID of each silicon revision (DS80349C table 1). */
export const REVISION_ID: Readonly<Record<SiliconRevision, number>> = { B1: 0x02, B4: 0x04, B5: 0x05, B7: 0x06 }
