/** A serial port of this machine, opened with serialport, and its errors in words that say what to do. */
import { access, constants } from 'node:fs/promises'
import type { BindingInterface } from '@serialport/bindings-interface'
import { SerialPortStream } from '@serialport/stream'
import { PortError, type PortTrouble, TargetError } from '../../errors/errors.js'
import { listPorts } from './ports.js'

/** How often a port's path is looked for: a terminal that hung up is not always reported by a read. */
const WATCH_MILLISECONDS = 250

/** Octets may still be in a USB adapter, or in a pseudo-terminal, when the kernel says that all have left. */
const ADAPTER_MILLISECONDS = 20

/** The operating system's ports, whose `drain` waits for what the kernel does not know of as well. */
function patientBinding(system: BindingInterface): BindingInterface {
  return {
    list: () => system.list(),
    async open(options) {
      const port = await system.open(options)
      const drain = port.drain.bind(port)
      port.drain = async () => {
        await drain()
        await new Promise((resolve) => setTimeout(resolve, ADAPTER_MILLISECONDS))
      }
      return port
    },
  }
}

/**
 * @param binding how to reach the operating system; serialport's own, and patient by default
 * @throws TargetError saying what is wrong with the port, and what to do
 */
export async function openPort(path: string, baud: number, binding?: BindingInterface): Promise<SerialPortStream> {
  const { SerialPort } = await import('serialport')
  const port = new SerialPortStream({
    binding: binding ?? patientBinding(SerialPort.binding),
    path,
    baudRate: baud,
    autoOpen: false,
  })
  const there = await isThere(path)
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve))
  if (failure === null) return port
  const [trouble, words] = await explain(path, failure, there)
  throw new PortError(words, trouble, { cause: failure })
}

function isThere(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
}

/** Where the other end of a terminal is a program: there as long as that program keeps it (Linux: pts(4)). */
const PSEUDO_TERMINAL = /^\/dev\/(pts\/\d+|ttys\d+)$/

/** @param there it was when its opening began */
async function explain(path: string, failure: Error, there: boolean): Promise<readonly [PortTrouble, string]> {
  const reason = failure.message
  // What is left of a terminal whose other end closed answers EIO; a USB port without its device ENODEV or ENXIO.
  const gone = /input\/output error|no such device/i.test(reason)
  if (gone || (there && /no such file/i.test(reason))) {
    return ['vanished', `the port ${path} vanished before it was open; ${ORIGIN}`]
  }
  if (!there && PSEUDO_TERMINAL.test(path) && /no such file/i.test(reason)) {
    return ['vanished', `the pseudo-terminal ${path} is gone; ${ORIGIN}`]
  }
  if (/no such file|cannot find|file not found|unknown error code 2\b/i.test(reason)) {
    return ['missing', `there is no port ${path}; ${await thoseThatAre()}`]
  }
  if (
    /cannot lock|resource temporarily unavailable|resource busy|access denied.*COM|device or resource busy/i.test(
      reason,
    )
  ) {
    return [
      'busy',
      `${path} is in use by another program (a serial monitor, another linkpulse); close it there, then try again`,
    ]
  }
  if (/permission denied|access denied/i.test(reason)) {
    return [
      'no-permission',
      `no permission to open ${path}; on Linux add yourself to its group (\`sudo usermod -a -G dialout $USER\`, or uucp), then log in again`,
    ]
  }
  if (/inappropriate ioctl|not a tty|is a directory|invalid argument/i.test(reason)) {
    return ['not-a-port', `${path} is not a serial port; ${await thoseThatAre()}`]
  }
  return ['unopened', `${path} could not be opened: ${reason.replace(/^Error:? /, '')}`]
}

const ORIGIN =
  'a board that is served (`linkpulse serve`) has its port as long as it is served: serve it anew and take the path it prints; of a real board, check the plug'

async function thoseThatAre(): Promise<string> {
  const paths = (await listPorts().catch(() => [])).map((port) => port.path)
  const found =
    paths.length === 0 ? 'this machine has no serial ports' : `the ports of this machine are ${paths.join(', ')}`
  return `${found}. Plug the board in and look again with \`linkpulse ports\`, or use model:uno`
}

/** @param across the server that the port is behind, where it is behind one */
export function vanished(path: string, across?: string): TargetError {
  return new TargetError(
    across === undefined
      ? `the port ${path} vanished while it was in use; check the cable and the supply of the board, then run the check again`
      : `the connection to ${path} was lost while it was in use; check the network, and the server on ${across}, then run the check again`,
  )
}

/** Notices that a port is gone, by its own close event or because its path is. */
export class PortWatch {
  /** Rejects with a TargetError when the port vanishes; stays pending otherwise. */
  readonly lost: Promise<never>
  readonly #timer: NodeJS.Timeout | undefined
  #ended = false

  /** @param across the server, where the port is behind one: then there is no path to look for */
  constructor(port: SerialPortStream, across?: string) {
    const { path } = port
    let fail: (error: Error) => void = () => {}
    this.lost = new Promise<never>((_, reject) => {
      fail = reject
    })
    this.lost.catch(() => {}) // whoever drives work gets the error; without work nobody has to
    const vanish = (): void => {
      if (this.#ended) return
      this.end()
      fail(vanished(path, across))
    }
    port.once('close', vanish)
    port.on('error', vanish)
    if (across !== undefined) return
    this.#timer = setInterval(() => {
      access(path, constants.F_OK).catch(vanish)
    }, WATCH_MILLISECONDS)
    this.#timer.unref()
  }

  /** From now on the port may be closed. */
  end(): void {
    this.#ended = true
    clearInterval(this.#timer)
  }
}

/** Closes a port that may have vanished meanwhile. */
export function closePort(port: SerialPortStream): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!port.isOpen) resolve()
    else port.close((error) => (error ? reject(error) : resolve()))
  })
}
