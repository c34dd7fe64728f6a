/** A stretch of a frame behind 100 m of noisy cable, with one bit that noise turned over. */
import { withFcs } from '../../boards/ethernet/fcs.js'
import { frameWaveform } from '../../boards/ethernet/waveform.js'
import { SeededRandom } from '../../boards/simulation/random.js'
import { scopeFrameRows, scopeSvg } from '../../host/scope/view.js'

const WRONG_BIT = 89

export function frameFigure(): string {
  const destination = [0x00, 0x04, 0xa3, 0x2d, 0x30, 0x31]
  const source = [0x02, 0x00, 0x00, 0x00, 0x00, 0x01]
  const octets = withFcs(Uint8Array.from([...destination, ...source, 0x08, 0x06, ...Array<number>(46).fill(0)]))
  const signal = { octets, bits: 64 + octets.length * 8 }
  const errors = [WRONG_BIT]
  return scopeSvg({
    title: 'behind 100 m of category 5e, noise 0.25 V rms',
    waveform: frameWaveform(signal, { length: 100, noise: 0.25, errors, random: new SeededRandom(3) }),
    rows: scopeFrameRows(signal, errors),
    at: 0,
    from: 6000,
    to: 12_000,
  })
}
