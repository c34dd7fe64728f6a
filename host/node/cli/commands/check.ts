import { isIPv4 } from 'node:net'
import { boxBetween } from '../../../../boards/faults/between.js'
import { suggestion } from '../../../../boards/nearest.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { hostInterface, ipv4, ipv4Interface, onLink } from '../../../../firmware/net/address.js'
import { checkDocument } from '../../../check/check-document.js'
import { CHECKS, listChecks } from '../../../check/check-list.js'
import { askFurther } from '../../../check/diagnosis/ask-further.js'
import type { CheckId } from '../../../check/figures/all.js'
import type { NetworkOptions } from '../../../check/network-plan.js'
import { WATCHES } from '../../../check/progress/run-progress.js'
import { jsonReport } from '../../../check/report/document.js'
import { CHECK_FORMS } from '../../../check/report/format.js'
import { type CheckOptions, checkTarget, LONGEST_SOAK_SECONDS } from '../../../check/run.js'
import { selectChecks } from '../../../check/select.js'
import { type CheckDescription, LAYERS, type Report, type RunListener } from '../../../check/types.js'
import { CHECK_VIEWS, type CheckView, checkView } from '../../../check/view.js'
import { UsageError } from '../../../errors/errors.js'
import { isSimulated, type LiveSpecification, parseLiveTarget, parseTarget } from '../../../serial/specification.js'
import { pickBoard } from '../../../target/pick-board.js'
import type { Target } from '../../../target/target.js'
import { columnsOf } from '../../../text/columns.js'
import { EN } from '../../../text/en.js'
import { keyed, type LocalizableText } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { table } from '../../../text/table.js'
import { wordWrap } from '../../../text/word-wrap.js'
import type { Named } from '../../files/distinct.js'
import type { WirePartner } from '../../network/wire-partner.js'
import { readImage } from '../../run/image.js'
import { boardAt } from '../../serial/board-at.js'
import { openRecording } from '../../serial/open-recording.js'
import { openTarget, type TargetOptions, type TargetWrapper } from '../../serial/open-target.js'
import type { ArgumentsOf, OptionOf } from '../arguments.js'
import { askPerson, requireSomebody } from '../ask-person.js'
import { rateOf } from '../baud.js'
import { loadCatalogue } from '../catalogue.js'
import { CheckTimes } from '../check-times.js'
import { closeAll } from '../close-check.js'
import { commandAgain } from '../command-again.js'
import { Interruption, interruptible, openedUnlessAborted } from '../interruption.js'
import { Outputs } from '../outputs.js'
import { printJson } from '../print-json.js'
import { CheckRecording } from '../record.js'
import { checkReports, ReportFiles } from '../report-files.js'
import { print, tell } from '../say.js'
import { checkFaults, Recording } from '../simulation.js'
import { width } from '../terminal.js'
import { liveReporter, terminalReporter, ticking } from '../terminal-reporter.js'
import { boxOf, openThrough } from '../through.js'
import { WORDS } from '../words.js'
import type { CHECK_COMMAND } from './check.command.js'
import { checkAgainst, refuseComparison } from './check-against.js'
import { watchBoard } from './check-watch.js'
import { countingAt, wireOf, wirePartner, withPartner } from './check-wire.js'

type Given = ArgumentsOf<typeof CHECK_COMMAND>

/** Simulated time after which a run is taken for one that hangs. */
const TIME_LIMIT_SECONDS = 3600

