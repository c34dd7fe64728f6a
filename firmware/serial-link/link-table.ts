/**
 * What the two ends of the serial link must agree on, each number once. The TypeScript end reads it here. The C end reads
 * `firmware/bridge/core/link-table.h`, and a reader docs/serial-link.md; both are written from here by `make link-table`, and a
 * test compares them. A name is the same in both languages: `OPERATION.ECHO` here is `OPERATION_ECHO` there.
 */

interface Code {
  readonly code: number
  /** For people: in the document, and where the host tool names what failed. */
  readonly words: string
}

interface Operation extends Code {
  /** What follows operation and identifier in the request, and the status in the reply: octets in parentheses. */
  readonly argument: string
  readonly result: string
}

interface Command extends Code {
  /** Octets of fixed parameters behind the command, and of results behind ACK. Data of `slen` and `rlen` octets comes on top. */
  readonly parameters: number
  readonly results: number
  readonly takes: string
  readonly answers: string
}

/** Where a field stands. Numbers have their high octet first. */
export interface LinkField {
  readonly at: number
  readonly octets: number
  readonly words: string
}

type Rows<Row> = Readonly<Record<string, Row>>

/** The codes of a table's rows, under the rows' names. */
function codesOf<const Table extends Rows<Code>>(table: Table) {
  return Object.fromEntries(Object.entries(table).map(([name, { code }]) => [name, code])) as {
    readonly [Name in keyof Table]: Table[Name]['code']
  }
}

// The cell

export const CELL_FIELDS = {
  FIRST: { at: 0, octets: 1, words: '`01` · kind (2 bits) · channel (4 bits)' },
  SEQUENCE: {
    at: 1,
    octets: 1,
    words: 'sequence: of a data cell; the next to be used in a session cell; 0 in acknowledgement and reject',
  },
  ACKNOWLEDGE: { at: 2, octets: 1, words: 'acknowledge: the next sequence expected, in every kind of cell' },
  LENGTH: { at: 3, octets: 1, words: 'length of the payload, 0 to 57; 0 in acknowledgement and reject' },
  HEADER_CHECK: { at: 4, octets: 1, words: 'CRC-8, polynomial 07h, initial 0, XOR 55h' },
  PAYLOAD: { at: 5, octets: 57, words: 'payload, then zeros' },
  CHECK: { at: 62, octets: 2, words: 'CRC-16/XMODEM' },
} as const satisfies Rows<LinkField>

export const CELL = {
  OCTETS: CELL_FIELDS.CHECK.at + CELL_FIELDS.CHECK.octets,
  /** Header with its check: what delineation looks at. */
  HEADER_OCTETS: CELL_FIELDS.PAYLOAD.at,
  /** Room for payload in one cell. */
  PAYLOAD_OCTETS: CELL_FIELDS.PAYLOAD.octets,
} as const

/** The first octet of the header, and its check (ITU-T I.432.1 4.3.2.1). */
export const HEADER = {
  VERSION: 0x40,
  VERSION_MASK: 0xc0,
  KIND_SHIFT: 4,
  KIND_MASK: 0x03,
  CHANNEL_MASK: 0x0f,
  /** x^8 + x^2 + x + 1. */
  POLYNOMIAL: 0x07,
  /** Added to the check: a run of zero octets, the likeliest slip, is no longer its own check. */
  COSET: 0x55,
} as const

export const KIND = { DATA: 0, ACKNOWLEDGEMENT: 1, REJECT: 2, SESSION: 3 } as const

/** Channels 3 to 15 are reserved: nothing is sent there, and a cell that comes there is acknowledged, counted and dropped. */
export const CHANNEL = { MANAGEMENT: 0, SPI: 1, EVENTS: 2 } as const

/** Delineation (I.432.1 4.5). */
export const DELINEATION = {
  /** Wrong headers in a row that end SYNC. */
  ALPHA: 3,
  /** Correct headers in a row that end PRESYNC. */
  DELTA: 2,
  /** Bad payloads in a row, with no good cell since HUNT, that end a false alignment. */
  ASTRAY: 4,
} as const

// The session

