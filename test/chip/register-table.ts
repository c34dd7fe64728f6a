/**
 * Every register of the four banks and of the PHY, written from the data sheet by hand. The model has a table of its own;
 * these two must never be made from one another, or the tests would only prove that the model agrees with itself.
 *
 * Access, bit 7 first: w read and write · r read only · c readable, cleared by a written 0 or BFC, never set by the host ·
 * s self-clearing · - unimplemented, reads 0 · x reserved, to be kept 0 · ? not stated by the data sheet.
 */

export type Kind = 'E' | 'A' | 'I'

export interface Register {
  readonly name: string
  /** Bank 0 to 3; undefined: the same register in every bank. */
  readonly bank: number | undefined
  readonly address: number
  readonly kind: Kind
  /** After POR once CLKRDY has come, and after a system reset. */
  readonly reset: number
  readonly access: string
}

// bank address name kind reset access
const CONTROL = `
* 1b EIE      E 00 wwwwwxww
* 1c EIR      E 00 -rcrcxcc
* 1d ESTAT    E 01 rcxc-rcr
* 1e ECON2    E 80 wswxw---
* 1f ECON1    E 00 wwwwwwww

0 00 ERDPTL   E fa wwwwwwww
0 01 ERDPTH   E 05 ---wwwww
0 02 EWRPTL   E 00 wwwwwwww
0 03 EWRPTH   E 00 ---wwwww
0 04 ETXSTL   E 00 wwwwwwww
0 05 ETXSTH   E 00 ---wwwww
0 06 ETXNDL   E 00 wwwwwwww
0 07 ETXNDH   E 00 ---wwwww
0 08 ERXSTL   E fa wwwwwwww
0 09 ERXSTH   E 05 ---wwwww
0 0a ERXNDL   E ff wwwwwwww
0 0b ERXNDH   E 1f ---wwwww
0 0c ERXRDPTL E fa wwwwwwww
0 0d ERXRDPTH E 05 ---wwwww
0 0e ERXWRPTL E 00 rrrrrrrr
0 0f ERXWRPTH E 00 ---rrrrr
0 10 EDMASTL  E 00 wwwwwwww
0 11 EDMASTH  E 00 ---wwwww
0 12 EDMANDL  E 00 wwwwwwww
0 13 EDMANDH  E 00 ---wwwww
0 14 EDMADSTL E 00 wwwwwwww
0 15 EDMADSTH E 00 ---wwwww
0 16 EDMACSL  E 00 ????????
0 17 EDMACSH  E 00 ????????

1 00 EHT0     E 00 wwwwwwww
1 01 EHT1     E 00 wwwwwwww
1 02 EHT2     E 00 wwwwwwww
1 03 EHT3     E 00 wwwwwwww
1 04 EHT4     E 00 wwwwwwww
1 05 EHT5     E 00 wwwwwwww
1 06 EHT6     E 00 wwwwwwww
1 07 EHT7     E 00 wwwwwwww
1 08 EPMM0    E 00 wwwwwwww
1 09 EPMM1    E 00 wwwwwwww
1 0a EPMM2    E 00 wwwwwwww
1 0b EPMM3    E 00 wwwwwwww
1 0c EPMM4    E 00 wwwwwwww
1 0d EPMM5    E 00 wwwwwwww
1 0e EPMM6    E 00 wwwwwwww
1 0f EPMM7    E 00 wwwwwwww
1 10 EPMCSL   E 00 wwwwwwww
1 11 EPMCSH   E 00 wwwwwwww
1 14 EPMOL    E 00 wwwwwwww
1 15 EPMOH    E 00 ---wwwww
1 18 ERXFCON  E a1 wwwwwwww
1 19 EPKTCNT  E 00 ????????

2 00 MACON1   A 00 ---xwwww
2 02 MACON3   A 00 wwwwwwww
2 03 MACON4   A 00 -www--xx
2 04 MABBIPG  A 00 -wwwwwww
2 06 MAIPGL   A 00 -wwwwwww
2 07 MAIPGH   A 00 -wwwwwww
2 08 MACLCON1 A 0f ----wwww
2 09 MACLCON2 A 37 --wwwwww
2 0a MAMXFLL  A 00 wwwwwwww
2 0b MAMXFLH  A 06 wwwwwwww
2 12 MICMD    I 00 ------ww
2 14 MIREGADR I 00 ---wwwww
2 16 MIWRL    I 00 wwwwwwww
2 17 MIWRH    I 00 wwwwwwww
2 18 MIRDL    I 00 rrrrrrrr
2 19 MIRDH    I 00 rrrrrrrr

3 00 MAADR5   A 00 wwwwwwww
3 01 MAADR6   A 00 wwwwwwww
3 02 MAADR3   A 00 wwwwwwww
3 03 MAADR4   A 00 wwwwwwww
3 04 MAADR1   A 00 wwwwwwww
3 05 MAADR2   A 00 wwwwwwww
3 06 EBSTSD   E 00 wwwwwwww
3 07 EBSTCON  E 00 wwwwwwws
3 08 EBSTCSL  E 00 ????????
3 09 EBSTCSH  E 00 ????????
3 0a MISTAT   I 00 ----xrrr
3 12 EREVID   E 06 ---rrrrr
3 15 ECOCON   E 04 -----www
3 17 EFLOCON  E 00 -----rww
3 18 EPAUSL   E 00 wwwwwwww
3 19 EPAUSH   E 10 wwwwwwww
`

