import { fstatSync } from 'node:fs'
import { basename } from 'node:path'
import { arduinoPinsOf, parseArduinoPin, slaveSelectPin } from '../../../../boards/avr/arduino-pins.js'
import { otherArchitecture } from '../../../../boards/avr/compiled-for.js'
import { type AvrPart, hasWidePc } from '../../../../boards/avr/part.js'
import { emulatedPart } from '../../../../boards/avr/parts/parts.js'
import { errataNames, erratumNamed } from '../../../../boards/chips/enc28j60/errata.js'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import { printFrame } from '../../../../firmware/net/wire/print.js'
import type { ServiceName } from '../../../../firmware/services/service.js'
import { parseServices } from '../../../../firmware/services/services.js'
import { printable } from '../../../../firmware/text/printable.js'
import { UsageError } from '../../../errors/errors.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { turn } from '../../../event-loop.js'
import { payloadOf } from '../../../expect/lab-log.js'
import { shellWord } from '../../../shell-word.js'
import type { Sketch } from '../../../sketch/sketch.js'
import { pickBoard } from '../../../target/pick-board.js'
import { remedyText } from '../../../text/finding-remedy.js'
import { keyed } from '../../../text/keyed.js'
import { lackText, placeText } from '../../../text/program-place.js'
import { say } from '../../../text/say.js'
import { readTextFile } from '../../files/input.js'
import { behindTheCounts } from '../../run/behind-counts.js'
import { DEFAULT_INT_PIN, DEFAULT_TIMEOUT } from '../../run/defaults.js'
import { runEvent } from '../../run/event.js'
import { GdbServer } from '../../run/gdb-server.js'
import { readImage } from '../../run/image.js'
import { type Decided, RunJudge } from '../../run/judge.js'
import { FindingCounts, RUN_FORMS, runReport } from '../../run/report.js'
import { Run, type RunImage } from '../../run/runner.js'
import { projectFileOf, readDiagram, readProject, SCENARIO_INPUT } from '../../scenario/project.js'
import { parseScenario } from '../../scenario/scenario.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue } from '../catalogue.js'
import { commandAgain } from '../command-again.js'
import { interruptible } from '../interruption.js'
import { inLanguage } from '../messages.js'
import { inTurn, Outputs } from '../outputs.js'
import { PLACE_SENTENCES } from '../place-words.js'
import { printJsonLine } from '../print-json.js'
import { REMEDY_WORDS } from '../remedy-words.js'
import { checkReports, ReportFiles } from '../report-files.js'
import { print, printOctets, tell } from '../say.js'
import { checkFaults, Recording } from '../simulation.js'
import { readerGone } from '../standard-output.js'
import { WORDS } from '../words.js'
import type { RUN_COMMAND } from './run.command.js'

type Given = ArgumentsOf<typeof RUN_COMMAND>

const LINE_FEED = 0x0a
/** Characters of a line that has not ended, of one of several, that are kept back. */
const LONGEST_LINE = 4096
/** How long standard input that is a pipe may take to begin, before a run that is not in real time starts without it. */
const TIMEOUT_MILLISECONDS = 100

/** Of standard input, in octets: what waits for the line before more is read, and what a file may have. */
const MOST_WAITING = 1 << 20
const LONGEST_FILE = 16 << 20

