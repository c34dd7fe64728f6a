/** What the chip noticed its driver doing against the data sheet. A finding never changes what the chip does. */

import type { Clock } from '../../../firmware/hal/clock.js'
import { Tally } from '../../../firmware/hal/counters.js'
import { Listeners } from '../../../firmware/hal/listeners.js'

export interface Finding {
  /** Stable name of the rule. */
  readonly id: FindingId
  /** Virtual time, ns. */
  readonly at: number
  /** Octets the driver had sent under the chip select in which it happened (the instruction first). */
  readonly octets: Uint8Array
  /** The rule that was broken, in words. */
  readonly rule: string
  /** Where the rule is written. */
  readonly source: string
}

/** Rules a driver can break: what the data sheet asks, and where. */
export const FINDING_RULES = {
  'invalid-instruction': ['the first octet is one of the seven instructions', 'DS39662 table 4-1'],
  'address-1a': ['address 1Ah is the argument of RBM and WBM and must not be accessed', 'DS39662 3.1'],
  'bit-field-on-mac-register': ['BFS and BFC work on ETH registers only', 'DS39662 4.2.4, 4.2.5'],
  'missing-dummy-octet': [
    'a MAC or MII register read answers after a dummy octet: three octets in all',
    'DS39662 4.2.1',
  ],
  'incomplete-instruction': ['chip select rose before the data octet: the instruction had no effect', 'DS39662 4.2'],
  'octets-after-data': ['an instruction other than RBM, WBM and RCR ends with its data octet', 'DS39662 4.2'],
  'reserved-bit': ['reserved bits are kept at their reset value', 'DS39662 3.1, register figures'],
  'reserved-register': ['reserved registers may be read, their content must not be changed', 'DS39662 3.1'],
  'unimplemented-register': ['nothing is implemented at this address', 'DS39662 table 3-1'],
  'read-only-register': ['this register is the chip’s own: a write has no effect', 'DS39662 table 3-2'],
  'mac-access-asleep': ['MAC, MII and PHY registers cannot be accessed while ECON2.PWRSV is 1', 'DS39662 14.0'],
  'mac-access-before-clkrdy': ['MAC, MII and PHY registers must not be used before ESTAT.CLKRDY', 'DS39662 2.2'],
  'enable-before-clkrdy': ['TXRTS and RXEN must not be set before ESTAT.CLKRDY', 'DS39662 2.2'],
  'phy-too-soon-after-reset': ['no PHY access within 50 us of a reset', 'DS39662 11.2'],
  'reset-while-asleep': ['SRC is ignored while ECON2.PWRSV is 1: clear PWRSV first', 'DS80349C item 19'],
  'spi-too-fast': ['SCK is 20 MHz at most', 'DS39662 table 16-6'],
  'spi-too-slow': [
    'on this revision SCK is 8 MHz or more for MAC and MII registers, unless it is synchronous with OSC1',
    'DS80349C item 1',
  ],
  'cs-setup-too-short': ['CS is low 50 ns before the first rising edge of SCK', 'DS39662 table 16-6'],
  'cs-high-too-short': ['CS is high for 50 ns between two instructions', 'DS39662 table 16-6'],
  'sck-not-idle-low': ['SCK is low while CS falls: mode 0,0 only', 'DS39662 4.1'],
  'si-setup-too-short': ['SI is stable 10 ns before the rising edge of SCK', 'DS39662 table 16-6'],
  'si-hold-too-short': ['SI is stable for 10 ns after the rising edge of SCK', 'DS39662 table 16-6'],
  'incomplete-octet': ['CS rises after whole octets: the bits of an incomplete one are lost', 'DS39662 4.2'],
  'cs-hold-too-short': ['CS stays low for 10 ns after the last SCK edge', 'DS39662 table 16-6'],
  'cs-hold-too-short-mac': [
    'CS stays low for 210 ns after the last SCK edge on MAC and MII registers',
    'DS39662 table 16-6',
  ],
  'reset-pulse-too-short': ['RESET is held low for at least 400 ns', 'DS39662 table 16-3'],
  'reset-pulses-too-close': ['RESET is high for at least 2 us between two pulses', 'DS39662 table 16-3'],
  'sleep-while-busy': ['RXEN is 0 and TXRTS and RXBUSY have become 0 before PWRSV is set', 'DS39662 14.1'],
  'transmit-while-in-reset': ['TXRTS has no effect while TXRST is 1: clear TXRST first', 'DS39662 11.4'],
  'receive-while-in-reset': ['RXEN has no effect while RXRST is 1: clear RXRST first', 'DS39662 11.5'],
  'packet-count-below-zero': ['PKTDEC only after EPKTCNT has counted a packet', 'DS39662 7.2.4'],
  'even-read-pointer': ['ERXRDPT is written with odd values only', 'DS80349C item 14'],
  'read-pointer-outside-fifo': ['ERXRDPT lies between ERXST and ERXND', 'DS39662 6.1'],
  'fifo-not-at-zero': ['the receive buffer begins at 0000h', 'DS80349C item 5'],
  'fifo-changed-while-receiving': ['ERXST and ERXND are not changed while RXEN is 1', 'DS39662 7.2.1'],
  'duplex-disagreement': ['MACON3.FULDPX and PHCON1.PDPXMD are equal', 'DS39662 6.6'],
  'receive-without-marxen': ['MACON1.MARXEN is set before RXEN', 'DS39662 6.5'],
  'no-payload': ['ETXND lies after ETXST', 'DS39662 7.1'],
  'status-vector-in-fifo': [
    'the seven octets after ETXND are free for the transmit status vector, outside the receive buffer',
    'DS39662 7.1',
  ],
  'buffer-changed-while-sending': ['the frame being sent is not written to', 'DS39662 7.1'],
  'transmit-pointer-changed': ['ETXST and ETXND are not changed while TXRTS is 1', 'DS39662 7.1'],
  'mac-changed-while-sending': ['MAC transmit registers are not changed while TXRTS is 1', 'DS39662 7.1'],
  'pattern-with-other-filters': ['PMEN is not combined with another filter in OR logic', 'DS80349C item 18'],
  'bist-while-busy': ['DMAST, RXEN and TXRTS are 0 when BISTST is set', 'DS39662 15.0'],
  'stale-transmit-flags': ['EIR.TXIF and TXERIF are cleared before TXRTS is set', 'DS39662 7.1'],
  'gap-not-programmed': ['MABBIPG is programmed before the first transmission: 12h or 15h', 'DS39662 6.5'],
  'duplex-changed-while-active': ['duplex is changed only while RXEN, RXBUSY and TXRTS are 0', 'DS39662 6.6'],
  'fifo-alignment': ['ERXST is even and ERXND is odd', 'DS39662 6.1, 7.2.1'],
  'odd-pattern-offset': ['EPMO is even', 'DS80349C, data sheet clarification'],
  'dma-changed-while-running': ['DMA pointers and CSUMEN are left alone while DMAST is 1', 'DS39662 13.1'],
  'clkout-reserved': ['COCON 110b and 111b are reserved', 'DS39662 register 2-1'],
  'led-reserved': ['LED codes 0000b, 0110b, 1111b and LFRQ 11b are reserved', 'DS39662 register 2-2'],
  'padding-without-crc': ['TXCRCEN is set where PADCFG appends a CRC', 'DS39662 register 6-2'],
  'mii-busy': ['no MII operation is started while MISTAT.BUSY is 1', 'DS39662 3.3'],
  'mii-scanning': ['MIIRD and MIWRH are left alone during a scan', 'DS39662 3.3.3'],
  'mii-read-too-soon': ['MIRD is read after MISTAT.BUSY has become 0', 'DS39662 3.3.1'],
  'dma-without-end': [
    'EDMAND can be reached from EDMAST, and a copy is longer than one octet: this one never ends',
    'DS39662 13.1',
  ],
  'checksum-while-receiving': ['no DMA checksum is started while RXBUSY is 1', 'DS80349C item 17'],
  'bist-without-test-mode': ['BISTST is set with TME', 'DS39662 15.0'],
  'bist-reserved-mode': ['TMSEL 11b is reserved', 'DS39662 register 15-1'],
  'test-mode-in-use': ['TME is cleared before RXEN or TXRTS is set', 'DS39662 15.0'],
  'pause-without-txpaus': ['MACON1.TXPAUS is set before pause frames are asked for', 'DS39662 9.2'],
  'phy-reserved-bit': ['reserved PHY bits keep their value: 0, and 1 in PHLCON 13:12', 'DS39662 register 2-2, 3.3'],
  'phy-unimplemented-register': ['no PHY register is implemented at this address', 'DS39662 table 3-3'],
} as const satisfies Record<string, readonly [rule: string, source: string]>

export type FindingId = keyof typeof FINDING_RULES

/** Findings kept; later ones are still counted and reported. */
const KEPT = 1000

export class FindingLog {
  readonly #clock: Clock
  readonly #octets: () => Uint8Array
  readonly list: Finding[] = []
  readonly counts = new Tally<FindingId>()
  readonly listeners = new Listeners<[finding: Finding]>()

  /** @param octets what the driver has sent under the present chip select, a copy. */
  constructor(clock: Clock, octets: () => Uint8Array) {
    this.#clock = clock
    this.#octets = octets
  }

  report(id: FindingId): void {
    this.counts.add(id)
    if (this.list.length >= KEPT && this.listeners.size === 0) return
    const [rule, source] = FINDING_RULES[id]
    const finding: Finding = { id, at: this.#clock.now, octets: this.#octets(), rule, source }
    if (this.list.length < KEPT) this.list.push(finding)
    this.listeners.tell(finding)
  }
}
