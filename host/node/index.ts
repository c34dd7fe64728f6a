/**
 * The library on Node: all of `linkpulse`, with real ports, pseudo-terminals, and serialport's binding for simulated lines.
 *
 *     import { runChecks } from 'linkpulse/node'
 *     const report = await runChecks('/dev/ttyACM0')
 */
import { type CheckOptions, checkOpened } from '../check/run.js'
import type { Report } from '../check/types.js'
import { openTarget, type TargetOptions } from './serial/open-target.js'

export * from '../index.js'
export type { GatewayConversation, GatewayForward, GatewayStatus } from '../network/gateway/gateway-status.js'
// In place of the one that reads no files.
export { createNodeLab as createLab } from './lab.js'
export { type LabFileOptions, labFromFile } from './lab-file/read.js'
export type { GatewayLimits } from './network/gateway/place.js'
export { type GatewayOptions, type RunningGateway, startGateway } from './network/gateway/start-gateway.js'
export { MemoryBinding, type MemoryLine, type MemoryPort } from './serial/memory-binding.js'
export { openTarget, type TargetOptions }

/**
 * Opens a target, checks it, and closes it: what `linkpulse check` does.
 * @param target `model:BOARD`, `avr:BOARD`, a serial port's path, `serial:PATH@RATE`, `rfc2217://HOST:PORT` or `serprog:PATH`
 * @throws UsageError, TargetError, TimeLimitError
 */
export async function runChecks(target: string, options: TargetOptions & CheckOptions = {}): Promise<Report> {
  return checkOpened(await openTarget(target, { sharesTime: true, ...options }), options)
}
