/**
 * Devices and simulated lines as ports of serialport's own classes, for programs and tests that are written against serialport.
 *
 *     import { createDevice, MemoryBinding } from 'linkpulse/serialport'
 *     const binding = new MemoryBinding()
 *     binding.add('/dev/ttyECHO', createDevice((octets) => octets, { baudRate: 9600 }))
 *     const port = new SerialPortStream({ binding, path: '/dev/ttyECHO', baudRate: 9600 })
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
export { MemoryBinding, type MemoryLine, type MemoryPort, type MemoryPortInfo } from './serial/memory-binding.js'
