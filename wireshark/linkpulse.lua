-- linkpulse (written by `linkpulse extcap --install`, which may replace this file)
--
-- Wireshark dissectors of what linkpulse captures beside Ethernet: the cells of its serial link (link type USER0, 147) and the SPI
-- transactions of an ENC28J60 (USER1, 148). docs/wireshark.md says what their packets look like, docs/serial-link.md what a cell is,
-- Microchip's data sheet DS39662 what a register is.
--
-- Without installing:  wireshark -X lua_script:linkpulse.lua

-- begin of tables: make link-table

local KINDS = {
  DATA = { code = 0, words = "data" },
  ACKNOWLEDGEMENT = { code = 1, words = "acknowledgement" },
  REJECT = { code = 2, words = "reject" },
  SESSION = { code = 3, words = "session" },
}

local CHANNELS = {
  MANAGEMENT = 0,
  SPI = 1,
  EVENTS = 2,
}

local SESSION_FIELDS = {
  IDENTIFIER = { at = 0, octets = 2 },
  VERSION = { at = 2, octets = 1 },
  FLAGS = { at = 3, octets = 1 },
  WINDOW = { at = 4, octets = 1 },
  CELLS = { at = 5, octets = 2 },
  SPI_CLOCK = { at = 7, octets = 4 },
  CAPABILITIES = { at = 11, octets = 4 },
  BOARD = { at = 15, octets = 22 },
  PEER = { at = 37, octets = 2 },
  FIRMWARE = { at = 39, octets = 18 },
}

local SESSION_OCTETS = 57

local SESSION_STEPS = {
  OPEN = { code = 0, words = "OPEN" },
  ACCEPT = { code = 1, words = "ACCEPT" },
  CONFIRM = { code = 2, words = "CONFIRM" },
}

local CAPABILITIES = {
  SPI = { code = 1, words = "SPI" },
  RESET_PIN = { code = 2, words = "RESET pin" },
  INT_PIN = { code = 4, words = "INT pin" },
  BAUD = { code = 8, words = "baud change" },
  CONTROLLER = { code = 16, words = "controller that lends its chip" },
  POLL = { code = 32, words = "serprog poll" },
  RESTART = { code = 256, words = "restart" },
  PINS = { code = 512, words = "SPI wires one by one" },
}

local OPERATIONS = {
  ECHO = { code = 1, words = "echo" },
  BAUD = { code = 2, words = "change the baud rate" },
  BAUD_CONFIRM = { code = 3, words = "confirm the baud rate" },
  COUNTERS = { code = 4, words = "read the line counters" },
  RESET_PIN = { code = 5, words = "RESET pin" },
  INT_PIN = { code = 6, words = "INT pin" },
  INT_SUBSCRIBE = { code = 7, words = "INT edges" },
  BRIDGE = { code = 8, words = "ask for the chip" },
  RELEASE = { code = 9, words = "give the chip back" },
  STATE = { code = 10, words = "read the state" },
  RESTART = { code = 11, words = "restart" },
  PINS = { code = 12, words = "SPI wires one by one" },
}

local STATUSES = {
  OK = { code = 0, words = "done" },
  UNSUPPORTED = { code = 1, words = "not supported" },
  BAD_ARGUMENT = { code = 2, words = "bad argument" },
  REFUSED = { code = 3, words = "refused" },
  FAILED = { code = 4, words = "failed" },
}

local SERPROG_COMMANDS = {
  NOP = { code = 0, words = "NOP", parameters = 0 },
  Q_IFACE = { code = 1, words = "interface version", parameters = 0 },
  Q_CMDMAP = { code = 2, words = "command map", parameters = 0 },
  Q_PGMNAME = { code = 3, words = "programmer name", parameters = 0 },
  Q_SERBUF = { code = 4, words = "serial buffer", parameters = 0 },
  Q_BUSTYPE = { code = 5, words = "bus types", parameters = 0 },
  Q_OPBUF = { code = 7, words = "operation buffer", parameters = 0 },
  Q_WRNMAXLEN = { code = 8, words = "longest write", parameters = 0 },
  SYNCNOP = { code = 16, words = "synchronize", parameters = 0 },
  Q_RDNMAXLEN = { code = 17, words = "longest read", parameters = 0 },
  S_BUSTYPE = { code = 18, words = "set the bus type", parameters = 1 },
  O_SPIOP = { code = 19, words = "SPI operation", parameters = 6 },
  S_SPI_FREQ = { code = 20, words = "set the SPI clock", parameters = 4 },
  S_PIN_STATE = { code = 21, words = "pin drivers, where the board can release its pins", parameters = 1 },
  POLL = { code = 30, words = "poll (ours)", parameters = 6 },
  PIN_READ = { code = 31, words = "read pin (ours)", parameters = 1 },
}

local OPCODES = {
  RCR = 0x00,
  RBM = 0x3a,
  WCR = 0x40,
  WBM = 0x7a,
  BFS = 0x80,
  BFC = 0xa0,
  SRC = 0xff,
}

