/**
 * The register map once more, for tests: typed in by hand from the data sheet facts (DS39662 tables 3-1 to 3-3 and the
 * register figures) and sharing nothing with `registers.ts`, so that a slip in one of the two shows.
 *
 * Columns: bank (* for all), address, name, kind, reset, bits 7 to 0. Bits: `w` read and write, `o` read only, `c` readable
 * and clearable only, `s` self-clearing (reads 0), `r` reserved and kept as written, `0` reserved and reads 0, `h` reserved
 * by the sheet and set by silicon itself (a recording: docs/chip.md), `-` unimplemented and reads 0.
 */
const CONTROL = `
* 1B EIE      E 00 w w w w w r w w
* 1C EIR      E 00 - o c o c 0 c c
* 1D ESTAT    E 00 o c 0 c - o c o
* 1E ECON2    E 80 w s w r w - - -
* 1F ECON1    E 00 w w w w w w w w
0 00 ERDPTL   E FA w w w w w w w w
0 01 ERDPTH   E 05 - - - w w w w w
0 02 EWRPTL   E 00 w w w w w w w w
0 03 EWRPTH   E 00 - - - w w w w w
0 04 ETXSTL   E 00 w w w w w w w w
0 05 ETXSTH   E 00 - - - w w w w w
0 06 ETXNDL   E 00 w w w w w w w w
0 07 ETXNDH   E 00 - - - w w w w w
0 08 ERXSTL   E FA w w w w w w w w
0 09 ERXSTH   E 05 - - - w w w w w
0 0A ERXNDL   E FF w w w w w w w w
0 0B ERXNDH   E 1F - - - w w w w w
0 0C ERXRDPTL E FA w w w w w w w w
0 0D ERXRDPTH E 05 - - - w w w w w
0 0E ERXWRPTL E 00 o o o o o o o o
0 0F ERXWRPTH E 00 - - - o o o o o
0 10 EDMASTL  E 00 w w w w w w w w
0 11 EDMASTH  E 00 - - - w w w w w
0 12 EDMANDL  E 00 w w w w w w w w
0 13 EDMANDH  E 00 - - - w w w w w
0 14 EDMADSTL E 00 w w w w w w w w
0 15 EDMADSTH E 00 - - - w w w w w
0 16 EDMACSL  E 00 o o o o o o o o
0 17 EDMACSH  E 00 o o o o o o o o
1 00 EHT0     E 00 w w w w w w w w
1 01 EHT1     E 00 w w w w w w w w
1 02 EHT2     E 00 w w w w w w w w
1 03 EHT3     E 00 w w w w w w w w
1 04 EHT4     E 00 w w w w w w w w
1 05 EHT5     E 00 w w w w w w w w
1 06 EHT6     E 00 w w w w w w w w
1 07 EHT7     E 00 w w w w w w w w
1 08 EPMM0    E 00 w w w w w w w w
1 09 EPMM1    E 00 w w w w w w w w
1 0A EPMM2    E 00 w w w w w w w w
1 0B EPMM3    E 00 w w w w w w w w
1 0C EPMM4    E 00 w w w w w w w w
1 0D EPMM5    E 00 w w w w w w w w
1 0E EPMM6    E 00 w w w w w w w w
1 0F EPMM7    E 00 w w w w w w w w
1 10 EPMCSL   E 00 w w w w w w w w
1 11 EPMCSH   E 00 w w w w w w w w
1 14 EPMOL    E 00 w w w w w w w w
1 15 EPMOH    E 00 - - - w w w w w
1 18 ERXFCON  E A1 w w w w w w w w
1 19 EPKTCNT  E 00 o o o o o o o o
2 00 MACON1   A 00 - - - r w w w w
2 01 MACON2   A 00 r r r r r r r r
2 02 MACON3   A 00 w w w w w w w w
2 03 MACON4   A 00 - w w w - - r r
2 04 MABBIPG  A 00 - w w w w w w w
2 06 MAIPGL   A 00 - w w w w w w w
2 07 MAIPGH   A 00 - w w w w w w w
2 08 MACLCON1 A 0F - - - - w w w w
2 09 MACLCON2 A 37 - - w w w w w w
2 0A MAMXFLL  A 00 w w w w w w w w
2 0B MAMXFLH  A 06 w w w w w w w w
2 12 MICMD    I 00 - - - - - - w w
2 14 MIREGADR I 00 - - - w w w w w
2 16 MIWRL    I 00 w w w w w w w w
2 17 MIWRH    I 00 w w w w w w w w
2 18 MIRDL    I 00 o o o o o o o o
2 19 MIRDH    I 00 o o o o o o o o
3 00 MAADR5   A 00 w w w w w w w w
3 01 MAADR6   A 00 w w w w w w w w
3 02 MAADR3   A 00 w w w w w w w w
3 03 MAADR4   A 00 w w w w w w w w
3 04 MAADR1   A 00 w w w w w w w w
3 05 MAADR2   A 00 w w w w w w w w
3 06 EBSTSD   E 00 w w w w w w w w
3 07 EBSTCON  E 00 w w w w w w w w
3 08 EBSTCSL  E 00 o o o o o o o o
3 09 EBSTCSH  E 00 o o o o o o o o
3 0A MISTAT   I 00 - - - - h o o o
3 12 EREVID   E 06 - - - o o o o o
3 15 ECOCON   E 04 - - - - - w w w
3 17 EFLOCON  E 00 - - - - - o w w
3 18 EPAUSL   E 00 w w w w w w w w
3 19 EPAUSH   E 10 w w w w w w w w
`

