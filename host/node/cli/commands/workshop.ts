import { UsageError } from '../../../errors/errors.js'
import { workshopPage } from '../../workshop/page-file.js'
import { serveWorkshop } from '../../workshop/serve-workshop.js'
import type { ArgumentsOf } from '../arguments.js'
import { Outputs } from '../outputs.js'
import { print, tell } from '../say.js'
import { untilInterrupted } from '../until-interrupted.js'
import type { WORKSHOP_COMMAND } from './workshop.command.js'

type Given = ArgumentsOf<typeof WORKSHOP_COMMAND>

const PORT = 8017

/** `linkpulse workshop [--out FILE]`: the page, on loopback or as a file. */
export async function workshop(given: Given): Promise<number> {
  const page = workshopPage()
  if (given.has('out')) {
    if (given.has('port')) throw new UsageError('--out writes the page and serves nothing: leave --port out')
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
  const served = await serveWorkshop(page, given.whole('port', 0, 65_535) ?? PORT)
  try {
    // a line of its own, so that a script can read it
    print(`${served.address}\n`)
    tell('the workshop is there, for this machine only; Ctrl-C ends it\n')
    await untilInterrupted(served.failed)
    return 0
  } finally {
    served.close()
  }
}
