import { setTimeout as delay } from 'node:timers/promises'
import { MILLISECOND, SECOND } from '../../../../firmware/hal/clock.js'
import { encodeText } from '../../../../firmware/text/utf8.js'
import { UsageError } from '../../../errors/errors.js'
import { MonitorLines, unescaped } from '../../../port-guess/monitor-lines.js'
import { sleepOnClock } from '../../../serial/drive.js'
import { isSimulated, parseTarget } from '../../../serial/specification.js'
import type { Target } from '../../../target/target.js'
import { openTarget } from '../../serial/open-target.js'
import type { ArgumentsOf } from '../arguments.js'
import { Interruption, openedUnlessAborted } from '../interruption.js'
import { print, tell } from '../say.js'
import { readerGone } from '../standard-output.js'
import type { MONITOR_COMMAND } from './monitor.command.js'

type Given = ArgumentsOf<typeof MONITOR_COMMAND>

/** Between two looks at control lines and error counts; octets come as they come. */
const LOOK = 50 * MILLISECOND
const DEFAULT_RATE = 115_200

/** `linkpulse monitor TARGET`: 0 when it was ended. */
export async function monitor(given: Given): Promise<number> {
  const name = given.operands[0]
  const specification = parseTarget(name)
  if (given.has('hex') && given.has('text'))
    throw new UsageError('--hex and --text are two ways to show octets: give one of them')
  const limitSeconds = given.seconds('for')
  const text = given.text('send')
  const sent = text === undefined ? undefined : unescaped(text, encodeText)
  if (text !== undefined && sent === undefined)
    throw new UsageError(
      `--send understands \\r, \\n, \\t, \\0, \\\\ and \\xNN (two hexadecimal digits), and "${text}" has another`,
    )
  const named = 'baud' in specification ? specification.baud : undefined
  const baud = given.whole('baud', 300, 4_000_000) ?? named ?? DEFAULT_RATE
  const simulated = isSimulated(specification)
  const interruption = new Interruption()
  let target: Target | undefined
  try {
    const opening = openTarget(
      name,
      simulated && !given.has('baud') ? {} : { baud, ...(simulated ? {} : { keepsControls: true }) },
    )
    target = await openedUnlessAborted(interruption.signal, opening)
    await watch(
      target,
      { hex: given.has('hex'), sent, limitSeconds, paced: simulated && limitSeconds === undefined },
      interruption.signal,
    )
    return 0
  } catch (error) {
    if (interruption.signal.aborted && error === interruption.signal.reason) return 0
    throw error
  } finally {
    interruption.end()
    await target?.close()
  }
}

interface MonitorOptions {
  readonly hex: boolean
  readonly sent: Uint8Array | undefined
  readonly limitSeconds: number | undefined
  /** Virtual time follows the wall clock: somebody watches, and nothing ends it but they. */
  readonly paced: boolean
}

async function watch(
  target: Target,
  { hex, sent, limitSeconds, paced }: MonitorOptions,
  signal: AbortSignal,
): Promise<void> {
  const { line, modem, clock } = target
  const began = clock.now
  const lines = new MonitorLines((text) => print(`${text}\n`), hex)
  let heardAt = began
  line.handleOctets = (octets) => {
    heardAt = clock.now
    lines.octets(heardAt - began, octets)
  }
  tell(`${target.name} at ${line.baud} baud; Ctrl-C ends this\n`)
  let tellsInputs = await modem.get().then(
    (inputs) => {
      lines.inputs(0, inputs)
      return true
    },
    () => false,
  )
  if (!tellsInputs) lines.note(0, 'this port has no control lines')
  if (line.lineErrors?.() === undefined) lines.note(0, 'this port does not tell line errors')
  if (sent !== undefined) line.write(sent)
  const end = limitSeconds === undefined ? Number.POSITIVE_INFINITY : began + limitSeconds * SECOND
  while (clock.now < end && !signal.aborted && !readerGone.aborted) {
    await target.drive(sleepOnClock(clock, Math.min(LOOK, end - clock.now)))
    if (paced) await delay(LOOK / MILLISECOND)
    const at = clock.now - began
    if (clock.now - heardAt >= LOOK) lines.rest()
    const errors = line.lineErrors?.()
    if (errors !== undefined) lines.errors(at, errors)
    if (!tellsInputs) continue
    const inputs = await modem.get().catch(() => undefined)
    if (inputs === undefined) tellsInputs = false
    else lines.inputs(at, inputs)
  }
  line.handleOctets = undefined
  lines.rest()
}
