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
  throw new TargetError(
    `avrdude could not flash the board on ${port}: ${avrdudeReason(said)}; ${avrdudeRemedy(said, words)}`,
  )
}

/** What avrdude says first of several lines is what went wrong; the rest follows from it. But these say more than others. */
const WRONG_SIGNATURE = /expected signature|invalid device signature|signature.*(?:doesn't match|mismatch)/i
const TELLING = [
  WRONG_SIGNATURE,
  /permission denied|busy|cannot lock|no such file|can't open|cannot open|unable to open/i,
]
const TROUBLE =
  /error|expected signature|not in sync|not responding|can't|cannot|unable|mismatch|doesn't match|denied|busy|responding|timeout|invalid|unknown/i
/** Its own noise on the way: a pseudo-terminal has no DTR, and a question is asked ten times. */
const NOISE = /TIOCM(?:GET|SET)|attempt \d+ of \d+|Double check|Use -F|Recheck|done\.? +Thank you/i

/** The line of avrdude's that says what went wrong, without its prefix. */
export function avrdudeReason(said: string): string {
  const lines = said
    .split(/\r?\n|\r/)
    .map((line) =>
      line
        .replace(/^avrdude(\.exe)?:? */, '')
        .replace(/^(error|warning)(?: *:)? */i, '')
        .replace(/^(?:ser_open|stk500\w*|main|avr_\w+|serial_\w+|arduino_\w+|jtag\w+)\(\):? */, '')
        .trim(),
    )
    .filter((line) => TROUBLE.test(line) && !NOISE.test(line))
  for (const telling of TELLING) {
    const found = lines.find((line) => telling.test(line))
    if (found !== undefined) return found
  }
  return lines[0] ?? 'it did not say why'
}

/** Of which board a signature is: the data sheets, "Signature Bytes". */
const SIGNATURES: readonly (readonly [signature: string, part: string, boards: string])[] = [
  ['1e950f', 'ATmega328P', 'uno, nano or promini'],
  ['1e9514', 'ATmega328', 'no board of the catalogue, though a near one'],
  ['1e9516', 'ATmega328PB', 'no board of the catalogue, though a near one'],
  ['1e9406', 'ATmega168', 'no board of the catalogue: its flash is too small'],
  ['1e9801', 'ATmega2560', 'mega2560'],
  ['1e9587', 'ATmega32U4', 'no board of the catalogue: a Leonardo or Micro'],
]

/**
 * What to try next.
 * @param words what avrdude was called with
 */
export function avrdudeRemedy(said: string, words: readonly string[]): string {
  if (/permission denied/i.test(said))
    return 'no permission: add yourself to the group of the port (`sudo usermod -aG dialout $USER`, or uucp), then log in again'
  // What a read that found nothing says as well is no sign that somebody else has the port.
  if (/busy|cannot lock|(?<!unable to read: )resource temporarily unavailable/i.test(said))
    return 'the port is busy: close the program that has it open (a serial monitor, another linkpulse)'
  if (/no such file|no such device|can't open device|cannot open port|unable to open port/i.test(said))
    return 'look for the port with `linkpulse ports`, before and after the board is plugged in'
  if (WRONG_SIGNATURE.test(said)) return wrongBoard(said)
  if (/verification|mismatch|content mismatch/i.test(said))
    return 'upload again; if it happens again, look at the supply of the board'
  return noAnswer(words)
}

function wrongBoard(said: string): string {
  // The one that it has is named before the one that was expected.
  const found = /signature\D{0,12}(0x[0-9a-f]{6}|(?:[0-9a-f]{2} ){2}[0-9a-f]{2}|[0-9a-f]{6})/i.exec(said)?.[1]
  const digits = found?.toLowerCase().replace(/^0x|\s/g, '')
  if (digits === '000000' || digits === 'ffffff')
    return 'a signature of nothing but zeros or ones is a bad connection: press RESET, try another USB cable, then again'
  const known = SIGNATURES.find(([signature]) => signature === digits)
  return known === undefined
    ? 'another controller is there: name the board that is really there (`linkpulse boards` lists them)'
    : `that is an ${known[1]}: name the board that is really there (${known[2]})`
}

/** Boot loaders of one board that speak STK500 version 1 differ in their rate: old Nanos have 57600 baud, new ones the Uno's 115200. */
function noAnswer(words: readonly string[]): string {
  const baud = words[words.indexOf('-b') + 1]
  const other = baud === '115200' ? '57600' : '115200'
  const rates = words.includes(PROGRAMMERS.stk500v1)
    ? `, try its other rate (--baud ${other}: old Nanos have 57600, new ones 115200)`
    : ''
  return `no boot loader answers at ${baud} baud: press the board's RESET button as the upload begins${rates}, and see who is at the port: linkpulse doctor PORT --probe`
}
