/** What checks have to say of what they found: what is wrong, or why there was nothing to measure. */
import { counted } from './counted.js'
import { times } from './times.js'

export const REASONS = {
  'serial.session.silent': ({ limit }: { readonly limit: number }) =>
    `no session within ${limit} s: not one octet came back`,
  'serial.session.garbled': ({ limit, octets }: { readonly limit: number; readonly octets: number }) =>
    `no session within ${limit} s: ${counted(octets, 'octet')} came back, and made no cell`,
  'serial.session.loopback': ({ limit, cells }: { readonly limit: number; readonly cells: number }) =>
    `no session within ${limit} s: our own cells come back (${cells} of them), so transmit and receive are joined somewhere: a loopback plug, a bridge of solder, a device that echoes`,
  'serial.session.other-host': ({ limit, cells }: { readonly limit: number; readonly cells: number }) =>
    `no session within ${limit} s: another host is on this line (${cells} of its cells came): two programs or two computers ask, and no board answers`,
  'serial.session.one-way': ({ limit, requests }: { readonly limit: number; readonly requests: number }) =>
    `no session within ${limit} s: the board is heard, asked for a session ${times(requests)} and answered none of ours: what we send does not reach it`,
  'serial.session.version': ({ board, version }: { readonly board: string; readonly version: number }) =>
    `the board's firmware opens sessions as version ${version} did: one dead direction can look like an answer there, and it keeps what it lent when a host dies; flash it: linkpulse flash ${board} PORT`,
  'serial.rate.none': ({ wanted, tried }: { readonly wanted: number; readonly tried: number }) =>
    `no answer at ${wanted} baud nor at ${counted(tried, 'other rate')}`,
  'serial.rate.another': ({ wanted, found }: { readonly wanted: number; readonly found: number }) =>
    `the board answers at ${found} baud, not at ${wanted}: ask for that, with --baud ${found} or as serial:PATH@${found}`,
  'serial.baud-change.off':
    'the board is not at the rate that was asked for, and would go to another than it is told: put that right first',
  'serial.baud-change.unconfirmed': ({ rate, former }: { readonly rate: number; readonly former: number }) =>
    `the board did not confirm ${rate} baud; the line stays at ${former}`,
  'serial.identity.firmware': ({ board, firmware }: { readonly board: string; readonly firmware: string }) =>
    `${board}, firmware ${firmware}`,
  'serial.line.errors': ({ errors, octets }: { readonly errors: number; readonly octets: number }) =>
    `${counted(errors, 'error')} in ${counted(octets, 'octet')}, noticed and repaired by the link at the cost of time`,
  'serial.retransmissions.repeated': 'nothing was lost, but some cells had to be repeated',
  'serial.restarts.anew': ({ count }: { readonly count: number }) =>
    `the board restarted ${times(count)} during the run`,
  'serial.restarts.anew-by': ({ count, cause }: { readonly count: number; readonly cause: string }) =>
    `the board restarted ${times(count)} during the run; its last start was by ${cause}`,
  'serial.reopens':
    'not from a browser, which changes the rate of a port only by opening it anew, and that restarts many boards',
  'serprog.no-cells': 'not over serprog, which has no cells: nothing detects an error on this line',
  'serprog.silent': ({ seconds }: { readonly seconds: number }) =>
    `the board did not answer a serprog query within ${seconds} s`,
  'serprog.answer': ({ error }: { readonly error: string }) => `the board's answer to a serprog query was ${error}`,

  'spi.clock.unknown': 'this programmer has one SPI clock and does not say which (no S_SPI_FREQ)',
  'spi.pins.old-firmware':
    'the board’s firmware cannot move the wires of SPI one by one; linkpulse flash puts a newer one on it',
  'spi.interrupt-pin.unreadable': 'this board cannot read the INT pin',
  'spi.interrupt-pin.slow': ({ milliseconds }: { readonly milliseconds: number }) =>
    `INT goes where the chip wants it, but late: not at once, and within ${milliseconds} ms`,
  'spi.interrupt-pin.no-clock': 'without its 25 MHz clock the chip has nothing to interrupt for',

  'chip.revision.name': ({ revision }: { readonly revision: string }) => `revision ${revision}`,
  'chip.revision.none': 'no ENC28J60 was made with this number; a reading spoilt on the way, or not an ENC28J60',

  'view.desk':
    'on a desk the partner answers ARP and echo requests, and nothing else is asked of it; with one that is ours, --view bench',

  'phy.link.none': ({ seconds }: { readonly seconds: string }) => `no link ${seconds} s after the chip was configured`,
  'phy.partner.at': ({ interface: name, speed, duplex }: PartnerAt) =>
    `measured at the interface ${name} of this computer: ${speed} Mbit/s, ${duplex} duplex`,
  'phy.partner.not-ours': 'the partner is not ours: look at its power and link LEDs',

  'peer.name-it': ({ reason }: { readonly reason: string }) =>
    `${reason}; if your peer has another address, name it with --peer`,
  'peer.none': ({ peer }: { readonly peer: string }) => `no peer answers at ${peer}: see mac.receive`,
  'mac.receive.nobody': ({ peer, requests, milliseconds }: ArpSilence) =>
    `nobody at ${peer} answered ${counted(requests, 'ARP request')} in ${milliseconds} ms`,
  'pacing.clock': 'SCK of this board cannot be set as slow as it takes to send at the right moment',
  'mac.unicast-filter.no-probes': 'the peer does not answer ARP probes (RFC 5227)',
  'mac.simultaneous.not-ours': 'the peer is not ours: nobody there can be told to send now',

  'network.controller.no-link': 'the link did not come up',
  'network.arp.silent': ({ peer, reason }: { readonly peer: string; readonly reason: string }) =>
    `${peer} did not answer: ${reason}`,
  'network.ping.lost': ({ lost, count, peer, reasons }: EchoLoss) =>
    `${lost} of ${counted(count, 'echo', 'echoes')} did not come back from ${peer} (${reasons.join(', ')})`,
  'network.answers.not-ours': 'the peer is not ours: nobody there can be told to ping',
  'network.steady.fault': ({ fault }: { readonly fault: string }) => `the chip's fault: ${fault}`,
  'network.release.only-bridges': 'this board only bridges: it has no controller of its own',
  'network.release.no-change': ({ milliseconds }: { readonly milliseconds: number }) =>
    `after ${milliseconds} ms: the board reported no change of state at all`,
  'network.release.states': ({ milliseconds, states }: StatesAfter) =>
    `after ${milliseconds} ms: ${states.map(({ region, state }) => `${region} is ${state}`).join(', ')}`,
}

export interface ArpSilence {
  readonly peer: string
  readonly requests: number
  /** Milliseconds. */
  readonly milliseconds: number
}

export interface EchoLoss {
  readonly lost: number
  readonly count: number
  readonly peer: string
  /** As the stack gives them, each once. */
  readonly reasons: readonly string[]
}

export interface StatesAfter {
  /** Milliseconds. */
  readonly milliseconds: number
  /** By the names that the state charts have for them. */
  readonly states: readonly { readonly region: string; readonly state: string }[]
}

/** An interface and what it says of itself; ? where it says nothing. */
export interface PartnerAt {
  readonly interface: string
  readonly speed: string
  readonly duplex: string
}
