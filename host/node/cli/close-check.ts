/** The end of a check, whatever has become of it. */
import type { Target } from '../../target/target.js'
import { inTurn } from './outputs.js'
import type { ReportFiles } from './report-files.js'
import type { Recording } from './simulation.js'

/** Closes everything, even where closing another failed. @throws what the first one threw that failed */
export async function closeAll(
  target: Target | undefined,
  recording: Recording,
  reports?: Pick<ReportFiles<never>, 'close'>,
): Promise<void> {
  try {
    inTurn(
      () => recording.close(target?.clock.now ?? 0),
      () => reports?.close(),
    )
  } finally {
    await target?.close()
  }
}
