/**
 * The protocol of a BeagleLogic across a network (https://github.com/abhishek-kakkar/BeagleLogic, beaglelogic-tcp-server), which libsigrok's driver
 * `beaglelogic` speaks: lines of text, a word and a number, each answered by a line; behind `get` samples come until `close`.
 */
import { SECOND } from '../../firmware/hal/clock.js'
import { encodeText } from '../../firmware/text/utf8.js'
import type { PinRecorder } from './pin-recorder.js'

/** Samples a second; its unit divides this clock. */
const HIGHEST_RATE = 100_000_000
const LOWEST_RATE = 10
/** Octets of samples of a capture that is not continuous. */
const MOST_MEMORY = 64 << 20
/** Of `sampleunit`: two octets a sample, or one. */
const TWO_OCTETS = 0
const ONE_OCTET = 1
/** Of `triggerflags`. */
const CONTINUOUS = 1
const LONGEST_LINE = 64

interface Setting {
  value: number
  readonly lowest: number
  readonly highest: number
}

/** One client. Any octets may come. */
export class BeagleLogic {
  readonly #recorder: PinRecorder
  readonly #send: (octets: Uint8Array) => void
  readonly #settings = new Map<string, Setting>([
    ['samplerate', { value: 10_000_000, lowest: LOWEST_RATE, highest: HIGHEST_RATE }],
    ['sampleunit', { value: ONE_OCTET, lowest: TWO_OCTETS, highest: ONE_OCTET }],
    ['triggerflags', { value: CONTINUOUS, lowest: 0, highest: CONTINUOUS }],
    ['memalloc', { value: MOST_MEMORY, lowest: 1, highest: MOST_MEMORY }],
    ['bufunitsize', { value: 65_536, lowest: 1, highest: MOST_MEMORY }],
  ])
  #line = ''
  /** Lines that were no command. */
  unknown = 0

  /** @param send each array is its own */
  constructor(recorder: PinRecorder, send: (octets: Uint8Array) => void) {
    this.#recorder = recorder
    this.#send = send
  }

  receive(octets: Uint8Array): void {
    for (const octet of octets) {
      if (octet === 0x0a) {
        const line = this.#line
        this.#line = ''
        this.#command(line.trim())
      } else if (this.#line.length < LONGEST_LINE) this.#line += String.fromCharCode(octet)
    }
  }

  /** Ends what is under way. */
  close(): void {
    this.#recorder.stop()
  }

  #command(line: string): void {
    const [word, given] = line.split(/\s+/)
    const setting = this.#settings.get(word)
    if (word === 'version') this.#say('BeagleLogic 1.0')
    else if (word === 'get') this.#get()
    else if (word === 'close') this.close()
    else if (setting === undefined) {
      this.unknown++
      this.#say('error')
    } else if (given === undefined) this.#say(String(setting.value))
    else {
      const value = Number(given)
      const fits = Number.isInteger(value) && value >= setting.lowest && value <= setting.highest
      if (fits) setting.value = value
      this.#say(fits ? 'ok' : 'error')
    }
  }

  #say(line: string): void {
    this.#send(encodeText(`${line}\n`))
  }

  #get(): void {
    const value = (name: string): number => this.#settings.get(name)?.value ?? 0
    const width = value('sampleunit') === TWO_OCTETS ? 2 : 1
    let left = value('triggerflags') === CONTINUOUS ? Number.POSITIVE_INFINITY : Math.floor(value('memalloc') / width)
    this.#recorder.start(SECOND / value('samplerate'), (samples) => {
      const taken = samples.length > left ? samples.subarray(0, left) : samples
      left -= taken.length
      if (left === 0) this.close()
      this.#send(width === 1 ? taken : widened(taken))
    })
  }
}

/** The low octet first; inputs above the eighth are low. */
function widened(samples: Uint8Array): Uint8Array {
  const octets = new Uint8Array(2 * samples.length)
  for (const [i, sample] of samples.entries()) octets[2 * i] = sample
  return octets
}
