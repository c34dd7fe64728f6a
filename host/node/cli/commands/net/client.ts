/** What `net ping`, `net nc` and `net http` have in common: the wire they were given. */
import { findBoard } from '../../../../../boards/catalogue/catalogue.js'
import { MILLISECOND } from '../../../../../firmware/hal/clock.js'
import { NetError } from '../../../../../firmware/net/errors.js'
import { UsageError } from '../../../../errors/errors.js'
import type { ClientWire } from '../../../../network/client-wire.js'
import { LAB_BOARD, labWire } from '../../../../network/lab-wire.js'
import { tapWire } from '../../../network/tap-wire.js'
import type { Arguments } from '../../arguments.js'
import type { Outputs } from '../../outputs.js'
import { checkFaults } from '../../simulation.js'
import { captureTo } from './frame-capture.js'
import { checkLadder, watchConversation } from './watch-conversation.js'
import { bringUpKernel, readWires } from './wires.js'

/** What was asked of the stack could not be done. */
export class NetFailure extends Error {
  override readonly name = 'NetFailure'
  readonly exitStatus = 1
}

/** Between two looks whether addresses of IPv6 have been found unique, which takes a second or two. */
const LOOK_INTERVAL = 50 * MILLISECOND

async function addressesFound(wire: ClientWire): Promise<void> {
  const found = () => wire.stack.interfaces.every(({ ipv6 }) => ipv6?.isReady !== false)
  while (!(await wire.until(found, LOOK_INTERVAL)));
}

/**
 * Opens the wire, lets `work` use it, and closes it again.
 * @param outputs its `--capture` has what passed until then, however `work` ends
 * @param realTime in the lab, time passes as it does outside
 * @throws what `work` throws; UsageError, TapError
 */
export async function onWire<T>(
  given: Arguments,
  outputs: Outputs,
  work: (wire: ClientWire) => Promise<T>,
  realTime = false,
): Promise<T> {
  const tapped = given.has('tap')
  for (const option of ['address', 'address6', 'gateway', 'kernel-address', 'memory', 'dns']) {
    if (!tapped && given.has(option)) {
      throw new UsageError(
        `--${option} is for the kernel's wire: add --tap NAME, or leave --${option} out to use the lab`,
      )
    }
  }
  const faults = checkFaults(given.all('fault'), findBoard(LAB_BOARD), 'model')
  if (tapped && faults.length > 0)
    throw new UsageError(
      `--fault ${faults[0]} breaks something simulated: leave it out, or leave --tap out to use the lab`,
    )
  checkLadder(given)
  const file = outputs.file('capture')
  const plan = readWires(given)
  const wire = tapped ? tapWire(plan) : await labWire(plan.seed, realTime, faults)
  const now = tapped ? undefined : () => wire.clock.now
  const capture = captureTo(file, wire.watches, now)
  const conversation = watchConversation(given, outputs.file('ladder'), wire)
  let failed = true
  try {
    if (tapped) {
      bringUpKernel(plan.wires)
      await addressesFound(wire)
    }
    const result = await work(wire)
    failed = false
    return result
  } catch (error) {
    if (error instanceof NetError) throw new NetFailure(error.message, { cause: error })
    throw error
  } finally {
    await conversation.end()
    await wire.close()
    capture.end(failed)
  }
}