local REGISTERS = {
  { name = "EIE", address = 0x1b, kind = "ETH", bits = { { "INTIE", 0x80 }, { "PKTIE", 0x40 }, { "DMAIE", 0x20 }, { "LINKIE", 0x10 }, { "TXIE", 0x08 }, { "TXERIE", 0x02 }, { "RXERIE", 0x01 } } },
  { name = "EIR", address = 0x1c, kind = "ETH", bits = { { "PKTIF", 0x40 }, { "DMAIF", 0x20 }, { "LINKIF", 0x10 }, { "TXIF", 0x08 }, { "TXERIF", 0x02 }, { "RXERIF", 0x01 } } },
  { name = "ESTAT", address = 0x1d, kind = "ETH", bits = { { "INT", 0x80 }, { "BUFER", 0x40 }, { "LATECOL", 0x10 }, { "RXBUSY", 0x04 }, { "TXABRT", 0x02 }, { "CLKRDY", 0x01 } } },
  { name = "ECON2", address = 0x1e, kind = "ETH", bits = { { "AUTOINC", 0x80 }, { "PKTDEC", 0x40 }, { "PWRSV", 0x20 }, { "VRPS", 0x08 } } },
  { name = "ECON1", address = 0x1f, kind = "ETH", bits = { { "TXRST", 0x80 }, { "RXRST", 0x40 }, { "DMAST", 0x20 }, { "CSUMEN", 0x10 }, { "TXRTS", 0x08 }, { "RXEN", 0x04 }, { "BSEL", 0x03 } } },
  { name = "ERDPTL", bank = 0, address = 0x00, kind = "ETH", bits = { { "ERDPTL", 0xff } } },
  { name = "ERDPTH", bank = 0, address = 0x01, kind = "ETH", bits = { { "ERDPTH", 0x1f } } },
  { name = "EWRPTL", bank = 0, address = 0x02, kind = "ETH", bits = { { "EWRPTL", 0xff } } },
  { name = "EWRPTH", bank = 0, address = 0x03, kind = "ETH", bits = { { "EWRPTH", 0x1f } } },
  { name = "ETXSTL", bank = 0, address = 0x04, kind = "ETH", bits = { { "ETXSTL", 0xff } } },
  { name = "ETXSTH", bank = 0, address = 0x05, kind = "ETH", bits = { { "ETXSTH", 0x1f } } },
  { name = "ETXNDL", bank = 0, address = 0x06, kind = "ETH", bits = { { "ETXNDL", 0xff } } },
  { name = "ETXNDH", bank = 0, address = 0x07, kind = "ETH", bits = { { "ETXNDH", 0x1f } } },
  { name = "ERXSTL", bank = 0, address = 0x08, kind = "ETH", bits = { { "ERXSTL", 0xff } } },
  { name = "ERXSTH", bank = 0, address = 0x09, kind = "ETH", bits = { { "ERXSTH", 0x1f } } },
  { name = "ERXNDL", bank = 0, address = 0x0a, kind = "ETH", bits = { { "ERXNDL", 0xff } } },
  { name = "ERXNDH", bank = 0, address = 0x0b, kind = "ETH", bits = { { "ERXNDH", 0x1f } } },
  { name = "ERXRDPTL", bank = 0, address = 0x0c, kind = "ETH", bits = { { "ERXRDPTL", 0xff } } },
  { name = "ERXRDPTH", bank = 0, address = 0x0d, kind = "ETH", bits = { { "ERXRDPTH", 0x1f } } },
  { name = "ERXWRPTL", bank = 0, address = 0x0e, kind = "ETH", bits = { { "ERXWRPTL", 0xff } } },
  { name = "ERXWRPTH", bank = 0, address = 0x0f, kind = "ETH", bits = { { "ERXWRPTH", 0x1f } } },
  { name = "EDMASTL", bank = 0, address = 0x10, kind = "ETH", bits = { { "EDMASTL", 0xff } } },
  { name = "EDMASTH", bank = 0, address = 0x11, kind = "ETH", bits = { { "EDMASTH", 0x1f } } },
  { name = "EDMANDL", bank = 0, address = 0x12, kind = "ETH", bits = { { "EDMANDL", 0xff } } },
  { name = "EDMANDH", bank = 0, address = 0x13, kind = "ETH", bits = { { "EDMANDH", 0x1f } } },
  { name = "EDMADSTL", bank = 0, address = 0x14, kind = "ETH", bits = { { "EDMADSTL", 0xff } } },
  { name = "EDMADSTH", bank = 0, address = 0x15, kind = "ETH", bits = { { "EDMADSTH", 0x1f } } },
  { name = "EDMACSL", bank = 0, address = 0x16, kind = "ETH", bits = { { "EDMACSL", 0xff } } },
  { name = "EDMACSH", bank = 0, address = 0x17, kind = "ETH", bits = { { "EDMACSH", 0xff } } },
  { name = "EHT0", bank = 1, address = 0x00, kind = "ETH", bits = { { "EHT0", 0xff } } },
  { name = "EHT1", bank = 1, address = 0x01, kind = "ETH", bits = { { "EHT1", 0xff } } },
  { name = "EHT2", bank = 1, address = 0x02, kind = "ETH", bits = { { "EHT2", 0xff } } },
  { name = "EHT3", bank = 1, address = 0x03, kind = "ETH", bits = { { "EHT3", 0xff } } },
  { name = "EHT4", bank = 1, address = 0x04, kind = "ETH", bits = { { "EHT4", 0xff } } },
  { name = "EHT5", bank = 1, address = 0x05, kind = "ETH", bits = { { "EHT5", 0xff } } },
  { name = "EHT6", bank = 1, address = 0x06, kind = "ETH", bits = { { "EHT6", 0xff } } },
  { name = "EHT7", bank = 1, address = 0x07, kind = "ETH", bits = { { "EHT7", 0xff } } },
  { name = "EPMM0", bank = 1, address = 0x08, kind = "ETH", bits = { { "EPMM0", 0xff } } },
  { name = "EPMM1", bank = 1, address = 0x09, kind = "ETH", bits = { { "EPMM1", 0xff } } },
  { name = "EPMM2", bank = 1, address = 0x0a, kind = "ETH", bits = { { "EPMM2", 0xff } } },
  { name = "EPMM3", bank = 1, address = 0x0b, kind = "ETH", bits = { { "EPMM3", 0xff } } },
  { name = "EPMM4", bank = 1, address = 0x0c, kind = "ETH", bits = { { "EPMM4", 0xff } } },
  { name = "EPMM5", bank = 1, address = 0x0d, kind = "ETH", bits = { { "EPMM5", 0xff } } },
  { name = "EPMM6", bank = 1, address = 0x0e, kind = "ETH", bits = { { "EPMM6", 0xff } } },
  { name = "EPMM7", bank = 1, address = 0x0f, kind = "ETH", bits = { { "EPMM7", 0xff } } },
  { name = "EPMCSL", bank = 1, address = 0x10, kind = "ETH", bits = { { "EPMCSL", 0xff } } },
  { name = "EPMCSH", bank = 1, address = 0x11, kind = "ETH", bits = { { "EPMCSH", 0xff } } },
  { name = "EPMOL", bank = 1, address = 0x14, kind = "ETH", bits = { { "EPMOL", 0xff } } },
  { name = "EPMOH", bank = 1, address = 0x15, kind = "ETH", bits = { { "EPMOH", 0x1f } } },
  { name = "EWOLIE", bank = 1, address = 0x16, kind = "ETH", bits = {  } },
  { name = "EWOLIR", bank = 1, address = 0x17, kind = "ETH", bits = {  } },
  { name = "ERXFCON", bank = 1, address = 0x18, kind = "ETH", bits = { { "UCEN", 0x80 }, { "ANDOR", 0x40 }, { "CRCEN", 0x20 }, { "PMEN", 0x10 }, { "MPEN", 0x08 }, { "HTEN", 0x04 }, { "MCEN", 0x02 }, { "BCEN", 0x01 } } },
  { name = "EPKTCNT", bank = 1, address = 0x19, kind = "ETH", bits = { { "EPKTCNT", 0xff } } },
  { name = "MACON1", bank = 2, address = 0x00, kind = "MAC", bits = { { "TXPAUS", 0x08 }, { "RXPAUS", 0x04 }, { "PASSALL", 0x02 }, { "MARXEN", 0x01 } } },
  { name = "MACON2", bank = 2, address = 0x01, kind = "MAC", bits = { { "MACON2", 0xff } } },
  { name = "MACON3", bank = 2, address = 0x02, kind = "MAC", bits = { { "PADCFG", 0xe0 }, { "TXCRCEN", 0x10 }, { "PHDREN", 0x08 }, { "HFRMEN", 0x04 }, { "FRMLNEN", 0x02 }, { "FULDPX", 0x01 } } },
  { name = "MACON4", bank = 2, address = 0x03, kind = "MAC", bits = { { "DEFER", 0x40 }, { "BPEN", 0x20 }, { "NOBKOFF", 0x10 } } },
  { name = "MABBIPG", bank = 2, address = 0x04, kind = "MAC", bits = { { "BBIPG", 0x7f } } },
  { name = "MAIPGL", bank = 2, address = 0x06, kind = "MAC", bits = { { "MAIPGL", 0x7f } } },
  { name = "MAIPGH", bank = 2, address = 0x07, kind = "MAC", bits = { { "MAIPGH", 0x7f } } },
  { name = "MACLCON1", bank = 2, address = 0x08, kind = "MAC", bits = { { "RETMAX", 0x0f } } },
  { name = "MACLCON2", bank = 2, address = 0x09, kind = "MAC", bits = { { "COLWIN", 0x3f } } },
  { name = "MAMXFLL", bank = 2, address = 0x0a, kind = "MAC", bits = { { "MAMXFLL", 0xff } } },
  { name = "MAMXFLH", bank = 2, address = 0x0b, kind = "MAC", bits = { { "MAMXFLH", 0xff } } },
  { name = "MARESERVED0C", bank = 2, address = 0x0c, kind = "MAC", bits = {  } },
  { name = "MAPHSUP", bank = 2, address = 0x0d, kind = "MAC", bits = {  } },
  { name = "MARESERVED0E", bank = 2, address = 0x0e, kind = "MAC", bits = {  } },
  { name = "MIRESERVED10", bank = 2, address = 0x10, kind = "MII", bits = {  } },
  { name = "MICON", bank = 2, address = 0x11, kind = "MII", bits = {  } },
  { name = "MICMD", bank = 2, address = 0x12, kind = "MII", bits = { { "MIISCAN", 0x02 }, { "MIIRD", 0x01 } } },
  { name = "MIREGADR", bank = 2, address = 0x14, kind = "MII", bits = { { "MIREGADR", 0x1f } } },
  { name = "MIRESERVED15", bank = 2, address = 0x15, kind = "MII", bits = {  } },
  { name = "MIWRL", bank = 2, address = 0x16, kind = "MII", bits = { { "MIWRL", 0xff } } },
  { name = "MIWRH", bank = 2, address = 0x17, kind = "MII", bits = { { "MIWRH", 0xff } } },
  { name = "MIRDL", bank = 2, address = 0x18, kind = "MII", bits = { { "MIRDL", 0xff } } },
  { name = "MIRDH", bank = 2, address = 0x19, kind = "MII", bits = { { "MIRDH", 0xff } } },
  { name = "MAADR5", bank = 3, address = 0x00, kind = "MAC", bits = { { "MAADR5", 0xff } } },
  { name = "MAADR6", bank = 3, address = 0x01, kind = "MAC", bits = { { "MAADR6", 0xff } } },
  { name = "MAADR3", bank = 3, address = 0x02, kind = "MAC", bits = { { "MAADR3", 0xff } } },
  { name = "MAADR4", bank = 3, address = 0x03, kind = "MAC", bits = { { "MAADR4", 0xff } } },
  { name = "MAADR1", bank = 3, address = 0x04, kind = "MAC", bits = { { "MAADR1", 0xff } } },
  { name = "MAADR2", bank = 3, address = 0x05, kind = "MAC", bits = { { "MAADR2", 0xff } } },
  { name = "EBSTSD", bank = 3, address = 0x06, kind = "ETH", bits = { { "EBSTSD", 0xff } } },
  { name = "EBSTCON", bank = 3, address = 0x07, kind = "ETH", bits = { { "PSV", 0xe0 }, { "PSEL", 0x10 }, { "TMSEL", 0x0c }, { "TME", 0x02 }, { "BISTST", 0x01 } } },
  { name = "EBSTCSL", bank = 3, address = 0x08, kind = "ETH", bits = { { "EBSTCSL", 0xff } } },
  { name = "EBSTCSH", bank = 3, address = 0x09, kind = "ETH", bits = { { "EBSTCSH", 0xff } } },
  { name = "MISTAT", bank = 3, address = 0x0a, kind = "MII", bits = { { "NVALID", 0x04 }, { "SCAN", 0x02 }, { "BUSY", 0x01 } } },
  { name = "EREVID", bank = 3, address = 0x12, kind = "ETH", bits = { { "REV", 0x1f } } },
  { name = "ECOCON", bank = 3, address = 0x15, kind = "ETH", bits = { { "COCON", 0x07 } } },
  { name = "ERESERVED16", bank = 3, address = 0x16, kind = "ETH", bits = {  } },
  { name = "EFLOCON", bank = 3, address = 0x17, kind = "ETH", bits = { { "FULDPXS", 0x04 }, { "FCEN", 0x03 } } },
  { name = "EPAUSL", bank = 3, address = 0x18, kind = "ETH", bits = { { "EPAUSL", 0xff } } },
  { name = "EPAUSH", bank = 3, address = 0x19, kind = "ETH", bits = { { "EPAUSH", 0xff } } },
}

