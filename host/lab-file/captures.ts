/** The captures of a lab: each a file, an interface in it for each jack. */
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
      const wanted = boardFirst(planned).map((end) => {
        const name = end === undefined ? '' : jackName(end)
        return at === undefined || at.some((each) => isAt(name, each)) ? name : undefined
      })
      const [a, b] = wanted
      if (a === undefined && b === undefined) return []
      return [{ cable: lab.cable(planned.name), ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) }]
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