export const REGISTER_TABLE: readonly Register[] = CONTROL.trim()
  .split(/\n+/)
  .map((line) => {
    const [bank, address, name, kind, reset, access] = line.trim().split(/\s+/)
    return {
      name,
      bank: bank === '*' ? undefined : Number(bank),
      address: Number.parseInt(address, 16),
      kind: kind as Kind,
      reset: Number.parseInt(reset, 16),
      access,
    }
  })

const BY_NAME = new Map(REGISTER_TABLE.map((register) => [register.name, register]))

export function register(name: string): Register {
  const found = BY_NAME.get(name)
  if (found === undefined) throw new Error(`no register ${name} in the table of the data sheet`)
  return found
}

/** Addresses that hold nothing: they read 00h and ignore what is written (section 3). */
export const UNIMPLEMENTED: readonly { readonly bank: number; readonly address: number }[] = [
  ...[0x18, 0x19].map((address) => ({ bank: 0, address })),
  ...[0x12, 0x13].map((address) => ({ bank: 1, address })),
  ...[0x05, 0x0f, 0x13].map((address) => ({ bank: 2, address })),
  ...[0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x13, 0x14].map((address) => ({ bank: 3, address })),
]

/** The mask of the bits whose access is one of `kinds`; bit 7 (or 15) stands first in an access string. */
export function mask(access: string, kinds: string): number {
  return [...access].reduce((value, letter) => (value << 1) | (kinds.includes(letter) ? 1 : 0), 0)
}

export interface PhyRegisterRow {
  readonly name: string
  readonly address: number
  readonly reset: number
  /** As above, bit 15 first. `0`: self-clearing reset bit, left alone by the generated tests. */
  readonly access: string
}

/**
 * Section 5. Bits that 5.2 does not list are `?` (section 26 item 9): neither their storage nor their value is pinned.
 * PHSTAT1 and PHSTAT2 resets are those of a chip with no link in half duplex.
 */
export const PHY_REGISTER_TABLE: readonly PhyRegisterRow[] = [
  { name: 'PHCON1', address: 0x00, reset: 0x0000, access: 'sw??wx?wx???????' },
  { name: 'PHSTAT1', address: 0x01, reset: 0x1800, access: '---rr--------rr-' },
  { name: 'PHID1', address: 0x02, reset: 0x0083, access: 'rrrrrrrrrrrrrrrr' },
  { name: 'PHID2', address: 0x03, reset: 0x1400, access: 'rrrrrrrrrrrrrrrr' },
  { name: 'PHCON2', address: 0x10, reset: 0x0000, access: '?wwxxwxwxxxxxxxx' },
  { name: 'PHSTAT2', address: 0x11, reset: 0x0000, access: '--rrrrr---r-----' },
  { name: 'PHIE', address: 0x12, reset: 0x0000, access: 'xxxxxxxxxxxwxxwx' },
  { name: 'PHIR', address: 0x13, reset: 0x0000, access: '???????????r-r-?' },
  { name: 'PHLCON', address: 0x14, reset: 0x3422, access: 'xxxxwwwwwwwwwwwx' },
]

export const PHY = Object.fromEntries(PHY_REGISTER_TABLE.map(({ name, address }) => [name, address])) as Readonly<
  Record<'PHCON1' | 'PHSTAT1' | 'PHID1' | 'PHID2' | 'PHCON2' | 'PHSTAT2' | 'PHIE' | 'PHIR' | 'PHLCON', number>
>