-- end of tables

local bit = bit or bit32

local function names_of(rows)
  local names = {}
  for name, row in pairs(rows) do names[row.code] = row.words or name end
  return names
end

-- The serial link -----------------------------------------------------------------------------------------------------------------------

local CELL_OCTETS = 64
local PAYLOAD_AT = 5
local CHECK_AT = 62
local TO_HOST, TO_BOARD = 0, 1
local A_CELL = 0
local KIND_NAMES = names_of(KINDS)
local CHANNEL_NAMES = { [0] = "management", [1] = "SPI (serprog)", [2] = "events" }
local DIRECTIONS = { [TO_HOST] = "board to host", [TO_BOARD] = "host to board" }
local STEPS = names_of(SESSION_STEPS)
local OPERATION_NAMES = names_of(OPERATIONS)
local STATUS_NAMES = names_of(STATUSES)
local CHECK_NAMES = { [0] = "bad", [1] = "good" }
local EVENT_NAMES = { [1] = "INT edge", [2] = "state" }
local REPLY_BIT = 0x80

local cell = Proto("linkpulse_cell", "linkpulse serial link")

local function field(make, name, title, ...) return make("linkpulse_cell." .. name, title, ...) end
local c = {
  direction = field(ProtoField.uint8, "direction", "Direction", base.DEC, DIRECTIONS),
  line = field(ProtoField.uint8, "line_errors", "Line errors", base.HEX),
  framing = field(ProtoField.bool, "line_errors.framing", "Framing error", 8, nil, 0x01),
  overrun = field(ProtoField.bool, "line_errors.overrun", "Overrun", 8, nil, 0x02),
  parity = field(ProtoField.bool, "line_errors.parity", "Parity error", 8, nil, 0x04),
  outside = field(ProtoField.bytes, "outside", "Octets that are part of no cell"),
  version = field(ProtoField.uint8, "version", "Version", base.DEC, nil, 0xc0),
  kind = field(ProtoField.uint8, "kind", "Kind", base.DEC, KIND_NAMES, 0x30),
  channel = field(ProtoField.uint8, "channel", "Channel", base.DEC, CHANNEL_NAMES, 0x0f),
  sequence = field(ProtoField.uint8, "sequence", "Sequence"),
  acknowledge = field(ProtoField.uint8, "acknowledge", "Acknowledge (next sequence expected)"),
  length = field(ProtoField.uint8, "length", "Length of the payload"),
  hec = field(ProtoField.uint8, "header_check", "Header check (CRC-8)", base.HEX),
  hec_status = field(ProtoField.uint8, "header_check.status", "Header check status", base.DEC, CHECK_NAMES),
  payload = field(ProtoField.bytes, "payload", "Payload"),
  padding = field(ProtoField.bytes, "padding", "Padding"),
  check = field(ProtoField.uint16, "check", "Payload check (CRC-16)", base.HEX),
  check_status = field(ProtoField.uint8, "check.status", "Payload check status", base.DEC, CHECK_NAMES),
  operation = field(ProtoField.uint8, "management.operation", "Operation", base.HEX, OPERATION_NAMES),
  reply = field(ProtoField.bool, "management.reply", "Reply"),
  identifier = field(ProtoField.uint8, "management.identifier", "Request identifier"),
  status = field(ProtoField.uint8, "management.status", "Status", base.DEC, STATUS_NAMES),
  argument = field(ProtoField.bytes, "management.argument", "Argument"),
  result = field(ProtoField.bytes, "management.result", "Result"),
  event = field(ProtoField.uint8, "event", "Event", base.DEC, EVENT_NAMES),
  state = field(ProtoField.string, "event.state", "State"),
  level = field(ProtoField.uint8, "event.level", "INT level"),
  microseconds = field(ProtoField.uint32, "event.microseconds", "Board's microseconds"),
  command = field(ProtoField.uint8, "serprog.command", "serprog command", base.HEX, names_of(SERPROG_COMMANDS)),
  parameters = field(ProtoField.bytes, "serprog.parameters", "Parameters"),
  slen = field(ProtoField.uint32, "serprog.slen", "Octets to write"),
  rlen = field(ProtoField.uint32, "serprog.rlen", "Octets to read"),
  session_identifier = field(ProtoField.uint16, "session.identifier", "Identifier", base.HEX),
  session_version = field(ProtoField.uint8, "session.version", "Version of the exchange"),
  session_reply = field(ProtoField.bool, "session.reply", "REPLY", 8, nil, 0x01),
  session_role = field(ProtoField.uint8, "session.role", "Role", base.DEC, { [0] = "board", [1] = "host" }, 0x02),
  session_step = field(ProtoField.uint8, "session.step", "Step", base.DEC, STEPS, 0x0c),
  session_spoken = field(ProtoField.uint8, "session.spoken", "Highest version spoken", base.DEC, nil, 0xf0),
  session_window = field(ProtoField.uint8, "session.window", "Window (cells)"),
  session_cells = field(ProtoField.uint16, "session.cells", "Cell capacity (0: any number)"),
  session_clock = field(ProtoField.uint32, "session.spi_clock", "Highest SPI clock (Hz)"),
  session_capabilities = field(ProtoField.uint32, "session.capabilities", "Capabilities", base.HEX),
  session_board = field(ProtoField.stringz, "session.board", "Board"),
  session_peer = field(ProtoField.uint16, "session.peer", "Peer's identifier", base.HEX),
  session_firmware = field(ProtoField.stringz, "session.firmware", "Firmware"),
}
local capability_fields = {}
for name, row in pairs(CAPABILITIES) do
  local made = field(ProtoField.bool, "session.capabilities." .. name:lower(), row.words, 32, nil, row.code)
  c["capability_" .. name] = made
  table.insert(capability_fields, { code = row.code, field = made })
