/** Of the controller station. Registers, bits, instructions, states and events have the names of data sheet and chart, in every language. */
export const CONTROLLER_EN = {
  'controller.set.driver': 'Who drives the chip',
  'controller.driver.by-firmware': 'the firmware',
  'controller.driver.by-hand': 'you, by hand',
  'controller.set.text': 'Text in the frames',
  'controller.set.octets': 'Octets a frame',
  'controller.set.plugged': 'Network cable plugged in',
  'controller.set.bank': 'Registers to look at',
  'controller.bank.selected': 'of the selected bank',
  'controller.bank.phy': 'of the PHY',

  'controller.act.receive': 'the partner sends',
  'controller.act.init': 'initialise the chip',
  'controller.act.send': 'send a frame',
  'controller.act.read': 'read one frame out',
  'controller.act.clear': 'clear the flags',
  'controller.act.fill': 'the partner sends until the ring is full',
  'controller.act.reset-chip': 'pull the chip’s RESET',
  'controller.act.reset-board': 'press the reset button',
  'controller.act.brown-out': 'let the supply sag',
  'controller.act.chip-sag': 'let the chip’s 3.3 V sag',
  'controller.group.hand': 'By hand',
  'controller.group.partner': 'The partner',
  'controller.group.harm': 'Reset and supply',

  'controller.probe.cs': 'CS (low: selected)',
  'controller.probe.sck': 'SCK',
  'controller.probe.mosi': 'MOSI',
  'controller.probe.miso': 'MISO',
  'controller.probe.int': 'INT at the controller',
  'controller.probe.reset': 'RESET of the chip',
  'controller.probe.vcc': 'supply of the board, 5 V',
  'controller.probe.3v3': 'supply of the chip, 3.3 V',
  'controller.row.bits': 'bits',
  'controller.row.octets': 'octets',
  'controller.row.instruction': 'instruction',
  'controller.not-driven': 'not driven',
  'controller.band.high': 'high',
  'controller.band.low': 'low',
  'controller.band.undefined': 'undefined',
  'controller.band.brown-out': 'brown-out',
  'controller.band.resets': 'chip resets',

  'controller.spi.rcr': ({ register, value, bits }: { register: string; value: string; bits: string }) =>
    `RCR, read control register: ${register} is ${value}${bits === '' ? '' : ` (${bits})`}.`,
  'controller.spi.wcr': ({ register, value, bits }: { register: string; value: string; bits: string }) =>
    `WCR, write control register: ${register} becomes ${value}${bits === '' ? '' : ` (${bits})`}.`,
  'controller.spi.bfs': ({ register, value, bits }: { register: string; value: string; bits: string }) =>
    `BFS, bit field set: in ${register} ${bits === '' ? value : bits} set.`,
  'controller.spi.bfc': ({ register, value, bits }: { register: string; value: string; bits: string }) =>
    `BFC, bit field clear: in ${register} ${bits === '' ? value : bits} cleared.`,
  'controller.spi.rbm': ({ octets }: { octets: number }) =>
    `RBM, read buffer memory: ${octets} octet${octets === 1 ? '' : 's'} from ERDPT on.`,
  'controller.spi.wbm': ({ octets }: { octets: number }) =>
    `WBM, write buffer memory: ${octets} octet${octets === 1 ? '' : 's'} from EWRPT on.`,
  'controller.spi.src': 'SRC, system reset command: the chip begins anew.',
  'controller.spi.none': ({ value }: { value: string }) => `${value} is none of the seven instructions.`,

  'controller.chart.state': ({ region, state }: { region: string; state: string }) => `Chart, ${region}: ${state}.`,
  'controller.chart.idle': ({ region }: { region: string }) => `Chart, ${region}: not there while nothing runs.`,
  'controller.state': ({ region, from, to, reason }: { region: string; from: string; to: string; reason: string }) =>
    `${region}: ${from} → ${to}${reason === '' ? '' : ` (${reason})`}`,
  'controller.driver.yours': 'The chip is in your hands: the firmware has let it go.',
  'controller.driver.firmware': 'The firmware has the chip.',
  'controller.runs': 'The controller runs its firmware.',
  'controller.stands': 'The controller does not run: it has no supply, is held in reset, or is still starting.',
  'controller.supply': ({ board, chip }: { board: string; chip: string }) =>
    `Supply: ${board} V for the board, ${chip} V for the chip.`,
  'controller.supply.low': ({ board, chip }: { board: string; chip: string }) =>
    `Supply: ${board} V for the board, ${chip} V for the chip, too little: it has lost its registers.`,
  'controller.int.high': 'INT is high: the chip has nothing to tell.',
  'controller.int.low': 'INT is low: a flag of EIR is set that EIE lets through.',
  'controller.int.high-there': 'INT is high at the controller.',
  'controller.int.low-there': 'INT is low at the controller.',
  'controller.int.differs': 'INT is not the same at the chip and at the controller: the wire does not carry it.',
  'controller.cable.link': 'The network cable is in, and there is a link.',
  'controller.cable.no-link': 'The network cable is in, and there is no link.',
  'controller.cable.out': 'The network cable is not plugged in.',
  'controller.register': ({ register, value, bits }: { register: string; value: string; bits: string }) =>
    `${register} = ${value}${bits === '' ? '' : ` (${bits})`}`,
  'controller.register.changed': ({ register, value, bits }: { register: string; value: string; bits: string }) =>
    `${register} = ${value}${bits === '' ? '' : ` (${bits})`}, changed since you last did something`,
  'controller.ring': ({ from, to, packets, free }: { from: string; to: string; packets: number; free: number }) =>
    `The receive ring goes from ${from} to ${to}: ${packets} packet${packets === 1 ? '' : 's'} in it, ${free} octets free.`,
  'controller.packet': ({ at, octets, next, says }: { at: string; octets: number; next: string; says: string }) =>
    `Packet at ${at}: ${octets} octets, “${says}”; its header says that the next one begins at ${next}.`,
  'controller.packet.corrupt': ({ at }: { at: string }) =>
    `At ${at} a packet should begin, and its header contradicts itself: the ring is corrupt.`,
  'controller.transmit': ({ from, to, says }: { from: string; to: string; says: string }) =>
    `From ${from} to ${to} the frame that was sent last: “${says}”.`,
  'controller.transmit.now': ({ from, to, says }: { from: string; to: string; says: string }) =>
    `From ${from} to ${to} the frame that is being sent: “${says}”.`,
  'controller.pointer.ERXST': ({ at }: { at: string }) => `ERXST ${at}: the receive ring begins.`,
  'controller.pointer.ERXND': ({ at }: { at: string }) => `ERXND ${at}: the receive ring ends.`,
  'controller.pointer.ERXRDPT': ({ at }: { at: string }) =>
    `ERXRDPT ${at}: up to here the driver has given memory back; the chip never writes over it.`,
  'controller.pointer.ERXWRPT': ({ at }: { at: string }) => `ERXWRPT ${at}: here the chip writes the next packet.`,
  'controller.pointer.ERDPT': ({ at }: { at: string }) => `ERDPT ${at}: here RBM reads next.`,
  'controller.pointer.EWRPT': ({ at }: { at: string }) => `EWRPT ${at}: here WBM writes next.`,
  'controller.pointer.ETXST': ({ at }: { at: string }) => `ETXST ${at}: the frame to be sent begins.`,
  'controller.pointer.ETXND': ({ at }: { at: string }) => `ETXND ${at}: the frame to be sent ends.`,

  'controller.did.init': 'By hand: the chip is reset, identified and set up; it receives.',
  'controller.did.sent': 'By hand: the frame has left, TXIF is set.',
  'controller.did.not-sent': 'By hand: the frame has not left.',
  'controller.did.read': ({ says }: { says: string }) => `By hand: read “${says}”, and gave its memory back.`,
  'controller.did.nothing': 'By hand: EPKTCNT is 0, there is nothing to read.',
  'controller.did.bad': 'By hand: the packet was stored with an error in its status; it is given back unread.',
  'controller.did.corrupt': 'By hand: what should be a packet’s header contradicts itself. Initialise the chip anew.',
  'controller.did.clear':
    'By hand: RXERIF, TXIF, TXERIF and what ESTAT says of them are cleared; PHIR is read, which clears LINKIF.',
  'controller.did.failed': ({ trouble }: { trouble: string }) => `By hand: it does not work: ${trouble}.`,
  'controller.did.refused': 'The firmware does not send: it has no link, or the chip does not run.',
  'controller.did.reset-chip': 'RESET of the chip is low for 10 ms.',
  'controller.did.reset-board': 'The reset button of the board is pressed for 10 ms.',
  'controller.did.brown-out': 'The board’s supply sags to 2.2 V for 20 ms.',
  'controller.did.chip-sag': 'The chip’s 3.3 V sag to 2 V for 5 ms; the controller sees nothing of it.',
  'controller.partner.no-link': 'The partner does not send: it has no link.',
  'controller.not-yours': 'The firmware has the chip. Choose “you, by hand” first, and wait until it has released it.',
  'controller.read-late': ({ milliseconds, says }: { milliseconds: number; says: string }) =>
    `The firmware has read “${says}”, ${milliseconds} ms after it was stored: late.`,
  'controller.given-back': ({ waiting }: { waiting: number }) =>
    `A packet’s memory is given back (ECON2.PKTDEC): EPKTCNT is ${waiting}.`,
  'controller.frame.out': ({ octets }: { octets: number }) => `A frame of ${octets} octets has left for the partner.`,
  'controller.frame.stored': ({ octets, at }: { octets: number; at: string }) =>
    `A frame of ${octets} octets is stored from ${at} on.`,
  'controller.frame.dropped': ({ reason }: { reason: string }) => `The chip drops a frame: ${reason}.`,
  'controller.finding': ({ rule, source }: { rule: string; source: string }) =>
    `Against the data sheet: ${rule} (${source}).`,
  'controller.broken': 'The board is switched off, something is broken on it, and it is switched on.',
  'controller.mended': 'The board is switched off, mended, and switched on.',

  'controller.trouble.no-answer': 'no ENC28J60 answers; look at supply, CS and MISO',
  'controller.trouble.clock-not-ready': 'ESTAT.CLKRDY stays 0: its 25 MHz crystal does not run',
  'controller.trouble.unknown-revision': 'EREVID is none of the four known revisions',
  'controller.trouble.register-readback': 'registers do not hold what was written',
  'controller.trouble.phy-not-ready': 'the PHY does not answer',
  'controller.trouble.registers-lost': 'registers are back at their reset values',
  'controller.trouble.receiver-deaf': 'nothing is received any more',
  'controller.trouble.memory-corrupt': 'the receive memory is corrupt',
  'controller.trouble.transmitter-stuck': 'the transmit logic does not come back',
  'controller.trouble.bus': 'SPI was broken off: the controller stopped',

  'controller.stage.chart': 'State chart of the controller',
  'controller.stage.registers': 'Registers',
  'controller.stage.memory': 'Buffer memory, 8 KiB',
  'controller.stage.spi': 'SPI transfers, the newest last',
  'controller.stage.controller': 'controller',
  'controller.stage.chip': 'ENC28J60',
  'controller.stage.partner': 'partner',
  'controller.stage.link': 'link',
  'controller.stage.no-link': 'no link',
  'controller.stage.bank': ({ bank }: { bank: string }) => (bank === 'PHY' ? 'PHY' : `bank ${bank}`),
  'controller.stage.arcs': ({ region }: { region: string }) => `What leads from where to where: ${region}`,
  'controller.stage.anywhere': ({ events }: { events: string }) => `${events}: from any state`,
  'controller.stage.receive': 'receive ring',
  'controller.stage.transmit': 'to be sent',
  'controller.stage.no-transfers': 'None yet.',

  'controller.task':
    'The chip is in your hands, its receive ring has run over, and INT stays low. Make a frame that the partner sends now arrive and be read, with INT high again.',
  'controller.task.solved': 'A new frame was stored and read, and INT is high: solved.',
  'controller.hint.waiting': 'Look at EIR and at EPKTCNT (bank 1): what does INT still have to tell?',
  'controller.hint.read':
    'Memory comes free by reading: each frame that is read moves ERXRDPT on and counts EPKTCNT down (ECON2.PKTDEC).',
  'controller.hint.flag':
    'RXERIF stays set until somebody clears it. Then let the partner send, and read that frame out as well. Giving the chip back to the firmware does all that, too.',
}
