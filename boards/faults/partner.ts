/** Whoever is at the other end of the cable. */
import { MICROSECOND, MILLISECOND } from '../../firmware/hal/clock.js'
import { withFcs } from '../ethernet/fcs.js'
import type { Bench } from './bench.js'
import type { Fault } from './fault.js'

/** Octets of a signal of 80 ms, and what a controller that hangs sends. */
const JABBER_OCTETS = 100_000

/** A controller that hangs with its transmitter on, behind a transceiver whose jabber function is broken too (14.2.1.6). */
function jabber({ lab, peer }: Bench): void {
  const signal = new Uint8Array(JABBER_OCTETS).fill(0x55)
  const again = () => {
    // Some in a row, so that there is no silence around what the partner has to say.
    if (peer.station.linkUp && peer.station.pending < 4) peer.station.sendRaw(signal)
    lab.clock.after(20 * MILLISECOND, again)
  }
  again()
}

/** Sends `octets` every `interval` nanoseconds beside what the partner does otherwise. */
function flood({ lab, peer }: Bench, octets: Uint8Array, interval: number): void {
  const again = () => {
    // What a card cannot send at once it leaves, so that its own frames get through.
    if (peer.station.linkUp && peer.station.pending === 0) peer.station.sendRaw(octets)
    lab.clock.after(interval, again)
  }
  again()
}

const PAUSE_FLOOD_INTERVAL = 400 * MICROSECOND
/** 31B.1: to 01-80-C2-00-00-01, type 8808h, opcode 0001h, as long a pause as there is. */
const PAUSE_START = [0x01, 0x80, 0xc2, 0x00, 0x00, 0x01]
const PAUSE_BODY = [0x88, 0x08, 0x00, 0x01, 0xff, 0xff]

function pauseFrame(station: Uint8Array): Uint8Array {
  const frame = new Uint8Array(60)
  frame.set(PAUSE_START)
  frame.set(station, 6)
  frame.set(PAUSE_BODY, 12)
  return withFcs(frame)
}

const RUNT_INTERVAL = 1 * MILLISECOND
const RUNT_OCTETS = 42

/** A frame for somebody else that was not padded to 64 octets (3.2.8). */
function runt(station: Uint8Array): Uint8Array {
  const frame = new Uint8Array(RUNT_OCTETS - 4)
  frame.set([0x02, 0x00, 0x00, 0x00, 0x00, 0x7f])
  frame.set(station, 6)
  frame.set([0x88, 0xb5], 12)
  return withFcs(frame)
}

export const PARTNER_FAULTS = [
  {
    name: 'partner-full-duplex',
    layer: 'partner',
    title: 'the partner is forced to full duplex',
    symptom: 'ping works, and under load come late collisions here and FCS errors there',
    peer: { duplex: 'full' },
  },
  {
    name: 'partner-off',
    layer: 'partner',
    title: 'the partner is switched off',
    symptom: 'no link, although the cable is plugged in at both ends',
    apply: ({ peer }) => peer.station.powerOff(),
  },
  {
    name: 'partner-100-only',
    layer: 'partner',
    title: 'the partner is set to 100 Mb/s and nothing else',
    symptom: 'no link at either end, although the partner works with others',
    peer: { only100: true },
  },
  {
    name: 'partner-silent',
    layer: 'partner',
    title: 'the partner’s transmitter is dead',
    symptom: 'no link here, while the partner sees one',
    peer: { silent: true },
  },
  {
    name: 'partner-jabber',
    layer: 'partner',
    title: 'the partner sends without end',
    symptom: 'the receive LED is always lit, and nothing can be sent',
    peer: { duplex: 'full' },
    apply: jabber,
  },
  {
    name: 'partner-pause-flood',
    layer: 'partner',
    title: 'the partner sends pause frames without end',
    symptom: 'the receive LED is always lit, everything is slow, and stations in full duplex stand still',
    apply: (bench) => flood(bench, pauseFrame(bench.peer.station.address), PAUSE_FLOOD_INTERVAL),
  },
  {
    name: 'partner-runts',
    layer: 'partner',
    title: 'the partner sends frames shorter than 64 octets',
    symptom: 'the board works, others throw the partner’s short frames away, and the line is busier than it should be',
    apply: (bench) => flood(bench, runt(bench.peer.station.address), RUNT_INTERVAL),
  },
] as const satisfies readonly Fault[]
