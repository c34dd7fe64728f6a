/**
 * What is loaded when the bench is opened, and not before: the checks, their words, an emulated controller. A piece of the simulation of its own
 * (`host/node/build/workshop.ts`); whoever loads it, the page or its worker, finds these doors in it.
 */
import { jsonReport } from '../../../check/report/document.js'
import { htmlReport } from '../../../check/report/html.js'
import type { CheckResult, Report } from '../../../check/types.js'
import { EN } from '../../../text/en.js'
import type { LocalizableText } from '../../../text/keyed.js'
import { say } from '../../../text/say.js'
import type { Words } from '../../../text/words.js'
import { ZH } from '../../../text/zh.js'
import { BENCH_STATION } from '../../../workshop/stations/bench/bench.js'
import type { PageLanguage } from '../language.js'
import { inChinese } from './messages-zh.js'
import { checkRealBoard } from './real-board.js'
import { shownReport, shownResults } from './shown-report.js'

const WORDS: Readonly<Record<PageLanguage, Words>> = { en: EN, zh: ZH }

const doors = {
  station: BENCH_STATION,
  checkRealBoard,
  jsonReport,
  htmlReport: (language: PageLanguage, report: Report) => htmlReport(report, WORDS[language]),
  say: (language: PageLanguage, text: LocalizableText) => say(WORDS[language], text),
  shownReport: (language: PageLanguage, report: Report) => shownReport(WORDS[language], report),
  shownResults: (language: PageLanguage, results: readonly CheckResult[]) => shownResults(WORDS[language], results),
  /** An error that was made in English. */
  sayError: (language: PageLanguage, message: string) => (language === 'zh' ? inChinese(message) : message),
}

export type BenchDoors = typeof doors

Object.assign(globalThis, { linkpulseBench: doors })
