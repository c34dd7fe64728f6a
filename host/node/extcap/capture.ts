/** Captures for Wireshark: of a board that is made for it, and of one that runs. */
import { captureBench } from '../../capture/bench-capture.js'
import { CAPTURE_LINKS, type CaptureLink, PcapngWriter } from '../../capture/pcapng.js'
import { checkTarget } from '../../check/run.js'
import { timeOfDay } from '../../event-loop.js'
import { RealTimePacer } from '../../serial/pacing.js'
import { openBench } from '../../target/simulated-target.js'
import { ask } from '../network/control.js'
import { benchOf } from '../serial/firmware.js'
import { keepBusy } from './activity.js'
import type { MadeBoard } from './made-board.js'

/**
 * Makes a board, switches it on and captures what it does until `signal` is aborted, or its activity is over. Instants are times of day, counted
 * from the moment at which it was switched on.
 * @param link undefined: all of them
 * @throws UsageError for what this board cannot be
 */
export async function captureMade(
  made: MadeBoard,
  link: CaptureLink | undefined,
  write: (octets: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const { name, definition, backend, faults, seed, peer, activity } = made
  const bench = await benchOf(definition, { faults, seed }, backend)
  if (peer === 'nothing') bench.cable.unplug()
  const { clock } = bench.lab
  const writer = new PcapngWriter(
    write,
    [name, `seed ${seed}`, ...faults].join(', '),
    BigInt(Math.round(timeOfDay() - clock.now)),
  )
  const capture = captureBench(bench, writer, link === undefined ? CAPTURE_LINKS : [link])
  try {
    if (activity === 'checks') {
      const target = openBench(name, bench, backend)
      try {
        await checkTarget(target, { signal })
      } finally {
        await target.close()
      }
      return
    }
    if (activity === 'ping') keepBusy(bench)
    const pacer = new RealTimePacer(clock, { restful: true })
    pacer.start()
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve()
      else signal.addEventListener('abort', () => resolve())
    })
    pacer.stop()
  } finally {
    capture.close()
  }
}

/** Captures what a running command has, until it ends or `signal` is aborted. @throws Error of the socket when it was lost */
export async function captureRunning(
  path: string,
  link: CaptureLink | undefined,
  write: (octets: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const capture = ask(path, link === undefined ? 'capture' : `capture ${link}`, write)
  const stop = () => capture.stop()
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop)
  try {
    await capture.ended
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
