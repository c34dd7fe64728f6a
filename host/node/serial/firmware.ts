/** The firmware of emulated boards, from files. */
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { buildBench } from '../../target/simulated-target.js'
import type { SimulatedBackend, SimulationOptions } from '../../target/target.js'
import { bundledImage } from '../flash/bundled.js'
import { readImage } from '../run/image.js'

/** What may be set for a simulated board on a computer that has files. */
export interface NodeSimulationOptions extends Omit<SimulationOptions, 'image'> {
  /** The firmware of an `avr:` target, or the path of its file; the bridge firmware of this package by default. */
  readonly image?: FlashImage | string
}

/**
 * The same options, with the firmware read that an emulated board needs.
 * @throws UsageError for an image that cannot be read, and for a board that this package carries none for
 */
export async function withFirmware(
  definition: BoardDefinition,
  { image, ...options }: NodeSimulationOptions,
  backend: SimulatedBackend,
): Promise<SimulationOptions> {
  if (backend === 'model') return options
  const given = image ?? bundledImage(definition)
  return { ...options, image: typeof given === 'string' ? await readImage(given) : given }
}

/** A bench whose board has its firmware. @throws UsageError as `buildBench` and `withFirmware` */
export async function benchOf(
  definition: BoardDefinition,
  options: NodeSimulationOptions,
  backend: SimulatedBackend,
): Promise<Bench> {
  return buildBench(definition, await withFirmware(definition, options, backend), backend)
}
