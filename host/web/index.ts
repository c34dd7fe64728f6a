/**
 * The library's part for browsers: a board at a serial port of the page's (Web Serial), as a target.
 *
 *     import { checkTarget } from 'linkpulse'
 *     import { openWebSerial } from 'linkpulse/web'
 *     const target = await openWebSerial(await navigator.serial.requestPort())   // in answer to a click
 *     const report = await checkTarget(target)
 *     await target.close()
 */
export type { WebSerialOptions, WebSerialPort } from './web-serial.js'
export { openWebSerial, type WebSerialTargetOptions } from './web-serial-target.js'
