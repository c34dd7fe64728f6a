/** A driver's SPI on a model of the chip, drawn as VCD and read again as an analyser's recording is: as a person would hand it to `linkpulse audit`. */
import { auditSpi, type SpiAudit } from '../../host/audit/audit.js'
import { guessProbes } from '../../host/audit/guess-probes.js'
import { PinTrace } from '../../host/capture/pin-trace.js'
import { VcdWriter } from '../../host/capture/vcd.js'
import type { LogicRecording } from '../../host/logic/logic-recording.js'
import { VcdReader } from '../../host/logic/vcd-reader.js'
import { DataSheetBench, type DataSheetBenchOptions, MS } from '../chip/bench.js'
import { DriverBus } from '../chip/driver-bus.js'

/** One octet at 8 MHz, ns. */
const OCTET = 1_000

/** Each octet crosses in its own time, as on a real bus. */
export class TimedBus extends DriverBus {
  override spi(write: readonly number[], read = 0): number[] {
    const { chip } = this.bench
    const octets = [...write, ...new Array<number>(read).fill(0)]
    this.bench.run(OCTET)
    chip.select()
    const answers = octets.map((octet) => {
      this.bench.run(OCTET)
      return chip.exchange(octet)
    })
    this.bench.run(OCTET)
    chip.deselect()
    return answers.slice(write.length)
  }
}

/** What `drive` does, as text of a VCD. */
export function traceOf(drive: (bench: DataSheetBench) => void, options: DataSheetBenchOptions = {}): string {
  const bench = new DataSheetBench(options)
  let text = ''
  const writer = new VcdWriter({ write: (piece) => (text += piece), start: bench.now })
  const trace = new PinTrace({ clock: bench.scheduler, chip: bench.chip, writer })
  drive(bench)
  bench.run(MS)
  trace.close()
  writer.close(bench.now)
  return text
}

export function recordingOf(vcd: string): LogicRecording {
  const reader = new VcdReader()
  reader.take(vcd)
  return reader.end()
}

/** With probes as they are guessed. */
export function auditOf(recording: LogicRecording): SpiAudit {
  const guess = guessProbes(recording, {})
  if (guess === undefined) throw new Error('no SPI is known in it')
  const audit = auditSpi(recording, guess.probes)
  if (audit === undefined) throw new Error('nothing crosses')
  return audit
}

/** The recording with other levels on one channel: what a bad wire does. */
export function withWire(
  recording: LogicRecording,
  name: string,
  level: (was: 0 | 1, i: number) => 0 | 1,
): LogicRecording {
  const bit = 1 << recording.channels.indexOf(name)
  const levels = recording.levels.map((each, i) => (level(each & bit ? 1 : 0, i) === 1 ? each | bit : each & ~bit))
  return { ...recording, levels }
}
