/**
 * What happened in a lab, kept for whoever asks afterwards, or waits for it: the frames on all its cables, what its sketches printed, and
 * what they did wrong. Of a long run the last are kept, and those that went before are counted.
 */
import type { Cable, CableFrame } from '../../boards/ethernet/cable.js'
import { FCS_OCTETS } from '../../boards/ethernet/fcs.js'
import type { EthernetPort } from '../../boards/ethernet/port.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { Listeners } from '../../firmware/hal/listeners.js'
import { printFrame } from '../../firmware/net/wire/print.js'
import { printable } from '../../firmware/text/printable.js'
import type { PcapngWriter } from '../capture/pcapng.js'
import type { Sketch } from '../sketch/sketch.js'
import type { SketchLab } from '../sketch/sketch-lab.js'
import { findingLine } from '../text/program-place.js'
import { type FramePattern, frameMatches } from './frame-pattern.js'

/** A frame that left a sender. */
export interface LoggedFrame {
  readonly kind: 'frame'
  /** When its first bit did, nanoseconds. */
  readonly at: number
  readonly cable: Cable
  readonly from: EthernetPort
  readonly to: EthernetPort
  /** Destination address to FCS, as sent. */
  readonly sent: Uint8Array
  /** What happened to it on the way; undefined: it arrived as it was sent. */
  readonly loss: string | undefined
  /** Its place among all frames of the lab, from 0 on. */
  readonly number: number
  /** Somebody expected it. */
  expected: boolean
}

interface LoggedText {
  readonly kind: 'printed' | 'finding'
  readonly at: number
  readonly who: string
  readonly text: string
}

type Logged = LoggedFrame | LoggedText

/** Things kept, and octets of frames among them. */
const MOST_KEPT = 20_000
const MOST_OCTETS = 8 << 20
/** Characters of a line in a story. */
const LINE = 100

export class LabLog {
  readonly lab: SketchLab
  readonly #frameListeners = new Listeners<[frame: LoggedFrame]>()
  #kept: Logged[] = []
  #octets = 0
  /** Frames so far. */
  frameCount = 0
  /** Things that are no longer kept. */
  forgotten = 0
  readonly #lines = new Map<Sketch, string>()

  /** Listens from now on, also to cables and sketches that come later. */
  constructor(lab: SketchLab) {
    this.lab = lab
    for (const cable of lab.cables) this.#watch(cable)
    lab.onConnect((cable) => this.#watch(cable))
    for (const sketch of lab.sketches) this.#hear(sketch)
    lab.onSketch((sketch) => this.#hear(sketch))
  }

  /** Is called with each frame as its last bit leaves its sender. */
  onFrame(listener: (frame: LoggedFrame) => void): () => void {
    return this.#frameListeners.add(listener)
  }

  /** Frames that are kept, in the order in which they ended. */
  get frames(): readonly LoggedFrame[] {
    return this.#kept.filter((each) => each.kind === 'frame')
  }

  /** The last things that happened, in sentences. */
  story(most: number): readonly string[] {
    const last = this.#kept.slice(-most)
    const before = this.forgotten + this.#kept.length - last.length
    return [...(before > 0 ? [`(${before} earlier)`] : []), ...last.map(sentence)]
  }

  /** Writes the frames that are kept. */
  writeTo(writer: PcapngWriter): void {
    const places = new Map<EthernetPort, number>()
    for (const { at, cable, from, sent, loss } of this.frames) {
      let place = places.get(from)
      if (place === undefined) {
        place = writer.addInterface({ name: from.name, description: `10BASE-T port at ${cable.length} m of cable` })
        places.set(from, place)
      }
      const comment = loss === undefined ? {} : { comment: `on the cable: ${loss}` }
      writer.packet(place, sent, { at, direction: 'outbound', ...comment })
    }
  }

  #watch(cable: Cable): void {
    cable.onFrame((frame) => this.#frame(cable, frame))
  }

  #frame(cable: Cable, { at, direction, sent, loss }: CableFrame): void {
    const { ends } = cable
    // One that was cut because the plug was pulled has no ends to tell of.
    if (ends === undefined) return
    const [from, to] = direction === 'a-to-b' ? ends : [ends[1], ends[0]]
    const logged: LoggedFrame = {
      kind: 'frame',
      at,
      cable,
      from,
      to,
      sent: sent.slice(),
      loss,
      number: this.frameCount++,
      expected: false,
    }
    this.#octets += sent.length
    this.#keep(logged)
    this.#frameListeners.tell(logged)
  }

  #hear(sketch: Sketch): void {
    const { name } = sketch
    sketch.serial.onText((text) => {
      const lines = ((this.#lines.get(sketch) ?? '') + text).split('\n')
      this.#lines.set(sketch, (lines.pop() ?? '').slice(-LINE))
      for (const line of lines)
        this.#keep({ kind: 'printed', at: this.lab.now, who: name, text: line.replace(/\r$/, '') })
    })
    sketch.onFinding((finding) =>
      this.#keep({ kind: 'finding', at: finding.at, who: name, text: findingLine(finding) }),
    )
  }

  #keep(what: Logged): void {
    this.#kept.push(what)
    if (this.#kept.length <= MOST_KEPT && this.#octets <= MOST_OCTETS) return
    const gone = this.#kept.splice(0, this.#kept.length >> 1)
    this.forgotten += gone.length
    for (const each of gone) if (each.kind === 'frame') this.#octets -= each.sent.length
  }
}

/** The frame without its FCS. */
export function payloadOf({ sent }: LoggedFrame): Uint8Array {
  return sent.subarray(0, Math.max(0, sent.length - FCS_OCTETS))
}

export function loggedMatches(pattern: FramePattern, frame: LoggedFrame): boolean {
  return frameMatches(pattern, payloadOf(frame))
}

/** `12.345 ms  uno to peer: ARP, Request who-has 192.168.7.1 tell 192.168.7.2`. */
export function sentence(what: Logged): string {
  const time = `${(what.at / MILLISECOND).toFixed(3)} ms`.padStart(14)
  if (what.kind === 'frame') {
    const lost = what.loss === undefined ? '' : ` (lost on the cable: ${what.loss})`
    return `${time}  ${what.from.name} to ${what.to.name}: ${printFrame(payloadOf(what))}${lost}`
  }
  const text = printable(what.text.length > LINE ? `${what.text.slice(0, LINE)}…` : what.text)
  return `${time}  ${what.who} ${what.kind === 'printed' ? `printed "${text}"` : `misused the chip: ${text}`}`
}