/** `linkpulse run FILE`: anyone's AVR firmware on an emulated board with an ENC28J60. */
export async function run(given: Given): Promise<number> {
  checkReports(given.all('report'), RUN_FORMS)
  const { images, circuit, scenario } = await interruptible((signal) => readAll(given, signal))
  const several = images.length > 1
  for (const warning of circuit?.warnings ?? []) tell(`${circuit?.file}: ${warning}\n`)
  const definition = pickBoard(
    await loadCatalogue(given.text('board-file')),
    given.text('board') ?? circuit?.board ?? 'uno',
  )
  const faults = checkFaults(given.all('fault'), definition, 'avr')
  const serial = given.text('serial') ?? '-'
  if (serial !== '-' && serial !== 'pty') {
    throw new UsageError(`--serial takes - (standard output and input) or pty, not "${serial}"`)
  }
  const json = given.has('json')
  if (json && serial === 'pty') {
    throw new UsageError('--json prints events on standard output, and --serial pty the port there: give one of them')
  }
  const tap = given.text('tap')
  if (tap !== undefined && given.has('unplugged')) {
    throw new UsageError(
      '--tap plugs the cable into a TAP device, and --unplugged plugs it into nothing: give one of them',
    )
  }
  const expected = texts(given, 'expect')
  const forbidden = texts(given, 'fail')
  const expects = scenario !== undefined || expected.length > 0
  const timeout = given.seconds('timeout')
  const latest = expects ? DEFAULT_TIMEOUT : Number.POSITIVE_INFINITY
  const deadline = timeout === undefined ? latest : Math.round(timeout * SECOND)
  const duration = given.seconds('for')
  const until = Math.min(deadline, duration === undefined ? Number.POSITIVE_INFINITY : Math.round(duration * SECOND))
  const part = rangeAsUsage(() => emulatedPart(definition))
  const pins = {
    cs: pin(given, part, 'cs') ?? circuit?.chip.cs ?? slaveSelectPin(part),
    int: pin(given, part, 'int') ?? circuit?.chip.int ?? DEFAULT_INT_PIN,
    reset: pin(given, part, 'reset') ?? circuit?.chip.reset,
  }
  for (const { path, image } of images) {
    const other = otherArchitecture(image, part)
    if (other !== undefined) {
      const fitting = hasWidePc(part) ? 'uno' : 'mega2560'
      throw new UsageError(`${path}: ${other}; give --board ${fitting}, or compile it for this one (-mmcu)`)
    }
  }
  const seed = given.whole('seed', 0, 0xffff_ffff) ?? 1
  const gdbPort = given.whole('gdb', 0, 65_535)
  const outputs = new Outputs(given)
  const reports = new ReportFiles(outputs, RUN_FORMS)
  const recording = new Recording(given, outputs)
  const running = rangeAsUsage(
    () =>
      new Run({
        images,
        definition,
        pins,
        seed,
        partner: tap !== undefined ? { tap } : given.has('unplugged') ? 'nothing' : 'host',
        baud: given.whole('baud', 300, 4_000_000),
        faults,
        errata: errata(given),
        services: services(given),
        awaited: scenario !== undefined || gdbPort !== undefined,
      }),
  )

  let inLine = false // the last octet printed left the cursor in a line
  const together = outputsAreOne()
  /** The firmware's octets are printed as they are; where both outputs are one, what is told begins a line of its own. */
  const status = (line: string) => {
    tell(`${inLine && together ? '\n' : ''}${line}\n`)
    inLine = false
  }
  let stopped = false
  let strictFinding: string | undefined
  const findings = new FindingCounts(given.has('strict'))
  const stop = () => {
    stopped = true
    running.stop()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.once(name, stop)
  const emit = (event: Parameters<typeof runEvent>[0]) => printJsonLine(runEvent(event))
  const decided: Decided = (name, verdict, reason) => {
    if (json) emit({ event: 'expectation', at: running.lab.now, name, verdict, reason })
    const time = `${(running.lab.now / MILLISECOND).toFixed(3)} ms`
    const told = { name, time, reason: inLanguage(reason) }
    const sentence =
      verdict === 'met'
        ? keyed('run.met', told)
        : verdict === 'late'
          ? keyed('run.late', told)
          : keyed('run.unmet', told)
    status(say(WORDS, sentence))
  }
  const hinted = new Set<Sketch>()
  running.onFinding((sketch, finding) => {
    const { name } = sketch
    const { at, id, text, where } = finding
    if (strictFinding !== undefined) return // it has stopped: what the processor still does in this instant is not looked at
    const isFirst = findings.add(sketch, finding)
    if (json) emit({ event: 'finding', at, sketch: name, rule: id, text, where })
    const line = `${several ? `${name}: ` : ''}${(at / MILLISECOND).toFixed(6)} ms: ${text}`
    // What a program does wrong it does again and again: the summary says how often.
    if (isFirst) {
      status(line)
      const place = placeText(PLACE_SENTENCES, where)
      if (place !== undefined) status(`  ${place}`)
      const lack = sketch.placeLack
      if (lack !== undefined && !hinted.has(sketch)) status(`  ${lackText(PLACE_SENTENCES, lack)}`)
      hinted.add(sketch)
      status(`  ${remedyText(REMEDY_WORDS, id)}`)
    }
    if (!given.has('strict') || stopped || finding.mild) return
    tell('stopped at the first finding; leave --strict out to go on after it\n')
    strictFinding = text
    stop()
  })
  // What it prints is all there is to see of it.
  readerGone.addEventListener('abort', stop)
  const input = (octets: Buffer) => {
    running.input(new Uint8Array(octets))
    if (running.inputWaiting <= MOST_WAITING) return
    process.stdin.pause()
    running.whenInputWaits(MOST_WAITING, () => process.stdin.resume())
  }
  let gdb: GdbServer | undefined
  try {
    if (gdbPort !== undefined) {
      gdb = await GdbServer.listen(running, gdbPort, {
        kill: stop,
        refused: () => status(say(WORDS, keyed('run.gdb-refused'))),
        gone: () => status(say(WORDS, keyed('run.gdb-gone'))),
      })
      status(say(WORDS, keyed('run.gdb-waits', { command: gdbCommand(images[0].path, part, gdb.port) })))
    }
    const judge = new RunJudge({ run: running, scenario, circuit, expected, forbidden, deadline })
    if (running.tap !== undefined) {
      tell(
        `the cable goes to ${running.tap}; give it an address: ip addr add 192.168.7.1/24 dev ${running.tap} && ip link set ${running.tap} up\n`,
      )
    }
    let realTime = tap !== undefined || until === Number.POSITIVE_INFINITY
    if (json) watchEvents(running, judge, emit)
    if (serial === 'pty') {
      for (const sketch of running.sketches) print(`${several ? `${sketch.name}: ` : ''}${running.openPty(sketch)}\n`)
      realTime = true
    } else {
      if (several && !json) for (const sketch of running.sketches) sketch.serial.onText(inLines(sketch.name, print))
      else if (!json) {
        running.sketches[0].serial.onOctets((octets) => {
          printOctets(octets)
          inLine = octets.at(-1) !== LINE_FEED
        })
      }
      if (process.stdin.isTTY) realTime ||= !expects && timeout === undefined
      else if (!realTime) await firstInput((octets) => running.input(new Uint8Array(octets)))
      process.stdin.on('data', input)
      process.stdin.on('error', () => {}) // a closed standard input is an empty one
    }
    const unselected = watchSelects(running)
    recording.start(running.bench, images[0].path, running.sketches)
    judge.start(decided)
    if (realTime) await running.inRealTime(until)
    else await running.asFastAsPossible(until)
    // A signal that came while the last events happened is heard in the next turn.
    await turn()
    const { lab } = running
    for (const { chip } of running.sketches) chip.judgeDriver()
    const exit = stopped ? (strictFinding !== undefined || (expects && judge.status !== 0) ? 1 : 0) : judge.end(decided)
    const sum = (of: (sketch: Sketch) => number) => running.sketches.reduce((total, each) => total + of(each), 0)
    const ran = keyed('run.ran', {
      seconds: (lab.now / SECOND).toFixed(3),
      findings: findings.all.reduce((total, { count }) => total + count, 0),
      octets: sum(({ board }) => board.mcu.usart.sent),
      sent: sum(({ chip }) => chip.counters.sent),
      received: sum(({ chip }) => chip.counters.received),
    })
    status(say(WORDS, ran))
    const ofSketch = (name: string, line: string) => status(several ? `${name}: ${line}` : line)
    for (const { sketch, line } of behindTheCounts(running.sketches, findings)) ofSketch(sketch, say(WORDS, line))
    for (const name of unselected) ofSketch(name, say(WORDS, keyed('run.never-selected', { pin: String(pins.cs) })))
    if (json) emit({ event: 'end', at: lab.now, status: exit })
    const late = 'the time was over before all of it was done'
    const undone = stopped ? 'it was interrupted before it was decided' : late
    reports.write(
      runReport({
        name: scenario?.name ?? images.map(({ name }) => name).join(', '),
        command: commandAgain(given, seed),
        seed,
        at: lab.now,
        status: exit,
        expectations: judge.expectations,
        ended: strictFinding ?? undone,
        findings,
        sketches: running.sketches,
      }),
    )
    reports.close()
    gdb?.exited(exit)
    return exit
  } finally {
    for (const name of signals) process.removeListener(name, stop)
    readerGone.removeEventListener('abort', stop)
    process.stdin.removeListener('data', input)
    process.stdin.destroy()
    gdb?.close()
    running.close()
    inTurn(
      () => recording.close(running.lab.now),
      () => outputs.discard(),
    )
  }
}

/** What a person types to debug the program. What a .hex has no symbols for, it does not say the architecture of either. */
function gdbCommand(path: string, part: AvrPart, port: number): string {
  const program = /\.hex$/i.test(path)
    ? `-ex 'set architecture ${hasWidePc(part) ? 'avr:6' : 'avr:5'}'`
    : shellWord(path)
  return `avr-gdb ${program} -ex 'target remote :${port}'`
}

/** Names of the sketches whose chip was never selected so far. */
function watchSelects(running: Run): ReadonlySet<string> {
  const unselected = new Set<string>()
  for (const { name, chip } of running.sketches) {
    unselected.add(name)
    const stop = chip.observePins({
      chipSelect: (high) => {
        if (high || !unselected.delete(name)) return
        // Not within its own call: what watches the pins is being told.
        queueMicrotask(stop)
      },
    })
  }
  return unselected
}

/** Everything that is read before anything runs. */
async function readAll(given: Given, signal: AbortSignal) {
  const [first] = given.operands
  const projectFile = given.operands.length === 1 ? projectFileOf(first) : undefined
  const project = projectFile === undefined ? undefined : await readProject(projectFile, signal)
  const diagram = given.text('diagram')
  const circuit = diagram === undefined ? project?.circuit : await readDiagram(diagram, signal)
  const path = given.text('scenario')
  const scenario =
    path === undefined ? undefined : parseScenario(path, await readTextFile(path, SCENARIO_INPUT, signal))
  const images = await readImages(project === undefined ? given.operands : [project.firmware], signal)
  return { images, circuit, scenario }
}

/** Events of the wire, the link and the serial ports. */
function watchEvents(running: Run, judge: RunJudge, event: (what: Parameters<typeof runEvent>[0]) => void): void {
  const { lab } = running
  judge.log.onFrame((frame) => {
    const { at, from, to, sent } = frame
    event({ event: 'frame', at, from: from.name, to: to.name, text: printFrame(payloadOf(frame)), octets: sent.length })
  })
  for (const { name, serial, chip } of running.sketches) {
    serial.onText(
      inLines(undefined, (text) => event({ event: 'serial', at: lab.now, sketch: name, text: text.slice(0, -1) })),
    )
    chip.onLink((up) => event({ event: 'link', at: lab.now, sketch: name, state: up ? 'up' : 'down' }))
  }
}

/** @throws UsageError for a file that is no firmware */
async function readImages(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<(RunImage & { readonly path: string })[]> {
  const images: (RunImage & { readonly path: string })[] = []
  const taken = new Set<string>()
  for (const path of paths) {
    const base = basename(path).replace(/\.(hex|elf)$/i, '')
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base}-${n}`
    taken.add(name)
    images.push({ name, path, image: await readImage(path, signal) })
  }
  return images
}

/** What is printed by one of several: whole lines, with its name in front. */
function inLines(name: string | undefined, print: (text: string) => void): (text: string) => void {
  let part = ''
  return (text) => {
    const lines = (part + text).split('\n')
    part = lines.pop() ?? ''
    if (part.length > LONGEST_LINE) {
      lines.push(part)
      part = ''
    }
    for (const line of lines) print(`${name === undefined ? '' : `${name}: `}${line.replace(/\r$/, '')}\n`)
  }
}

/** @throws UsageError for a text that nobody could see, or that every output has */
function texts(given: Given, option: 'expect' | 'fail'): readonly string[] {
  for (const text of given.all(option)) {
    if (text === '') throw new UsageError(`--${option} takes a text, and this one is empty; give what is printed`)
    if (printable(text) !== text) {
      throw new UsageError(
        `--${option} takes text that is printed, and this has a character that nobody can see: "${text}"; leave it out`,
      )
    }
  }
  return given.all(option)
}

/** @throws UsageError for an erratum that there is not, or one that is neither on nor off */
function errata(given: Given): Record<string, boolean> {
  const errata: Record<string, boolean> = {}
  for (const text of given.all('errata')) {
    const [, name, state] = /^([^=]+)=(on|off)$/.exec(text) ?? []
    if (name === undefined) {
      throw new UsageError(`--errata takes an erratum and its state, as 12=off or transmitStall=on, not "${text}"`)
    }
    if (erratumNamed(name) === undefined) {
      throw new UsageError(`--errata: there is no erratum "${name}"; there are ${errataNames()}`)
    }
    errata[name] = state === 'on'
  }
  return errata
}

/** @throws UsageError for a service that there is not */
function services(given: Given): readonly ServiceName[] {
  const text = given.text('peer-services')
  if (text === undefined) return []
  return rangeAsUsage(() => parseServices(text), '--peer-services')
}

/** Whether standard output and standard error go to the same terminal, pipe or file. */
function outputsAreOne(): boolean {
  try {
    const [out, errors] = [fstatSync(1), fstatSync(2)]
    return out.dev === errors.dev && out.ino === errors.ino
  } catch {
    return false // one of them is closed
  }
}

function pin(given: Given, part: AvrPart, option: 'cs' | 'int' | 'reset'): number | undefined {
  const text = given.text(option)
  if (text === undefined) return undefined
  const number = parseArduinoPin(part, text)
  if (number === undefined) {
    throw new UsageError(`--${option} takes an Arduino pin number, ${arduinoPinsOf(part)}, not "${text}"`)
  }
  return number
}

/**
 * A run that is not in real time must have its input before it starts, or the same command would not do the same twice: a
 * file is read to its end, up to a limit; a pipe, which may stay open for ever, is given a moment to say something.
 */
function firstInput(take: (octets: Buffer) => void): Promise<void> {
  let file = false
  try {
    file = fstatSync(0).isFile()
  } catch {
    return Promise.resolve() // no standard input at all
  }
  return new Promise((resolve, reject) => {
    const { stdin } = process
    let octetsRead = 0
    const done = () => {
      clearTimeout(timer)
      stdin.removeListener('data', taken)
      stdin.removeListener('end', done)
      stdin.removeListener('error', done)
      resolve()
    }
    const taken = (octets: Buffer) => {
      octetsRead += octets.length
      if (octetsRead > LONGEST_FILE) {
        reject(new UsageError(`standard input is a file of more than ${LONGEST_FILE} octets; give less, or a pipe`))
        return
      }
      take(octets)
      if (!file) done()
    }
    const timer = file ? undefined : setTimeout(done, TIMEOUT_MILLISECONDS)
    stdin.on('data', taken)
    stdin.once('end', done)
    stdin.once('error', done)
  })
}
