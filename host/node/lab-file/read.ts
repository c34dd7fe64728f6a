/** A lab from a file of YAML (JSON is YAML as well). What is wrong with it is told with line and column, all of it at once. */
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import { BOARDS } from '../../../boards/catalogue/catalogue.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { isPlainObject } from '../../../boards/plain-object.js'
import type { SchemaPath, SchemaProblem } from '../../../boards/schema/problems.js'
import { assembleLab, type BuildLabOptions, type BuiltLab } from '../../lab-file/build.js'
import { LabFileError } from '../../lab-file/error.js'
import { type InputKind, readTextFile } from '../files/input.js'
import { bundledImage } from '../flash/bundled.js'
import { readImage } from '../run/image.js'

/** A lab of a hundred boards has some 20 KiB. */
const LAB_FILE_INPUT: InputKind = { what: 'lab file', limit: 1 << 20, remedy: 'give the path of a YAML file' }

export interface LabFileOptions {
  /** Boards there are, by name; the catalogue's by default. */
  readonly boards?: ReadonlyMap<string, BoardDefinition>
  /** What is otherwise than in the file. */
  readonly override?: BuildLabOptions['override'] | undefined
  /** Ends the wait for the file. */
  readonly signal?: AbortSignal
}

/**
 * Reads a lab file and builds the lab.
 * @throws UsageError for a file that cannot be read; LabFileError with everything that is wrong with it, by line and column
 */
export async function labFromFile(path: string, { signal, ...options }: LabFileOptions = {}): Promise<BuiltLab> {
  return labFromText(await readTextFile(path, LAB_FILE_INPUT, signal), path, options)
}

/** The firmware of every board that is written as `avr:NAME`. */
async function imagesFor(
  value: unknown,
  boards: ReadonlyMap<string, BoardDefinition>,
): Promise<ReadonlyMap<string, FlashImage>> {
  const entries = isPlainObject(value) && isPlainObject(value.boards) ? Object.values(value.boards) : []
  const names = entries.flatMap((entry) => {
    const [, name] = /^avr:(.*)$/.exec(isPlainObject(entry) ? String(entry.board) : '') ?? []
    return name === undefined ? [] : [name]
  })
  const images = new Map<string, FlashImage>()
  for (const name of new Set(names)) {
    const definition = boards.get(name)
    if (definition !== undefined) images.set(name, await readImage(bundledImage(definition)))
  }
  return images
}

/**
 * As `labFromFile`, of a text.
 * @param source what to call it in errors
 * @throws LabFileError
 */
export async function labFromText(
  text: string,
  source: string,
  options: Omit<LabFileOptions, 'signal'> = {},
): Promise<BuiltLab> {
  // The package is loaded with the first file.
  const { PlacedYaml } = await import('./placed-yaml.js')
  const document = new PlacedYaml(text)
  const refuse = (problems: readonly SchemaProblem[]): never => {
    const inOrder = [...problems].sort((a, b) => document.offsetOf(a.path) - document.offsetOf(b.path))
    throw new LabFileError(source, inOrder, (path: SchemaPath) => `${source}:${document.placeOf(path)}`)
  }
  if (document.faults.length > 0) {
    const lines = document.faults.map(({ place, fault }) => ({ path: [], problem: fault, place }))
    throw new LabFileError(
      source,
      lines,
      (_, problem) => `${source}:${lines.find((line) => line.problem === problem)?.place}`,
    )
  }
  const images = await imagesFor(document.value, options.boards ?? BOARDS)
  const { lab, problems } = assembleLab(document.value, { ...options, images })
  return lab ?? refuse(problems)
}