end
table.sort(capability_fields, function(a, b) return a.code < b.code end)
cell.fields = c

local e = {
  header = ProtoExpert.new("linkpulse_cell.header_check.bad", "Bad header check", expert.group.CHECKSUM, expert.severity.ERROR),
  payload = ProtoExpert.new("linkpulse_cell.check.bad", "Bad payload check", expert.group.CHECKSUM, expert.severity.ERROR),
  reject = ProtoExpert.new("linkpulse_cell.rejected", "Rejected: a cell was lost or damaged", expert.group.SEQUENCE, expert.severity.NOTE),
  again = ProtoExpert.new("linkpulse_cell.again", "Not the sequence that is due (sent again, or others are lost)", expert.group.SEQUENCE, expert.severity.NOTE),
}
cell.experts = e

-- CRC-8, polynomial 07h, initial 0, XOR 55h (ITU-T I.432.1 4.3.2.1)
local function header_check(tvb)
  local crc = 0
  for i = 0, 3 do
    crc = bit.bxor(crc, tvb(i, 1):uint())
    for _ = 1, 8 do
      local high = bit.band(crc, 0x80) ~= 0
      crc = bit.band(bit.lshift(crc, 1), 0xff)
      if high then crc = bit.bxor(crc, 0x07) end
    end
  end
  return bit.bxor(crc, 0x55)
