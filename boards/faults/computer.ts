/** This computer and its adapter, at end a of the line. */
import { SECOND } from '../../firmware/hal/clock.js'
import { FRAMING_8N1 } from '../rs232/framing.js'
import type { Bench } from './bench.js'
import { faultFamily } from './fault.js'
import { nanoseconds } from './nanoseconds.js'

/** Room of an adapter for what nobody fetches: more than any delay below fills. */
const ENOUGH = 1 << 20

/** Nobody fetches what arrives, but for moments. */
function fetchEvery({ board, lab }: Bench, interval: number): void {
  const { a } = board.uart
  const fetch = () => {
    a.resume()
    a.pause(ENOUGH)
    lab.clock.after(interval, fetch)
  }
  fetch()
}

export const COMPUTER_FAULTS = [
  faultFamily({
    name: 'adapter-latency',
    layer: 'computer',
    side: 'computer',
    title: 'the USB adapter hands octets over late',
    symptom: 'everything works, and each question takes that much longer',
    parameters: {
      // 16 ms is what an FTDI adapter does by itself (its latency timer, 1 to 255 ms).
      timer: {
        title: 'time between two deliveries',
        unit: 's',
        min: 0.001,
        max: 0.255,
        default: 0.1,
        scale: 'log',
        worse: 'higher',
        suffers: 0.05,
      },
    },
    breaks: ({ timer }) => ({ apply: (bench) => fetchEvery(bench, nanoseconds(timer)) }),
  }),
  faultFamily({
    name: 'computer-slow',
    layer: 'computer',
    side: 'computer',
    title: 'this computer is busy, and its adapter’s buffer runs over',
    symptom: 'now and then octets are missing from what the board says, and everything stands still for a moment',
    parameters: {
      away: {
        title: 'how long this computer fetches nothing',
        unit: 's',
        min: 0.001,
        max: 1,
        default: 0.1,
        scale: 'log',
        worse: 'higher',
        suffers: 0.05,
      },
      every: {
        title: 'from one such moment to the next',
        unit: 's',
        min: 0.05,
        max: 30,
        default: 0.5,
        scale: 'log',
        worse: 'lower',
        suffers: 30,
      },
      buffer: {
        title: 'what the adapter can hold',
        unit: 'octets',
        min: 64,
        max: 4096,
        default: 256,
        scale: 'log',
        whole: true,
      },
    },
    breaks: ({ away, every, buffer }) => ({
      apply: ({ board, lab }) => {
        const { a } = board.uart
        const leave = () => {
          a.pause(buffer)
          lab.clock.after(nanoseconds(away), () => a.resume())
          lab.clock.after(nanoseconds(away + every), leave)
        }
        lab.clock.after(nanoseconds(every), leave)
      },
    }),
  }),
  faultFamily({
    name: 'adapter-loose',
    layer: 'computer',
    side: 'computer',
    title: 'the USB plug of the adapter has a loose contact',
    symptom: 'every few seconds nothing gets through for a moment, either way',
    parameters: {
      every: {
        title: 'from one loss of contact to the next',
        unit: 's',
        min: 0.1,
        max: 60,
        default: 1,
        scale: 'log',
        worse: 'lower',
        suffers: 60,
      },
      away: {
        title: 'how long the contact is lost',
        unit: 's',
        min: 0.001,
        max: 2,
        default: 0.2,
        scale: 'log',
        worse: 'higher',
        suffers: 0.001,
      },
    },
    breaks: ({ every, away }) => ({
      apply: ({ board, lab }) => {
        const { a } = board.uart
        const lose = () => {
          a.close()
          lab.clock.after(nanoseconds(away), () => a.open())
          lab.clock.after(nanoseconds(away + every), lose)
        }
        lab.clock.after(nanoseconds(every), lose)
      },
    }),
  }),
] as const

/** What stands at the port in the board's place: it talks when it likes, and answers what it hears. */
export interface OtherDevice {
  readonly baud: number
  /** Says something by itself, every second. */
  readonly says?: (second: number) => string
  /** @param heard the octets of late @returns what it answers, and whether it goes on listening anew */
  readonly answers?: (heard: readonly number[]) => readonly number[] | undefined
}

/** Octets that a device looks back at. */
const LOOKS_BACK = 64

/** The board stays without supply, and its end of the line belongs to another device. */
export function plugInstead({ board, lab }: Bench, device: OtherDevice): void {
  board.supplyConnected = false
  const { b } = board.uart
  b.setBaud(device.baud)
  // That of the controller in its place may be another while it has no supply.
  b.setFraming(FRAMING_8N1)
  const { answers, says } = device
  let heard: number[] = []
  b.handleOctets = (octets) => {
    for (const octet of octets) {
      heard.push(octet)
      const answer = answers?.(heard)
      if (answer !== undefined || heard.length > LOOKS_BACK) heard = []
      if (answer !== undefined) b.write(Uint8Array.from(answer))
    }
  }
  if (says === undefined) return
  let second = 0
  const speak = () => {
    b.write(Uint8Array.from(says(second++), (letter) => letter.charCodeAt(0)))
    lab.clock.after(SECOND, speak)
  }
  lab.clock.after(SECOND / 2, speak)
}
