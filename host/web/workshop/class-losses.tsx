/** What of a station's frames was lost, and what came late. */
import type { ClassCounters } from '../../workshop/class/from-wire.js'
import { whyTold } from '../../workshop/class/why.js'
import { type Told, told } from '../../workshop/words/told.js'
import { sayIt } from './language.js'

export function lossesOf({ dropped, late }: ClassCounters): readonly Told[] {
  const lost = Object.entries(dropped).map(([reason, count]) => told('class.lost', { reason: whyTold(reason), count }))
  return late > 0 ? [...lost, told('class.late', { count: late })] : lost
}

export function Losses({ counters }: { readonly counters: ClassCounters }) {
  const losses = lossesOf(counters)
  return losses.length === 0 ? null : <p class="wrong">{losses.map(sayIt).join('; ')}</p>
}
