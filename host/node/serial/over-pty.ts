/** A simulated board behind a pseudo-terminal of the operating system, in lockstep: the port is real, time is virtual. */
import type { SerialPortStream } from '@serialport/stream'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { TargetError } from '../../errors/errors.js'
import { SimulationPump } from '../../serial/drive.js'
import { buildBench, onMisuse } from '../../target/simulated-target.js'
import { surroundingsOf } from '../../target/surroundings.js'
import type { SimulatedBackend, SimulationOptions, Target } from '../../target/target.js'
import { LockstepBinding } from './lockstep.js'
import { closePort, openPort, PortWatch } from './port.js'
import { PtyBridge } from './pty-bridge.js'
import { StreamLine, StreamModem } from './stream-line.js'

/** @throws UsageError as `buildBench`; TargetError when the terminal cannot be opened; Error on a platform without pseudo-terminals */
export async function openOverPty(
  name: string,
  definition: BoardDefinition,
  options: SimulationOptions,
  backend: SimulatedBackend,
): Promise<Target> {
  const bench = buildBench(definition, options, backend)
  const { lab, board } = bench
  const { baud } = board.definition.serial
  board.serial.setBaud(baud)
  const bridge = new PtyBridge(board.serial, lab.clock, (input) => input())
  const { SerialPort } = await import('serialport')
  const binding = new LockstepBinding(SerialPort.binding, bridge.pty)
  const pump = new SimulationPump(lab.clock, options.timeLimit, () => binding.quiet())
  const toHost = board.serial.handleOctets
  board.serial.handleOctets = (octets, errors) => {
    pump.touch()
    toHost?.(octets, errors)
  }
  bridge.pty.onError((error) => pump.abandon(terminalFailed(bridge, error)))
  if (options.strict) onMisuse(bench, (error) => pump.abandon(error))
  let port: SerialPortStream
  try {
    // macOS refuses the higher rates on a pseudo-terminal, where the rate means nothing anyway
    port = await openPort(bridge.path, process.platform === 'darwin' ? 115_200 : baud, binding)
  } catch (error) {
    bridge.close()
    throw error
  }
  const watch = new PortWatch(port)
  watch.lost.catch((error: Error) => pump.abandon(error))
  return {
    name,
    backend,
    board: definition.name,
    seed: lab.seed,
    line: new StreamLine(port, { lead: 0 }),
    modem: new StreamModem(port),
    clock: pump.clock,
    random: lab.random.fork('host end'),
    bench,
    surroundings: surroundingsOf(bench, pump.clock),
    drive: (work) => pump.drive(work),
    async close() {
      watch.end()
      await closePort(port)
      bridge.close()
    },
  }
}

export function terminalFailed(bridge: PtyBridge, error: Error): TargetError {
  return new TargetError(`the pseudo-terminal ${bridge.path} failed: ${error.message}; start again`, { cause: error })
}
