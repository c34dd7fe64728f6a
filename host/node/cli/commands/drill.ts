import { withFcs } from '../../../../boards/ethernet/fcs.js'
import { PcapngWriter } from '../../../capture/pcapng.js'
import { drill } from '../../../drill/drill.js'
import { isLikeness, type Likeness } from '../../../drill/likeness.js'
import { type DrillTelling, drillDocument, reportText, totals, totalsText } from '../../../drill/report.js'
import { UsageError } from '../../../errors/errors.js'
import { shortLines } from '../../../text/short-lines.js'
import { readScripts } from '../../drill/script-files.js'
import type { ArgumentsOf } from '../arguments.js'
import { interruptible } from '../interruption.js'
import { LANGUAGE } from '../language.js'
import { Outputs } from '../outputs.js'
import { printJson } from '../print-json.js'
import { print } from '../say.js'
import { WORDS } from '../words.js'
import type { DRILL_COMMAND } from './drill.command.js'

type Given = ArgumentsOf<typeof DRILL_COMMAND>

const TELLING = LANGUAGE === 'zh' ? await tellingInChinese() : undefined

async function tellingInChinese(): Promise<DrillTelling> {
  const { drillStoryInChinese, drillVerdictInChinese } = await import('../../../text/zh/drill-story.js')
  return { words: WORDS, story: drillStoryInChinese, verdict: drillVerdictInChinese }
}

const FAILED = 1
const NOT_RUN = 2

/** @throws UsageError for a likeness that is not there */
function likenessOf(given: Given): { like?: Likeness } {
  const like = given.text('like')
  if (like === undefined) return {}
  if (!isLikeness(like)) throw new UsageError(`--like takes ours, linux or freebsd, not "${like}"`)
  return { like }
}

/** @throws UsageError for what is no definition */
function definitionsOf(given: Given): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>()
  for (const text of given.all('define')) {
    const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]+)$/.exec(text) ?? []
    if (name === undefined) throw new UsageError(`--define takes NAME=VALUE, not "${text}"`)
    definitions.set(name, value)
  }
  return definitions
}

/** `linkpulse drill FILE.pkt...`: packetdrill's scripts against our stack, in virtual time. */
export async function runDrills(given: Given): Promise<number> {
  const scripts = await interruptible((signal) => readScripts(given.operands, signal))
  const json = given.has('json')
  const trace = given.has('trace')
  const common = {
    strict: given.has('strict'),
    ignoreSysctl: given.has('ignore-sysctl'),
    definitions: definitionsOf(given),
    ...likenessOf(given),
  }
  const output = new Outputs(
    given,
    scripts.map(({ file }) => ({ what: 'the script', path: file })),
  ).file('capture')
  // Nothing here waits for anything, so a signal ends it at once: the capture is written when it is whole.
  const capture: Uint8Array[] = []
  const writer = output === undefined ? undefined : new PcapngWriter((octets) => capture.push(octets.slice()))
  const reports = scripts.map(({ file, text }) => {
    const port = writer?.addInterface({ name: file })
    const report = drill(file, text, {
      ...common,
      ...(writer !== undefined &&
        port !== undefined && {
          onFrame: (at, direction, frame) => writer.packet(port, withFcs(frame), { at, direction }),
        }),
    })
    if (!json) print(shortLines(reportText(report, trace, TELLING)))
    return report
  })
  if (reports.some(({ result }) => result !== undefined)) for (const octets of capture) output?.write(octets)
  output?.close()
  const sums = totals(reports)
  if (json) printJson(drillDocument(reports, trace))
  else print(totalsText(sums, WORDS))
  return sums.failed > 0 ? FAILED : sums.notRun > 0 ? NOT_RUN : 0
}
