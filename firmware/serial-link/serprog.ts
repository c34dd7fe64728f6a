/**
 * Serprog, the Serial Flasher Protocol, version 1, as flashrom publishes it (serprog-protocol.txt): one octet of command,
 * its parameters; ACK and results, or NAK. Numbers have their low octet first; lengths are 24 bits.
 */

export const ACK = 0x06
export const NAK = 0x15

export const S_CMD_NOP = 0x00
export const S_CMD_Q_IFACE = 0x01
export const S_CMD_Q_CMDMAP = 0x02
export const S_CMD_Q_PGMNAME = 0x03
export const S_CMD_Q_SERBUF = 0x04
export const S_CMD_Q_BUSTYPE = 0x05
export const S_CMD_Q_OPBUF = 0x07
export const S_CMD_Q_WRNMAXLEN = 0x08
export const S_CMD_SYNCNOP = 0x10
export const S_CMD_Q_RDNMAXLEN = 0x11
export const S_CMD_S_BUSTYPE = 0x12
export const S_CMD_O_SPIOP = 0x13
export const S_CMD_S_SPI_FREQ = 0x14
export const S_CMD_S_PIN_STATE = 0x15
/**
 * Ours, announced in the command map and never needed: slen (1), tries (2), skip (1), mask (1), value (1), slen octets.
 * Repeats "write slen octets, read skip + 1" until the last octet under the mask is the value.
 * Answers ACK, 1 when it was (else 0), the last octet read, tries made (2).
 */
export const S_CMD_POLL = 0x1e
/** Ours: pin (1), 0 INT and 1 RESET. Answers ACK, level (1). */
export const S_CMD_PIN_READ = 0x1f

/** Octets at and above this are no serprog command but may begin a cell. */
export const COMMAND_LIMIT = 0x20
export const CELL_LIMIT = 0x40

export const INTERFACE_VERSION = 1
export const BUS_SPI = 1 << 3
export const PIN_INT = 0
export const PIN_RESET = 1
export const NAME_OCTETS = 16
export const POLL_WRITE_LIMIT = 4
