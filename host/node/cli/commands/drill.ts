import { withFcs } from '../../../../boards/ethernet/fcs.js'
import { PcapngWriter } from '../../../capture/pcapng.js'
import { type DrillReport, drill, drillAgainst } from '../../../drill/drill.js'
import { IP_VERSIONS, isIpVersion } from '../../../drill/ip-version.js'
import { isLikeness, type Likeness } from '../../../drill/likeness-names.js'
import { type DrillTelling, drillDocument, reportText, totals, totalsText } from '../../../drill/report.js'
import type { DrillOptions } from '../../../drill/run.js'
import type { GivenOption } from '../../../drill/script.js'
import { UsageError } from '../../../errors/errors.js'
import { shortLines } from '../../../text/short-lines.js'
import { LineProgram } from '../../drill/line-program.js'
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

/** packetdrill's own options, which take precedence over those of the scripts. */
const PACKETDRILLS = ['ip_version', 'local_ip', 'remote_ip', 'gateway_ip', 'netmask_ip', 'mtu'] as const

/** @throws UsageError for what is wrong in every script; what is wrong in some is reported for each */
function givenOptions(given: Given): readonly GivenOption[] {
  const version = given.text('ip_version')
  if (version !== undefined && !isIpVersion(version))
    throw new UsageError(`--ip_version takes one of ${IP_VERSIONS.join(', ')}, not "${version}"`)
  given.whole('mtu', 68, 65535)
  return PACKETDRILLS.flatMap((name) => {
    const value = given.text(name)
    return value === undefined ? [] : [{ name, value }]
  })
}

/** @throws UsageError for a likeness that is not there */
function likenessOf(given: Given): { like?: Likeness } {
  const like = given.text('like')
  if (like === undefined) return {}
  if (!isLikeness(like)) throw new UsageError(`--like takes ours, linux or freebsd, not "${like}"`)
  return { like }
}

/** @throws UsageError for what is no program */
function commandOf(given: Given): string | undefined {
  const against = given.text('against')
  if (against === undefined) return undefined
  const [, command] = /^exec:(.+)$/s.exec(against) ?? []
  if (command === undefined) throw new UsageError(`--against takes exec:COMMAND, not "${against}"`)
  return command
}

/** Each script has a program of its own: what one leaves behind is nothing to the next. */
async function drillProgram(command: string, file: string, text: string, options: DrillOptions): Promise<DrillReport> {
  return await interruptible(async (signal) => {
    const program = new LineProgram(command)
    try {
      return await drillAgainst(file, text, options, (dialogue) => program.converse(dialogue, signal))
    } finally {
      await program.close()
    }
  })
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
    given: givenOptions(given),
    ...likenessOf(given),
  }
  const output = new Outputs(
    given,
    scripts.map(({ file }) => ({ what: 'the script', path: file })),
  ).file('capture')
  // Nothing here waits for anything, so a signal ends it at once: the capture is written when it is whole.
  const capture: Uint8Array[] = []
  const writer = output === undefined ? undefined : new PcapngWriter((octets) => capture.push(octets.slice()))
  const command = commandOf(given)
  const reports: DrillReport[] = []
  for (const { file, text } of scripts) {
    const port = writer?.addInterface({ name: file })
    const options: DrillOptions = {
      ...common,
      ...(writer !== undefined &&
        port !== undefined && {
          onFrame: (at, direction, frame) => writer.packet(port, withFcs(frame), { at, direction }),
        }),
    }
    const report = command === undefined ? drill(file, text, options) : await drillProgram(command, file, text, options)
    if (!json) print(shortLines(reportText(report, trace, TELLING)))
    reports.push(report)
  }
  if (reports.some(({ result }) => result !== undefined)) for (const octets of capture) output?.write(octets)
  output?.close()
  const sums = totals(reports)
  if (json) printJson(drillDocument(reports, trace))
  else print(totalsText(sums, WORDS))
  return sums.failed > 0 ? FAILED : sums.notRun > 0 ? NOT_RUN : 0
}
