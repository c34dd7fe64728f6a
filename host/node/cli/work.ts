/** The work of each command: a chunk of its own, loaded when it is asked for. */
import type { Arguments } from './arguments.js'
import type { CommandHelp } from './command.js'
import { AUDIT_COMMAND } from './commands/audit.command.js'
import { BOARDS_COMMAND } from './commands/boards.command.js'
import { CABLES_COMMAND } from './commands/cables.command.js'
import { CAMPAIGN_COMMAND } from './commands/campaign.command.js'
import { CHECK_COMMAND } from './commands/check.command.js'
import { CHIP_COMMAND } from './commands/chip.command.js'
import { COMPARE_COMMAND } from './commands/compare.command.js'
import { COMPLETION_COMMAND } from './commands/completion.command.js'
import { CONNECTORS_COMMAND } from './commands/connectors.command.js'
import { DEMO_COMMAND } from './commands/demo.command.js'
import { DIAGNOSE_COMMAND } from './commands/diagnose.command.js'
import { DOCTOR_COMMAND } from './commands/doctor.command.js'
import { DRILL_COMMAND } from './commands/drill.command.js'
import { EXTCAP_COMMAND } from './commands/extcap.command.js'
import { FAULTS_COMMAND } from './commands/faults.command.js'
import { FLASH_COMMAND } from './commands/flash.command.js'
import { HELP_COMMAND } from './commands/help.command.js'
import { help } from './commands/help.js'
import { INIT_COMMAND } from './commands/init.command.js'
import { LAB_CHECK_COMMAND } from './commands/lab/check.command.js'
import { LAB_UP_COMMAND } from './commands/lab/up.command.js'
import { LINES_COMMAND } from './commands/lines.command.js'
import { LINT_COMMAND } from './commands/lint.command.js'
import { MERGE_COMMAND } from './commands/merge.command.js'
import { MISSION_COMMAND } from './commands/mission.command.js'
import { MONITOR_COMMAND } from './commands/monitor.command.js'
import { NET_CAPTURE_COMMAND } from './commands/net/capture.command.js'
import { NET_GATEWAY_COMMAND } from './commands/net/gateway.command.js'
import { NET_HTTP_COMMAND } from './commands/net/http.command.js'
import { NET_NC_COMMAND } from './commands/net/nc.command.js'
import { NET_PING_COMMAND } from './commands/net/ping.command.js'
import { NET_STAT_COMMAND } from './commands/net/stat.command.js'
import { NET_UP_COMMAND } from './commands/net/up.command.js'
import { PORTS_COMMAND } from './commands/ports.command.js'
import { RUN_COMMAND } from './commands/run.command.js'
import { SCOPE_COMMAND } from './commands/scope.command.js'
import { SERVE_COMMAND } from './commands/serve.command.js'
import { WORKSHOP_COMMAND } from './commands/workshop.command.js'

/** Does what was asked. @returns the exit status @throws an error that carries one */
type Work<Option extends string> = (given: Arguments<Option>) => Promise<number>
type Load = () => Promise<Work<string>>

/** Holds a command's work to the options that its help has. */
function pair<Option extends string>(
  help: CommandHelp<Option>,
  load: () => Promise<Work<Option>>,
): [CommandHelp, Load] {
  return [help, load as Load]
}

const WORK: ReadonlyMap<CommandHelp, Load> = new Map([
  pair(CHECK_COMMAND, async () => (await import('./commands/check.js')).check),
  pair(DOCTOR_COMMAND, async () => (await import('./commands/doctor.js')).doctor),
  pair(MONITOR_COMMAND, async () => (await import('./commands/monitor.js')).monitor),
  pair(DIAGNOSE_COMMAND, async () => (await import('./commands/diagnose.js')).diagnoseReports),
  pair(COMPARE_COMMAND, async () => (await import('./commands/compare.js')).compare),
  pair(CHIP_COMMAND, async () => (await import('./commands/chip.js')).chip),
  pair(SERVE_COMMAND, async () => (await import('./commands/serve.js')).serve),
  pair(FLASH_COMMAND, async () => (await import('./commands/flash.js')).flash),
  pair(AUDIT_COMMAND, async () => (await import('./commands/audit.js')).audit),
  pair(RUN_COMMAND, async () => (await import('./commands/run.js')).run),
  pair(LINT_COMMAND, async () => (await import('./commands/lint.js')).lint),
  pair(INIT_COMMAND, async () => (await import('./commands/init.js')).init),
  pair(CAMPAIGN_COMMAND, async () => (await import('./commands/campaign.js')).campaign),
  pair(MERGE_COMMAND, async () => (await import('./commands/merge.js')).merge),
  pair(SCOPE_COMMAND, async () => (await import('./commands/scope.js')).scope),
  pair(EXTCAP_COMMAND, async () => (await import('./commands/extcap.js')).extcap),
  pair(NET_UP_COMMAND, async () => (await import('./commands/net/up.js')).netUp),
  pair(NET_GATEWAY_COMMAND, async () => (await import('./commands/net/gateway.js')).netGateway),
  pair(NET_PING_COMMAND, async () => (await import('./commands/net/ping.js')).netPing),
  pair(NET_NC_COMMAND, async () => (await import('./commands/net/nc.js')).netNc),
  pair(NET_HTTP_COMMAND, async () => (await import('./commands/net/http.js')).netHttp),
  pair(NET_CAPTURE_COMMAND, async () => (await import('./commands/net/capture.js')).netCapture),
  pair(NET_STAT_COMMAND, async () => (await import('./commands/net/stat.js')).netStat),
  pair(LAB_UP_COMMAND, async () => (await import('./commands/lab/up.js')).labUp),
  pair(LAB_CHECK_COMMAND, async () => (await import('./commands/lab/check.js')).labCheck),
  pair(DRILL_COMMAND, async () => (await import('./commands/drill.js')).runDrills),
  pair(PORTS_COMMAND, async () => (await import('./commands/ports.js')).ports),
  pair(BOARDS_COMMAND, async () => (await import('./commands/boards.js')).listBoards),
  pair(CONNECTORS_COMMAND, async () => (await import('./commands/connectors.js')).connectors),
  pair(CABLES_COMMAND, async () => (await import('./commands/cables.js')).cables),
  pair(LINES_COMMAND, async () => (await import('./commands/lines.js')).lines),
  pair(FAULTS_COMMAND, async () => (await import('./commands/faults.js')).listFaults),
  pair(WORKSHOP_COMMAND, async () => (await import('./commands/workshop.js')).workshop),
  pair(MISSION_COMMAND, async () => (await import('./commands/mission.js')).mission),
  pair(DEMO_COMMAND, async () => (await import('./commands/demo.js')).demo),
  pair(COMPLETION_COMMAND, async () => (await import('./commands/completion.js')).completion),
  // Short, and made of what every command needs.
  pair(HELP_COMMAND, async () => help),
])

/** @throws Error for a command without any: a fault of ours */
export async function workOf(command: CommandHelp): Promise<Work<string>> {
  const load = WORK.get(command)
  if (load === undefined) throw new Error(`${command.name} has nothing to do`)
  return load()
}
