/** On a page: a simulated board at a serial port as the browser would give it, checked in real time. */
import { createBench } from '../../boards/faults/create-bench.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { checkTarget } from '../../host/check/run.js'
import type { Report } from '../../host/check/types.js'
import { RealTimePacer } from '../../host/serial/pacing.js'
import { SimulatedSerialPort } from '../../host/web/simulated-serial-port.js'
import { openWebSerial } from '../../host/web/web-serial-target.js'

async function checkAtPort(only: readonly string[]): Promise<{ report: Report; closed: boolean }> {
  const { lab, board } = createBench({ board: 'uno', seed: 7 })
  const pacer = new RealTimePacer(lab.clock, { slack: 4 * MILLISECOND, lead: 2 * MILLISECOND })
  pacer.start()
  const enter = (input: () => void) => pacer.enter(input)
  const port = new SimulatedSerialPort({ end: board.serial, clock: lab.clock, enter })
  const target = await openWebSerial(port, { seed: 1 })
  try {
    const report = await checkTarget(target, { only })
    await target.close()
    return { report, closed: port.readable === null && !port.held }
  } finally {
    pacer.stop()
  }
}

export const WEB_SERIAL_DOORS = { checkAtPort }

Object.assign(globalThis, { WEB_SERIAL_DOORS })
