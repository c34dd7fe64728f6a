/** What serialport's own bindings take for an option that is not given (its documentation, `OpenOptions`). */
import type { OpenOptions } from '@serialport/bindings-interface'

export function openOptionsOf(options: OpenOptions): Required<OpenOptions> {
  return {
    dataBits: 8,
    lock: true,
    stopBits: 1,
    parity: 'none',
    rtscts: false,
    xon: false,
    xoff: false,
    xany: false,
    hupcl: true,
    ...options,
  }
}
