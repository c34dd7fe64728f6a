/**
 * What to do about a rule that a program breaks: of the chip's data sheet, and of its own controller. Beside the sentences, because the page
 * shows none of them and has no room.
 */
import type { RuleId } from '../../sketch/sketch.js'

type Remedies = Readonly<Record<RuleId, string>>

export const FINDING_REMEDIES: Remedies = {
  'invalid-instruction':
    'send one of RCR, RBM, WCR, WBM, BFS, BFC, SRC first; where the octet is a shifted one, look at the SPI mode and at what else shares the bus',
  'address-1a': 'write RBM as 3Ah and WBM as 7Ah; no register has the address 1Ah',
  'bit-field-on-mac-register': 'read the register, change the bits in the driver, and write it with WCR',
  'missing-dummy-octet': 'clock three octets for a MAC or MII register and take the third',
  'incomplete-instruction': 'send the data octet before CS rises; wait until the SPI has shifted it out',
  'octets-after-data': 'raise CS after the data octet, and lower it again for the next instruction',
  'reserved-bit': 'write the register from its reset value, and change only bits that have a name',
  'reserved-register': 'leave it out: this address has no function (table 3-1)',
  'unimplemented-register':
    'look at the bank: ECON1.BSEL may not be what the driver takes it for, after a reset for instance',
  'read-only-register': 'leave the write out',
  'mac-access-asleep': 'clear ECON2.PWRSV and wait for ESTAT.CLKRDY before MAC, MII and PHY registers',
  'mac-access-before-clkrdy': 'poll ESTAT.CLKRDY after power-on before anything of MAC, MII or PHY',
  'enable-before-clkrdy': 'poll ESTAT.CLKRDY before TXRTS or RXEN',
  'phy-too-soon-after-reset': 'wait for 50 us after a reset; 1 ms after SRC, for erratum 2',
  'reset-while-asleep': 'clear ECON2.PWRSV, wait for 1 ms, and send SRC then',
  'spi-too-fast': 'divide the SPI clock more',
  'spi-too-slow': 'clock SCK with 8 MHz or more, or from CLKOUT; or take a chip of revision B5 or later',
  'cs-setup-too-short': 'wait between CS and the first clock: 50 ns is one instruction at 20 MHz',
  'cs-high-too-short': 'wait for 50 ns between raising CS and lowering it',
  'sck-not-idle-low': 'use SPI mode 0; give SCK its idle level before CS falls',
  'si-setup-too-short': 'set MOSI earlier, half a clock before SCK rises',
  'si-hold-too-short': 'change MOSI with the falling edge of SCK',
  'incomplete-octet': 'raise CS only after the eighth clock; see that nothing else clocks SCK',
  'cs-hold-too-short': 'wait for the end of the last octet before CS rises',
  'cs-hold-too-short-mac': 'wait for 210 ns before CS rises after MAC and MII registers',
  'reset-pulse-too-short': 'hold RESET low for a microsecond',
  'reset-pulses-too-close': 'wait for 2 us, better until ESTAT.CLKRDY, before the next pulse',
  'sleep-while-busy': 'clear RXEN, poll ESTAT.RXBUSY and ECON1.TXRTS until both are 0, and set PWRSV then',
  'transmit-while-in-reset': 'set TXRST and clear it in two instructions before TXRTS',
  'receive-while-in-reset': 'set RXRST and clear it in two instructions before RXEN',
  'packet-count-below-zero': 'read EPKTCNT, and set PKTDEC once for each packet that was read',
  'even-read-pointer': 'write ERXRDPT as the next-packet pointer minus 1, and as ERXND where that is below ERXST',
  'read-pointer-outside-fifo': 'keep ERXRDPT within the buffer: go from ERXND to ERXST',
  'fifo-not-at-zero': 'put the receive buffer at 0000h and the transmit buffer behind it',
  'fifo-changed-while-receiving': 'clear RXEN and wait for ESTAT.RXBUSY to be 0 before ERXST and ERXND',
  'duplex-disagreement': 'set MACON3.FULDPX and PHCON1.PDPXMD alike; LEDB’s wiring decides PDPXMD at reset',
  'receive-without-marxen': 'set MACON1.MARXEN with WCR before ECON1.RXEN',
  'no-payload': 'let ETXST point to the control octet and ETXND to the last octet of the frame',
  'status-vector-in-fifo': 'leave seven octets between ETXND and the receive buffer, or the end of the memory',
  'buffer-changed-while-sending':
    'wait until ECON1.TXRTS is 0 before the next frame is written there, or use two buffers',
  'transmit-pointer-changed': 'wait until ECON1.TXRTS is 0 before ETXST and ETXND are set',
  'mac-changed-while-sending': 'wait until ECON1.TXRTS is 0 before MAC registers are written',
  'pattern-with-other-filters': 'use PMEN alone, or AND logic, or look at short frames in software',
  'bist-while-busy': 'clear DMAST, RXEN and TXRTS before the test, best right after a reset',
  'stale-transmit-flags': 'BFC EIR with 0Ah before each TXRTS',
  'stale-transmit-flags-unused': 'BFC EIR with 0Ah before each TXRTS, where TXIF is polled',
  'abort-never-cleared': 'BFC ESTAT with 12h (TXABRT, LATECOL) when a transmission ended with TXERIF',
  'link-interrupt-without-phie': 'write 0012h to PHIE by way of MIWR, and read PHIR in the handler to clear LINKIF',
  'packet-never-freed': 'BFS ECON2 with 40h (PKTDEC) once for each packet',
  'header-read-elsewhere':
    'begin at ERXST after a reset, take the next-packet pointer of each header, and reset reception (RXRST, ERXST, ERXND) when it lies outside of the buffer',
  'interrupt-edge-missed':
    'clear EIE.INTIE on entry and set it on leaving: INT rises and falls again if something is pending; or ask for the level of INT',
  'receiver-left-full':
    'read packets until EPKTCNT is 0 whenever RXERIF is set, free each with ERXRDPT and PKTDEC, and clear RXERIF; where that is not enough, reset reception with RXRST',
  'gap-not-programmed': 'write MABBIPG: 12h half duplex, 15h full duplex; and MAIPG',
  'duplex-changed-while-active': 'set duplex before RXEN, or clear RXEN and wait for RXBUSY and TXRTS first',
  'fifo-alignment': 'choose an even ERXST and an odd ERXND: 0000h and 19FFh for instance',
  'odd-pattern-offset': 'choose an even EPMO, and move the mask by one',
  'dma-changed-while-running': 'wait until ECON1.DMAST is 0',
  'clkout-reserved': 'write 0 to 5 into ECOCON',
  'led-reserved': 'choose LED codes of register 2-2, and keep bits 13 and 12 of PHLCON at 1',
  'padding-without-crc': 'set MACON3.TXCRCEN where PADCFG is 001, 011, 101 or 111',
  'mii-busy': 'poll MISTAT.BUSY until it is 0',
  'mii-scanning': 'clear MICMD.MIISCAN and wait for MISTAT.BUSY to be 0',
  'mii-read-too-soon': 'poll MISTAT.BUSY, or wait for 10.24 us, before MIRDL and MIRDH',
  'dma-without-end': 'set EDMAND behind EDMAST, within the memory',
  'checksum-while-receiving': 'compute checksums in software, or while RXEN is 0',
  'bist-without-test-mode': 'set TME and BISTST together',
  'bist-reserved-mode': 'choose TMSEL 00b, 01b or 10b',
  'test-mode-in-use': 'clear EBSTCON.TME, or reset the chip, before frames',
  'pause-without-txpaus': 'set MACON1.TXPAUS (and RXPAUS) in set-up',
  'phy-reserved-bit': 'write PHY registers from their reset values',
  'phy-unimplemented-register': 'choose 00h, 10h, 12h or 14h for MIREGADR before a PHY write',
  'spi-mode': 'set SPI mode 0 (CPOL 0, CPHA 0) before CS falls, most significant bit first',
  'illegal-opcode': 'compile for this part (-mmcu), and look for a jump through a pointer that is wrong',
  'store-outside-memory':
    'look for an index or pointer that runs out of its array, or a stack that has met the variables',
  'load-outside-memory': 'look for an index or pointer that runs out of its array',
  'spm-outside-boot-section': 'put code with SPM into the boot section, or leave it to the boot loader',
}

/** In front of one. */
export const TO_DO = 'what to do: '
