/** A demo with both its ends, and all that passes between them. */
import { SECOND } from '../../../firmware/hal/clock.js'
import { failure } from '../../network/uplink.js'
import { nodeModules } from '../net/modules.js'
import { Turns } from '../net/turns.js'
import type { Demo } from './demo.js'
import { CLIENT_ADDRESS, type DemoPlaceOptions, SERVER_ADDRESS, setPlace } from './place.js'
import { type DemoListener, type DemoOutcome, DemoRecord } from './record.js'

/**
 * Runs one.
 * @throws UsageError for a board that there is not; TargetError where no link comes up; what the demo throws
 */
export async function runDemo(demo: Demo, options: DemoPlaceOptions, listener: DemoListener): Promise<DemoOutcome> {
  const place = await setPlace(options)
  const { near, far, time, random } = place
  const record = new DemoRecord('client', near, time, listener)
  const [client, server] = [{ name: 'client', stack: near.stack, time }, far].map((host) => nodeModules(host))
  const { failed, fail: fails } = failure()
  const stage = {
    ...record.serverStage(far.stack, server, SERVER_ADDRESS),
    client,
    clientAddress: CLIENT_ADDRESS,
    until: (condition: () => boolean, limit: number) => time.until(condition, limit),
    chance: (octets: number) => Buffer.from(Array.from({ length: octets }, () => random.below(256))),
    explains: record.explains,
    fails,
  }
  try {
    const end = await demo.serve(stage)
    await Promise.race([demo.use(stage), failed])
    await end()
    // The last words of the connections.
    await time.until(() => false, SECOND)
    await place.close()
    return record.outcome(demo.name)
  } catch (error) {
    // What is left open has no more to say.
    Turns.of(time, near.stack.clock).end()
    throw error
  }
}
