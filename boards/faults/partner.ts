/** Whoever is at the other end of the cable. */
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { withFcs } from '../ethernet/fcs.js'
import type { Bench } from './bench.js'
import { faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'
import type { QuantityParameter } from './parameter.js'

/** Octets of 10 Mb/s in a second. */
const OCTET_RATE = 1_250_000

/** A controller that hangs with its transmitter on, behind a transceiver whose jabber function is broken too (14.2.1.6). */
function jabber({ lab, peer }: Bench, seconds: number): void {
  const signal = new Uint8Array(Math.round(seconds * OCTET_RATE)).fill(0x55)
  const again = () => {
    // Some in a row, so that there is no silence around what the partner has to say.
    if (peer.station.linkUp && peer.station.pending < 4) peer.station.sendRaw(signal)
    lab.clock.after(20 * MILLISECOND, again)
  }
  again()
}

/** Sends `octets` every `interval` nanoseconds beside what the partner does otherwise. */
export function flood({ lab, peer }: Bench, octets: Uint8Array, interval: number): void {
  const again = () => {
    // What a card cannot send at once it leaves, so that its own frames get through.
    if (peer.station.linkUp && peer.station.pending === 0) peer.station.sendRaw(octets)
    lab.clock.after(interval, again)
  }
  again()
}

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

/**
 * A frame of local type 88B5h to a station that nobody is, with its FCS.
 * @param octets FCS included; below 64 it is one that was not padded (802.3 3.2.8)
 */
export function frameToNobody(station: Uint8Array, octets: number): Uint8Array {
  const frame = new Uint8Array(octets - 4)
  frame.set([0x02, 0x00, 0x00, 0x00, 0x00, 0x7f])
  frame.set(station, 6)
  frame.set([0x88, 0xb5], 12)
  return withFcs(frame)
}

export function floodInterval(seconds: number): QuantityParameter {
  return {
    title: 'from one frame to the next',
    unit: 's',
    min: 100e-6,
    max: 0.1,
    default: seconds,
    scale: 'log',
    worse: 'lower',
  }
}

export const PARTNER_FAULTS = [
  faultFamily({
    name: 'partner-full-duplex',
    layer: 'partner',
    side: 'partner',
    title: 'the partner is forced to full duplex',
    symptom: 'ping works, and under load come late collisions here and FCS errors there',
    breaks: () => ({
      peer: { duplex: 'full' },
    }),
  }),
  faultFamily({
    name: 'partner-off',
    layer: 'partner',
    side: 'partner',
    title: 'the partner is switched off',
    symptom: 'no link, although the cable is plugged in at both ends',
    breaks: () => ({
      apply: ({ peer }) => peer.station.powerOff(),
    }),
  }),
  faultFamily({
    name: 'partner-100-only',
    layer: 'partner',
    side: 'partner',
    title: 'the partner is set to 100 Mb/s and nothing else',
    symptom: 'no link at either end, although the partner works with others',
    breaks: () => ({
      peer: { only100: true },
    }),
  }),
  faultFamily({
    name: 'partner-silent',
    layer: 'partner',
    side: 'partner',
    title: 'the partner’s transmitter is dead',
    symptom: 'no link here, while the partner sees one',
    breaks: () => ({
      peer: { silent: true },
    }),
  }),
  faultFamily({
    name: 'partner-jabber',
    layer: 'partner',
    side: 'partner',
    title: 'the partner sends without end',
    symptom: 'the receive LED is always lit, and nothing can be sent',
    parameters: {
      // Longer than 20 to 150 ms is jabber (802.3 14.2.1.6).
      signal: {
        title: 'how long each signal lasts',
        unit: 's',
        min: 0.02,
        max: 0.4,
        default: 0.08,
        scale: 'log',
        worse: 'higher',
        suffers: 0.02,
      },
    },
    breaks: ({ signal }) => ({
      peer: { duplex: 'full' },
      apply: (bench) => jabber(bench, signal),
    }),
  }),
  faultFamily({
    name: 'partner-pause-flood',
    harmless: true,
    layer: 'partner',
    side: 'partner',
    title: 'the partner sends pause frames without end',
    symptom: 'the receive LED is always lit, everything is slow, and stations in full duplex stand still',
    parameters: { every: floodInterval(400e-6) },
    breaks: ({ every }) => ({
      apply: (bench) => flood(bench, pauseFrame(bench.peer.station.address), nanoseconds(every)),
    }),
  }),
  faultFamily({
    name: 'partner-runts',
    harmless: true,
    layer: 'partner',
    side: 'partner',
    title: 'the partner sends frames shorter than 64 octets',
    symptom: 'the board works, others throw the partner’s short frames away, and the line is busier than it should be',
    parameters: {
      every: floodInterval(0.001),
      octets: {
        title: 'how long they are, FCS included',
        unit: 'octets',
        min: 18,
        max: 63,
        default: 42,
        scale: 'linear',
        whole: true,
      },
    },
    breaks: ({ every, octets }) => ({
      apply: (bench) => flood(bench, frameToNobody(bench.peer.station.address, octets), nanoseconds(every)),
    }),
  }),
] as const