/** `linkpulse check [TARGET]`: 0 when nothing failed, 1 when a check did. */
export async function check(given: Given): Promise<number> {
  const only = given.all('only')
  checkNames(only)
  if (given.has('list')) {
    checkListing(given)
    list(only, given.has('json'))
    return 0
  }
  const name = given.operands[0] ?? 'model:uno'
  checkReports(given.all('report'), CHECK_FORMS)
  if (given.has('ask')) {
    if (given.has('json')) throw new UsageError('--ask asks on the terminal that --json prints to; leave one out')
    requireSomebody()
  }
  refuseComparison(name, given)
  if (given.has('watch')) refuseForWatch(given)
  else if (given.has('rounds')) throw new UsageError('--rounds says when a --watch ends; give --watch as well')
  const open = await prepare(name, given)
  const wireName = wireOf(name, given)
  if (given.has('against')) {
    const openReference = (other: string): Promise<() => Promise<Target>> => prepareReference(other, given)
    return checkAgainst(given, { name, openTarget: () => open(undefined), openReference })
  }
  const specification = parseTarget(name)
  const isReplay = specification.backend === 'replay'
  const adapterBoard = isReplay ? undefined : await boardAt(specification)
  const options = isReplay
    ? {}
    : {
        only,
        view: wireName === undefined ? viewOf(given) : 'bench',
        ...networkOf(given),
        ...soakOf(given),
        ...(adapterBoard === undefined ? {} : { adapterBoard }),
      }
  if (given.has('watch')) {
    const simulated = isSimulated(specification)
    const opening = { name, simulated, open: () => open(undefined) }
    return watchBoard(given, { ...opening, options, describe: describeBoard })
  }
  const outputs = new Outputs(given, recordingIn(name))
  const reports = new ReportFiles(outputs, CHECK_FORMS)
  const recording = new Recording(given, outputs)
  const interruption = new Interruption()
  const { signal } = interruption
  const record = new CheckRecording(outputs.file('record'), {
    options,
    signal,
    // A recording is read in every language.
    about: (opened) => [say(EN, describe(opened, wireName)), ...given.all('fault')].join(', '),
  })
  let target: Target | undefined
  let wire: WirePartner | undefined
  const times = new CheckTimes()
  const writeReports = (report: Report): void => {
    // What was recorded has the seed in it.
    const command = commandAgain(given, isReplay ? undefined : (report.seed ?? undefined))
    reports.write({ report, seconds: times.seconds, command })
  }
  try {
    wire = wireName === undefined ? undefined : wirePartner(wireName, given)
    const opened = await openedUnlessAborted(signal, open(withPartner(wire, record.around)))
    target = opened
    recording.start(target.bench, name)
    const asking = given.has('probe') ? { mayAsk: () => true } : {}
    const timed = (other: RunListener): RunListener => times.listener(opened, other)
    const listening = (other: RunListener = {}): RunListener => record.listener(timed(countingAt(wire, other)))
    const told = { ...options, ...asking, signal, onTimeLimit: writeReports }
    const about = say(WORDS, describe(target, wireName))
    const measured = await (given.has('json')
      ? runForPrograms(target, told, listening)
      : runForPeople(target, about, told, listening))
    const report = given.has('ask') ? await askOn(measured) : measured
    const json = jsonReport(report)
    record.report(json)
    if (given.has('json')) print(json)
    writeReports(report)
    const leftOver = target.recorded?.leftOver
    if (leftOver !== undefined) tell(`linkpulse: ${leftOver}\n`)
    interruption.check('what was printed and written is what had been checked by then')
    return report.verdict === 'fail' ? 1 : 0
  } catch (error) {
    // A file that takes no more ends the run: the others would be pieces of it, and what they had is whole.
    if (error instanceof UsageError) outputs.discard()
    throw error
  } finally {
    interruption.end()
    try {
      wire?.close()
      await closeAll(target, recording, reports)
    } finally {
      record.close()
    }
  }
}

/** @throws UsageError for what is of one run */
function refuseForWatch(given: Given): void {
  const refuse = (option: OptionOf<typeof CHECK_COMMAND>, why: string): void => {
    if (given.has(option)) throw new UsageError(`--${option} ${why}; leave it out, or --watch`)
  }
  refuse('wire', 'counts frames of one run, and --watch makes many')
  refuse('record', 'keeps one run, and --watch makes many')
  refuse('soak', 'watches at the end of one run, and --watch goes on anyway')
  refuse('ask', 'waits for a person, and --watch does not')
  refuse('probe', 'asks whoever is there once, and --watch would again and again')
}

/** The file that is read where the target is one. */
function recordingIn(name: string): readonly Named[] {
  const target = parseTarget(name)
  return target.backend === 'replay' ? [{ what: 'the recording', path: target.path }] : []
}

/** Which checks a recorded run had. */
function onlyOf({ recorded }: Target): readonly string[] {
  const { only } = recorded?.options ?? {}
  return Array.isArray(only) ? only.map(String) : []
}

/** Puts whoever else listens around a listener. */
type Listening = (other?: RunListener) => RunListener

function runForPrograms(target: Target, options: CheckOptions, listening: Listening): Promise<Report> {
  const onTimeLimit = (report: Report): void => {
    print(jsonReport(report))
    options.onTimeLimit?.(report)
  }
  return checkTarget(target, { ...options, listener: listening(), onTimeLimit })
}

