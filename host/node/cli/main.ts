/**
 * The command line. This file and what it imports at the top are loaded every time; a command's work is imported when it
 * is asked for.
 */
import { COMMAND_NAMES, commandsUnder, splitCommand } from './commands.js'
import { print, tell } from './say.js'
import { lostOutput, readerGone, watchStandardOutput } from './standard-output.js'

declare const LINKPULSE_VERSION: string | undefined

/** Exit statuses 0 to 4 as `linkpulse help check` explains them; 70 (sysexits.h EX_SOFTWARE) for a fault of our own. */
const WRONG_USAGE = 2
const OUR_FAULT = 70

watchStandardOutput()

async function main(words: readonly string[]): Promise<number> {
  const [first, second] = words
  if (first === '--version' || first === '-V') {
    print(`${typeof LINKPULSE_VERSION === 'string' ? LINKPULSE_VERSION : 'built from source'}\n`)
    return 0
  }
  if (first === undefined || first === '--help' || first === '-h') {
    const { overview } = await import('./help.js')
    const say = first === undefined ? tell : print
    say(overview())
    return first === undefined ? WRONG_USAGE : 0
  }
  const split = splitCommand(words)
  if (split === undefined) {
    const group = commandsUnder(first)
    if (group.length > 0 && (second === undefined || second === '--help' || second === '-h')) {
      const { explainGroup } = await import('./help.js')
      const say = second === undefined ? tell : print
      say(explainGroup(first, group))
      return second === undefined ? WRONG_USAGE : 0
    }
    const { suggestion } = await import('./nearest.js')
    const name = group.length > 0 ? `${first} ${second}` : first
    const names = group.length > 0 ? group.map((command) => command.name) : COMMAND_NAMES
    const what = first.startsWith('-') ? 'an option' : 'a command'
    tell(`linkpulse: "${name}" is not ${what}${suggestion(name, names)} (commands: ${names.join(', ')})\n`)
    return WRONG_USAGE
  }
  const { command, rest } = split
  const { readArguments } = await import('./arguments.js')
  const given = readArguments(command, rest)
  if (given.has('help')) {
    const { explain } = await import('./help.js')
    print(explain(command))
    return 0
  }
  // What these print is all they are for, and they go on until they are ended.
  // Others who listen write down first what they have.
  if (command.name.startsWith('net ')) readerGone.addEventListener('abort', () => setImmediate(() => process.exit(0)))
  switch (command.name) {
    case 'check':
      return (await import('./commands/check.js')).check(given)
    case 'serve':
      return (await import('./commands/serve.js')).serve(given)
    case 'flash':
      return (await import('./commands/flash.js')).flash(given)
    case 'run':
      return (await import('./commands/run.js')).run(given)
    case 'scope':
      return (await import('./commands/scope.js')).scope(given)
    case 'net up':
      return (await import('./commands/net/up.js')).netUp(given)
    case 'net ping':
      return (await import('./commands/net/ping.js')).netPing(given)
    case 'net nc':
      return (await import('./commands/net/nc.js')).netNc(given)
    case 'net http':
      return (await import('./commands/net/http.js')).netHttp(given)
    case 'net capture':
      return (await import('./commands/net/capture.js')).netCapture(given)
    case 'net stat':
      return (await import('./commands/net/stat.js')).netStat(given)
    case 'drill':
      return (await import('./commands/drill.js')).drill(given)
    case 'ports':
      return (await import('./commands/ports.js')).ports(given)
    case 'boards':
      return (await import('./commands/boards.js')).boards(given)
    case 'connectors':
      return (await import('./commands/connectors.js')).connectors(given)
    case 'cables':
      return (await import('./commands/cables.js')).cables(given)
    case 'lines':
      return (await import('./commands/lines.js')).lines(given)
    case 'faults':
      return (await import('./commands/faults.js')).faults(given)
    default:
      return (await import('./commands/help.js')).help(given)
  }
}

/** One clear message, and the exit status the error carries. A stack trace only for whoever asks for it. */
function report(error: unknown): number {
  const failure = error instanceof Error ? error : new Error(String(error))
  const status = 'exitStatus' in failure && typeof failure.exitStatus === 'number' ? failure.exitStatus : OUR_FAULT
  const apology = status === OUR_FAULT ? ' (this is a fault in linkpulse: set LINKPULSE_DEBUG=1 to see where)' : ''
  // What follows the first line stands indented, so that nothing quoted in it passes for a message of its own.
  tell(`linkpulse: ${failure.message.replace(/\n(?! )/g, '\n  ')}${apology}\n`)
  if (process.env.LINKPULSE_DEBUG) tell(`${failure.stack}\n`)
  return status
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => process.exit(report(error)))
}

/** The status, unless what was printed did not get where it was sent: then nobody has seen why it is what it is. */
async function afterwards(status: number): Promise<number> {
  // An error of the last words is told a moment later.
  await new Promise((resolve) => setImmediate(resolve))
  const error = lostOutput()
  if (error === undefined) return status
  const { unwritable } = await import('./outputs.js')
  return report(unwritable(error))
}
process.exitCode = await afterwards(await main(process.argv.slice(2)).catch(report))