end

-- CRC-16/XMODEM
local function payload_check(tvb)
  local crc = 0
  for i = 0, CHECK_AT - 1 do
    crc = bit.bxor(crc, bit.lshift(tvb(i, 1):uint(), 8))
    for _ = 1, 8 do
      local high = bit.band(crc, 0x8000) ~= 0
      crc = bit.band(bit.lshift(crc, 1), 0xffff)
      if high then crc = bit.bxor(crc, 0x1021) end
    end
  end
  return crc
end

-- Of each direction what is under way, while packets are seen for the first time; and of each packet what ended in it.
local streams, found
-- Octets of one message or command at most: what is longer is no such thing, and the rest until the next session is not looked at.
local LONGEST = 70000

local function new_direction() return { next = nil, [0] = "", [1] = "", [2] = "" } end

function cell.init()
  streams = { [TO_HOST] = new_direction(), [TO_BOARD] = new_direction() }
  found = {}
end

-- Messages begin with two octets of length.
local function messages(buffer, list)
  while #buffer >= 2 do
    local length = buffer:byte(1) * 256 + buffer:byte(2)
    if #buffer < 2 + length then break end
    table.insert(list, buffer:sub(3, 2 + length))
    buffer = buffer:sub(3 + length)
  end
  return buffer
end

local parameters_of = {}
for _, row in pairs(SERPROG_COMMANDS) do parameters_of[row.code] = row.parameters end

local function little(text, at, octets)
  local value = 0
  for i = octets - 1, 0, -1 do value = value * 256 + text:byte(at + i) end
  return value
end

-- Commands of the host: an octet, its parameters, and of two of them as many octets as the first parameter says.
local function commands(buffer, list)
  while #buffer > 0 do
    local code = buffer:byte(1)
    local length = 1 + (parameters_of[code] or 0)
    if #buffer < length then break end
    if code == SERPROG_COMMANDS.O_SPIOP.code then length = length + little(buffer, 2, 3) end
    if code == SERPROG_COMMANDS.POLL.code then length = length + buffer:byte(2) end
    if #buffer < length then break end
    table.insert(list, buffer:sub(1, length))
    buffer = buffer:sub(1 + length)
  end
  return buffer
