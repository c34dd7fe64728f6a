import { suggestion } from '../../../../boards/nearest.js'
import { UsageError } from '../../../errors/errors.js'
import type { ArgumentsOf } from '../arguments.js'
import { SCRIPTS } from '../completion/scripts.js'
import { SHELLS } from '../completion/shells.js'
import { print } from '../say.js'
import type { COMPLETION_COMMAND } from './completion.command.js'

type Given = ArgumentsOf<typeof COMPLETION_COMMAND>

/** `linkpulse completion bash|zsh|fish` */
export async function completion(given: Given): Promise<number> {
  const [name] = given.operands
  const shell = SHELLS.find((each) => each === name)
  if (shell === undefined) {
    throw new UsageError(
      `there is no completion for "${name}"${suggestion(name, SHELLS)} (shells: ${SHELLS.join(', ')})`,
    )
  }
  print(SCRIPTS[shell])
  return 0
}
