/**
 * The library's part for browsers: a board at a serial port of the page's (Web Serial), as a target; and a stand-in for `navigator.serial` whose ports
 * are devices that a test wrote.
 *
 *     import { checkTarget } from 'linkpulse'
 *     import { openWebSerial } from 'linkpulse/web'
 *     const target = await openWebSerial(await navigator.serial.requestPort())   // in answer to a click
 *     const report = await checkTarget(target)
 *     await target.close()
 */

export {
  type BoardDevice,
  type BoardDeviceOptions,
  boardDevice,
  createDevice,
  type DeviceOptions,
  type DeviceSettings,
  type DeviceTime,
  type PortLine,
  type Receive,
  type SerialDevice,
} from '../serial/serial-device.js'
export { type AddedPortOptions, createSerial, type SerialPortFilter, type SimulatedSerial } from './simulated-serial.js'
export type { SerialPortInfo, SimulatedSerialPort } from './simulated-serial-port.js'
export type { WebSerialOptions, WebSerialPort } from './web-serial.js'
export { openWebSerial, type WebSerialTargetOptions } from './web-serial-target.js'