end

-- Puts the payload of a data cell in sequence behind what came before, and keeps what is whole now.
local function follow(number, direction, channel, sequence, payload)
  local stream = streams[direction]
  local here = { in_sequence = stream.next == nil or stream.next == sequence, messages = {}, commands = {} }
  found[number] = here
  if not here.in_sequence then return end
  stream.next = (sequence + 1) % 256
  if stream[channel] == nil or #stream[channel] > LONGEST then return end
  local buffer = stream[channel] .. payload
  if channel == CHANNELS.SPI then
    if direction == TO_BOARD then stream[channel] = commands(buffer, here.commands) end
  else
    stream[channel] = messages(buffer, here.messages)
  end
end

local function bytes_tvb(text, name)
  local array = ByteArray.new(text, true)
  return array:tvb(name)
end

local function show_management(tree, message, info)
  local tvb = bytes_tvb(message, "management message")
  local code = bit.band(message:byte(1), REPLY_BIT - 1)
  local is_reply = bit.band(message:byte(1), REPLY_BIT) ~= 0
  local name = OPERATION_NAMES[code] or string.format("operation %02Xh", code)
  local sub = tree:add(cell, tvb(), "Management: " .. name .. (is_reply and ", reply" or ", request"))
  sub:add(c.operation, tvb(0, 1), code)
  sub:add(c.reply, tvb(0, 1), is_reply)
  if #message > 1 then sub:add(c.identifier, tvb(1, 1)) end
  local at = 2
  local status = ""
  if is_reply and #message > 2 then
    sub:add(c.status, tvb(2, 1))
    status = ": " .. (STATUS_NAMES[message:byte(3)] or "status " .. message:byte(3))
    at = 3
  end
  if #message > at then sub:add(is_reply and c.result or c.argument, tvb(at)) end
  table.insert(info, name .. (is_reply and " (reply" .. status .. ")" or "?"))
end

local function show_event(tree, message, info)
  local tvb = bytes_tvb(message, "event")
  local code = message:byte(1)
  local sub = tree:add(cell, tvb(), "Event: " .. (EVENT_NAMES[code] or "unknown"))
  sub:add(c.event, tvb(0, 1))
  if code == 1 and #message >= 6 then
    sub:add(c.level, tvb(1, 1))
    sub:add(c.microseconds, tvb(2, 4))
    table.insert(info, message:byte(2) == 0 and "INT falls" or "INT rises")
  elseif code == 2 and #message > 1 then
    sub:add(c.state, tvb(1))
    table.insert(info, "state change")
  end
end

local function show_command(tree, command, info)
  local tvb = bytes_tvb(command, "serprog command")
  local code = command:byte(1)
  local name
  for each, row in pairs(SERPROG_COMMANDS) do
    if row.code == code then name = each end
  end
  name = name or string.format("command %02Xh", code)
  local sub = tree:add(cell, tvb(), "serprog: " .. name)
  sub:add(c.command, tvb(0, 1))
  if code == SERPROG_COMMANDS.O_SPIOP.code then
    local slen, rlen = little(command, 2, 3), little(command, 5, 3)
    sub:add_le(c.slen, tvb(1, 3))
    sub:add_le(c.rlen, tvb(4, 3))
    if slen > 0 then sub:add(c.parameters, tvb(7)) end
    name = string.format("%s %d+%d", name, slen, rlen)
  elseif #command > 1 then
    sub:add(c.parameters, tvb(1))
  end
  table.insert(info, name)
end

local function show_session(tree, tvb, info)
  local sub = tree:add(cell, tvb, "Session")
  local function at(name) return tvb(SESSION_FIELDS[name].at, SESSION_FIELDS[name].octets) end
  local flags = at("FLAGS"):uint()
  sub:add(c.session_identifier, at("IDENTIFIER"))
  sub:add(c.session_version, at("VERSION"))
  for _, each in ipairs({ c.session_reply, c.session_role, c.session_step, c.session_spoken }) do sub:add(each, at("FLAGS")) end
  sub:add(c.session_window, at("WINDOW"))
  sub:add(c.session_cells, at("CELLS"))
  sub:add(c.session_clock, at("SPI_CLOCK"))
  local capabilities = sub:add(c.session_capabilities, at("CAPABILITIES"))
  for _, each in ipairs(capability_fields) do capabilities:add(each.field, at("CAPABILITIES")) end
  sub:add(c.session_board, at("BOARD"))
  sub:add(c.session_peer, at("PEER"))
  sub:add(c.session_firmware, at("FIRMWARE"))
  local step = STEPS[bit.rshift(bit.band(flags, 0x0c), 2)] or "step 3"
  local board = at("BOARD"):stringz()
  table.insert(info, step .. (board == "" and "" or " of " .. board))
end

