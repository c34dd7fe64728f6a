/** The figures of the checks, in English: these names are also those of the report document. */
import type { FigureWords } from '../figure-words.js'

const LINE: FigureWords['serial.line-errors'] = {
  boardFraming: 'framing errors at the board',
  boardParity: 'parity errors at the board',
  boardOverruns: 'overruns at the board',
  boardHeaders: 'header errors at the board',
  boardPayloads: 'payload errors at the board',
  hostHeaders: 'header errors here',
  hostPayloads: 'payload errors here',
  errorsPerMillion: 'errors per million octets',
  skipped: 'octets skipped to find cells again',
  octets: 'octets both ways',
}

const PING: FigureWords['network.ping'] = {
  loss: 'loss',
  median: 'median round trip',
  longest: 'longest round trip',
  size: 'echoes of this size',
  echoes: 'echoes',
}

const ANSWERS: FigureWords['network.answers'] = {
  answered: 'echoes answered',
  median: 'median round trip',
}

const HEARING: FigureWords['phy.filter-unicast'] = {
  wanted: 'wanted frames heard',
  unwanted: 'unwanted frames let through',
  tried: 'times the wanted one was sent',
}

const ECHOES_OF_A_SIZE: FigureWords['mac.echo-short'] = {
  lost: 'echoes lost',
  wrongFcs: 'echoes damaged',
  median: 'median time, the serial line included',
  repeated: 'transmissions repeated',
  echoes: 'echoes',
}

