/** The captures of a lab: each a file, an interface in it for each cable, or for each jack that it names. */
import type { Cable } from '../../boards/ethernet/cable.js'
import { PcapngWriter } from '../capture/pcapng.js'
import { PortCapture } from '../capture/port-capture.js'
import type { BuiltLab } from './build.js'
import { boardFirst } from './fault-places.js'
import { jackName } from './plan.js'
import { isAt } from './step-problems.js'

/** A capture that is under way. */
export interface LabCapture {
  readonly file: string
  readonly frames: number
  /** Writes what is held. */
  close(): void
}

/**
 * Begins every capture of the definition.
 * @param open is called once for each file, and gives what takes its octets in order
 */
export function startCaptures(
  lab: BuiltLab,
  open: (file: string) => (octets: Uint8Array) => void,
): readonly LabCapture[] {
  return (lab.definition.captures ?? []).map(({ file, at }) => {
    const cables = lab.plan.cables.flatMap((planned): { cable: Cable; a?: string; b?: string }[] => {
      const cable = lab.cable(planned.name)
      const [a = '', b = ''] = boardFirst(planned).map((end) => (end === undefined ? '' : jackName(end)))
      // Of a cable each frame once: at its first end, which sees what goes both ways.
      if (at === undefined || at.includes(planned.name)) return [{ cable, a }]
      const [isA, isB] = [a, b].map((jack) => at.some((name) => isAt(jack, name)))
      return isA || isB ? [{ cable, ...(isA ? { a } : {}), ...(isB ? { b } : {}) }] : []
    })
    const capture = new PortCapture({ writer: new PcapngWriter(open(file)), cables })
    return {
      file,
      get frames() {
        return capture.frames
      },
      close: () => capture.close(),
    }
  })
}
