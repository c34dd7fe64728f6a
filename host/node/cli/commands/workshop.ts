import { randomBytes, randomInt } from 'node:crypto'
import { isIP } from 'node:net'
import { UsageError } from '../../../errors/errors.js'
import { ClassWire } from '../../../workshop/class/class-wire.js'
import { CLASS_BOXES, type ClassBoxKind, MOST_SEATS } from '../../../workshop/class/facts.js'
import { isThisMachine } from '../../host-names.js'
import { ClassServer } from '../../workshop/class-server.js'
import { workshopPage } from '../../workshop/page-file.js'
import { serveWorkshop } from '../../workshop/serve-workshop.js'
import type { ArgumentsOf } from '../arguments.js'
import { Outputs } from '../outputs.js'
import { print, tell } from '../say.js'
import { untilInterrupted } from '../until-interrupted.js'
import type { WORKSHOP_COMMAND } from './workshop.command.js'

type Given = ArgumentsOf<typeof WORKSHOP_COMMAND>

const PORT = 8017
const PLACES = 40
const CODE_LENGTH = 6
/** Thirty-two that nobody takes for one another: no I and 1, no O and 0. */
const CODE_SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const OF_A_CLASS = ['listen', 'box', 'places'] as const

/** `linkpulse workshop [--out FILE | --class]`: the page, on one address or as a file; and the wire of a class. */
export async function workshop(given: Given): Promise<number> {
  if (given.has('out')) return writePage(given)
  if (given.has('class')) return serveClass(given)
  const alone = OF_A_CLASS.find((option) => given.has(option))
  if (alone !== undefined) throw new UsageError(`--${alone} is of a class: give --class as well`)
  const served = await serveWorkshop({ page: workshopPage(), port: portOf(given) })
  try {
    // a line of its own, so that a script can read it
    for (const address of served.addresses) print(`${address}\n`)
    tell('the workshop is there, for this machine only; Ctrl-C ends it\n')
    await untilInterrupted(served.failed)
    return 0
  } finally {
    served.close()
  }
}

function portOf(given: Given): number {
  return given.whole('port', 0, 65_535) ?? PORT
}

function writePage(given: Given): number {
  const page = workshopPage()
  const serving = (['port', 'class', ...OF_A_CLASS] as const).find((option) => given.has(option))
  if (serving !== undefined) throw new UsageError(`--out writes the page and serves nothing: leave --${serving} out`)
  const path = given.text('out')
  if (path === '-') {
    print(page.toString('utf8'))
    return 0
  }
  const out = new Outputs(given).file('out')
  out?.write(page)
  out?.close()
  tell(`the workshop, as one file that needs nothing else, is in ${path}\n`)
  return 0
}

/** Its first lines are the addresses for learners, then the code, then the teacher's address. */
async function serveClass(given: Given): Promise<number> {
  const key = randomBytes(16).toString('base64url')
  const wire = new ClassWire({
    box: boxOf(given),
    places: given.whole('places', 2, MOST_SEATS) ?? PLACES,
    seed: randomInt(2 ** 32),
    key,
    drawCode: () => Array.from({ length: CODE_LENGTH }, () => CODE_SIGNS[randomInt(CODE_SIGNS.length)]).join(''),
  })
  const listen = given.text('listen')
  if (listen !== undefined && isIP(listen) === 0)
    throw new UsageError(`--listen takes an address of this machine, not "${listen}"`)
  const served = await serveWorkshop({
    page: workshopPage(),
    port: portOf(given),
    ...(listen === undefined ? {} : { address: listen }),
    lesson: new ClassServer(wire),
  })
  try {
    for (const address of served.addresses) print(`${address}\n`)
    print(`code ${wire.code}\n`)
    print(`teacher ${served.addresses[0]}#/class?teacher=${key}\n`)
    if (listen === undefined || isThisMachine(listen))
      tell('only this machine reaches it: --listen ADDRESS names the address where learners do\n')
    tell(
      'the class is there: learners open the first line and type the code; the last line is for the teacher alone; Ctrl-C ends it\n',
    )
    await untilInterrupted(served.failed)
    return 0
  } finally {
    served.close()
  }
}

function boxOf(given: Given): ClassBoxKind {
  const wanted = given.text('box') ?? 'hub'
  const box = CLASS_BOXES.find((name) => name === wanted)
  if (box === undefined) throw new UsageError(`--box takes hub, switch or router, not "${wanted}"`)
  return box
}
