import { BIT_TIME } from '../../boards/ethernet/port.js'
import { correlate, samplesPerHalfBit, type Waveform } from '../../boards/ethernet/waveform.js'

/**
 * The bits of a signal whose beginning and length are known: what the receiver's detector alone makes of it, so that its rate
 * of errors can be counted apart from those of finding the frame and following its clock.
 * @param firstBitAt in nanoseconds
 */
export function detectBits(waveform: Waveform, firstBitAt: number, bits: number): Uint8Array {
  const perHalf = samplesPerHalfBit(waveform.sampleRate)
  const start = Math.round(((firstBitAt - waveform.start) / BIT_TIME) * 2 * perHalf)
  return Uint8Array.from({ length: bits }, (_, bit) =>
    correlate(waveform.volts, start + bit * 2 * perHalf, perHalf) > 0 ? 1 : 0,
  )
}
