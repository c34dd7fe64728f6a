import type { BoardDefinition } from '../../../../boards/catalogue/definition.js'
import { UsageError } from '../../../errors/errors.js'
import { type PortSpecification, parseLiveTarget } from '../../../serial/specification.js'
import { pickBoard } from '../../../target/pick-board.js'
import { avrdudeArguments, avrdudeKnows, findAvrdude, runAvrdude } from '../../flash/avrdude.js'
import { bundledImage } from '../../flash/bundled.js'
import { type FlashProgress, type FlashStep, flashBoard, unknownToOurselves } from '../../flash/flash.js'
import { checkImage, type Image, readImageFile } from '../../flash/image.js'
import { openPortTarget } from '../../serial/port-target.js'
import { networkName } from '../../serial/rfc2217-port.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue } from '../catalogue.js'
import { tellDrawn } from '../drawings.js'
import { interruptible } from '../interruption.js'
import { print, StatusLine, tell } from '../say.js'
import type { FLASH_COMMAND } from './flash.command.js'

type Given = ArgumentsOf<typeof FLASH_COMMAND>

/** `linkpulse flash BOARD PORT`: 0 when the image was written and read back. */
export async function flash(given: Given): Promise<number> {
  const board = pickBoard(await loadCatalogue(given.text('board-file')), given.operands[0])
  const where = portOf(given.operands[1])
  const port = where.backend === 'serial' ? where.path : networkName(where.host, where.tcpPort)
  const baud = given.whole('baud', 300, 4_000_000) ?? board.flash.baud
  const programmer = chooseProgrammer(given.text('programmer'), board, port)
  const path = given.text('image') ?? bundledImage(board)
  const file = await interruptible((signal) => readImageFile(path, signal))
  const { image } = file
  checkImage(image, board, path)
  const verify = !given.has('no-verify')
  tell(`writing ${path} (${image.octets.length} octets) to ${tellDrawn(board.title)} on ${port}\n`)
  if (programmer === undefined) await flashOurselves(board, where, port, baud, image, verify)
  else {
    const words = avrdudeArguments({ board, port, baud, file, verify })
    await runAvrdude(programmer, words, port, tell)
  }
  print(
    `${board.name} on ${port}: ${image.octets.length} octets written${verify ? ' and read back' : ''}; next: linkpulse check ${port}\n`,
  )
  return 0
}

async function flashOurselves(
  board: BoardDefinition,
  where: PortSpecification,
  path: string,
  baud: number,
  image: Image,
  verify: boolean,
): Promise<void> {
  const target = await openPortTarget(path, where, { baud })
  const progress = new Progress()
  try {
    const { port, clock } = target
    await target.drive(
      flashBoard({ board, port, clock, path, image, verify, onProgress: (step) => progress.show(step) }),
    )
  } finally {
    progress.end()
    await target.close()
  }
}

/** @returns the path of avrdude, or undefined to do it ourselves */
function chooseProgrammer(asked: string | undefined, board: BoardDefinition, port: string): string | undefined {
  const unknown = unknownToOurselves(board)
  const ours = unknown === undefined
  const across = port.startsWith('rfc2217:')
  if (across && (asked === 'avrdude' || !ours)) {
    const why = ours ? '' : `, and our own programmer ${unknown}`
    throw new UsageError(
      `avrdude cannot reset a board across a network (RFC 2217)${why}; ${ours ? 'leave --programmer out, or ' : ''}plug the board into this machine`,
    )
  }
  const avrdude = across ? undefined : findAvrdude()
  if (asked === 'own') {
    if (ours) return undefined
    throw new UsageError(`our own programmer ${unknown}; use --programmer avrdude`)
  }
  if (asked !== undefined && asked !== 'avrdude') {
    throw new UsageError(`--programmer is avrdude or own, not "${asked}"`)
  }
  if (avrdude !== undefined && avrdudeKnows(board)) return avrdude
  if (asked === undefined && ours) return undefined
  const what =
    avrdude === undefined ? 'is not on the PATH; install it' : `does not know how to flash ${board.name} from here`
  throw new UsageError(`avrdude ${what}${ours ? ', or leave --programmer out' : ''}`)
}

/** A port by its path, as `serial:PATH`, or as `rfc2217://HOST:PORT`; its rate is the boot loader's, not the bridge's. */
function portOf(name: string): PortSpecification {
  const target = parseLiveTarget(name)
  if (target.backend === 'serial' || target.backend === 'rfc2217') return target
  throw new UsageError(`flash needs a serial port, and ${name} is not one; see \`linkpulse ports\``)
}

const WORDS: Readonly<Record<FlashStep, string>> = {
  reset: 'resetting the board',
  synchronise: 'looking for the boot loader',
  write: 'writing',
  verify: 'reading back',
  start: 'starting the program',
}

/** A line a step; on a terminal the line of the step under way counts up. */
class Progress {
  readonly #line = new StatusLine()
  #step: FlashStep | undefined

  show({ step, done, total }: FlashProgress): void {
    if (step !== this.#step) {
      this.#line.keep()
      this.#step = step
      if (!this.#line.live) tell(`${WORDS[step]}\n`)
    }
    const share = total === 0 ? '' : ` ${Math.floor((100 * done) / total)} % of ${total} octets`
    this.#line.show(`${WORDS[step]}${share}`)
  }

  end(): void {
    this.#line.keep()
  }
}
