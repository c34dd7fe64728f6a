/** `linkpulse serve model:BOARD --chip-socket PATH`: the chip of a board, with a driver of this machine's in the place of its controller. */
import { createBareBench } from '../../../../boards/bare-board.js'
import type { BoardDefinition } from '../../../../boards/catalogue/definition.js'
import { MILD_RULES } from '../../../../boards/chips/enc28j60/finding-rules.js'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import { chipFindingText } from '../../../chip/finding-text.js'
import { ChipDoor } from '../../../chip-socket/chip-door.js'
import { UsageError } from '../../../errors/errors.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { remedyText } from '../../../text/finding-remedy.js'
import { say } from '../../../text/say.js'
import { ChipSocketServer } from '../../chip-socket/chip-socket-server.js'
import { behindTheCounts } from '../../run/behind-counts.js'
import { FindingCounts } from '../../run/report.js'
import type { ArgumentsOf } from '../arguments.js'
import { tellDrawn } from '../drawings.js'
import { Outputs } from '../outputs.js'
import { REMEDY_WORDS } from '../remedy-words.js'
import { print, tell } from '../say.js'
import { Recording } from '../simulation.js'
import { untilInterrupted } from '../until-interrupted.js'
import { WORDS } from '../words.js'
import type { SERVE_COMMAND } from './serve.command.js'

/** Options of what is not there: the controller, its serial line, and the time that passes by itself. */
const OF_THE_CONTROLLER = ['baud', 'bootloader', 'bootloader-image', 'image', 'rfc2217', 'logic'] as const

/**
 * @param path of the socket
 * @param target as it was given
 */
export async function serveChip(
  given: ArgumentsOf<typeof SERVE_COMMAND>,
  path: string,
  target: { readonly name: string; readonly isModel: boolean; readonly board: BoardDefinition },
): Promise<number> {
  const { board, name } = target
  if (!target.isModel)
    throw new UsageError(
      `--chip-socket puts its client in the place of the controller, and ${name} executes a firmware: give model:${board.name}`,
    )
  for (const option of OF_THE_CONTROLLER)
    if (given.has(option))
      throw new UsageError(
        `--${option} is for a board with its controller, and --chip-socket puts its client in that place: leave one of them out`,
      )
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const faults = given.all('fault')
  const bench = rangeAsUsage(() => createBareBench({ board, faults, ...(seed === undefined ? {} : { seed }) }))
  const { chip } = bench.board
  const { clock } = bench.lab
  const timesFound = (rule: string) => (chip.findingCounts as Readonly<Record<string, number>>)[rule] ?? 0
  const subject = { name: board.name, chip, timesFound }
  const outputs = new Outputs(given, [], [{ what: 'the socket', path }])
  const recording = new Recording(given, outputs)
  const findings = new FindingCounts(false)
  const door = new ChipDoor(bench)
  chip.onFinding((finding) => {
    const { at, id } = finding
    const text = chipFindingText(finding)
    // What a driver does wrong it does again and again: the summary says how often.
    if (!findings.add(subject, { at, id, text, mild: MILD_RULES.has(id), where: [] })) return
    tell(`${(at / MILLISECOND).toFixed(6)} ms: ${text}\n`)
    tell(`  ${remedyText(REMEDY_WORDS, id)}\n`)
  })
  const server = await listening(door, path, outputs)
  try {
    recording.start(bench, name)
    const end = untilInterrupted(server.failed) // from here on a signal ends it cleanly
    // a line of its own, so that a script can read it
    print(`${path}\n`)
    tell(
      `the chip of ${tellDrawn(board.title)} waits for its driver at ${path}; time passes as that asks; Ctrl-C ends it\n`,
    )
    await end
    server.close()
    chip.judgeDriver()
    const { drivers, refused } = server.counters
    const { sent, received } = chip.counters
    tell(
      `${(clock.now / SECOND).toFixed(3)} s of simulated time: drivers ${drivers}, findings ${door.state.findings}, requests refused ${door.refused.total}, clients turned away ${refused}, frames sent ${sent}, received ${received}\n`,
    )
    for (const { line } of behindTheCounts([subject], findings)) tell(`${say(WORDS, line)}\n`)
    return 0
  } finally {
    server.close()
    recording.close(clock.now)
  }
}

/** Nothing came of it where nothing can listen: what an earlier run wrote stays. */
async function listening(door: ChipDoor, path: string, outputs: Outputs): Promise<ChipSocketServer> {
  try {
    return await ChipSocketServer.listen(door, path)
  } catch (error) {
    outputs.discard()
    throw error
  }
}
