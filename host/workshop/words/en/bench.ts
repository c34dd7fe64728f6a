/** Of the bench. Checks, causes and what to do have the words of the command line, which come with the checks. */
export const BENCH_EN = {
  'bench.set.only': 'What to check',
  'bench.only.all': 'everything',
  'bench.set.address': 'Your program: the address that the partner pings',
  'bench.set.cs': 'Your program: Arduino pin of the chip’s CS',
  'bench.set.int': 'Your program: Arduino pin of the chip’s INT',

  'bench.act.check': 'run the checks',
  'bench.act.stop': 'stop',
  'bench.act.load': 'choose a .hex or .elf file',
  'bench.act.run': 'run it from the beginning',
  'bench.act.reset': 'press the reset button',
  'bench.act.ping': 'let the partner ping it',
  'bench.act.type': 'send',
  'bench.act.unload': 'take it off the board',

  'bench.layer.serial': 'serial line',
  'bench.layer.spi': 'SPI wires',
  'bench.layer.chip': 'chip, digital part',
  'bench.layer.phy': 'PHY and link',
  'bench.layer.mac': 'frames on the cable',
  'bench.layer.network': 'addresses and packets',
  'bench.layer-state': ({ layer, state }: { layer: string; state: string }) => `${layer}: ${state}.`,
  'bench.state.open': 'not checked',
  'bench.state.runs': 'being checked',
  'bench.state.pass': 'in order',
  'bench.state.warn': 'conspicuous',
  'bench.state.fail': 'something is wrong',
  'bench.state.skip': 'could not be checked',
  'bench.part.computer': 'computer',
  'bench.part.controller': 'controller',
  'bench.part.chip': 'chip',
  'bench.part.digital': 'digital',
  'bench.part.phy': 'PHY',
  'bench.part.partner': 'partner',

  'bench.probe.checks': 'checks, one after the other',
  'bench.probe.line': 'serial line of your program',
  'bench.probe.cable': 'frames on the cable',
  'bench.row.checks': 'check',
  'bench.row.from-board': 'from board',
  'bench.row.to-board': 'to board',
  'bench.frame': ({ octets }: { octets: number }) => `${octets} octets`,
  'bench.lane.checks': ({ checks, failed }: { checks: number; failed: number }) =>
    `Checks: ${checks} in this stretch, ${failed} of them failed.`,
  'bench.lane.line': ({ octets }: { octets: number }) => `Serial line: ${octets} octets in this stretch.`,
  'bench.lane.cable': ({ frames }: { frames: number }) => `Cable: ${frames} frames in this stretch.`,

  'bench.suite.none': 'Nothing has been checked yet.',
  'bench.suite.runs': ({ done, of }: { done: number; of: number }) =>
    `The checks are under way: ${done} of ${of} are done.`,
  'bench.suite.stale': 'This is the report of the board as it was: something was changed since. Run the checks again.',
  'bench.did.check': 'The board is switched on, and the checks begin.',
  'bench.did.check-program': 'The board is switched on with your program on it, and the checks begin.',
  'bench.did.broken-off': 'The board is switched off, and the checks are broken off.',
  'bench.did.fail': ({ check }: { check: string }) => `${check} has failed.`,
  'bench.did.warn': ({ check }: { check: string }) => `${check} found something conspicuous.`,
  'bench.did.pass-all': ({ checks }: { checks: number }) => `${checks} checks: all is in order.`,
  'bench.did.warn-all': ({ checks }: { checks: number }) => `${checks} checks: something is conspicuous.`,
  'bench.did.fail-all': ({ checks }: { checks: number }) => `${checks} checks: something is broken.`,
  'bench.did.skip-all': ({ checks }: { checks: number }) => `${checks} checks: none of them says anything.`,
  'bench.did.cause': ({ cause, percent }: { cause: string; percent: number }) =>
    `Diagnosis: ${cause}, with a probability of ${percent} %.`,
  'bench.did.run': ({ file }: { file: string }) => `${file} is in the flash; the board is switched on.`,
  'bench.did.finding': ({ rule, source }: { rule: string; source: string }) =>
    `Your program breaks a rule: ${rule} (${source}).`,

  'bench.file.missing': ({ file }: { file: string }) =>
    `This run was made with the file ${file}, which a link does not carry. Give it again.`,
  'bench.file.refused': ({ file }: { file: string }) => `${file} cannot be used.`,
  'bench.file.why': ({ file, why }: { file: string; why: string }) => `${file} cannot be used: ${why}.`,
  'bench.file.too-long': ({ file, mebibytes }: { file: string; mebibytes: number }) =>
    `${file} has more than ${mebibytes} MiB: that is no program for an AVR. avr-strip makes ELF smaller.`,
  'bench.file.one': 'Give one file at a time.',
  'bench.file.unread': ({ file, why }: { file: string; why: string }) =>
    `${file} could not be read: ${why}. Give it again.`,
  'bench.program.runs': ({ file, octets }: { file: string; octets: number }) =>
    `Your program ${file}, ${octets} octets of flash, runs on the emulated controller.`,
  'bench.program.stands': ({ file, octets }: { file: string; octets: number }) =>
    `Your program ${file}, ${octets} octets of flash, is on the board; it does not run by itself while the checks have the board.`,
  'bench.program.said': ({ octets, baud }: { octets: number; baud: number }) =>
    `It has said ${octets} octets on its serial port, at ${baud} baud.`,
  'bench.program.link': ({ sent, received }: { sent: number; received: number }) =>
    `The cable has a link. Frames: ${sent} sent, ${received} received.`,
  'bench.program.no-link': ({ sent, received }: { sent: number; received: number }) =>
    `The cable has no link. Frames: ${sent} sent, ${received} received.`,
  'bench.finding': ({ rule, source, count }: { rule: string; source: string; count: number }) =>
    `Rule broken ${count} time${count === 1 ? '' : 's'}: ${rule} (${source}).`,
  'bench.finding.spi-mode': ({ mode }: { mode: number }) =>
    `SPI mode ${mode} is used with the chip selected; it has mode 0 only`,
  'bench.finding.illegal-opcode': ({ place, value, name }: { place: string; value: string; name: string }) =>
    `at ${place}: opcode ${value} (${name}) does not exist on this part`,
  'bench.finding.store-outside-memory': ({ place, value }: { place: string; value: string; name: string }) =>
    `at ${place}: a store to ${value}, where there is no memory`,
  'bench.finding.load-outside-memory': ({ place, value }: { place: string; value: string; name: string }) =>
    `at ${place}: a load from ${value}, where there is no memory`,
  'bench.finding.spm-outside-boot-section': ({ place }: { place: string; value: string; name: string }) =>
    `at ${place}: SPM outside the boot section has no effect`,

  'bench.stage.suite': 'Checks',
  'bench.stage.chain': 'The way from the computer to the partner, with what the checks say of each part',
  'bench.stage.diagnosis': 'Diagnosis',
  'bench.stage.program': 'Your own program',
  'bench.stage.real': 'A real board',
  'bench.stage.results': 'Results',
  'bench.stage.findings': 'What it does against the data sheets',
  'bench.stage.no-findings': 'Nothing so far.',
  'bench.stage.said': 'Serial port: what it says',
  'bench.stage.say': 'Serial port: what you say to it',
  'bench.stage.far':
    'A simulated Uno with an ENC28J60. In the list of faults, “the far end” of the serial line is this board.',
  'bench.stage.failed-only': 'only what is not in order',
  'bench.stage.json': 'report as JSON',
  'bench.stage.html': 'report as a page',
  'bench.stage.repair': ({ fault }: { fault: string }) => `repair ${fault}`,
  'bench.stage.loading': 'The checks are being loaded …',
  'bench.stage.first': 'first seen',
  'bench.stage.times': 'times',
  'bench.stage.rule': 'rule',

  'bench.drop':
    'Drop a .hex or .elf file here: it runs on an emulated Uno with an ENC28J60 and a partner at its cable.',
  'bench.program.check': 'The checks above are made on this program as well: it is the bridge firmware, or it is not.',

  'bench.real.about':
    'Checks a board with the bridge firmware at a serial port of this computer. The port is opened once, which may reset the board, and stays open until the report is there.',
  'bench.real.choose': 'choose a port and run the checks',
  'bench.real.no-serial':
    'This page has no Web Serial here: it takes Chromium, Chrome or Edge on a computer, and a page from https, localhost or a file.',
  'bench.real.none': 'No port was chosen.',
  'bench.real.running': ({ port }: { port: string }) => `${port} is being checked …`,
  'bench.real.failed': ({ why }: { why: string }) => `It could not be checked: ${why}.`,

  'bench.task':
    'Something is broken on this board. Run the checks, read the diagnosis, repair what it names, and let everything be checked once more: it has to pass.',
  'bench.task.solved': 'Everything was checked, and is in order: solved.',
  'bench.hint.run': 'Press “run the checks”: they go from the line upwards, and what stands on a failure is skipped.',
  'bench.hint.first':
    'Look at the first check that has failed, and at what the diagnosis says of it: the likeliest cause stands first.',
  'bench.hint.repair':
    'Each cause has a button that repairs it. Afterwards the report is of the board as it was: run the checks again.',
}