/** Address, name, reset, bits 15 to 0. */
const PHY = `
00 PHCON1  0000 s w - - w r - w r - - - - - - -
01 PHSTAT1 1800 - - - o o - - - - - - - - o o -
02 PHID1   0083 o o o o o o o o o o o o o o o o
03 PHID2   1400 o o o o o o o o o o o o o o o o
10 PHCON2  0000 - w w r r w r w r r r r r r r r
11 PHSTAT2 0000 - - o o o o o - - - o - - - - -
12 PHIE    0000 r r r r r r r r r r r w r r w r
13 PHIR    0000 - - - - - - - - - - - o - o - -
14 PHLCON  3422 r r r r w w w w w w w w w w w r
`

export type BitAccess = 'w' | 'o' | 'c' | 's' | 'r' | '0' | 'h' | '-'

export interface ReferenceRegister {
  readonly name: string
  /** 0 to 3; undefined: in every bank. */
  readonly bank: number | undefined
  readonly address: number
  readonly kind: 'ETH' | 'MAC' | 'MII' | 'PHY'
  readonly reset: number
  /** Index 0 is bit 0. */
  readonly bits: readonly BitAccess[]
}

const KINDS = { E: 'ETH', A: 'MAC', I: 'MII' } as const

function rows(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(/\s+/))
}

export const REFERENCE_REGISTERS: readonly ReferenceRegister[] = rows(CONTROL).map(
  ([bank, address, name, kind, reset, ...bits]) => ({
    name,
    bank: bank === '*' ? undefined : Number(bank),
    address: Number.parseInt(address, 16),
    kind: KINDS[kind as keyof typeof KINDS],
    reset: Number.parseInt(reset, 16),
    bits: bits.reverse() as BitAccess[],
  }),
)

export const REFERENCE_PHY_REGISTERS: readonly ReferenceRegister[] = rows(PHY).map(
  ([address, name, reset, ...bits]) => ({
    name,
    bank: undefined,
    address: Number.parseInt(address, 16),
    kind: 'PHY',
    reset: Number.parseInt(reset, 16),
    bits: bits.reverse() as BitAccess[],
  }),
)

/** Addresses the data sheet marks reserved: bank, address. Bank 2 01h is in the table above, as storage. */
export const REFERENCE_RESERVED: readonly (readonly [number, number])[] = [
  [1, 0x16],
  [1, 0x17],
  [2, 0x0c],
  [2, 0x0d],
  [2, 0x0e],
  [2, 0x10],
  [2, 0x11],
  [2, 0x15],
  [3, 0x16],
]

/** The bits of a register that have one of the given kinds of access. */
export function referenceMask(register: ReferenceRegister, ...access: readonly BitAccess[]): number {
  return register.bits.reduce((mask, bit, i) => (access.includes(bit) ? mask | (1 << i) : mask), 0)
}
