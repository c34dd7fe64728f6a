import type { AvrBoard } from '../../../../boards/avr/avr-board.js'
import { type AvrBenchOptions, createAvrBench } from '../../../../boards/avr/bench.js'
import type { FlashImage } from '../../../../boards/avr/flash-image.js'
import { ImageError } from '../../../../boards/avr/image-error.js'
import type { BoardDefinition } from '../../../../boards/catalogue/definition.js'
import type { Bench } from '../../../../boards/faults/bench.js'
import { SECOND } from '../../../../firmware/hal/clock.js'
import { type Capturing, captureBench } from '../../../capture/bench-capture.js'
import { CAPTURE_LINKS, type CaptureLink, PcapngWriter } from '../../../capture/pcapng.js'
import { TargetError, UsageError } from '../../../errors/errors.js'
import { rangeAsUsage } from '../../../errors/range-as-usage.js'
import { timeOfDay } from '../../../event-loop.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import { pickBoard } from '../../../target/pick-board.js'
import { readBootLoader } from '../../flash/boot-loader-file.js'
import { LOOPBACK } from '../../host-names.js'
import { ControlServer } from '../../network/control.js'
import { readImage } from '../../run/image.js'
import { benchOf } from '../../serial/firmware.js'
import { LogicServer } from '../../serial/logic-server.js'
import { type ServedBoard, serveBench, serveBenchOnNetwork } from '../../serial/served-board.js'
import type { ArgumentsOf } from '../arguments.js'
import { linkRate } from '../baud.js'
import { loadCatalogue } from '../catalogue.js'
import { tellDrawn } from '../drawings.js'
import { interruptible } from '../interruption.js'
import { Outputs } from '../outputs.js'
import { print, tell } from '../say.js'
import { checkFaults, Recording } from '../simulation.js'
import { untilInterrupted } from '../until-interrupted.js'
import type { SERVE_COMMAND } from './serve.command.js'
import { serveChip } from './serve-chip.js'

type Given = ArgumentsOf<typeof SERVE_COMMAND>

/** `linkpulse serve [TARGET]`: a simulated board behind a serial port, until interrupted. */
export async function serve(given: Given): Promise<number> {
  const name = given.operands[0] ?? 'model:uno'
  const target = parseLiveTarget(name)
  if (!isSimulated(target)) {
    throw new UsageError(
      `${name} is behind a serial port already; serve puts a simulated board behind one, for example model:uno`,
    )
  }
  const definition = pickBoard(await loadCatalogue(given.text('board-file')), target.board)
  const faults = checkFaults(given.all('fault'), definition, target.backend)
  const chipSocket = given.text('chip-socket')
  if (chipSocket !== undefined)
    return serveChip(given, chipSocket, { name, isModel: target.backend === 'model', board: definition })
  const inBootLoader = given.has('bootloader') || given.has('bootloader-image')
  const baud = inBootLoader ? undefined : linkRate(given, definition) // a boot loader has a rate of its own
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const path = given.text('image')
  if (target.backend === 'model' && (inBootLoader || path !== undefined)) {
    throw new UsageError(
      `--bootloader and --image are for a board that executes a compiled firmware: avr:${target.board}, not ${name}`,
    )
  }
  const where = given.text('rfc2217')
  const listen = where === undefined ? undefined : parseListen('rfc2217', where)
  const pinsAt = given.text('logic')
  const pins = pinsAt === undefined ? undefined : parseListen('logic', pinsAt)
  const image = path === undefined ? undefined : await interruptible((signal) => readImage(path, signal))
  const recording = new Recording(given, new Outputs(given))
  const bench = inBootLoader
    ? await benchInBootLoader(given, definition, image)
    : await benchOf(
        definition,
        {
          faults,
          ...(seed === undefined ? {} : { seed }),
          ...(baud === undefined ? {} : { baud }),
          ...(image === undefined ? {} : { image }),
        },
        target.backend,
      )
  const served = listen === undefined ? serveBench(bench) : await serveBenchOnNetwork(bench, listen.host, listen.port)
  process.on('SIGUSR2', served.restart)
  let control: ControlServer | undefined
  let logic: LogicServer | undefined
  try {
    recording.start(served.bench, name)
    control = await offered(served, name)
    const end = untilInterrupted(served.failed) // from here on a signal ends it cleanly
    // a line of its own, so that a script can read it
    print(`${served.path}\n`)
    if (pins !== undefined) {
      logic = await LogicServer.listen(served, pins.host, pins.port)
      print(`${logic.connection}\n`)
    }
    tell(`${tellDrawn(definition.title)} is on ${served.path} at ${served.baud} baud; Ctrl-C ends it\n`)
    const reset = `\`kill -USR2 ${process.pid}\`${listen === undefined ? '' : ', and DTR,'} presses reset`
    if (inBootLoader) tell(`it waits in its boot loader; ${reset}\n`)
    await end
    return 0
  } finally {
    process.removeListener('SIGUSR2', served.restart)
    control?.close()
    logic?.close()
    served.close()
    recording.close(served.bench.lab.now)
  }
}

