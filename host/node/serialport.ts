/**
 * Simulated lines as ports of serialport's own classes, for programs and tests that are written against serialport.
 *
 *     import { MemoryBinding } from 'linkpulse/serialport'
 *     const binding = new MemoryBinding()
 *     binding.add('one', { line: line.a, clock })
 *     const port = new SerialPortStream({ binding, path: 'one', baudRate: 115_200 })
 */
export { MemoryBinding, type MemoryLine, type MemoryPort } from './serial/memory-binding.js'
