/** The end of a check, whatever has become of it. */
import type { Target } from '../../target/target.js'
import type { OutputFile } from '../files/output.js'
import { inTurn } from './outputs.js'
import type { Recording } from './simulation.js'

/** Closes everything, even where closing another failed. @throws what the first one threw that failed */
export async function closeAll(target: Target | undefined, recording: Recording, report?: OutputFile): Promise<void> {
  try {
    inTurn(
      () => recording.close(target?.clock.now ?? 0),
      () => report?.close(),
    )
  } finally {
    await target?.close()
  }
}