async function runForPeople(
  target: Target,
  about: string,
  options: CheckOptions,
  listening: Listening,
): Promise<Report> {
  const soakSeconds = options.soakSeconds ?? Number(target.recorded?.options.soakSeconds ?? 0)
  const reporter = liveReporter(target, options.only ?? onlyOf(target), soakSeconds)
  const view = checkView(String(options.view ?? target.recorded?.options.view ?? 'desk'))
  reporter.begin({ target: target.name, board: about, seed: target.seed, view })
  const onTimeLimit = (partial: Report): void => {
    reporter.end(partial)
    options.onTimeLimit?.(partial)
  }
  const stop = ticking(reporter)
  try {
    const report = await checkTarget(target, { ...options, listener: listening(reporter), onTimeLimit })
    reporter.end(report)
    return report
  } finally {
    stop()
  }
}

/** What a person answers, and the diagnosis with it. */
async function askOn(measured: Report): Promise<Report> {
  const report = await askFurther(measured, askPerson)
  if (report !== measured) terminalReporter().end(report)
  return report
}

function describe(target: Target, wire: string | undefined): LocalizableText {
  return wire === undefined ? describeBoard(target) : keyed('board.wire', { board: describeBoard(target), wire })
}

function describeBoard({ board, programmer, line: { transit }, bench, recorded }: Target): LocalizableText {
  const unnamed = keyed('board.unnamed')
  if (recorded !== undefined) return keyed('board.recorded', { about: recorded.about || board || unnamed })
  const between = bench === undefined ? undefined : boxBetween(bench.lab)
  if (between !== undefined) return keyed('board.on-a-box', { board, box: between.name })
  if (programmer === undefined)
    return board || (transit === undefined ? unnamed : keyed('board.across', { board: unnamed }))
  const name = board === '' ? keyed('board.programmer-unnamed') : keyed('board.programmer', { name: board })
  return keyed(transit === undefined ? 'board.serprog' : 'board.serprog-across', { name })
}

/** Everything about the target that can be wrong is found before anything is opened. */
async function prepare(name: string, given: Given): Promise<(around: TargetWrapper | undefined) => Promise<Target>> {
  const specification = parseTarget(name)
  if (specification.backend === 'replay') {
    refuseForRecording(name, given)
    const { path } = specification
    return () => interruptible((signal) => openRecording(path, signal))
  }
  const catalogue = await loadCatalogue(given.text('board-file'))
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const path = given.text('image')
  const simulated = isSimulated(specification)
  const board = simulated ? pickBoard(catalogue, specification.board) : undefined
  const baud = rateOf(given, specification, board)
  refuseUnused(name, specification, given)
  const image = path === undefined ? undefined : await interruptible((signal) => readImage(path, signal))
  const options: TargetOptions = {
    ...timeLimitOf(given),
    overPty: given.has('over-pty'),
    strict: given.has('strict'),
    sharesTime: true,
    ...(seed === undefined ? {} : { seed }),
    ...(baud === undefined ? {} : { baud }),
    ...(image === undefined ? {} : { image }),
  }
  if (board === undefined || !simulated)
    return (around) => openTarget(name, { ...options, faults: given.all('fault'), around })
  const faults = checkFaults(given.all('fault'), board, specification.backend)
  const through = boxOf(given, faults, board)
  if (through !== undefined) {
    return (around) => openThrough(name, specification.backend, board, { ...options, faults, around }, through)
  }
  return (around) => openTarget(name, { ...options, faults, board, around })
}

/** The board that another one is compared with: as sound as it can be, and at its own rate. */
async function prepareReference(name: string, given: Given): Promise<() => Promise<Target>> {
  const specification = parseLiveTarget(name)
  if (!isSimulated(specification)) return () => openTarget(name)
  const board = pickBoard(await loadCatalogue(given.text('board-file')), specification.board)
  return () => openTarget(name, { board, ...timeLimitOf(given) })
}

/** A watch goes on until it is ended, unless somebody says for how long. */
function timeLimitOf(given: Given): Pick<TargetOptions, 'timeLimit'> {
  const { soakSeconds = 0 } = soakOf(given)
  const seconds = given.seconds('time-limit') ?? (given.has('watch') ? undefined : TIME_LIMIT_SECONDS + soakSeconds)
  return seconds === undefined ? {} : { timeLimit: Math.round(seconds * SECOND) }
}

