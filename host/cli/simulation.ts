/** What `check` and `serve` do around a simulated board. */
import type { BoardDefinition } from '../../boards/catalogue/definition.js'
import type { Bench } from '../../boards/faults/bench.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { CableCapture } from '../capture/cable-capture.js'
import { PcapngWriter } from '../capture/pcapng.js'
import { UsageError } from '../serial/errors.js'
import { suggestion } from './nearest.js'
import type { OutputFile } from './outputs.js'

/** @throws UsageError for a fault nobody knows, with the nearest there is, or one that this board cannot have. */
export function checkFaults(names: readonly string[], board: BoardDefinition): readonly string[] {
  const known = [...FAULTS.keys()]
  for (const name of names) {
    const fault = FAULTS.get(name)
    if (fault === undefined) {
      throw new UsageError(`there is no fault "${name}"${suggestion(name, known)} (\`linkpulse faults\` lists them)`)
    }
    if (fault.boards !== undefined && !fault.boards.includes(board.name)) {
      throw new UsageError(`the fault ${name} cannot happen to ${board.name}, only to ${fault.boards.join(', ')}`)
    }
  }
  return names
}

/** The frames at the board's jack, into a file that is open already. Call `close` for the last of them. */
export function startCapture({ board, cable }: Bench, file: OutputFile): CableCapture {
  const writer = new PcapngWriter((octets) => file.write(octets))
  return new CableCapture({ cable, writer, ports: { a: board.name } })
}