export const SESSION_FIELDS = {
  IDENTIFIER: { at: 0, octets: 2, words: "the sender's identifier, random; in REPLY the opener's" },
  VERSION: {
    at: 2,
    octets: 1,
    words: 'version of the exchange: 1 in OPEN, which either version reads, and in REPLY; 2 in ACCEPT and CONFIRM',
  },
  FLAGS: {
    at: 3,
    octets: 1,
    words:
      'bit 0: REPLY · bit 1: role, 0 board, 1 host · bits 2-3: step, 0 OPEN, 1 ACCEPT, 2 CONFIRM · bits 4-7: highest version spoken; an end of version 1 leaves all but bit 0 clear',
  },
  WINDOW: { at: 4, octets: 1, words: 'window, 1 to 127 cells' },
  CELLS: {
    at: 5,
    octets: 2,
    words:
      "cell capacity: cells' worth of replies this end can have under way, and of commands waiting behind them; 0: any number",
  },
  SPI_CLOCK: { at: 7, octets: 4, words: 'highest SPI clock, hertz' },
  CAPABILITIES: { at: 11, octets: 4, words: 'capabilities' },
  BOARD: { at: 15, octets: 22, words: 'board name, UTF-8, zero padded; empty at a host' },
  PEER: { at: 37, octets: 2, words: "in ACCEPT and CONFIRM the peer's identifier, else 0" },
  FIRMWARE: { at: 39, octets: 18, words: 'firmware version, UTF-8, zero padded' },
} as const satisfies Rows<LinkField>

export const SESSION = {
  /** Of the exchange that opens a session; the version of the cell itself is in its header. */
  VERSION: 2,
  /** The one before: OPEN, a REPLY with the same identifier, and both ends take the session for open. */
  VERSION_1: 1,
  FLAG_REPLY: 0x01,
  FLAG_HOST: 0x02,
  STEP_SHIFT: 2,
  STEP_MASK: 0x03,
  SPOKEN_SHIFT: 4,
  /** Sequences are modulo 256, and a receiver must tell ahead from behind: a window is at most half of them. */
  WINDOW_LIMIT: 127,
} as const

/** Steps of the exchange, in the flags. */
export const SESSION_STEP = { OPEN: 0, ACCEPT: 1, CONFIRM: 2 } as const

/** Bits 6 and 7 are reserved. */
export const CAPABILITIES = {
  SPI: { code: 0x001, words: 'SPI' },
  RESET_PIN: { code: 0x002, words: 'RESET pin' },
  INT_PIN: { code: 0x004, words: 'INT pin' },
  BAUD: { code: 0x008, words: 'baud change' },
  /** The board runs the stack itself (controller mode) and lends the chip on request. */
  CONTROLLER: { code: 0x010, words: 'controller that lends its chip' },
  POLL: { code: 0x020, words: 'serprog poll' },
  RESTART: { code: 0x100, words: 'restart' },
  PINS: { code: 0x200, words: 'SPI wires one by one' },
} as const satisfies Rows<Code>
/** Capability bits of an identity. */
export const CAPABILITY = codesOf(CAPABILITIES)

/** Rates of the line, in symbols a second; a board may do less than the highest. */
export const BAUD = { LOWEST: 9_600, HIGHEST: 2_000_000 } as const

/** Milliseconds. */
export const TIME_MS = {
  /** Between two cells that open a session: at first and at most. */
  FIRST_RETRY: 150,
  LAST_RETRY: 1000,
  /** The retransmission timer before anything was measured: a USB adapter may hold octets back for 16 ms each way. */
  FIRST_TIMEOUT: 50,
  /** The retransmission timer at most, where 32 cell times are not longer. */
  TIMEOUT_CEILING: 500,
  /**
   * How late a computer may be (RFC 6298's G): a USB adapter holds octets back for up to 16 ms (FT232R latency timer), and the
   * operating system runs us when it likes.
   */
  GRANULARITY: 25,
  /** Silence after which the next octet decides between raw serprog and cells. */
  DECISION_SILENCE: 500,
  /** A cell that ends raw serprog comes after this much silence: no serprog client stops so long within a command. */
  ISOLATION_SILENCE: 100,
  /** Silence after which a command received in part is given up. */
  ABANDON_SILENCE: 5000,
  /** A board that changed its rate goes back after this long without a confirmation. */
  BAUD_FALLBACK: 500,
  /** A board that has heard no good cell for so long takes its host for gone: what was lent goes back. */
  LEASE: 5000,
  /** A host that has nothing to say says so this often. */
  RENEWAL: 1250,
} as const

// Channel 0: management

