/** Words for what to do about findings, in the process's language. Those of another one are not loaded. */
import { FINDING_REMEDIES, TO_DO } from '../../text/en/finding-remedies.js'
import type { RemedyWords } from '../../text/finding-remedy.js'
import { LANGUAGE } from './language.js'

export const REMEDY_WORDS: RemedyWords =
  LANGUAGE === 'zh' ? await inChinese() : { remedies: FINDING_REMEDIES, toDo: TO_DO }

async function inChinese(): Promise<RemedyWords> {
  const { FINDING_REMEDIES_ZH, TO_DO_ZH } = await import('../../text/zh/finding-remedies.js')
  return { remedies: FINDING_REMEDIES_ZH, toDo: TO_DO_ZH }
}