local function show_cell(tvb, pinfo, tree, direction)
  local first = tvb(0, 1)
  local kind = bit.rshift(bit.band(first:uint(), 0x30), 4)
  local channel = bit.band(first:uint(), 0x0f)
  local length = tvb(3, 1):uint()
  local header_good = header_check(tvb) == tvb(4, 1):uint()
  local payload_good = payload_check(tvb) == tvb(CHECK_AT, 2):uint()

  tree:add(c.version, first)
  tree:add(c.kind, first)
  tree:add(c.channel, first)
  tree:add(c.sequence, tvb(1, 1))
  tree:add(c.acknowledge, tvb(2, 1))
  tree:add(c.length, tvb(3, 1))
  tree:add(c.hec, tvb(4, 1))
  tree:add(c.hec_status, tvb(4, 1), header_good and 1 or 0):set_generated()
  if not header_good then tree:add_proto_expert_info(e.header) end
  local kept = math.min(length, CHECK_AT - PAYLOAD_AT)
  if kept > 0 then tree:add(c.payload, tvb(PAYLOAD_AT, kept)) end
  if PAYLOAD_AT + kept < CHECK_AT then tree:add(c.padding, tvb(PAYLOAD_AT + kept, CHECK_AT - PAYLOAD_AT - kept)) end
  tree:add(c.check, tvb(CHECK_AT, 2))
  tree:add(c.check_status, tvb(CHECK_AT, 2), payload_good and 1 or 0):set_generated()
  if not payload_good then tree:add_proto_expert_info(e.payload) end

  local info = {}
  local title = KIND_NAMES[kind]
  if not header_good then
    pinfo.cols.info:append("cell with a bad header")
    return
  end
  if not payload_good then
    pinfo.cols.info:append(title .. ", bad payload check")
    return
  end
  local good = header_good and payload_good
  if kind == KINDS.SESSION.code then
    if good and not pinfo.visited then
      streams = { [TO_HOST] = new_direction(), [TO_BOARD] = new_direction() }
    end
    if kept >= SESSION_OCTETS then show_session(tree, tvb(PAYLOAD_AT, kept):tvb(), info) end
  elseif kind == KINDS.DATA.code then
    if not pinfo.visited then follow(pinfo.number, direction, channel, tvb(1, 1):uint(), tvb:raw(PAYLOAD_AT, kept)) end
    local here = found[pinfo.number]
    if here ~= nil then
      if not here.in_sequence then tree:add_proto_expert_info(e.again) end
      for _, message in ipairs(here.messages) do
        if #message > 0 then (channel == CHANNELS.EVENTS and show_event or show_management)(tree, message, info) end
      end
      for _, command in ipairs(here.commands) do show_command(tree, command, info) end
    end
    title = string.format("%s %d on %s, %d octets", title, tvb(1, 1):uint(), CHANNEL_NAMES[channel] or "channel " .. channel, length)
  elseif kind == KINDS.REJECT.code then
    tree:add_proto_expert_info(e.reject)
    title = string.format("%s, expecting %d", title, tvb(2, 1):uint())
  else
    title = string.format("%s, expecting %d", title, tvb(2, 1):uint())
  end
  pinfo.cols.info:append(title)
  if #info > 0 then pinfo.cols.info:append(": " .. table.concat(info, ", ")) end
end

function cell.dissector(tvb, pinfo, tree)
  if tvb:len() < 4 or tvb(0, 1):uint() ~= 1 then return 0 end
  pinfo.cols.protocol = "Serial link"
  local direction = tvb(1, 1):uint()
  pinfo.cols.src = direction == TO_HOST and "board" or "host"
  pinfo.cols.dst = direction == TO_HOST and "host" or "board"
  pinfo.cols.info = ""
  local top = tree:add(cell, tvb(), "linkpulse serial link, " .. (DIRECTIONS[direction] or "?"))
  top:add(c.direction, tvb(1, 1))
  local errors = top:add(c.line, tvb(3, 1))
  for _, each in ipairs({ c.framing, c.overrun, c.parity }) do errors:add(each, tvb(3, 1)) end
  if tvb(2, 1):uint() == A_CELL and tvb:len() == 4 + CELL_OCTETS then
    show_cell(tvb(4):tvb(), pinfo, top, direction == TO_HOST and TO_HOST or TO_BOARD)
  elseif tvb:len() > 4 then
    top:add(c.outside, tvb(4))
    pinfo.cols.info = string.format("%d octets that are part of no cell", tvb:len() - 4)
  end
  if tvb(3, 1):uint() ~= 0 then pinfo.cols.info:append(" [line errors]") end
  return tvb:len()
end

-- SPI transactions ----------------------------------------------------------------------------------------------------------------------

local spi = Proto("linkpulse_spi", "SPI transaction of an ENC28J60")
local SPI_LEADING = 10
local INSTRUCTION_NAMES = { RCR = "read control register", RBM = "read buffer memory", WCR = "write control register",
  WBM = "write buffer memory", BFS = "bit field set", BFC = "bit field clear", SRC = "system reset" }

local function spi_field(make, name, title, ...) return make("linkpulse_spi." .. name, title, ...) end
local s = {
  int_before = spi_field(ProtoField.bool, "int_before", "INT low when CS fell", 8, nil, 0x01),
  int_now = spi_field(ProtoField.bool, "int_after", "INT low when CS rose", 8, nil, 0x02),
  from_before = spi_field(ProtoField.bool, "from_before", "Goes on from the packet before", 8, nil, 0x04),
  goes_on = spi_field(ProtoField.bool, "goes_on", "Goes on in the next packet", 8, nil, 0x08),
  bank = spi_field(ProtoField.uint8, "bank", "Bank selected"),
  count = spi_field(ProtoField.uint16, "octets", "Octets that crossed"),
  clock = spi_field(ProtoField.uint32, "clock", "SCK (Hz)"),
  opcode = spi_field(ProtoField.string, "instruction", "Instruction"),
  first = spi_field(ProtoField.uint8, "first", "First octet", base.HEX),
  register = spi_field(ProtoField.string, "register", "Register"),
  address = spi_field(ProtoField.uint8, "address", "Address", base.HEX),
  dummy = spi_field(ProtoField.uint8, "dummy", "Dummy octet (MAC and MII registers)", base.HEX),
  value = spi_field(ProtoField.uint8, "value", "Value", base.HEX),
  data = spi_field(ProtoField.bytes, "data", "Data"),
  mosi = spi_field(ProtoField.bytes, "mosi", "SI"),
  miso = spi_field(ProtoField.bytes, "miso", "SO"),
  driven = spi_field(ProtoField.bytes, "driven", "SO driven (a bit for each octet)"),
}

