/** A run with the compiled firmware of this package. */
import type { FlashImage } from '../../../boards/avr/flash-image.js'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { performRun } from '../../campaign/perform.js'
import type { PlannedRun } from '../../campaign/plan.js'
import type { CampaignResult } from '../../campaign/result.js'
import { bundledImage } from '../flash/bundled.js'
import { readImage } from '../run/image.js'

const images = new Map<string, Promise<FlashImage>>()

/** Each is read once. */
function imageOf(board: BoardDefinition): Promise<FlashImage> {
  const known = images.get(board.name) ?? readImage(bundledImage(board))
  images.set(board.name, known)
  return known
}

export function performBundled(run: PlannedRun): Promise<CampaignResult> {
  return performRun(run, imageOf)
}
