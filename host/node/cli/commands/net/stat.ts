import { SECOND } from '../../../../../firmware/hal/clock.js'
import { labWire } from '../../../../network/lab-wire.js'
import { type NetStatus, netStatDocument, stackStatus } from '../../../../network/status.js'
import { EN } from '../../../../text/en.js'
import { keyed } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import { answerOf, findRunning } from '../../../network/control.js'
import type { ArgumentsOf } from '../../arguments.js'
import { printJson } from '../../print-json.js'
import { print } from '../../say.js'
import { renderStatus } from './render-status.js'
import type { NET_STAT_COMMAND } from './stat.command.js'

type Given = ArgumentsOf<typeof NET_STAT_COMMAND>

/** `linkpulse net stat [NAME]`: what a running `net up` counted, or a board in a lab. */
export async function netStat(given: Given): Promise<number> {
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const up = await findRunning(given.operands[0])
  const status =
    up === undefined ? await statusInLab(seed) : (JSON.parse(await answerOf(up.path, 'status')) as NetStatus)
  if (given.has('json')) printJson(netStatDocument(status))
  else print(renderStatus(status, up === undefined ? keyed('net-stat.lab', { board: BOARD }) : undefined))
  return 0
}

const BOARD = 'model:uno'

async function statusInLab(seed: number | undefined): Promise<NetStatus> {
  const wire = await labWire(seed, false)
  let answered = false
  wire.stack.ping(wire.boardAddress, {}, () => {
    answered = true
  })
  await wire.until(() => answered)
  const target = say(EN, keyed('net-stat.lab', { board: BOARD }))
  return { target, uptime: wire.clock.now / SECOND, ...stackStatus(wire.board, wire.services) }
}
