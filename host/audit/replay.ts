/**
 * What the driver sent, sent again to the model of the chip at the same times, in the surroundings that the recording tells of. Chance is left
 * out: errata that strike now and then do not strike, and where silicon was struck, its answers differ from the model's.
 */
import { Enc28j60 } from '../../boards/chips/enc28j60/enc28j60.js'
import type { Finding } from '../../boards/chips/enc28j60/findings.js'
import { FCS_OCTETS } from '../../boards/ethernet/fcs.js'
import type { EthernetMedium, FrameSignal } from '../../boards/ethernet/port.js'
import { Scheduler } from '../../boards/simulation/scheduler.js'
import { REVISION_ID, type SiliconRevision } from '../../firmware/enc28j60/registers.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { Random } from '../../firmware/hal/random.js'
import { type BeyondTheSpi, RECEIVED_OK } from './beyond-the-spi.js'
import type { SelectFrame } from './spi-frames.js'

/** A frame on the wire, by either. */
export interface WireFrame {
  /** Nanoseconds since the recording began: of one received, when the chip had it at the latest. */
  readonly at: number
  readonly direction: 'inbound' | 'outbound'
  readonly octets: Uint8Array
  /** The driver read all of it, or sent it. */
  readonly whole: boolean
}

export interface Replayed {
  readonly revision: SiliconRevision
  /** Of each frame, the model's answers. */
  readonly answers: readonly (readonly number[])[]
  readonly findings: readonly Finding[]
  readonly wire: readonly WireFrame[]
  /** Frames that the chip had taken and the model does not: why, and how often. */
  readonly refused: ReadonlyMap<string, number>
}

/** The model has had power for so long when the recording begins. */
const LEAD = 100 * MILLISECOND
/** Between link test pulses (IEEE 802.3 14.2.1.1), and from the first of them to a link: three. */
const PULSE_PERIOD = 16 * MILLISECOND
const PULSES_TO_LINK = 2 * PULSE_PERIOD
/** A PHY that lost its link counts anew; pulses go on. */
const NEVER: Random = {
  next32: () => 0xffff_ffff,
  float: () => 1 - 2 ** -32,
  below: (limit) => limit - 1,
  fork: () => NEVER,
}

class RecordedWire implements EthernetMedium {
  constructor(
    readonly scheduler: Scheduler,
    readonly heard: (signal: FrameSignal, at: number) => void,
  ) {}

  #started = 0

  frameStart(): void {
    this.#started = this.scheduler.now
  }

  frameEnd(_from: unknown, signal: FrameSignal): void {
    if (signal.octets.length > 0) this.heard(signal, this.#started)
  }

  linkPulse(): void {}
}

/**
 * @param frames in order, with the surroundings they tell of
 * @param period ns between two samples: what times are exact to
 */
export function replay(frames: readonly SelectFrame[], surroundings: BeyondTheSpi, period: number): Replayed {
  const revision = revisionOf(surroundings.revisionId) ?? 'B7'
  const scheduler = new Scheduler()
  const chip = new Enc28j60({
    clock: scheduler,
    random: NEVER,
    revision,
    // It would stop the PHY for a time that chance draws; and a link pulse of ours is not where silicon's was.
    errata: { phyClockAfterReset: false, pulseAsCollision: false, acceptsInLinkFail: true },
  })
  const wire: WireFrame[] = []
  const refused = new Map<string, number>()
  chip.port.medium = new RecordedWire(scheduler, (signal, at) => {
    wire.push({ at: at - LEAD, direction: 'outbound', octets: signal.octets.slice(), whole: true })
  })
  const findings: Finding[] = []
  chip.onFinding((finding) => findings.push({ ...finding, at: finding.at - LEAD }))
  chip.powerOn()
  startPulses(scheduler, chip, surroundings)
  for (const { at, octets, status, read } of surroundings.arrivals) {
    scheduler.after(Math.max(0, at + LEAD - 1 - scheduler.now), () => {
      const before = chip.counters
      // It comes in an instant: what the recording knows is that it was there.
      const intact = (status & RECEIVED_OK) !== 0
      const signal: FrameSignal = { octets, dribbleBits: 0, bits: (octets.length + 8) * 8, intact }
      chip.port.receiver?.frameStart(signal, false)
      chip.port.receiver?.frameEnd(signal, false)
      // Of one that nobody read, nothing is known but that there was one.
      if (read > 0) wire.push({ at: at - 1, direction: 'inbound', octets, whole: read >= octets.length - FCS_OCTETS })
      if (chip.counters.received > before.received) return
      const { dropped } = chip.counters
      const reason = (Object.keys(dropped) as (keyof typeof dropped)[]).find(
        (each) => dropped[each] !== before.dropped[each],
      )
      refused.set(reason ?? 'receive: reset', (refused.get(reason ?? 'receive: reset') ?? 0) + 1)
    })
  }
  const until = (at: number) => scheduler.runFor(Math.max(0, at + LEAD - scheduler.now))
  const answers = frames.map((frame) => {
    until(frame.selected)
    chip.spiClock = frame.clock
    chip.csHold = frame.hold === undefined ? undefined : frame.hold + period
    chip.select()
    const octets = frame.mosi.map((mosi, i) => {
      until(frame.times[i])
      return chip.exchange(mosi)
    })
    if (frame.deselected !== Number.POSITIVE_INFINITY) {
      until(frame.deselected)
      chip.deselect()
    }
    return octets
  })
  // What was asked for with the last frame leaves.
  scheduler.runFor(2 * MILLISECOND)
  wire.sort((a, b) => a.at - b.at)
  return { revision, answers, findings, wire, refused }
}

export function revisionOf(id: number | undefined): SiliconRevision | undefined {
  return (Object.keys(REVISION_ID) as SiliconRevision[]).find((revision) => REVISION_ID[revision] === id)
}

/** Pulses begin so that the link comes up between the last sign of none and the first sign of one; from the beginning where nobody looked. */
function startPulses(scheduler: Scheduler, chip: Enc28j60, { linkUp, linkDown }: BeyondTheSpi): void {
  if (linkUp === undefined && linkDown !== undefined) return // nobody was at the other end
  const latest = (linkUp ?? 0) - PULSES_TO_LINK
  const margin = linkUp === undefined || linkDown === undefined ? 0 : Math.min(MILLISECOND, (linkUp - linkDown) / 2)
  const first = linkDown === undefined ? 0 : Math.max(0, LEAD + latest - margin)
  const pulse = (): void => {
    chip.port.receiver?.linkPulse(false)
    scheduler.after(PULSE_PERIOD, pulse)
  }
  scheduler.after(first, pulse)
}