export const OPERATIONS = {
  ECHO: { code: 0x01, words: 'echo', argument: 'any octets', result: 'the same' },
  BAUD: {
    code: 0x02,
    words: 'change the baud rate',
    argument: 'rate (4)',
    result: 'rate (4); with status 3, the present rate',
  },
  BAUD_CONFIRM: {
    code: 0x03,
    words: 'confirm the baud rate',
    argument: 'rate (4)',
    result: 'present rate (4); status 4 when it is another one',
  },
  COUNTERS: {
    code: 0x04,
    words: 'read the line counters',
    argument: 'nothing or 0 since the start, 1 since the session began',
    result: 'number n (1), then n × 4 octets',
  },
  RESET_PIN: { code: 0x05, words: 'RESET pin', argument: '0 low, 1 high, 2 leave', result: 'level (1)' },
  INT_PIN: { code: 0x06, words: 'INT pin', argument: '', result: 'level (1)' },
  INT_SUBSCRIBE: { code: 0x07, words: 'INT edges', argument: '0 off, 1 on', result: 'level (1)' },
  BRIDGE: { code: 0x08, words: 'ask for the chip', argument: '', result: '' },
  RELEASE: { code: 0x09, words: 'give the chip back', argument: '', result: '' },
  STATE: {
    code: 0x0a,
    words: 'read the state',
    argument: '',
    result:
      'JSON, UTF-8; `states.reset` is what reset the board last (`power-on`, `pin`, `brown-out`, `watchdog`; `none`: it was asked to restart), where it knows',
  },
  RESTART: { code: 0x0b, words: 'restart', argument: '', result: '' },
  PINS: {
    code: 0x0c,
    words: 'SPI wires one by one',
    argument: 'a step an octet: what to do (bits 7-6), with which wires (bits 5-0)',
    result: 'behind each step (1): wires that are high',
  },
} as const satisfies Rows<Operation>
export const OPERATION = codesOf(OPERATIONS)

export const STATUSES = {
  OK: { code: 0, words: 'done' },
  UNSUPPORTED: { code: 1, words: 'not supported' },
  BAD_ARGUMENT: { code: 2, words: 'bad argument' },
  REFUSED: { code: 3, words: 'refused' },
  FAILED: { code: 4, words: 'failed' },
} as const satisfies Rows<Code>
export const STATUS = codesOf(STATUSES)

/** Argument of `OPERATION.COUNTERS`. */
export const COUNTERS_SINCE = { START: 0, SESSION: 1 } as const

/** Argument of `OPERATION.RESET_PIN`. */
export const RESET_PIN = { LOW: 0, HIGH: 1, READ: 2 } as const

/** Wires in the steps of `OPERATION.PINS` and in what they answer. Where RESET is not wired its bit does nothing and reads 1. */
export const PIN = { SCK: 0x01, MOSI: 0x02, MISO: 0x04, CS: 0x08, INT: 0x10, RESET: 0x20 } as const

/**
 * Steps of `OPERATION.PINS`. Before the first SCK, MOSI, CS and RESET are driven as they rest, and MISO and INT have their pull-ups; behind
 * the last all of them are as SPI has them again.
 */
export const PIN_STEP = {
  /** Wires that are driven get these levels, the others these pull-ups. */
  LEVELS: 0x00,
  /** These wires are driven from now on, and no others. */
  DRIVE: 0x40,
  /** These are pulled low for a microsecond, and released: levels while they are low. */
  LOW: 0x80,
  /** The same: levels right behind the release, when a wire that nobody drives has not yet left its low. */
  RELEASE: 0xc0,
  MASK: 0xc0,
} as const

export const MANAGEMENT = {
  /** Set in the operation of a reply. */
  REPLY_BIT: 0x80,
} as const

/** Messages on channels 0 and 2. */
export const MESSAGE = {
  /** The length before each, high octet first. */
  LENGTH_OCTETS: 2,
  INT_EDGE_OCTETS: 6,
} as const

/** First octet of a message on channel 2. */
export const LINK_EVENT = {
  /** Then the level (1) and the board's microseconds modulo 2^32 (4). */
  INT_EDGE: 1,
  /** Then UTF-8 text: a state change of the controller, as JSON. */
  STATE: 2,
} as const

/** Counters as `OPERATION.COUNTERS` reports them, in this order, each four octets. */
export const COUNTER_NAMES = [
  'octetsReceived',
  'octetsSent',
  'framingErrors',
  'parityErrors',
  'overruns',
  'headerErrors',
  'payloadErrors',
  'discardedOctets',
  'cellsReceived',
  'cellsSent',
  'retransmissions',
  'timeouts',
  'rejectsSent',
  'rejectsReceived',
  'suspects',
  'duplicates',
  'outOfSequence',
  /** Data cells in sequence and INT edges for which there was no room: the host sends the cells again. */
  'busy',
  /** Data cells in sequence on a channel that nobody has: taken, so that they are not sent again, and dropped. */
  'reservedChannel',
  /** Whole cells that came while no session was open. */
  'noSession',
  /** Session cells that say nothing sensible, and those of a session that is not. */
  'badSession',
  'oldSession',
  /** Session cells of another board, or this one's own that come back. */
  'sameRole',
  /** ACCEPT said again because no CONFIRM came. */
  'unconfirmed',
  /** Sessions ended because nothing was heard for the lease. */
  'lapses',
] as const

