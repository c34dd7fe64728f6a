/** `--capture FILE` of the commands on a wire of ours. */

import { recordFrames } from '../../../../network/frame-recording.js'
import type { FrameWatch } from '../../../../network/frame-watch.js'
import type { OutputFile } from '../../../files/output.js'
import { readerGone } from '../../standard-output.js'

/**
 * Records until `end`; a reader of standard output that goes away ends the command, and the recording before it.
 * @param file undefined: nothing is recorded
 * @param now as `recordFrames`
 * @returns what ends it. The file has what passed until then, unless the work failed before anything did.
 */
export function captureTo(
  file: OutputFile | undefined,
  watches: readonly FrameWatch[],
  now?: () => number,
): { end(failed: boolean): void } {
  if (file === undefined) return { end() {} }
  let frames = 0
  const endCounting = watches.map((watch) =>
    watch.listen(() => {
      frames++
    }),
  )
  const endRecording = recordFrames(watches, (octets) => file.write(octets), true, now)
  const end = (failed: boolean): void => {
    for (const each of endCounting) each()
    if (failed && frames === 0) file.discard()
    else {
      endRecording()
      file.close()
    }
  }
  readerGone.addEventListener('abort', () => end(false))
  return { end }
}
