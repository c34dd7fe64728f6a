/** A partner that has power and a link, and is set up otherwise than anyone would wish; and others on the same wire. */
import { withFcs } from '../ethernet/fcs.js'
import type { Bench } from './bench.js'
import { putBetween } from './between.js'
import { faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'
import { flood, floodInterval, frameToNobody } from './partner.js'

const ARP = 0x0806
const IPV4 = 0x0800
const ICMP = 1
const ECHO_REQUEST = 8

function etherType(frame: Uint8Array): number {
  return (frame[12] << 8) | frame[13]
}

function isEchoRequest(frame: Uint8Array): boolean {
  if (etherType(frame) !== IPV4 || frame[23] !== ICMP) return false
  return frame[14 + (frame[14] & 0x0f) * 4] === ECHO_REQUEST
}

/** What stands between the partner's card and its stack: a packet filter, a busy processor. */
function intercept({ peer }: Bench, takes: (frame: Uint8Array, pass: (frame: Uint8Array) => void) => void): void {
  const pass = peer.station.handleFrame
  if (pass === undefined) throw new Error('the partner of a bench has a stack on its card')
  peer.station.handleFrame = (frame) => takes(frame, pass)
}

/** An ARP request to everybody, for an address that nobody has (RFC 826). */
function question(station: Uint8Array): Uint8Array {
  const frame = new Uint8Array(60)
  frame.fill(0xff, 0, 6)
  frame.set(station, 6)
  frame.set([0x08, 0x06, 0x00, 0x01, 0x08, 0x00, 0x06, 0x04, 0x00, 0x01], 12)
  frame.set(station, 22)
  frame.set([192, 0, 2, 1], 28)
  frame.set([192, 0, 2, 2], 38)
  return withFcs(frame)
}

/** A third station, on a hub with board and partner. */
function third(bench: Bench, address: string, mac?: string): void {
  const { box } = putBetween(bench, 'hub')
  const stranger = bench.lab.addHost({ name: 'stranger', address, ...(mac === undefined ? {} : { mac }) })
  bench.lab.connect(box.ports[2], stranger.port)
}

const PARTNER = { layer: 'partner', side: 'partner' } as const

export const PARTNER_HABIT_FAULTS = [
  faultFamily({
    ...PARTNER,
    name: 'partner-slow',
    title: 'the partner is busy and answers late',
    symptom: 'pings are answered, each after a while',
    parameters: {
      delay: {
        title: 'time until it looks at a frame',
        unit: 's',
        min: 0.005,
        max: 4,
        default: 0.5,
        scale: 'log',
        worse: 'higher',
        suffers: 0.4,
      },
    },
    breaks: ({ delay }) => ({
      apply: (bench) =>
        intercept(bench, (frame, pass) => {
          const copy = frame.slice()
          bench.lab.clock.after(nanoseconds(delay), () => pass(copy))
        }),
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-no-ping',
    title: 'a packet filter on the partner answers no ping',
    symptom: 'the partner is found by ARP, and no ping is answered',
    breaks: () => ({
      apply: (bench) =>
        intercept(bench, (frame, pass) => {
          if (!isEchoRequest(frame)) pass(frame)
        }),
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-no-arp',
    title: 'the partner answers no ARP',
    symptom: 'link at both ends, and nobody finds the partner',
    breaks: () => ({
      apply: (bench) =>
        intercept(bench, (frame, pass) => {
          if (etherType(frame) !== ARP) pass(frame)
        }),
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-deaf',
    title: 'the partner’s receiver is dead',
    symptom: 'link here, none at the partner: nothing that is sent is heard',
    breaks: () => ({
      apply: ({ peer }) => {
        peer.station.port.receiver = undefined
      },
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-restarts',
    title: 'the partner restarts again and again',
    symptom: 'the link comes and goes, at long intervals',
    parameters: {
      every: {
        title: 'from one start to the next',
        unit: 's',
        min: 1,
        max: 120,
        default: 8,
        scale: 'log',
        worse: 'lower',
        suffers: 120,
      },
      away: {
        title: 'how long it is off',
        unit: 's',
        min: 0.2,
        max: 10,
        default: 2,
        scale: 'log',
        worse: 'higher',
        suffers: 0.2,
      },
    },
    breaks: ({ every, away }) => ({
      apply: ({ peer, lab }) => {
        const restart = () => {
          peer.station.powerOff()
          lab.clock.after(nanoseconds(away), () => peer.station.powerOn())
          lab.clock.after(nanoseconds(away + every), restart)
        }
        lab.clock.after(nanoseconds(every), restart)
      },
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-bad-fcs',
    title: 'the partner’s card puts a wrong FCS behind some frames',
    symptom: 'frames arrive with a wrong FCS, and the cable is sound',
    parameters: {
      rate: {
        title: 'share of its frames',
        unit: 'share',
        min: 1e-4,
        max: 0.9,
        default: 0.1,
        scale: 'log',
        worse: 'higher',
        suffers: 0.01,
      },
    },
    breaks: ({ rate }) => ({
      apply: ({ peer }) => {
        peer.station.wrongFcs = rate
      },
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-giants',
    harmless: true,
    title: 'the partner sends frames longer than 1518 octets',
    symptom: 'the board works, others throw the partner’s long frames away, and the line is busier than it should be',
    parameters: {
      every: floodInterval(0.005),
      octets: {
        title: 'how long they are, FCS included',
        unit: 'octets',
        min: 1519,
        max: 9018,
        default: 4000,
        scale: 'linear',
        whole: true,
      },
    },
    breaks: ({ every, octets }) => ({
      apply: (bench) => flood(bench, frameToNobody(bench.peer.station.address, octets), nanoseconds(every)),
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'broadcast-storm',
    harmless: true,
    title: 'the network is full of broadcasts',
    symptom: 'the board is busy with what concerns nobody, and answers late or not at all',
    parameters: { every: floodInterval(200e-6) },
    breaks: ({ every }) => ({
      apply: (bench) => flood(bench, question(bench.peer.station.address), nanoseconds(every)),
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'network-flooded',
    harmless: true,
    title: 'a switch sends here what is for others',
    symptom: 'the board works, on a line that is busy with frames for others',
    parameters: {
      every: floodInterval(0.001),
      octets: {
        title: 'how long they are, FCS included',
        unit: 'octets',
        min: 64,
        max: 1518,
        default: 1000,
        scale: 'linear',
        whole: true,
      },
    },
    breaks: ({ every, octets }) => ({
      apply: (bench) => flood(bench, frameToNobody(bench.peer.station.address, octets), nanoseconds(every)),
    }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-same-mac',
    title: 'the partner has the board’s station address',
    symptom: 'link at both ends, and neither believes that what it hears comes from another',
    breaks: (_values, { network }) => ({ peer: { mac: network.station } }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-same-address',
    title: 'the partner has the board’s IP address',
    symptom: 'link at both ends, and each answers a request for that address itself',
    breaks: (_values, { network }) => ({ peer: { address: network.address } }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'partner-other-network',
    title: 'the partner is on another IP network',
    symptom: 'link at both ends, and no ping is answered',
    breaks: () => ({ peer: { address: '10.99.0.1/24' } }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'address-taken',
    title: 'a third station has the board’s IP address',
    symptom: 'now the board answers, now the other one',
    breaks: (_values, { network }) => ({ movesPlug: true, apply: (bench) => third(bench, network.address) }),
  }),
  faultFamily({
    ...PARTNER,
    name: 'mac-taken',
    title: 'a third station has the board’s station address',
    symptom: 'what is meant for one of the two arrives at both, or at the other',
    breaks: (_values, { network }) => ({
      movesPlug: true,
      apply: (bench) => third(bench, network.address, network.station),
    }),
  }),
] as const
