import { suggestion } from '../../../../boards/nearest.js'
import { UsageError } from '../../../errors/errors.js'
import { keyed } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { table } from '../../../text/table.js'
import type { Mission } from '../../../workshop/missions/mission.js'
import { MISSIONS, missionNamed } from '../../../workshop/missions/missions.js'
import { MissionPrompt } from '../../../workshop/missions/prompt.js'
import { replayMission } from '../../../workshop/missions/replay.js'
import { missionResultText } from '../../../workshop/missions/result.js'
import { MissionResultError, parseMissionResult } from '../../../workshop/missions/result-schema.js'
import type { MissionResult } from '../../../workshop/protocol.js'
import { type InputKind, readStandardInput, readTextFile } from '../../files/input.js'
import { OutputFile } from '../../files/output.js'
import type { ArgumentsOf } from '../arguments.js'
import { converse, isEnd } from '../converse.js'
import { interruptible } from '../interruption.js'
import { Outputs } from '../outputs.js'
import { wordsOfPage } from '../page-words.js'
import { print, tell } from '../say.js'
import { isTerminal } from '../terminal.js'
import { WORDS } from '../words.js'
import type { MISSION_COMMAND } from './mission.command.js'

type Given = ArgumentsOf<typeof MISSION_COMMAND>

const RESULT_INPUT: InputKind = {
  what: 'result',
  limit: 4 << 20,
  remedy: 'give the path of a result as the workshop page or `linkpulse mission --save` writes it',
}
const COMMANDS_INPUT: InputKind = {
  what: 'list of commands',
  limit: 1 << 20,
  remedy: 'give a command a line; `help` lists them',
}
const NOT_SOLVED = 1

/** `linkpulse mission`: the list, one mission, or what was handed in. */
export async function mission(given: Given): Promise<number> {
  const [first] = given.operands
  if (first === undefined) {
    refuse(given, 'seed', 'save', 'csv')
    const words = await wordsOfPage()
    print(table(MISSIONS.map(({ name, station, title }, i) => [`${i + 1}`, name, station, words[title] as string])))
    return 0
  }
  return interruptible((signal) =>
    first.endsWith('.json') || given.operands.length > 1
      ? listResults(given, signal)
      : play(given, asked(first), signal),
  )
}

function refuse(given: Given, ...options: readonly ('seed' | 'save' | 'csv')[]): void {
  for (const option of options)
    if (given.has(option))
      throw new UsageError(`--${option} means nothing here; leave it out (\`linkpulse help mission\`)`)
}

function asked(name: string): Mission {
  const found = missionNamed(name)
  if (found !== undefined) return found
  const names = MISSIONS.map((each) => each.name)
  throw new UsageError(
    `there is no mission "${name}"${suggestion(name, names)}; \`linkpulse mission\` lists them, and a result ends in .json`,
  )
}

async function play(given: Given, chosen: Mission, signal: AbortSignal): Promise<number> {
  refuse(given, 'csv')
  const out = new Outputs(given).file('save')
  const prompt = new MissionPrompt(chosen, given.whole('seed', 0, 0xffff_ffff) ?? 1, await wordsOfPage())
  print(prompt.run('task'))
  if (isTerminal(process.stdin as unknown as NodeJS.WriteStream))
    await converse({
      name: chosen.name,
      greeting: '`help` lists the commands; Ctrl-D ends it',
      complete: (line) => ({ words: prompt.complete(line), last: line.split(/\s+/).at(-1) ?? '' }),
      run: async (line) => runLine(prompt, line),
      isMistake: (error) => error instanceof UsageError,
      signal,
    })
  else {
    const lines = (await readStandardInput(COMMANDS_INPUT, signal)).split('\n')
    for (const line of lines) {
      if (isEnd(line)) break
      runLine(prompt, line)
    }
  }
  const { result } = prompt.state
  out?.write(missionResultText(result))
  out?.close()
  return result.solved ? 0 : NOT_SOLVED
}

/** @throws UsageError for what is wrong in the line */
function runLine(prompt: MissionPrompt, line: string): void {
  const [, path] = /^\s*save\s+(\S.*?)\s*$/.exec(line) ?? []
  if (path === undefined) print(prompt.run(line.replace(/^\s*#.*/, '')))
  else save(path, prompt.state.result)
}

function save(path: string, result: MissionResult): void {
  const out = new OutputFile('save', path)
  out.write(missionResultText(result))
  out.close()
  tell(`the result is in ${path}\n`)
}

const COLUMNS = ['file', 'mission', 'seed', 'solved', 'measurements', 'budget', 'repairs', 'hints', 'replay'] as const

/** What a class has handed in, each played again. */
async function listResults(given: Given, signal: AbortSignal): Promise<number> {
  refuse(given, 'seed', 'save')
  const out = new Outputs(given).file('csv')
  const rows: (readonly string[])[] = []
  let wrong = 0
  for (const file of given.operands) {
    const result = await readResult(file, signal)
    const differs = replayMission(result)
    if (differs !== undefined) wrong++
    const { mission: name, seed, solved, spent, budget, repairs, hints } = result
    const isSolved = say(WORDS, keyed(solved ? 'mission.yes' : 'mission.no'))
    const counts = [seed, isSolved, spent, budget, repairs, hints].map(String)
    const replay = differs === undefined ? keyed('mission.as-it-says') : keyed('mission.differs', { ...differs })
    rows.push([file, name, ...counts, say(WORDS, replay)])
  }
  const headings = COLUMNS.map((column) => say(WORDS, keyed(`mission.column.${column}`)))
  const csv = [headings, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
  out?.write(csv)
  out?.close()
  if (given.text('csv') === '-') print(csv)
  else print(table([headings, ...rows]))
  return wrong > 0 ? NOT_SOLVED : 0
}

/** RFC 4180, section 2. A cell that a spreadsheet would take for a formula is made a text. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

async function readResult(file: string, signal: AbortSignal): Promise<MissionResult> {
  const text = await readTextFile(file, RESULT_INPUT, signal)
  try {
    const result = parseMissionResult(text, file)
    if (missionNamed(result.mission) === undefined)
      throw new UsageError(`${file}: there is no mission "${result.mission}"`)
    return result
  } catch (error) {
    if (error instanceof MissionResultError) throw new UsageError(error.message, { cause: error })
    throw error
  }
}
