import { UsageError } from '../../serial/errors.js'
import { serveModel } from '../../serial/model.js'
import { parseTarget } from '../../serial/specification.js'
import type { Arguments } from '../arguments.js'
import { loadCatalogue, pickBoard } from '../catalogue.js'
import { checkFaults, Recording } from '../simulation.js'

/** `linkpulse serve [TARGET]`: a simulated board behind a serial port, until interrupted. */
export async function serve(given: Arguments): Promise<number> {
  const name = given.operands[0] ?? 'model:uno'
  const target = parseTarget(name)
  if (target.backend !== 'model') {
    throw new UsageError(
      `${name} is a serial port already; serve puts a simulated board behind one, for example model:uno`,
    )
  }
  const definition = pickBoard(loadCatalogue(given.text('board-file')), target.board)
  const faults = checkFaults(given.all('fault'), definition)
  const baud = given.whole('baud', 300, 4_000_000)
  const seed = given.whole('seed', 0, 0xffff_ffff)
  const recording = new Recording(given)
  const served = serveModel(definition, {
    faults,
    ...(seed === undefined ? {} : { seed }),
    ...(baud === undefined ? {} : { baud }),
  })
  try {
    recording.start(served.bench, name)
    const end = interrupted(served.failed) // from here on a signal ends it cleanly
    // a line of its own, so that a script can read it
    process.stdout.write(`${served.path}\n`)
    process.stderr.write(`${definition.title} is on ${served.path} at ${served.baud} baud; Ctrl-C ends it\n`)
    await end
    return 0
  } finally {
    served.close()
    recording.close(served.bench.lab.now)
  }
}

/** Resolves on SIGINT or SIGTERM; rejects when `failed` does. */
function interrupted(failed: Promise<never>): Promise<void> {
  let stop: () => void = () => {}
  const signal = new Promise<void>((resolve) => {
    stop = resolve
  })
  // the terminal went away: nobody is left to interrupt us
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.once(name, stop)
  return Promise.race([signal, failed]).finally(() => {
    for (const name of signals) process.removeListener(name, stop)
  })
}
