/** A lab that was run, with its first capture. */
import { buildLab } from '../../host/lab-file/build.js'
import { startCaptures } from '../../host/lab-file/captures.js'
import { type LabOutcome, runLab } from '../../host/lab-file/run.js'
import type { LabDefinition } from '../../host/lab-file/schema.js'

export async function captureOf(definition: LabDefinition): Promise<{ outcome: LabOutcome; octets: Buffer }> {
  const built = buildLab(definition)
  const pieces: Uint8Array[] = []
  const captures = startCaptures(built, () => (octets) => pieces.push(octets.slice()))
  const outcome = await runLab(built)
  for (const capture of captures) capture.close()
  return { outcome, octets: Buffer.concat(pieces) }
}
