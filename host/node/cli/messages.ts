/** What is said beside a result, in the process's language. Errors are English where they are thrown, on every floor. */
import { LANGUAGE } from './language.js'

/** Of one message. */
export const inLanguage: (message: string) => string =
  LANGUAGE === 'zh' ? (await import('./zh/messages.js')).messageInChinese : (message) => message
