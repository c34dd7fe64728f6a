/** The commands, in the order in which a list shows them. What each takes is in its `NAME.command.ts`, its work in `NAME.ts` beside it. */
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

export const COMMANDS: readonly CommandHelp[] = [
  CHECK_COMMAND,
  DIAGNOSE_COMMAND,
  COMPARE_COMMAND,
  CHIP_COMMAND,
  DOCTOR_COMMAND,
  MONITOR_COMMAND,
  SERVE_COMMAND,
  FLASH_COMMAND,
  RUN_COMMAND,
  AUDIT_COMMAND,
  LINT_COMMAND,
  INIT_COMMAND,
  CAMPAIGN_COMMAND,
  MERGE_COMMAND,
  SCOPE_COMMAND,
  EXTCAP_COMMAND,
  NET_UP_COMMAND,
  NET_GATEWAY_COMMAND,
  NET_PING_COMMAND,
  NET_NC_COMMAND,
  NET_HTTP_COMMAND,
  NET_CAPTURE_COMMAND,
  NET_STAT_COMMAND,
  LAB_UP_COMMAND,
  LAB_CHECK_COMMAND,
  DRILL_COMMAND,
  PORTS_COMMAND,
  BOARDS_COMMAND,
  CONNECTORS_COMMAND,
  CABLES_COMMAND,
  LINES_COMMAND,
  FAULTS_COMMAND,
  WORKSHOP_COMMAND,
  MISSION_COMMAND,
  DEMO_COMMAND,
  COMPLETION_COMMAND,
  HELP_COMMAND,
]

export const COMMAND_NAMES: readonly string[] = COMMANDS.map(({ name }) => name)

export function findCommand(name: string): CommandHelp | undefined {
  return COMMANDS.find((command) => command.name === name)
}

/** The commands of two words that begin with this one. */
export function commandsUnder(word: string): readonly CommandHelp[] {
  return COMMANDS.filter(({ name }) => name.startsWith(`${word} `))
}
