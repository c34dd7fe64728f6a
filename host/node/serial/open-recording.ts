/** What a target did once, as a target. */
import { TargetReplay } from '../../recording/replay.js'
import { serprogTarget } from '../../target/serprog-target.js'
import type { Target } from '../../target/target.js'
import { readRecordingFile } from '../files/recording-file.js'
import { PACKAGE_VERSION } from '../version.js'

/** @throws UsageError for a file that cannot be read, or is no recording; TargetError as `serprogTarget` */
export async function openRecording(path: string, signal?: AbortSignal): Promise<Target> {
  const { octets, damage } = await readRecordingFile(path, signal)
  const { target, header } = new TargetReplay(octets, {
    source: path,
    linkpulse: PACKAGE_VERSION,
    ...(damage === undefined ? {} : { damage }),
  })
  if (header.programmer === undefined) return target
  return serprogTarget(target, { path: target.name, isOpen: true }, header.programmer.rate)
}