export const FIGURE_NAMES: FigureWords = {
  'serial.session': {
    answerTime: 'time until it answered',
    octetsReceived: 'octets received',
    cellsUnderstood: 'cells understood',
    cellsSent: 'cells sent',
    ownCells: 'own cells that came back',
    otherHosts: 'cells of another host',
    boardAsked: 'sessions the board asked for',
    unconfirmed: 'acceptances the board repeated since its start',
    version: 'session version',
  },
  'serial.rate': {
    answered: 'rate at which it answered',
    share: 'of the rate that was asked for',
    deviation: 'deviation',
    measured: 'rate of the board’s own clock',
    tried: 'other rates tried',
    unquiet: 'pauses in which octets came',
  },
  'serial.link': {
    open: 'sessions open',
    baud: 'rate of this end',
  },
  'serial.identity': {
    window: 'window',
    highestSpiClock: 'highest SPI clock',
  },
  'serial.echo': {
    wrong: 'messages wrong or lost',
    payloadShare: 'share of the line that was payload',
    messages: 'messages',
  },
  'serial.round-trip': {
    median: 'median round trip',
    percentile95: '95th percentile',
    longest: 'longest',
    twoCellTimes: 'two cell times',
  },
  'serial.line-errors': LINE,
  'serial.whole-run': LINE,
  'serial.retransmissions': {
    host: 'cells sent again from here',
    board: 'cells sent again by the board',
    sent: 'cells sent from here',
  },
  'serial.octets': {
    lostThere: 'octets sent from here and not received by the board',
    lostHere: 'octets sent by the board and not received here',
    out: 'octets sent from here',
    back: 'octets sent by the board',
  },
  'serial.quiet': {
    damaged: 'cells damaged while nobody spoke',
    skipped: 'octets of no cell',
    octets: 'octets received',
    listened: 'listened for',
  },
  'serial.error-rate': {
    share: 'cells damaged',
    atMost: 'at most, with 95 % confidence',
    cells: 'cells both ways',
  },
  'serial.baud-change': {
    echoesThere: ({ baud }) => `echoes at ${baud} baud`,
    echoesBack: ({ baud }) => `echoes back at ${baud} baud`,
    thereAndBack: 'there and back',
  },
  'serial.restarts': {
    starts: 'times it started anew',
    watched: 'watched for',
    brownOut: 'its last start was a brown-out',
    watchdog: 'its last start was the watchdog’s',
  },

  'spi.bridge': {
    handOver: 'time to hand over',
    serprogVersion: 'serprog version',
    hasSpi: 'SPI among its buses',
  },
  'spi.clock': {
    clock: 'SPI clock',
  },
  'spi.miso': {
    differing: 'answers that differ',
    allOnes: 'answers FFh',
    allZeros: 'answers 00h',
    echoes: 'answers that echo the command',
    answers: 'answers',
    rightWhenSlow: 'answers right at a slow clock',
    slowClock: 'slow clock',
    rightAgain: 'answers right when asked again at full speed',
  },
  'spi.bit-order': {
    wrong: 'octets that came back changed',
    late: 'of them a bit late',
    early: 'of them a bit early',
    reversed: 'of them turned around',
    mirrored: 'octets that came back right with the lowest bit first',
    set: 'bits ever read as 1',
    cleared: 'bits ever read as 0',
  },
  'spi.clock-sweep': {
    highest: 'highest clock below which nothing was wrong',
    wrongAtLowest: 'answers wrong at the lowest clock',
    wrongAtUsual: 'answers wrong at the usual clock',
    tried: 'clocks tried',
  },
  'spi.pins': {
    sck: 'SCK: 0 follows, 1 held high, 2 held low',
    mosi: 'MOSI: 0 follows, 1 held high, 2 held low',
    miso: 'MISO: 0 free, 1 held high, 2 held low',
    cs: 'chip select: 0 follows, 1 held high, 2 held low',
    int: 'INT: 0 as it should be, 1 held high, 2 held low',
    reset: 'RESET: 0 follows, 1 held high, 2 held low',
    misoDriven: 'MISO is driven although the chip is not selected',
    intDriven: 'INT is driven by somebody',
    csPulled: 'chip select rises by itself when it is let go',
    sckMosi: 'MOSI falls with SCK',
    sckMiso: 'MISO falls with SCK',
    sckCs: 'chip select falls with SCK',
    sckInt: 'INT falls with SCK',
    mosiMiso: 'MISO falls with MOSI',
    mosiCs: 'chip select falls with MOSI',
    mosiInt: 'INT falls with MOSI',
    misoCs: 'chip select falls with MISO',
    misoInt: 'INT falls with MISO',
    csInt: 'INT falls with chip select',
  },
  'spi.by-hand': {
    straight: 'the chip answers by wires as they should be',
    sckMosi: 'it answers with SCK and MOSI exchanged',
    sckCs: 'it answers with SCK and chip select exchanged',
    mosiCs: 'it answers with MOSI and chip select exchanged',
    sckMiso: 'it answers with SCK and MISO exchanged',
    mosiMiso: 'it answers with MOSI and MISO exchanged',
    csMiso: 'it answers with chip select and MISO exchanged',
    misoInt: 'it answers at INT in place of MISO',
  },
  'spi.zero-bit': {
    ones: 'readings with ESTAT bit 3 set',
    readings: 'readings',
  },
  'spi.interrupt-pin': {
    pending: 'INT with an interrupt pending',
    rest: 'INT at rest',
    cleared: 'INT after it was cleared',
    flag: 'DMAIF meanwhile, as read over MISO',
  },
  'spi.pointers': {
    wrong: 'pointers read back wrong',
    wrongBits: 'bits that were ever wrong',
    written: 'pointers written and read',
  },
  'spi.banks': {},
  'spi.bit-fields': {
    cleared: 'F1h after BFC 17h',
    set: 'F1h after BFS 17h',
  },
  'spi.memory': {
    wrong: 'octets that came back wrong',
    rate: 'rate across the bridge, both ways',
    written: 'octets written and read',
  },
  'spi.auto-increment': {
    wrong: 'octets wrong across the ERXND wrap',
    readPointer: 'ERDPT after the wrap',
    writePointer: 'EWRPT after 1FFFh and two more',
    moved: 'octets that moved with AUTOINC off',
  },

  'chip.clock': {
    awake: 'CLKRDY after waking',
    asleep: 'CLKRDY while asleep',
    waited: 'waited',
  },
  'chip.reset': {
    differing: 'registers that differ',
  },
  'chip.revision': {},
  'chip.self-test': {
    addressRead: 'address fill: read back',
    addressWritten: 'address fill: written',
    otherPortRead: 'address fill, other port: read back',
    otherPortWritten: 'address fill, other port: written',
    rotatedRead: 'pattern 55h rotated: read back',
    rotatedWritten: 'pattern 55h rotated: written',
    patternRead: 'pattern AAh: read back',
    patternWritten: 'pattern AAh: written',
    wrong: 'octets wrong after address fill',
    firstWrong: 'first of them at',
    wrongBits: 'bits wrong in them',
  },
  'chip.self-test-unrotated': {
    readFives: 'pattern 55h: read back',
    writtenFives: 'pattern 55h: written',
    readTens: 'pattern AAh: read back',
    writtenTens: 'pattern AAh: written',
    wrong: 'octets wrong in both',
    firstWrong: 'first of them at',
    stuckHigh: 'bits that are 1 where 0 was written',
    stuckLow: 'bits that are 0 where 1 was written',
  },
  'chip.address-lines': {
    wrong: 'addresses that hold another’s octet',
    lines: 'address lines in them',
  },
  'chip.memory-at-rest': {
    wrong: 'octets read back wrong',
    twice: 'octets that differ when read twice',
    rested: 'octets that changed at rest',
    octets: 'octets written',
  },
  'chip.first-command': {
    reset: 'EWRPT after the reset',
    written: 'EWRPT as the first command wrote it',
  },
  'chip.interrupts': {
    shown: 'ESTAT.INT with flag and enable set',
    masked: 'ESTAT.INT with nothing enabled',
    cleared: 'ESTAT.INT after the flag was cleared',
  },
  'chip.dma-checksum': {
    sum: ({ octets }) => `sum of ${octets} octets`,
  },
  'chip.dma-copy': {
    wrong: 'octets copied wrong',
    busy: 'DMAST at the end',
    done: 'DMAIF at the end',
  },
  'chip.mac-registers': {
    wrong: 'registers read back wrong',
    read: 'registers read',
  },
  'chip.receive-pointer': {
    both: 'ERXRDPT after both octets',
    lowAlone: 'after the low octet alone',
    high: 'after the high octet',
  },

  'phy.identifier': {},
  'phy.registers': {},
  'phy.access-time': {
    busy: 'BUSY after 10.24 µs',
    seen: 'time until it was seen from here',
  },
  'phy.loopback': {
    heard: 'own frames heard',
    wrongFcs: 'own frames with a wrong FCS',
    otherwiseBad: 'own frames bad in another way',
    sent: 'frames sent',
  },
  'phy.filter-unicast': HEARING,
  'phy.filter-broadcast': HEARING,
  'phy.filter-multicast': HEARING,
  'phy.filter-hash': HEARING,
  'phy.filter-pattern': HEARING,
  'phy.filter-magic': HEARING,
  'phy.forced-link': {
    sent: 'sent with the link forced',
    collisions: 'collisions',
  },
  'phy.duplex': {},
  'phy.not-forced': {},
  'phy.link': {
    time: 'time until the link was up',
    readings: 'status readings',
    receiving: 'readings that saw something being received',
  },
  'phy.partner': {
    link: 'link at the partner',
    power: 'power at the partner',
  },
  'phy.polarity': {
    reversed: 'readings with PLRITY set',
    readings: 'readings',
  },
  'phy.link-steady': {
    lost: 'readings that saw the link lost',
    jabber: 'readings that saw jabber',
    watched: 'watched for',
  },

  'mac.bystanders': {
    busy: 'readings that found the line busy',
    pauses: 'pause frames',
    runts: 'whole frames shorter than 64 octets',
    fragments: 'damaged pieces',
    others: 'other whole frames',
    readings: 'readings',
    listened: 'listened for',
  },
  'mac.transmit': {
    sent: 'sent',
    collisions: 'collisions',
    lateCollisions: 'late collisions',
    excessiveDeferrals: 'excessive deferrals',
    octets: 'octets sent, padding and FCS included',
    repetitions: 'repetitions by the driver',
    ownBack: 'own frames that came back',
  },
  'mac.receive': {
    time: 'time until the answer was read',
    badStatus: 'frames with a bad status',
    requests: 'requests',
  },
  'mac.frame-check': {
    wrongFcs: 'frames received with a wrong FCS',
    lost: 'frames lost',
    otherwiseBad: 'frames bad in another way',
    whole: 'frames that came back whole',
    sent: 'frames sent',
    repeated: 'transmissions repeated',
    octets: 'octets on the wire',
  },
  'mac.frame-sizes': {
    wrong: ({ size }) => `octets wrong in a frame of ${size}`,
  },
  'mac.unicast-filter': {
    letThrough: 'foreign frames let through',
    seenWithout: 'foreign frames seen without the filter',
  },
  'mac.simultaneous': {
    broken: 'rounds in which a transmission was broken off',
    ended: 'rounds in which one ended',
    late: 'late collisions flagged',
    rounds: 'rounds',
    fromPeer: 'frames the peer sent meanwhile',
  },
  'mac.heard': {
    down: 'looks that found no link',
    frames: 'broadcasts and group frames heard',
    bad: 'bad frames heard',
    listened: 'listened for',
  },
  'mac.address-conflict': {
    address: 'answers in the name of our address',
    station: 'frames from another with our station address',
    probes: 'probes',
  },
  'mac.echo-short': ECHOES_OF_A_SIZE,
  'mac.echo-odd': ECHOES_OF_A_SIZE,
  'mac.echo-long': ECHOES_OF_A_SIZE,
  'mac.duplex-flood': {
    clean: 'rounds in which both ends sent at once and nothing was lost',
    overlaps: 'rounds in which both ends sent at once',
    answers: 'answers received',
    damaged: 'answers damaged',
    rounds: 'rounds of two requests',
  },
  'mac.overflow-recovery': {
    again: 'frames received after the overflow',
    flagged: 'overflow flagged',
    kept: 'frames kept from before it',
    after: 'overflow flagged afterwards',
  },
  'mac.settings': {
    station: 'octets of the station address lost',
    receiving: 'receiver still on',
    linkLost: 'link lost meanwhile',
  },
  'mac.overflow': {
    waiting: 'packets waiting',
  },

  'network.controller': {
    time: 'time until link and address',
    failures: 'bring-ups that failed',
  },
  'network.arp': {
    found: 'address found',
    time: 'time for ARP and the first echo',
    asked: 'echoes asked for',
  },
  'network.ping': PING,
  'network.ping-large': PING,
  'network.ping-row': {
    answered: 'echoes answered',
    echoes: 'echoes in a row',
  },
  'network.answers': ANSWERS,
  'network.board-answers': ANSWERS,
  'network.steady': {
    trouble: 'times the chip gave trouble',
    registersLost: 'times its registers were lost',
    linkLost: 'times the link was lost',
    watched: 'watched for',
  },
  'network.release': {
    chip: 'time until the chip ran',
    link: 'time until the link was up',
    address: 'time until it had its address',
    changes: 'state changes reported',
  },
}
