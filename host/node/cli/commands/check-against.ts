import { compareChips } from '../../../chip/against/compare-chips.js'
import { type ComparedChips, chipComparisonDocument, chipComparisonText } from '../../../chip/against/in-words.js'
import { type ChipDriver, openChip } from '../../../chip/driver.js'
import { UsageError } from '../../../errors/errors.js'
import { isSimulated, parseLiveTarget, parseTarget } from '../../../serial/specification.js'
import type { Target } from '../../../target/target.js'
import { keyed } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import type { ArgumentsOf } from '../arguments.js'
import { interruptible, openedUnlessAborted, unlessAborted } from '../interruption.js'
import { printJson } from '../print-json.js'
import { print, StatusLine } from '../say.js'
import { width } from '../terminal.js'
import { WORDS } from '../words.js'
import type { CHECK_COMMAND } from './check.command.js'

type Given = ArgumentsOf<typeof CHECK_COMMAND>

/** So many write every octet of memory, and each of its bits both ways. */
const PROGRAMS = 32

/** What a comparison has a use for. */
const FOR_COMPARISONS: readonly string[] = [
  'against',
  'programs',
  'seed',
  'json',
  'fault',
  'baud',
  'image',
  'board-file',
  'over-pty',
  'time-limit',
]

/** How the target of the command is opened, and the one that it is compared with. */
export interface AgainstOptions {
  readonly name: string
  readonly openTarget: () => Promise<Target>
  /** @param name of the one that it is compared with */
  readonly openReference: (name: string) => Promise<() => Promise<Target>>
}

/** @throws UsageError for what is no comparison of two chips */
export function refuseComparison(name: string, given: Given): void {
  const against = given.text('against')
  if (against === undefined) {
    if (given.has('programs'))
      throw new UsageError('--programs is how many --against compares; leave it out, or add --against')
    return
  }
  const recording = [name, against].find((each) => parseTarget(each).backend === 'replay')
  if (recording !== undefined) {
    throw new UsageError(
      `--against runs programs of its own, and ${recording} is a recording that answers what was asked then; name a board`,
    )
  }
  if (name === against && !isSimulated(parseLiveTarget(name))) {
    throw new UsageError(`--against ${against} is the target itself; compare it with another one, as model:uno`)
  }
  const option = given.names.find((each) => !FOR_COMPARISONS.includes(each))
  if (option !== undefined) {
    throw new UsageError(`--${option} is for checks, and --against compares two chips instead; leave one of them out`)
  }
}

/** `linkpulse check TARGET --against TARGET`: 0 where no difference was found, 1 where one was. */
export function checkAgainst(given: Given, options: AgainstOptions): Promise<number> {
  return interruptible((signal) => compare(given, options, signal))
}

async function compare(
  given: Given,
  { name, openTarget, openReference }: AgainstOptions,
  signal: AbortSignal,
): Promise<number> {
  const against = given.text('against')!
  const programs = given.whole('programs', 1, 100_000) ?? PROGRAMS
  const seed = given.whole('seed', 0, 0xffff_ffff) ?? 1
  const compared: ComparedChips = { target: name, against, seed }
  const openOther = await openReference(against)
  const status = new StatusLine()
  const result = await withChip(openTarget, signal, (chip) =>
    withChip(openOther, signal, (reference) => {
      if (!given.has('json')) print(`${say(WORDS, keyed('against.comparing', { ...compared }))}\n`)
      const onProgram = (number: number): void =>
        status.show(say(WORDS, keyed('against.program', { number, programs })))
      return compareChips(chip, reference, { seed, programs, onProgram })
    }),
  ).finally(() => status.clear())
  if (given.has('json')) printJson(chipComparisonDocument(compared, result))
  else print(chipComparisonText(result, width(process.stdout), WORDS))
  return result.difference === undefined ? 0 : 1
}

/** The board has its chip back, and its target is closed, whatever comes of it. */
async function withChip<T>(
  open: () => Promise<Target>,
  signal: AbortSignal,
  work: (chip: ChipDriver) => Promise<T>,
): Promise<T> {
  const target = await openedUnlessAborted(signal, open())
  try {
    const chip = await unlessAborted(signal, openChip(target))
    try {
      return await unlessAborted(signal, work(chip))
    } finally {
      await chip.close()
    }
  } finally {
    await target.close()
  }
}
