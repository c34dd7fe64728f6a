/** The chip itself, and what it needs to run. */
import { counted } from '../counted.js'
import { times } from '../times.js'

export const CHIP_DIAGNOSIS = {
  'crystal-missing.stopped': ({ waited }: { readonly waited: string }) =>
    `CLKRDY is still 0 ${waited} ms after the chip was woken; a crystal starts in 0.3 ms.`,
  'crystal-missing.answers':
    'The chip answers, and its ETH registers keep what is written: they need no clock. Supply and wires are sound.',
  'crystal-missing.remedy':
    'Look at the 25 MHz crystal beside the chip (pins 23 and 24): is it there, are both ends soldered, are its two small capacitors? With an ' +
    'oscilloscope or a frequency counter CLKOUT (pin 3) shows 6.25 MHz when it runs. A crystal that was dropped is often broken inside: swap it.',

  'chip-brown-out.reset':
    'Registers were back at their reset values although nobody reset the chip: its supply had sagged.',
  'chip-brown-out.trouble': ({ count, reason }: { readonly count: number; readonly reason: string }) =>
    `The chip gave trouble ${times(count)} while it worked: ${reason}.`,
  'chip-brown-out.wires': 'Its wires are sound: everything written came back as it was.',
  'chip-brown-out.controller': 'The controller itself ran through.',
  'chip-brown-out.remedy':
    'The module needs 180 mA at 3.3 V, and never less than 3.1 V: measure between its 3.3 V pin and GND while it sends. The 3.3 V pin of an Uno, a Mega ' +
    'or a Nano is specified for 50 mA: feed the module from a regulator of its own (an AMS1117-3.3 on 5 V), with 10 µF and 100 nF beside it.',

  'buffer-memory-bad.checksum': ({ checksum }: { readonly checksum: string }) =>
    `The chip filled its memory by itself and read ${checksum} as the checksum where F807h is right; no wire takes part in that.`,
  'buffer-memory-bad.where': ({
    count,
    first,
    bits,
  }: {
    readonly count: number
    readonly first: string
    readonly bits: string
  }) => `${counted(count, 'octet is', 'octets are')} wrong, first at ${first}, in bits ${bits}.`,
  'buffer-memory-bad.registers': 'Its registers are perfect.',
  'buffer-memory-bad.remedy':
    'Run the check twice more, the second time with the chip warm: the same address again means that the chip is damaged (static, or 5 V on a pin that ' +
    'cannot take it) and must be replaced. Changing addresses mean a supply below 3.1 V: measure it.',

  'phy-dead.silent': ({ reason }: { readonly reason: string }) => `The PHY does not answer: ${reason}.`,
  'phy-dead.identifier': ({ id1, id2 }: { readonly id1: string; readonly id2: string }) =>
    `PHID1 and PHID2 read ${id1} and ${id2} instead of 0083h and 1400h.`,
  'phy-dead.analogue':
    'MAC registers keep what is written and the 25 MHz clock runs: only the analogue half of the chip is silent.',
  'phy-dead.remedy':
    'Switch the board off and on once: a PHY whose clock did not start comes back. If it stays so, check 3.3 V at VDDRX, VDDTX and VDDPLL (pins 19, 15 and 20) and RBIAS (pin 14: 2.32 kΩ to ' +
    'ground on revisions B5 and B7, 2.7 kΩ before); if those are right, the chip is damaged (lightning on the cable does this): replace it.',

  'wrong-revision.clock': ({
    erevid,
    revision,
    clock,
  }: {
    readonly erevid: string
    readonly revision: string
    readonly clock: string
  }) =>
    `EREVID reads ${erevid}, revision ${revision}, and SPI runs at ${clock} MHz: below 8 MHz its MAC registers are unreliable (erratum 1).`,
  'wrong-revision.registers': 'MAC or MII registers did come back wrong, while ETH registers kept everything.',
  'wrong-revision.remedy':
    'Run SPI at 8 MHz or more (spiClock in the board file, if the controller can), or clock it from CLKOUT; otherwise replace the chip by revision B5 or B7. The ' +
    'letter and digit are printed under the part number on the chip.',
}
