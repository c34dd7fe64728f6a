/** A project as Wokwi has it: `wokwi.toml`, which names the firmware, and `diagram.json` beside it. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parse as parseToml, TomlError } from 'smol-toml'
import { printable } from '../../../firmware/text/printable.js'
import { readTextFile } from '../files/input.js'
import { type Circuit, parseDiagram } from './diagram.js'
import { FileProblem } from './place.js'

export interface Project {
  readonly firmware: string
  /** Undefined where there is no diagram beside it. */
  readonly circuit: Circuit | undefined
}

const MEBIBYTE = 1 << 20
const TOML_INPUT = { what: 'project file', limit: MEBIBYTE, remedy: 'give the path of a wokwi.toml' }
const DIAGRAM_INPUT = { what: 'diagram', limit: 4 * MEBIBYTE, remedy: 'give the path of a diagram.json' }
export const SCENARIO_INPUT = { what: 'scenario', limit: MEBIBYTE, remedy: 'give the path of a YAML file' }
const PROJECT_FILE = 'wokwi.toml'
const DIAGRAM_FILE = 'diagram.json'

/** The project file that an operand names: itself, or the one in the folder; undefined where it is neither. */
export function projectFileOf(path: string): string | undefined {
  if (basename(path) === PROJECT_FILE) return path
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder ? join(path, PROJECT_FILE) : undefined
}

/**
 * @throws UsageError for a file that cannot be read; FileProblem for what is wrong in it
 */
export async function readProject(path: string, signal?: AbortSignal): Promise<Project> {
  const firmware = firmwareIn(path, await readTextFile(path, TOML_INPUT, signal))
  const folder = dirname(path)
  const diagram = join(folder, DIAGRAM_FILE)
  const circuit = existsSync(diagram) ? await readDiagram(diagram, signal) : undefined
  return { firmware: resolve(folder, firmware), circuit }
}

/** @throws UsageError, FileProblem */
export async function readDiagram(path: string, signal?: AbortSignal): Promise<Circuit> {
  return parseDiagram(path, await readTextFile(path, DIAGRAM_INPUT, signal))
}

/** @throws FileProblem */
function firmwareIn(path: string, text: string): string {
  let document: Record<string, unknown>
  try {
    document = parseToml(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [what] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    throw new FileProblem(path, error.line, error.column, '', `this is not TOML: ${what}`)
  }
  const section = document.wokwi
  const lineOf = (name: string) =>
    Math.max(1, text.split('\n').findIndex((line) => line.trimStart().startsWith(name)) + 1)
  if (typeof section !== 'object' || section === null)
    throw new FileProblem(
      path,
      1,
      1,
      'wokwi',
      'the section is missing; give [wokwi] with version = 1 and firmware = "build/sketch.hex"',
    )
  const { version, firmware, elf } = section as Record<string, unknown>
  if (version !== 1)
    throw new FileProblem(path, lineOf('version'), 1, 'wokwi.version', 'there is version 1; give version = 1')
  const named = [firmware, elf].find((each): each is string => typeof each === 'string' && /\.(hex|elf)$/i.test(each))
  if (named === undefined) {
    const given = typeof firmware === 'string' ? `, not "${printable(firmware)}"` : ''
    throw new FileProblem(
      path,
      lineOf('firmware'),
      1,
      'wokwi.firmware',
      `give the path of a .hex or .elf file for an AVR${given}`,
    )
  }
  return named
}
