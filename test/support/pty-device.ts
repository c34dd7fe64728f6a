/** Somebody else's devices at a pseudo-terminal, in real time. */

import { PseudoTerminal } from '../../host/node/serial/pty.js'
import { RealClock } from '../../host/serial/real-clock.js'
import { ascii, type PortDevice } from './port-device.js'

export interface PtyDevice {
  /** What a program opens. */
  readonly path: string
  /** Octets that it was told. */
  readonly told: () => number
  close(): void
}

export function ptyDevice(device: PortDevice): PtyDevice {
  const pty = new PseudoTerminal()
  const clock = new RealClock()
  let told = 0
  let listener: (octets: Uint8Array) => void = () => {}
  pty.handleOctets = (octets) => {
    told += octets.length
    listener(octets)
  }
  device({
    clock,
    say: (octets) => pty.write(typeof octets === 'string' ? ascii(octets) : octets),
    hear: (by) => {
      listener = by
    },
  })
  return {
    path: pty.path,
    told: () => told,
    close() {
      clock.close()
      pty.close()
    },
  }
}