/** Where Wireshark finds it (`linkpulse extcap`). Where it cannot be offered it is served all the same. */
async function offered(served: ServedBoard, target: string): Promise<ControlServer | undefined> {
  const { path: port, baud, bench } = served
  try {
    return await ControlServer.listen(
      {
        who: { process: process.pid, target, taps: [], port },
        status: () => ({ target, port, baud }),
        capture: (write, link) => captureServed(served, write, link),
      },
      'serve',
    )
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    tell(`${tellDrawn(bench.board.definition.title)} is no interface of Wireshark's: ${error.message}\n`)
    return undefined
  }
}

/** Instants are times of day. */
function captureServed(
  { bench, enter }: ServedBoard,
  write: (octets: Uint8Array) => void,
  link: CaptureLink | undefined,
): () => void {
  let capture: Capturing | undefined
  enter(() => {
    const epoch = BigInt(Math.round(timeOfDay() - bench.lab.now))
    capture = captureBench(
      bench,
      new PcapngWriter(write, undefined, epoch),
      link === undefined ? CAPTURE_LINKS : [link],
    )
  })
  return () => enter(() => capture?.close())
}

/** `[HOST:]PORT`; this machine only, unless a host is named. */
function parseListen(option: 'rfc2217' | 'logic', text: string): { readonly host: string; readonly port: number } {
  const parts = /^(?:(?:\[([0-9a-fA-F:.%\w]+)\]|([^\s:/@[\]]+)):)?(\d{1,5})$/.exec(text)
  const port = Number(parts?.[3])
  if (parts === null || port > 65_535) {
    throw new UsageError(
      `--${option} takes a port, or HOST:PORT to be reached from other machines, not "${text}"; for example --${option} 2217 (ports are 0 to 65535, and 0 is any that is free)`,
    )
  }
  return { host: parts[1] ?? parts[2] ?? LOOPBACK, port }
}

/** A programmer takes a while to start, and optiboot listens for one second. */
const RESET_TIMEOUT = 10 * SECOND

/** A board as it comes from the factory: it waits in its boot loader until something has been flashed. */
async function benchInBootLoader(
  given: Given,
  definition: BoardDefinition,
  image: FlashImage | undefined,
): Promise<Bench> {
  const baud = given.whole('baud', 300, 4_000_000) ?? definition.flash.baud
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const path = given.text('bootloader-image')
  const bootLoader = await interruptible((signal) => readBootLoader(definition.controller.part, path, signal))
  return rangeAsUsage(() => {
    const bench = boardFromFactory({
      board: { ...definition, serial: { ...definition.serial, baud } },
      faults: given.all('fault'),
      bootLoader,
      ...(seed === undefined ? {} : { seed }),
      ...(image === undefined ? {} : { image }),
    })
    bench.board.staysInBootLoader = true
    bench.board.resetTimeout = RESET_TIMEOUT
    bench.board.restart() // optiboot waits after a reset by the pin, and not after power-on
    return bench
  })
}

/** @throws UsageError for a file that is no boot loader, or is one for another part */
function boardFromFactory(options: AvrBenchOptions): Bench<AvrBoard> {
  try {
    return createAvrBench(options)
  } catch (error) {
    if (error instanceof ImageError) throw new UsageError(`--bootloader-image: ${error.message}`, { cause: error })
    throw error
  }
}
