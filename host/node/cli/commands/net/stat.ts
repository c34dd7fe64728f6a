import { SECOND } from '../../../../../firmware/hal/clock.js'
import { labWire } from '../../../../network/lab-wire.js'
import { type NetStatus, netStatDocument, stackStatus } from '../../../../network/status.js'
import { answerOf, findRunning } from '../../../network/control.js'
import type { ArgumentsOf } from '../../arguments.js'
import { printJson } from '../../print-json.js'
import { print } from '../../say.js'
import { renderStatus } from './render-status.js'
import type { NET_STAT_COMMAND } from './stat.command.js'

type Given = ArgumentsOf<typeof NET_STAT_COMMAND>

/** `linkpulse net stat [NAME]`: what a running `net up` counted, or a board in a lab. */
export async function netStat(given: Given): Promise<number> {
  const status = await find(given)
  if (given.has('json')) printJson(netStatDocument(status))
  else print(renderStatus(status))
  return 0
}

async function find(given: Given): Promise<NetStatus> {
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const up = await findRunning(given.operands[0])
  if (up !== undefined) return JSON.parse(await answerOf(up.path, 'status')) as NetStatus
  const wire = await labWire(seed, false)
  let answered = false
  wire.stack.ping(wire.boardAddress, {}, () => {
    answered = true
  })
  await wire.until(() => answered)
  return { target: 'model:uno in a lab', uptime: wire.clock.now / SECOND, ...stackStatus(wire.board, wire.services) }
}
