/** A board at a serial port of the browser's, as a target. */
import { SeededRandom } from '../../boards/simulation/random.js'
import { TargetError } from '../errors/errors.js'
import { LatenessMeter } from '../serial/lateness.js'
import { RealClock } from '../serial/real-clock.js'
import { realTarget } from '../target/real-target.js'
import { serprogTarget } from '../target/serprog-target.js'
import { DEFAULT_BAUD, type Target } from '../target/target.js'
import type { WebSerialPort } from './web-serial.js'
import { WebSerialLine } from './web-serial-line.js'

export interface WebSerialTargetOptions {
  /** Symbols a second; what the bridge firmware begins with by default. */
  readonly baud?: number
  /** A programmer that speaks serprog is at the port, and no board with the bridge firmware. */
  readonly serprog?: boolean
  /** What the run draws from; the time of day by default. */
  readonly seed?: number
  /** Nanoseconds after which `drive` gives up. */
  readonly timeLimit?: number
}

/** The browser hands octets over in messages of their own, and what came in time may take some turns of the event loop. */
const PORT_CLOCK = { grace: 8 } as const

/**
 * @param port closed, as `navigator.serial.requestPort()` gives it; it is closed again with the target
 * @throws TargetError when it cannot be opened, and for a programmer that is not there
 */
export async function openWebSerial(port: WebSerialPort, options: WebSerialTargetOptions = {}): Promise<Target> {
  const { baud, serprog = false, seed = Date.now(), timeLimit } = options
  const name = `${serprog ? 'serprog' : 'serial'}:${nameOf(port)}`
  let line: WebSerialLine
  try {
    line = await WebSerialLine.open(port, baud ?? DEFAULT_BAUD)
  } catch (error) {
    throw new TargetError(
      `the browser could not open the serial port (${messageOf(error)}); close it in other tabs and programs, plug the board in anew, then try again`,
      { cause: error },
    )
  }
  const clock = new RealClock(PORT_CLOCK)
  const lateness = new LatenessMeter()
  const target = realTarget({
    name,
    backend: serprog ? 'serprog' : 'serial',
    board: '',
    line,
    modem: line,
    clock,
    random: new SeededRandom(seed >>> 0),
    lateness,
    lost: line.lost.catch((error: Error) => {
      throw new TargetError(
        `the serial port was lost while it was in use (${messageOf(error)}); check the cable and the supply of the board, then run the check again`,
        { cause: error },
      )
    }),
    timeLimit,
    async close() {
      lateness.close()
      await line.close()
      clock.close()
    },
  })
  if (!serprog) return target
  const there = {
    path: nameOf(port),
    get isOpen() {
      return port.writable !== null
    },
  }
  return serprogTarget(target, there, baud)
}

/** USB's numbers of the device, where it is one. */
function nameOf(port: WebSerialPort): string {
  const { usbVendorId, usbProductId } = port.getInfo()
  const hex = (id: number) => id.toString(16).padStart(4, '0')
  return usbVendorId === undefined ? 'web' : `usb-${hex(usbVendorId)}-${hex(usbProductId ?? 0)}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
