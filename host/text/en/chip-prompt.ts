/** The chip's prompt: its help, and what it answers. Names of registers, bits and clauses are the data sheet's. */
import { counted } from './counted.js'

export const CHIP_PROMPT_WORDS = {
  'chip-help.read': 'registers by name, or pairs of them (ERDPT), with their bits and where they are explained',
  'chip-help.write': 'WCR; values as 18, 0x12 or 12h',
  'chip-help.set': 'BFS, where the data sheet allows it: on ETH registers; others are read and written',
  'chip-help.clear': 'the same the other way (BFC)',
  'chip-help.phy-read': 'registers of the PHY, through the MII',
  'chip-help.phy-write': 'the same',
  'chip-help.mem-read': 'buffer memory, by default 64 octets; ERDPT is afterwards as it was',
  'chip-help.mem-write': 'octets in hexadecimal; EWRPT is afterwards as it was',
  'chip-help.init': 'reset the chip and set it up as our driver does, to send and receive',
  'chip-help.send':
    'a frame in hexadecimal, from the destination address on, or the Nth of a capture (pcap, pcapng; default 1)',
  'chip-help.receive': ({ wait }: { readonly wait: number }) =>
    `the next frame, with its headers and octets; by default waits ${wait} ms for it`,
  'chip-help.wait':
    'lets time pass: after `init` a link takes a while to come up, and simulated time stands between commands',
  'chip-help.link': 'what the PHY says of the line (PHSTAT2)',
  'chip-help.int': 'the INT pin as the board reads it',
  'chip-help.reset': 'system reset (SRC), and the revision that answers',
  'chip-help.dump': 'all registers; a star marks those that are not as after a reset',
  'chip-help.raw': 'octets under one chip select as they are, and so many read behind them',
  'chip-help.help': 'this list',
  'chip-says.receiving': ({ station, duplex }: { readonly station: string; readonly duplex: string }) =>
    `receiving as ${station}, ${duplex}`,
  'chip-says.full-duplex': 'full duplex',
  'chip-says.half-duplex': 'half duplex',
  'chip-says.link-up': ({ duplex }: { readonly duplex: string }) => `link up, ${duplex}`,
  'chip-says.link-down': ({ duplex }: { readonly duplex: string }) => `link down, ${duplex}`,
  'chip-says.reversed': ({ link }: { readonly link: string }) => `${link}, its polarity reversed`,
  'chip-says.int-unknown': 'this board cannot read INT',
  'chip-says.int-high': 'INT is high: nothing asked for',
  'chip-says.int-low': 'INT is low: the chip asks',
  'chip-says.revision': ({ revision, value }: { readonly revision: string; readonly value: string }) =>
    `revision ${revision} (EREVID ${value})`,
  'chip-says.every-bank': 'every bank',
  'chip-says.bank': ({ bank }: { readonly bank: number }) => `bank ${bank}`,
  'chip-says.place': ({
    kind,
    bank,
    address,
  }: {
    readonly kind: string
    readonly bank: string
    readonly address: string
  }) => `${kind}, ${bank}, ${address}`,
  'chip-says.phy-place': ({ address }: { readonly address: string }) => `PHY, ${address}`,
  'chip-says.after-reset': ({ place, value }: { readonly place: string; readonly value: string }) =>
    `${place}; after a reset ${value}`,
  'chip-says.sent': ({ frame, collisions }: { readonly frame: string; readonly collisions: string }) =>
    `sent: ${frame}; ${collisions}`,
  'chip-says.aborted': ({ frame, collisions }: { readonly frame: string; readonly collisions: string }) =>
    `aborted: ${frame}; ${collisions}`,
  'chip-says.collisions': ({ count }: { readonly count: number }) => counted(count, 'collision'),
  'chip-says.nothing-came': ({ wait }: { readonly wait: number }) => `nothing came within ${wait} ms`,
  'chip-says.corrupt': ({ header }: { readonly header: string }) =>
    `the header of a packet contradicts itself (${header}); the FIFO was emptied`,
  'chip-says.damaged': ({ status }: { readonly status: string }) => `a damaged frame (status ${status})`,
  'chip-says.damaged-fcs': ({ status }: { readonly status: string }) =>
    `a damaged frame, its FCS wrong (status ${status})`,
  'chip-says.finding': ({
    rule,
    id,
    octets,
    source,
  }: {
    readonly rule: string
    readonly id: string
    readonly octets: string
    readonly source: string
  }) => `! ${rule} (${id}, octets ${octets}) [${source}]`,
}
