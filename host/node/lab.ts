/** A lab of Node's: firmware may be named by its path. */
import { createSketchLab, type SketchLab, type SketchLabOptions } from '../sketch/sketch-lab.js'
import { IMAGE_INPUT, readInputNow } from './files/input.js'

/** As `createLab` of `linkpulse`; `addSketch('blink.elf')` reads the file, from the folder of the process. */
export function createNodeLab(options: SketchLabOptions = {}): SketchLab {
  return createSketchLab({ readFile: (path) => readInputNow(path, IMAGE_INPUT), ...options })
}
