import { suggestion } from '../../../../boards/nearest.js'
import { UsageError } from '../../../errors/errors.js'
import type { ArgumentsOf } from '../arguments.js'
import { COMMAND_NAMES, commandsUnder, findCommand } from '../commands.js'
import { explain, explainGroup, helpLanguage, overview } from '../help.js'
import { print } from '../say.js'
import type { HELP_COMMAND } from './help.command.js'

type Given = ArgumentsOf<typeof HELP_COMMAND>

/** `linkpulse help [COMMAND]` */
export async function help(given: Given): Promise<number> {
  const language = await helpLanguage()
  if (given.operands.length === 0) {
    print(overview(language))
    return 0
  }
  const name = given.operands.join(' ')
  const group = commandsUnder(name)
  if (group.length > 0) {
    print(explainGroup(name, group, language))
    return 0
  }
  const command = findCommand(name)
  if (command === undefined) {
    throw new UsageError(
      `"${name}" is not a command${suggestion(name, COMMAND_NAMES)} (commands: ${COMMAND_NAMES.join(', ')})`,
    )
  }
  print(explain(command, language))
  return 0
}
