/** Chip select frames out of a recording: what crossed the SPI, when, and how it was clocked. Mode 0,0 (DS39662 4.1): both lines are taken at the rising edge of SCK. */
import type { LogicRecording } from '../logic/logic-recording.js'

/** Places of the channels in a level. */
export interface SpiProbes {
  readonly cs: number
  readonly sck: number
  readonly mosi: number
  readonly miso: number
  readonly int?: number
}

export interface SelectFrame {
  /** Nanoseconds: CS fell. */
  readonly selected: number
  /** CS rose; Infinity where the recording ends before. */
  deselected: number
  readonly mosi: number[]
  readonly miso: number[]
  /** Instant of each octet's last rising edge. */
  readonly times: number[]
  /** Bits after the last whole octet. */
  spareBits: number
  /** SCK in hertz within the octets; 0 where there is none. */
  clock: number
  /** From CS low to the first rising edge of SCK, ns; undefined where none came. */
  setup: number | undefined
  /** From the last edge of SCK to CS high, ns. */
  hold: number | undefined
  /** For how long CS was high before, ns; undefined where the recording does not show it. */
  readonly rested: number | undefined
  /** SCK was high when CS fell. */
  readonly clockHigh: boolean
}

const OCTET_BITS = 8

/**
 * The frames that are whole: one that had begun before the recording is left out.
 * @param until only changes up to here are looked at, by their number
 */
export function selectFrames(
  recording: LogicRecording,
  probes: SpiProbes,
  until = recording.times.length,
): SelectFrame[] {
  const { times, levels } = recording
  const [cs, sck, mosi, miso] = [probes.cs, probes.sck, probes.mosi, probes.miso].map((place) => (1 << place) >>> 0)
  const frames: SelectFrame[] = []
  let frame: SelectFrame | undefined
  let before = levels[0] ?? 0
  let rested: number | undefined
  let [out, back, bits, firstRise, lastEdge, clocked, clockedTime] = [0, 0, 0, 0, 0, 0, 0]
  for (let i = 1; i < until; i++) {
    const level = levels[i]
    const at = times[i]
    const rose = level & ~before
    const fell = before & ~level
    const clockBefore = (before & sck) !== 0
    before = level
    if (fell & cs) {
      frame = {
        selected: at,
        deselected: Number.POSITIVE_INFINITY,
        mosi: [],
        miso: [],
        times: [],
        spareBits: 0,
        clock: 0,
        setup: undefined,
        hold: undefined,
        rested: rested === undefined ? undefined : at - rested,
        clockHigh: clockBefore,
      }
      frames.push(frame)
      bits = clocked = clockedTime = 0
    }
    // A sample holds all that changed within its period: SI is there before SCK rises, and CS ends a frame last.
    if (frame !== undefined && (level & cs) === 0) {
      if ((rose | fell) & sck) lastEdge = at
      if (rose & sck) {
        frame.setup ??= at - frame.selected
        if (bits % OCTET_BITS === 0) firstRise = at
        out = ((out << 1) | (level & mosi ? 1 : 0)) & 0xff
        back = ((back << 1) | (level & miso ? 1 : 0)) & 0xff
        if (++bits % OCTET_BITS === 0) {
          frame.mosi.push(out)
          frame.miso.push(back)
          frame.times.push(at)
          clocked += OCTET_BITS - 1
          clockedTime += at - firstRise
        }
      }
    }
    if (rose & cs) {
      rested = at
      if (frame !== undefined) {
        if (fell & sck) lastEdge = at
        frame.deselected = at
        finish(frame)
        frame = undefined
      }
    }
  }
  if (frame !== undefined) finish(frame)
  return frames

  function finish(ended: SelectFrame): void {
    ended.spareBits = bits % OCTET_BITS
    if (clockedTime > 0) ended.clock = (clocked / clockedTime) * 1e9
    if (bits > 0) ended.hold = ended.deselected - lastEdge
  }
}