-- By bank * 32 + address; a register that every bank shows stands in all of them.
local registers = {}
for _, row in ipairs(REGISTERS) do
  row.fields = {}
  for i, each in ipairs(row.bits) do
    local made = spi_field(ProtoField.uint8, row.name:lower() .. "." .. each[1]:lower(), each[1], base.HEX, nil, each[2])
    row.fields[i] = made
    s[row.name .. "_" .. each[1]] = made
  end
  for bank = 0, 3 do
    if row.bank == nil or row.bank == bank then registers[bank * 32 + row.address] = row end
  end
end
spi.fields = s

local n = {
  unknown = ProtoExpert.new("linkpulse_spi.unknown", "The data sheet has no such instruction", expert.group.MALFORMED, expert.severity.WARN),
  empty = ProtoExpert.new("linkpulse_spi.empty", "CS fell and rose, and not one octet crossed", expert.group.PROTOCOL, expert.severity.NOTE),
  nowhere = ProtoExpert.new("linkpulse_spi.nowhere", "There is no register at this address of this bank", expert.group.PROTOCOL, expert.severity.WARN),
}
spi.experts = n

-- Of the seven instructions three are whole octets, the others have a register's address in bits 4:0 (DS39662 table 4-1).
local function instruction_of(first)
  for name, code in pairs(OPCODES) do
    if (name == "RBM" or name == "WBM") and code == first then return name, false end
  end
  -- SRC is taken by its highest bits: the data sheet leaves nothing else there.
  if bit.band(first, 0xe0) == bit.band(OPCODES.SRC, 0xe0) then return first == OPCODES.SRC and "SRC" or nil, false end
  for _, name in ipairs({ "RCR", "WCR", "BFS", "BFC" }) do
    if OPCODES[name] == bit.band(first, 0xe0) then return name, true end
  end
  return nil, false
end

local function show_value(tree, row, range, sign)
  local item = tree:add(s.value, range)
  if row ~= nil then
    for _, made in ipairs(row.fields) do item:add(made, range) end
  end
  return string.format(" %s %02Xh", sign, range:uint())
end

function spi.dissector(tvb, pinfo, tree)
  if tvb:len() < SPI_LEADING or tvb(0, 1):uint() ~= 1 then return 0 end
  pinfo.cols.protocol = "SPI"
  pinfo.cols.src = "controller"
  pinfo.cols.dst = "ENC28J60"
  local bank = bit.band(tvb(2, 1):uint(), 3)
  local count = tvb(4, 2):uint()
  local needed = SPI_LEADING + 2 * count + math.ceil(count / 8)
  local top = tree:add(spi, tvb(), "SPI transaction of an ENC28J60")
  for _, each in ipairs({ s.int_before, s.int_now, s.from_before, s.goes_on }) do top:add(each, tvb(1, 1)) end
  top:add(s.bank, tvb(2, 1))
  top:add(s.count, tvb(4, 2))
  if tvb(6, 4):uint() > 0 then top:add(s.clock, tvb(6, 4)) end
  if count == 0 or tvb:len() < needed then
    pinfo.cols.info = "nothing crossed"
    top:add_proto_expert_info(n.empty)
    return tvb:len()
  end
  local mosi = tvb(SPI_LEADING, count)
  local miso = tvb(SPI_LEADING + count, count)
  local info
  if bit.band(tvb(1, 1):uint(), 0x04) ~= 0 then
    info = string.format("%d octets more", count)
  else
    local first = mosi(0, 1):uint()
    local name, has_address = instruction_of(first)
    top:add(s.first, mosi(0, 1))
    if name == nil then
      info = string.format("unknown instruction %02Xh", first)
      top:add_proto_expert_info(n.unknown)
    else
      top:add(s.opcode, mosi(0, 1), name):append_text(" (" .. INSTRUCTION_NAMES[name] .. ")")
      info = name
    end
    if has_address then
      local address = bit.band(first, 0x1f)
      local row = registers[bank * 32 + address]
      top:add(s.address, mosi(0, 1), address)
      if row == nil then top:add_proto_expert_info(n.nowhere) end
      local title = row and row.name or string.format("%02Xh of bank %d", address, bank)
      top:add(s.register, mosi(0, 1), title)
      info = info .. " " .. title
      if name == "RCR" then
        -- A MAC or MII register is preceded by a dummy octet (DS39662 4.2.1).
        local at = 1
        if row ~= nil and row.kind ~= "ETH" and count > 1 then
          top:add(s.dummy, miso(1, 1))
          at = 2
        end
        if count > at then info = info .. show_value(top, row, miso(at, 1), "is") end
      elseif count > 1 then
        local sign = ({ WCR = "=", BFS = "sets", BFC = "clears" })[name]
        info = info .. show_value(top, row, mosi(1, 1), sign)
      end
      if row ~= nil and row.bank ~= nil then info = info .. string.format(" (bank %d)", bank) end
    elseif (name == "RBM" or name == "WBM") and count > 1 then
      top:add(s.data, name == "RBM" and miso(1, count - 1) or mosi(1, count - 1))
      info = string.format("%s %d octets", info, count - 1)
    end
  end
  top:add(s.mosi, mosi)
  top:add(s.miso, miso)
  top:add(s.driven, tvb(SPI_LEADING + 2 * count, math.ceil(count / 8)))
  pinfo.cols.info = info
  return tvb:len()
end

local links = DissectorTable.get("wtap_encap")
links:add(wtap.USER0, cell)
links:add(wtap.USER1, spi)
