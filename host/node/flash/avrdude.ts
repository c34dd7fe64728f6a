/** avrdude, where it is installed: it knows every boot loader there is, and people trust it. */
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { TargetError } from '../../errors/errors.js'
import type { ImageFile } from './image.js'

/** Our flash methods as avrdude's programmers. */
const PROGRAMMERS: Readonly<Record<string, string>> = {
  stk500v1: 'arduino',
  stk500v2: 'wiring',
  avr109: 'avr109',
}

/** Controllers as avrdude calls them. */
const PARTS: Readonly<Record<string, string>> = { ATmega328P: 'm328p', ATmega2560: 'm2560' }

/** The path of avrdude, or undefined when this machine does not have it. */
export function findAvrdude(path = process.env.PATH ?? ''): string | undefined {
  const name = process.platform === 'win32' ? 'avrdude.exe' : 'avrdude'
  for (const folder of path.split(delimiter)) {
    if (folder === '') continue
    const candidate = join(folder, name)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // not in this folder; the next one may have it
    }
  }
  return undefined
}

/** Whether avrdude can flash this board. */
export function avrdudeKnows(board: BoardDefinition): boolean {
  return Object.hasOwn(PROGRAMMERS, board.flash.method) && Object.hasOwn(PARTS, board.controller.part)
}

/** The arguments that write and verify an image. */
export function avrdudeArguments(options: {
  readonly board: BoardDefinition
  readonly port: string
  readonly baud: number
  readonly file: ImageFile
  readonly verify: boolean
}): readonly string[] {
  const { board, port, baud, file, verify } = options
  return [
    ...['-p', PARTS[board.controller.part], '-c', PROGRAMMERS[board.flash.method]],
    ...['-P', port, '-b', String(baud)],
    '-D', // boot loaders erase page by page
    ...(verify ? [] : ['-V']),
    ...['-U', `flash:w:${file.path}:${file.format === 'hex' ? 'i' : 'e'}`],
  ]
}

/**
 * Runs avrdude. Its own progress goes to `onOutput` as it comes.
 * @throws TargetError with what avrdude said last, and what to try
 */
export async function runAvrdude(
  program: string,
  words: readonly string[],
  port: string,
  onOutput: (text: string) => void,
): Promise<void> {
  let said = ''
  const status = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
        onOutput(text)
      })
    }
    child.on('error', (error) => reject(new TargetError(`${program} could not be started: ${error.message}`)))
    child.on('close', resolve)
  })
  if (status === 0) return
  throw new TargetError(`avrdude could not flash the board on ${port}: ${lastWords(said)}; ${remedyFor(said)}`)
}

/** The last line that says what went wrong. */
function lastWords(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.replace(/^avrdude(\.exe)?:?\s*/, '').trim())
    .filter((line) => /error|not in sync|can't|cannot|unable|mismatch|doesn't match|denied|busy|responding/i.test(line))
  return lines[0] ?? 'it did not say why'
}

function remedyFor(said: string): string {
  if (/permission denied/i.test(said))
    return 'add yourself to the group of the port (dialout or uucp), then log in again'
  if (/no such file|can't open device|cannot open port/i.test(said)) return 'look for the port with `linkpulse ports`'
  if (/busy|cannot lock/i.test(said)) return 'close the program that has the port open'
  if (/verification|mismatch/i.test(said)) return 'upload again; if it happens again, look at the supply of the board'
  if (/signature/i.test(said)) return 'name the board that is really there'
  return "press the board's RESET button as the upload begins, and check the board's name and the port"
}