/** @throws UsageError where no check is run that would watch */
function soakOf(given: Given): Pick<CheckOptions, 'soakSeconds'> {
  const soakSeconds = given.number('soak', 1, LONGEST_SOAK_SECONDS)
  if (soakSeconds === undefined) return {}
  if (!selectChecks(CHECKS, given.all('only')).toRun.some(({ id }) => id === WATCHES))
    throw new UsageError(`--soak is the time that ${WATCHES} watches, and --only leaves it out; name it as well`)
  return { soakSeconds }
}

/** What says how a report is shown; all else the recorded run was told. */
const FOR_RECORDINGS: readonly string[] = ['json', 'report']

/** @throws UsageError for anything that would make another run */
function refuseForRecording(name: string, given: Given): void {
  const option = given.names.find((each) => !FOR_RECORDINGS.includes(each))
  if (option === undefined) return
  throw new UsageError(`--${option} would make another run, and ${name} is a recording of one; leave it out`)
}

/** @throws UsageError for an option that such a target has no use for */
function refuseUnused(name: string, specification: LiveSpecification, given: Given): void {
  const refuse = (option: OptionOf<typeof CHECK_COMMAND>, why: string): void => {
    if (given.has(option)) throw new UsageError(`--${option} ${why}; leave it out`)
  }
  const { backend } = specification
  if (given.has('record')) refuse('probe', 'asks what a recording does not keep')
  if (!isSimulated(specification)) refuse('through', `is for a simulated cable, and that of ${name} is real`)
  if (backend !== 'avr') refuse('image', `is the firmware of an emulated board (avr:uno), and ${name} is none`)
  if (isSimulated(specification)) {
    for (const option of ['peer', 'address'] as const)
      refuse(option, `is for a real board, and ${name} has a simulated peer with an address of its own`)
  } else {
    refuse('board-file', `describes a board that is simulated, and ${name} is a real one that says itself what it is`)
    const { toRun } = selectChecks(CHECKS, given.all('only'))
    if (toRun.some(({ layer }) => layer === 'mac' || layer === 'network')) return
    for (const option of ['peer', 'address'] as const)
      refuse(option, 'is for checks of the layers mac and network, and --only leaves them out')
  }
}

const FOR_LISTS: readonly string[] = ['list', 'only', 'json']

/** @throws UsageError for anything that a list of checks has no use for */
function checkListing(given: Given): void {
  const [target] = given.operands
  const option = given.names.find((name) => !FOR_LISTS.includes(name))
  const what = target ?? (option === undefined ? undefined : `--${option}`)
  if (what === undefined) return
  throw new UsageError(`--list lists the checks and runs none; leave ${what} out, or --list`)
}

function viewOf(given: Given): CheckView {
  const text = given.text('view') ?? 'desk'
  const view = CHECK_VIEWS.find((each) => each === text)
  if (view === undefined) {
    throw new UsageError(`--view takes ${CHECK_VIEWS.join(' or ')}, not "${text}"${suggestion(text, CHECK_VIEWS)}`)
  }
  return view
}

function networkOf(given: Given): NetworkOptions {
  const peer = given.text('peer')
  const address = given.text('address')
  if (peer !== undefined && !isIPv4(peer)) {
    throw new UsageError(`--peer takes an IPv4 address, as 192.168.7.1, not "${peer}"`)
  }
  if (address !== undefined) {
    try {
      hostInterface(address)
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
  if (json) {
    printJson(all.map(checkDocument))
    return
  }
  const told = all.map((check) => ({ ...check, title: say(WORDS, keyed(check.id as CheckId)) }))
  print(listText(told, width(process.stdout)))
}

/** A table where there is room for it; on a narrower terminal, paragraphs. */
function listText(checks: readonly CheckDescription[], columns: number | undefined): string {
  const rows = table(checks.map(({ id, layer, title, reference }) => [layer, id, title, `[${reference}]`]))
  if (columns === undefined || rows.split('\n').every((row) => columnsOf(row) <= columns)) return rows
  const paragraphs = checks.map(({ id, title, reference }) => {
    const about = [title, `[${reference}]`].flatMap((text) => wordWrap(text, columns - 4))
    return `${id}\n${about.map((line) => `    ${line}\n`).join('')}`
  })
  return paragraphs.join('')
}
