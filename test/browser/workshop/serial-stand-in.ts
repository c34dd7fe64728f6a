/** On a page, before it begins: `navigator.serial` with one port, and at that an emulated Uno, which a raised DTR resets as on a real one. */
import { RealClock } from '../../../host/serial/real-clock.js'
import { SimulatedSerialPort, type SimulatedSerialPortOptions } from '../../../host/web/simulated-serial-port.js'
import type { BoardInput } from './serial-stand-in-board.js'

/** The bundle of `serial-stand-in-board.ts`, as text. */
declare const BOARD_SOURCE: string
/** A page has them; the types of the tests are Node's. */
declare const navigator: object
declare const Worker: new (
  url: string,
) => { onmessage: (message: { readonly data: Uint8Array }) => void; postMessage(input: BoardInput): void }

const board = new Worker(URL.createObjectURL(new Blob([BOARD_SOURCE], { type: 'text/javascript' })))
const circuits = new Map<string, boolean>()
const end: SimulatedSerialPortOptions['end'] = {
  baud: 1_000_000,
  pending: 0,
  handleOctets: undefined,
  modem: {
    get: (name) => circuits.get(name) ?? false,
    set: (name, on) => circuits.set(name, on),
  },
  setBaud: (baud) => board.postMessage({ kind: 'baud', baud }),
  write: (octets) => board.postMessage({ kind: 'octets', octets }),
  flush: () => {},
  setBreak: () => {},
}
board.onmessage = ({ data }) => end.handleOctets?.(data)

let resets = 0
const port = new SimulatedSerialPort({
  end,
  clock: new RealClock(),
  enter: (input) => input(),
  onDtr: () => {
    resets++
    board.postMessage({ kind: 'reset' })
  },
})

/** What the test asks of it. */
export const STAND_IN = {
  /** The list of ports is closed without a choice. */
  refuse: false,
  get opened(): number {
    return port.opened.length
  },
  get resets(): number {
    return resets
  },
  get isOpen(): boolean {
    return port.readable !== null
  },
}

Object.defineProperty(navigator, 'serial', {
  value: {
    async requestPort() {
      if (STAND_IN.refuse) throw new DOMException('No port selected by the user.', 'NotFoundError')
      return port
    },
  },
})
Object.assign(globalThis, { STAND_IN })
