/** Frames that passed the cables: kept for the list, the lanes and whoever counts. */
import type { CableFrame } from '../../../../boards/ethernet/cable.js'
import { BIT_TIME } from '../../../../boards/ethernet/port.js'
import { type FrameSentence, frameSentence } from '../../network/frame-sentence.js'
import { type HeaderField, headerFields } from '../../network/header-fields.js'
import type { LaneWindow } from '../../station.js'
import type { SegmentName } from './scene.js'

export interface PassedFrame {
  readonly number: number
  readonly segment: SegmentName
  readonly towards: 'right' | 'left'
  /** The first bit left its sender, and the last. */
  readonly from: number
  readonly to: number
  readonly sentence: FrameSentence
  readonly fields: readonly HeaderField[]
}

const FCS = 4
const MOST = 600

export class PassedFrames {
  #kept: PassedFrame[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  /** A frame has left its sender. @param now on the station's clock */
  take(segment: SegmentName, towards: 'right' | 'left', { sent, bits }: CableFrame, now: number): PassedFrame {
    const captured = {
      number: ++this.#count,
      segment,
      towards,
      from: now - bits * BIT_TIME,
      to: now,
      sentence: frameSentence(sent.subarray(0, -FCS)),
      fields: headerFields(sent),
    }
    if (this.#kept.length >= MOST) this.#kept = this.#kept.slice(MOST >> 1)
    this.#kept.push(captured)
    return captured
  }

  latest(many: number): readonly PassedFrame[] {
    return this.#kept.slice(-many)
  }

  within({ from, to }: LaneWindow): readonly PassedFrame[] {
    return this.#kept.filter((each) => each.to >= from && each.from <= to)
  }
}