// Channel 1: serprog

/**
 * Commands of serprog, the Serial Flasher Protocol, version 1, as flashrom publishes it (serprog-protocol.txt): one octet of
 * command, its parameters; ACK and results, or NAK. Numbers have their low octet first. The last two are ours, announced in
 * the command map and never needed.
 */
export const SERPROG_COMMANDS = {
  NOP: { code: 0x00, parameters: 0, results: 0, words: 'NOP', takes: '', answers: '' },
  Q_IFACE: { code: 0x01, parameters: 0, results: 2, words: 'interface version', takes: '', answers: '1 (2)' },
  Q_CMDMAP: {
    code: 0x02,
    parameters: 0,
    results: 32,
    words: 'command map',
    takes: '',
    answers: 'a bit a command (32)',
  },
  Q_PGMNAME: {
    code: 0x03,
    parameters: 0,
    results: 16,
    words: 'programmer name',
    takes: '',
    answers: 'name, zeros (16)',
  },
  Q_SERBUF: { code: 0x04, parameters: 0, results: 2, words: 'serial buffer', takes: '', answers: 'octets (2)' },
  Q_BUSTYPE: { code: 0x05, parameters: 0, results: 1, words: 'bus types', takes: '', answers: '8, SPI only (1)' },
  Q_OPBUF: { code: 0x07, parameters: 0, results: 2, words: 'operation buffer', takes: '', answers: '0 (2)' },
  Q_WRNMAXLEN: { code: 0x08, parameters: 0, results: 3, words: 'longest write', takes: '', answers: 'octets (3)' },
  SYNCNOP: { code: 0x10, parameters: 0, results: 1, words: 'synchronize', takes: '', answers: 'NAK, then ACK' },
  Q_RDNMAXLEN: { code: 0x11, parameters: 0, results: 3, words: 'longest read', takes: '', answers: 'octets (3)' },
  S_BUSTYPE: { code: 0x12, parameters: 1, results: 0, words: 'set the bus type', takes: 'type (1)', answers: '' },
  O_SPIOP: {
    code: 0x13,
    parameters: 6,
    results: 0,
    words: 'SPI operation',
    takes: 'slen (3) · rlen (3) · slen octets',
    answers: 'rlen octets',
  },
  S_SPI_FREQ: {
    code: 0x14,
    parameters: 4,
    results: 4,
    words: 'set the SPI clock',
    takes: 'hertz (4)',
    answers: 'hertz set (4)',
  },
  S_PIN_STATE: {
    code: 0x15,
    parameters: 1,
    results: 0,
    words: 'pin drivers, where the board can release its pins',
    takes: '0 off, else on (1)',
    answers: '',
  },
  /** Repeats "write slen octets, read skip + 1" until the last octet under the mask is the value. */
  POLL: {
    code: 0x1e,
    parameters: 6,
    results: 4,
    words: 'poll (ours)',
    takes: 'slen (1, 1 to 4) · tries (2) · skip (1) · mask (1) · value (1) · slen octets',
    answers: '1 when found, else 0 (1) · last octet (1) · tries made (2)',
  },
  PIN_READ: {
    code: 0x1f,
    parameters: 1,
    results: 1,
    words: 'read pin (ours)',
    takes: '0 INT, 1 RESET (1)',
    answers: 'level (1)',
  },
} as const satisfies Rows<Command>
export const S_CMD = codesOf(SERPROG_COMMANDS)

export const SERPROG = {
  ACK: 0x06,
  NAK: 0x15,
  /** Octets from here on are no serprog command, and from there on may begin a cell. */
  COMMAND_LIMIT: 0x20,
  CELL_LIMIT: 0x40,
  INTERFACE_VERSION: 1,
  BUS_SPI: 1 << 3,
  PIN_INT: 0,
  PIN_RESET: 1,
  NAME_OCTETS: SERPROG_COMMANDS.Q_PGMNAME.results,
  MAP_OCTETS: SERPROG_COMMANDS.Q_CMDMAP.results,
  POLL_WRITE_LIMIT: 4,
  /** Octets written or read in one SPI operation: the whole ENC28J60 buffer and its opcode, with room to spare. */
  LONGEST: 0x4000,
} as const
