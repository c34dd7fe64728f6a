import { fstatSync } from 'node:fs'
import { arduinoPinsOf, parseArduinoPin, slaveSelectPin } from '../../../../boards/avr/arduino-pins.js'
import type { AvrPart } from '../../../../boards/avr/part.js'
import { emulatedPart } from '../../../../boards/avr/parts/parts.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { UsageError } from '../../../errors/errors.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { keyed } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import { readImage } from '../../run/image.js'
import { Run } from '../../run/runner.js'
import type { ArgumentsOf } from '../arguments.js'
import { loadCatalogue, pickBoard } from '../catalogue.js'
import { interruptible } from '../interruption.js'
import { Outputs } from '../outputs.js'
import { print, printOctets, tell } from '../say.js'
import { checkFaults, Recording } from '../simulation.js'
import { readerGone } from '../standard-output.js'
import { WORDS } from '../words.js'
import type { RUN_COMMAND } from './run.command.js'

type Given = ArgumentsOf<typeof RUN_COMMAND>

const DEFAULT_INT = 2
const LINE_FEED = 0x0a
/** How long standard input that is a pipe may take to begin, before a run that is not in real time starts without it. */
const TIMEOUT_MILLISECONDS = 100

/** Of standard input, in octets: what waits for the line before more is read, and what a file may have. */
const MOST_WAITING = 1 << 20
const LONGEST_FILE = 16 << 20

/** `linkpulse run FILE`: anyone's AVR firmware on an emulated board with an ENC28J60. */
export async function run(given: Given): Promise<number> {
  const [path] = given.operands
  const image = await interruptible((signal) => readImage(path, signal))
  const definition = pickBoard(await loadCatalogue(given.text('board-file')), given.text('board') ?? 'uno')
  const faults = checkFaults(given.all('fault'), definition, 'avr')
  const serial = given.text('serial') ?? '-'
  if (serial !== '-' && serial !== 'pty') {
    throw new UsageError(`--serial takes - (standard output and input) or pty, not "${serial}"`)
  }
  const tap = given.text('tap')
  if (tap !== undefined && given.has('unplugged')) {
    throw new UsageError(
      '--tap plugs the cable into a TAP device, and --unplugged plugs it into nothing: give one of them',
    )
  }
  const duration = given.seconds('for')
  const until = duration === undefined ? Number.POSITIVE_INFINITY : Math.round(duration * SECOND)
  const part = rangeAsUsage(() => emulatedPart(definition))
  const pins = {
    cs: pin(given, part, 'cs') ?? slaveSelectPin(part),
    int: pin(given, part, 'int') ?? DEFAULT_INT,
    reset: pin(given, part, 'reset'),
  }
  const recording = new Recording(given, new Outputs(given))
  const running = rangeAsUsage(
    () =>
      new Run({
        image,
        definition,
        pins,
        seed: given.whole('seed', 0, 0xffff_ffff) ?? 1,
        partner: tap !== undefined ? { tap } : given.has('unplugged') ? 'nothing' : 'host',
        baud: given.whole('baud', 300, 4_000_000),
        faults,
      }),
  )

  let stopped = false
  let status = 0
  const stop = () => {
    stopped = true
    running.stop()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.once(name, stop)
  running.onFinding((line) => {
    if (status === 1) return // it has stopped: what the processor still does in this instant is not looked at
    tell(`${line}\n`)
    if (!given.has('strict') || stopped) return
    tell('stopped at the first finding; leave --strict out to go on after it\n')
    status = 1
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
  try {
    if (running.tap !== undefined) {
      tell(
        `the cable goes to ${running.tap}; give it an address: ip addr add 192.168.7.1/24 dev ${running.tap} && ip link set ${running.tap} up\n`,
      )
    }
    let inLine = false // the last octet printed left the cursor in a line
    let realTime = tap !== undefined || duration === undefined
    if (serial === 'pty') {
      print(`${running.openPty()}\n`)
      realTime = true
    } else {
      running.onSerial((octets) => {
        printOctets(octets)
        inLine = octets.at(-1) !== LINE_FEED
      })
      if (process.stdin.isTTY) realTime = true
      else if (!realTime) await firstInput((octets) => running.input(new Uint8Array(octets)))
      process.stdin.on('data', input)
      process.stdin.on('error', () => {}) // a closed standard input is an empty one
    }
    recording.start(running.bench, path)
    if (realTime) await running.inRealTime(until)
    else await running.asFastAsPossible(until)
    const { lab, board } = running.bench
    // The firmware's octets are printed as they are; where both outputs are one, the summary begins a line of its own.
    const newLine = inLine && outputsAreOne() ? '\n' : ''
    const { sent, received } = board.chip.counters
    const ran = keyed('run.ran', {
      seconds: (lab.now / SECOND).toFixed(3),
      findings: status === 1 ? 1 : running.findings,
      octets: board.mcu.usart.sent,
      sent,
      received,
    })
    tell(`${newLine}${say(WORDS, ran)}\n`)
    return status
  } finally {
    for (const name of signals) process.removeListener(name, stop)
    process.stdin.removeListener('data', input)
    process.stdin.destroy()
    running.close()
    recording.close(running.bench.lab.now)
  }
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
