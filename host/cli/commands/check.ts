import { isIPv4 } from 'node:net'
import { SECOND } from '../../../firmware/hal/clock.js'
import { ipv4, ipv4Interface, onLink } from '../../../firmware/net/address.js'
import { listChecks } from '../../check/check-list.js'
import type { NetworkOptions } from '../../check/network-plan.js'
import { jsonReport } from '../../check/report/document.js'
import { REPORT_ENDINGS, reportFormat } from '../../check/report/format.js'
import { TextReporter } from '../../check/report/text.js'
import { type CheckOptions, checkTarget } from '../../check/run.js'
import { LAYERS, type Report } from '../../check/types.js'
import { UsageError } from '../../serial/errors.js'
import { isSimulated, parseTarget } from '../../serial/specification.js'
import { openTarget, type Target, type TargetOptions } from '../../serial/target.js'
import type { Arguments } from '../arguments.js'
import { loadCatalogue, pickBoard } from '../catalogue.js'
import { suggestion } from '../nearest.js'
import { openOutput } from '../outputs.js'
import { checkFaults, Recording } from '../simulation.js'
import { table } from '../table.js'
import { hasColour, isTerminal, width } from '../terminal.js'

/** Simulated time after which a run is taken for one that hangs. */
const TIME_LIMIT_SECONDS = 3600

/** `linkpulse check [TARGET]`: 0 when nothing failed, 1 when a check did. */
export async function check(given: Arguments): Promise<number> {
  const only = given.all('only')
  checkNames(only)
  if (given.has('list')) {
    list(only, given.has('json'))
    return 0
  }
  const name = given.operands[0] ?? 'model:uno'
  const json = given.has('json')
  const format = chooseFormat(given.text('report'))
  const open = prepare(name, given)
  const network = networkOf(given)
  const reportFile = openOutput(given, 'report')
  const recording = new Recording(given)

  const target = await open()
  try {
    recording.start(target.bench, name)
    const report = await run(target, { only, ...network }, json)
    if (json) process.stdout.write(jsonReport(report))
    if (reportFile !== undefined && format !== undefined) reportFile.write(format(report))
    return report.verdict === 'fail' ? 1 : 0
  } finally {
    recording.close(target.clock.now)
    reportFile?.close()
    await target.close()
  }
}

async function run(target: Target, options: CheckOptions, json: boolean): Promise<Report> {
  if (json) return checkTarget(target, options)
  const live = isTerminal(process.stdout)
  const reporter = new TextReporter((text) => process.stdout.write(text), {
    colour: hasColour(process.stdout),
    live,
    width: width(process.stdout),
  })
  reporter.begin({ target: target.name, board: describe(target), seed: target.seed })
  const report = await checkTarget(target, { ...options, listener: reporter })
  reporter.end(report)
  return report
}

function describe({ board, programmer, transit }: Target): string {
  const across = transit === undefined ? '' : ' across a network'
  if (programmer === undefined) return board || `a board on a serial port${across}`
  const name = board === '' ? 'a programmer without a name' : `programmer “${board}”`
  return `${name}, serprog${across}: no error detection on its line, no interrupt pin`
}

/** Everything about the target that can be wrong is found before anything is opened. */
function prepare(name: string, given: Arguments): () => Promise<Target> {
  const specification = parseTarget(name)
  const catalogue = loadCatalogue(given.text('board-file'))
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const baud = given.whole('baud', 300, 4_000_000)
  const image = given.text('image')
  const options: TargetOptions = {
    timeLimit: Math.round((given.positive('time-limit') ?? TIME_LIMIT_SECONDS) * SECOND),
    overPty: given.has('over-pty'),
    strict: given.has('strict'),
    ...(seed === undefined ? {} : { seed }),
    ...(baud === undefined ? {} : { baud }),
    ...(image === undefined ? {} : { image }),
  }
  if (!isSimulated(specification)) {
    return () => openTarget(name, { ...options, faults: given.all('fault') })
  }
  const board = pickBoard(catalogue, specification.board)
  const faults = checkFaults(given.all('fault'), board)
  return () => openTarget(name, { ...options, faults, board })
}

function networkOf(given: Arguments): NetworkOptions {
  const peer = given.text('peer')
  const address = given.text('address')
  if (peer !== undefined && !isIPv4(peer)) {
    throw new UsageError(`--peer takes an IPv4 address, as 192.168.7.1, not "${peer}"`)
  }
  if (address !== undefined) {
    try {
      ipv4Interface(address)
    } catch (error) {
      throw new UsageError(`--address: ${(error as Error).message}`)
    }
  }
  if (peer !== undefined && address !== undefined && !onLink(ipv4Interface(address), ipv4(peer))) {
    throw new UsageError(`the peer ${peer} is not on the network of ${address}; give both an address on one network`)
  }
  return { ...(peer === undefined ? {} : { peer }), ...(address === undefined ? {} : { address }) }
}

function checkNames(names: readonly string[]): void {
  const known = [...LAYERS, ...listChecks().map(({ id }) => id)]
  for (const name of names) {
    if (known.includes(name)) continue
    throw new UsageError(
      `there is no check or layer "${name}"${suggestion(name, known)} (layers: ${LAYERS.join(', ')}; \`linkpulse check --list\` names the checks)`,
    )
  }
}

function list(only: readonly string[], json: boolean): void {
  const all = listChecks().filter(({ id, layer }) => only.length === 0 || only.includes(id) || only.includes(layer))
  // `name` as the lists of boards and faults have it; a report calls the same thing `id`.
  if (json)
    process.stdout.write(
      `${JSON.stringify(
        all.map((each) => ({ name: each.id, ...each })),
        null,
        2,
      )}\n`,
    )
  else process.stdout.write(table(all.map(({ id, layer, title, reference }) => [layer, id, title, `[${reference}]`])))
}

function chooseFormat(path: string | undefined): ReturnType<typeof reportFormat> {
  if (path === undefined) return undefined
  const format = reportFormat(path)
  if (format === undefined) {
    const endings = REPORT_ENDINGS.map((ending) => `.${ending}`).join(', ')
    throw new UsageError(
      `the name of a --report file says its format: it ends in ${endings}, and ${path} in none of them`,
    )
  }
  return format
}
